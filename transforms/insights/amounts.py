"""How much, how many and how far: questions after the figure in a clause or in a plain statement of a price."""

import re
from collections.abc import Mapping
from typing import Any

from transforms.insights.clauses import Clause
from transforms.insights.verbs import UP_OR_DOWN
from transforms.reader.reading import Span

_ABOUT = r"(?:about |some |around |nearly |almost |more than |just |by |roughly |only )?"
_NUMBER = r"\d[\d.,]*(?: (?:thousand|million|billion|trillion))?"
_CURRENCY = r"(?:euros|dollars|pounds|francs|yen|shillings|rupees|kroner|kronor|yuan|rand|cents)"
_REST = r"(?P<rest>(?: (?:from|in|for|on|into|at|of) .*)?)"
_MONEY = re.compile(rf"(?P<verb>\S+) {_ABOUT}(?:(?:US)?[$€£¥]{_NUMBER}|{_NUMBER} {_CURRENCY}){_REST}$")
_MOVE = re.compile(rf"(?P<verb>\S+) {_ABOUT}(?:{_NUMBER} (?:percent|per cent|basis points|points)|{_NUMBER}%){_REST}$")
_COUNT = re.compile(
    rf"(?P<verb>\S+) {_ABOUT}{_NUMBER} (?P<what>(?:(?!(?:more|fewer|percent|per|of|in|to|and)\b)[\w-]+ ){{0,2}}"
    rf"(?!years|months|weeks|days|hours|minutes|percent|points|times|{_CURRENCY})[a-z]+s|people|children)"
    r"(?P<rest>(?: (?:from|in|to|for|on|into|at) .*)?)$"
)
_PRICE = re.compile(
    r"([A-Z][\w'’-]*(?: (?!(?:which|that|who|and|of)\b)[\w'’-]+){0,4}?) (costs?|was worth|is worth) "
    rf"{_ABOUT}(?:[$€£¥]|\d)"
)


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
