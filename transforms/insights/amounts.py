"""How much, how many and how far: questions after the figure in a clause or in a plain statement of a price."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from transforms.insights.clauses import Clause
from transforms.insights.phrases import Word
from transforms.insights.predicates import predicate
from transforms.insights.verbs import UP_OR_DOWN
from transforms.reader.reading import Span

_ABOUT = r"(?:about |some |around |nearly |almost |more than |just |by |roughly |only )?"
_NUMBER = r"\d[\d.,]*(?: (?:thousand|million|billion|trillion))?"
_CURRENCY = r"(?:euros|dollars|pounds|francs|yen|shillings|rupees|kroner|kronor|yuan|rand|cents)"
_REST = r"(?P<rest>(?: (?:from|in|for|on|into|at|of) .*)?)"
_IN_WORDS = (
    "(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|dozens of|"
    "hundreds of|thousands of)(?: hundred| thousand| dozen)?"
)
_NO_COUNT = re.compile(r"\b(?:years|months|weeks|days|hours|minutes|times|percent)$")
_MONEY = re.compile(rf"(?P<verb>\S+) {_ABOUT}(?:(?:US)?[$€£¥]{_NUMBER}|{_NUMBER} {_CURRENCY}){_REST}$")
_MOVE = re.compile(rf"(?P<verb>\S+) {_ABOUT}(?:{_NUMBER} (?:percent|per cent|basis points|points)|{_NUMBER}%){_REST}$")
_COUNT = re.compile(
    rf"(?P<verb>\S+(?: on| up| out| off| down)?) {_ABOUT}{_NUMBER} "
    rf"(?P<what>(?:(?!(?:more|fewer|percent|per|of|in|to|and)\b)[\w-]+ ){{0,2}}"
    rf"(?!years|months|weeks|days|hours|minutes|percent|points|times|{_CURRENCY})[a-z]+s|people|children)"
    r"(?P<rest>(?: (?:from|in|to|for|on|into|at) .*)?)$"
)
_PRICE = re.compile(
    r"([A-Z][\w'’-]*(?: (?!(?:which|that|who|and|of)\b)[\w'’-]+){0,4}?) (costs?|was worth|is worth) "
    rf"{_ABOUT}(?:[$€£¥]|\d)"
)

_ROUGHLY = r"(?:(?:More than|About|Some|At least|Nearly|Almost|Around|Roughly|Over|Only|Just) )?"
_OF_MANY = r"(?:[a-z]+s|people|children|men|women))(?= [a-z])"
_COUNTED = re.compile(
    rf"{_ROUGHLY}(?:\d[\d,]*(?: (?:thousand|million|billion))?|{_IN_WORDS}) (?P<what>(?:[a-z-]+ ){{0,2}}?{_OF_MANY}",
    re.IGNORECASE,
)
_SHARE = re.compile(
    rf"{_ROUGHLY}\d[\d.]*(?:%| percent| per cent) of (?P<what>(?:[a-z-]+ ){{0,3}}?{_OF_MANY}",
)


def asked_count(text: str, words: Sequence[Word]) -> str | None:
    """The question after how many of them did or suffered what a sentence says of a number at its beginning."""
    start, end = (words[0].start, words[-1].end) if words else (0, 0)
    for pattern, asked in ((_SHARE, "What share of"), (_COUNTED, "How many")):
        match = pattern.match(text, start, end)
        at = next((n for n, word in enumerate(words) if match and word.start > match.end()), len(words))
        said = predicate(text, words, at, True, False) if match and at + 1 < len(words) else None
        if match and said and said.finite and said.auxiliary != "had" and _NO_COUNT.search(match["what"]) is None:
            return f"{asked} {match['what']} {said.perfect if said.auxiliary == 'have' else said.finite}?"
    return None


def asked_amount(clause: Clause) -> tuple[str, str] | None:
    """The facet and the question after the figure that a clause ends with or nearly so; None where it has none."""
    said = clause.predicate
    opening = f"{said.auxiliary} {clause.subject.name}"
    if said.verb in UP_OR_DOWN and (match := _MOVE.match(said.rest)):
        return "market_trend", f"How far {opening} {match['verb']}{match['rest']}?"
    if match := _MONEY.match(said.rest):
        return "stakes", f"How much {opening} {match['verb']}{match['rest']}?"
    if match := _COUNT.match(said.rest):
        return "recent_developments", f"How many {match['what']} {opening} {match['verb']}{match['rest']}?"
    return None


def asked_price(text: str, span: Span, named: Mapping[int, Any]) -> str | None:
    """The question after what something cost, where a sentence begins with the thing."""
    match = _PRICE.match(text, span.start, span.end)
    if not match:
        return None
    is_name = match.start(1) in named
    name = match[1] if is_name else match[1][0].lower() + match[1][1:]
    if not is_name and not name.startswith("the "):
        return None
    if match[2].startswith("cost"):
        return f"How much {'did' if match[2] == 'cost' else 'does'} {name} cost?"
    return f"How much {match[2].split()[0]} {name} worth?"
