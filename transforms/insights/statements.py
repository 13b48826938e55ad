"""What somebody warns of, promises, denies or has found out: asked where a name stands before such a verb.

The sentence itself answers, so that the question is only as good as its grammar; that is sure where verb follows name.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from transforms.insights import facets
from transforms.insights.events import Following
from transforms.names import word_set
from transforms.reader.reading import Span

Named = Mapping[int, tuple[int, Mapping[str, Any]]]

# what is asked of a singular and of a plural, its facet and its worth, by the verb's forms
_FORMS: tuple[tuple[str, str, str, float], ...] = (
    ("warned warns warn", "What {does} {name} warn of?", "challenges", 0.65),
    ("fears feared fear", "What {does} {name} fear?", "challenges", 0.6),
    ("admitted admits conceded concedes", "What {has} {name} admitted?", "controversies", 0.6),
    ("denied denies", "What {does} {name} deny?", "controversies", 0.6),
    ("alleged alleges", "What {does} {name} allege?", "controversies", 0.6),
    ("expects expected expect predicted predicts predict forecasts", "What {does} {name} expect?", "outlook", 0.6),
    ("promised promises pledged pledges vowed vows", "What {has} {name} promised?", "outlook", 0.6),
    (
        "proposed proposes recommended recommends suggested suggests suggest",
        "What {does} {name} suggest?",
        "policy",
        0.55,
    ),
    ("demanded demands", "What {does} {name} demand?", "policy", 0.6),
    (
        "argued argues argue insisted insists insist claimed claims claim maintains",
        "What {does} {name} argue?",
        "reactions",
        0.5,
    ),
    ("found finds concluded concludes discovered", "What {has} {name} found?", "recent_developments", 0.6),
    ("revealed reveals", "What {has} {name} revealed?", "recent_developments", 0.55),
    ("showed shows", "What {does} {name} show?", "recent_developments", 0.55),
    ("announced announces", "What {has} {name} announced?", "recent_developments", 0.5),
    ("decided", "What {has} {name} decided?", "recent_developments", 0.5),
    ("agreed", "What {has} {name} agreed to?", "recent_developments", 0.5),
    ("wants", "What {does} {name} want?", "stakes", 0.5),
)
_BY_VERB = {verb: form[1:] for form in _FORMS for verb in form[0].split()}
_OF_FINDERS = word_set("showed shows")  # what somebody shows is not said
_WITH_THAT = _OF_FINDERS | word_set(
    "warned warns warn found finds discovered suggested suggests suggest concluded concludes revealed reveals"
)
_SAYS = re.compile(
    r"\s+(?:has |have |had |also |now |later |once |since |reportedly |repeatedly |himself |herself )*([a-z]+)\b"
)
_THAT = re.compile(r"\s+(?:on [A-Z][a-z]+day |[A-Z]?[\w.]+ (?:[A-Z]\w+ )?)?(?:that|of|against|about)\b")
_AT_TO = re.compile(r"\s+to\b")
_FINDERS = re.compile(
    r"(?:the |a |an )?((?:[a-z-]+ ){0,2}(?:study|report|survey|inquiry|audit|poll|analysis|review|researchers|"
    r"scientists|"
    r"investigators|analysts|economists|experts|prosecutors|officials|critics|lawyers|campaigners))(?= [a-z])",
    re.IGNORECASE,
)
_NOT_SAID = re.compile(r"\b(?:that|which|whom|if|whether|unless)\s$", re.IGNORECASE)
# "The survey of 1,000 people found": who was asked, or who asked, stands between.
_MADE_BY = re.compile(r" (?:by|of|for|from|into|on) (?:[\w'’,&.-]+ ){0,6}?[\w'’&.-]+(?= [a-z]+ that\b| found\b)")
FEWEST_WORDS = 5  # after the verb


def stated(text: str, span: Span, named: Named) -> Iterator[Following]:
    """The questions after what those named in a sentence, or the study or experts it begins with, say there."""
    for start, (end, entity) in named.items():
        if entity["type"] in ("PER", "ORG") and not _NOT_SAID.search(text[max(span.start, start - 8) : start]):
            yield from _asked(text, end, span.end, str(entity["name"]), False, (entity,))
    finder = _FINDERS.match(text, span.start, span.end)
    if finder and span.start not in named:
        is_many = finder[1].endswith("s") and not finder[1].endswith("sis")
        name = finder[1][0].lower() + finder[1][1:] if is_many else f"the {finder[1][0].lower()}{finder[1][1:]}"
        made_by = _MADE_BY.match(text, finder.end(), span.end)
        yield from _asked(text, made_by.end() if made_by else finder.end(), span.end, name, is_many, ())


def _asked(
    text: str, at: int, end: int, name: str, is_many: bool, who: tuple[Mapping[str, Any], ...]
) -> Iterator[Following]:
    said = _SAYS.match(text, at, end)
    form = _BY_VERB.get(said[1]) if said else None
    if said is None or form is None or len(text[said.end() : end].split()) < FEWEST_WORDS:
        return
    verb, after = said[1], said.end()
    if who and verb in _OF_FINDERS:
        return
    if verb in ("agreed", "decided", "wants"):
        if not _AT_TO.match(text, after, end):
            return
    elif verb in _WITH_THAT and not _THAT.match(text, after, end):
        return
    asks, facet, worth = form
    does, has = ("do", "have") if is_many else ("does", "has")
    yield Following(asks.format(name=name, does=does, has=has), facet, facets.STATED, worth, who)
