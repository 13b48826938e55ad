"""A line in a model's own words, and the sentences that bear it out: what may be shown, whoever wrote it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.candidates import candidates
from transforms.gate import REWORDED_SUPPORT, judge
from transforms.reader.reading import Document, Span

MOST_APART = 4  # sentences from the first that a line cites to the last: more is a claim about the whole, not a place

_ADDRESS = re.compile(r"https?:|://|\bwww\.|[<>{}\[\]`\\]|\b[\w.+-]+@[\w-]+\.\w", re.IGNORECASE)
_ENDED = re.compile(r"[.!?…。][\"'”’»)]*$")


@dataclass(frozen=True)
class Shown:
    """A line that passed the gate, with the stretch of the text from its first cited sentence to its last."""

    text: str
    start: int
    end: int
    score: float
    support: float


def may_be_cited(document: Document) -> frozenset[int]:
    """The sentences of which a line must cite at least one: no caption, byline or call to subscribe."""
    return frozenset(found.place for found in candidates(document))


def borne_out(
    line: str, document: Document, places: Sequence[int], citable: frozenset[int], score: float
) -> Shown | None:
    """The line, ended by a mark; or None: its sentences are not there, not near each other, or do not say it.

    places: the numbers, from 0, of the sentences it cites, in order. score: how much it says, 0 to 1.
    """
    if not places or places[0] < 0 or places[-1] >= len(document.sentences) or places[-1] - places[0] >= MOST_APART:
        return None
    if not citable.intersection(places) or _ADDRESS.search(line):
        return None
    text = line if _ENDED.search(line) else f"{line}."
    if not candidates(Document(text, (Span(0, len(text)),))):
        return None
    cited = [document.sentences[place] for place in places]
    source = " ".join(document.text[span.start : span.end] for span in cited)
    verdict = judge(text, source, REWORDED_SUPPORT)
    if not verdict.passed:
        return None
    return Shown(text, cited[0].start, cited[-1].end, round(score, 4), round(verdict.support, 4))
