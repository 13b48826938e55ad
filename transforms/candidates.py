"""Which sentences may stand for an article, and how well each could stand alone.

Furniture (captions, bylines, calls to subscribe, headings, questions) never may, nor a quotation without its speaker.
A sentence that leans on the one before it may, at a cost.
"""

import re
from dataclasses import dataclass

from transforms.datelines import DATELINE
from transforms.names import word_set
from transforms.reader.reading import Document, Span
from transforms.trims import is_closed, trimmed

FEWEST_WORDS, MOST_WORDS = 5, 80
MOST_CHARACTERS = 1_000
LEANING_COST, CONNECTED_COST = 0.02, 0.01  # in the units of `worth`
MOST_INSIDE = 5  # sentences for which an open quotation is believed to run on

_FURNITURE = re.compile(
    r"^\W*(?:photo(?:graph)?s?|image|picture|pictured|video|file photo|caption|foto|bild|credit|source|quelle"
    r"|advertisement|anzeige|listen|watch|read more|read next|read also|see also|also read|more on this|related"
    r"|lesen sie|mehr dazu|share this|follow us|click here|correction|scroll down|editor'?s note)\b\s*(?:[:|\-–—(]|$)"
    r"|\((?:photo|image|picture|foto)\b|(?:getty images|shutterstock|/reuters|/afp|/ap photo)\b|©"
    r"|\bcontributed to this (?:report|story|article)\b"
    r"|\b(?:views|opinions) expressed (?:in this|here|are|by the author)\b"
    r"|^\W*(?:(?:additional\s)?(?:reporting|editing|writing|compiled)|report|text)\sby\b",
    re.IGNORECASE,
)
_CALL = re.compile(
    r"\b(?:subscribe|newsletter|free trial|download (?:the|our) app|all rights reserved"
    r"|accept cookies|terms of use|privacy policy|jetzt abonnieren|abonnieren sie|explore more|follow us on|click here"
    r"|support our journalism|scroll down for|view comments|join the conversation"
    r"|(?:article|story) (?:was|first|originally) (?:first|published|appeared))\b"
    r"|^\W*(?:please )?(?:sign up|log in)\b|\b(?:sign up|log in) (?:for|to) (?:our|the|your|receive|get|read)\b"
    r"|^(?:read|see|learn|watch|hear|find out) more (?:about|on|from|at)\b|^(?:watch|read|see|learn|hear)\b[^«]*»\W*$"
    r"|^share your (?:thoughts|views|photos|story|stories)\b|^e-?mail (?:us|your)\b|\bfollow @",
    re.IGNORECASE,
)
# Sentences under a picture, as they stand among the others of a text: "Two minds: Holm (left) and Lund talk."
_CAPTION = re.compile(
    r"^[A-ZÀ-Þ][\w'’ \-]{2,40}: .*(?:\((?:left|right|cent(?:re|er)|above|pictured)\)|\bpictured\b)"
    r"|\(left\).*\(right\)|\(right\).*\(left\)"
    r"|^Pictured\b|\b(?:is|are) pictured\b|\bpictured (?:is|are)\b|, pictured\b",
)
MOST_WORDS_OF_CALL = 30  # a longer sentence that speaks of newsletters is news about them
_BYLINE_NAME = re.compile(r"^\W*(?:By|BY|Von|Par|Por)\s[A-ZÀ-Þ]")
_END = re.compile(r"[.!…。][\"'”’»)\]]*\s*$")
_QUESTION = re.compile(r"\?[\"'”’»)\]]*\s*$")
_OPENING_WORD = re.compile(r"^[\W_]*([\w'’]+)")
_LEANING = word_set(
    "he she it they this that these those his her its their him them such both neither there here er sie es dies diese "
    "dieser dieses il elle ils elles"
)
_CONNECTIVES = word_set(
    "but and or so yet still however also meanwhile moreover furthermore instead then thus therefore additionally "
    "nevertheless nonetheless besides similarly likewise consequently hence otherwise because aber und doch jedoch "
    "zudem ausserdem dennoch deshalb daher dagegen mais et donc pero"
)
_CONNECTING = re.compile(
    r"^\W*(?:in addition|as a result|for example|for instance|on the other hand|in contrast|by contrast"
    r"|at the same time|one side|the other|another|the former|the latter|that said|after that|in other words"
    r"|darüber hinaus)\b",
    re.IGNORECASE,
)


# What points at the sentence before it: "In the second, …", "Other changes …", a quotation's "he said" alone.
_DANGLING = re.compile(
    r"^\W*(?:\w+, (?:he|she|it|they|this|these|those)\b|in the (?:first|second|third|other|latter|former)\b,"
    r"|other \w+\b|the (?:pair|duo|two|trio|latter|former)\b)|\bjust that\W*$"
    r"|[,\"”’] (?:he|she|they) (?:said|says|added|adds)\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Candidate:
    """A sentence that may be shown.

    place: its number among the sentences. span: the sentence without a dateline. shown: its words as a key point has
    them. words: how many these are. cost: what it lacks of standing alone.
    """

    place: int
    span: Span
    shown: str
    words: int
    cost: float


def candidates(document: Document) -> list[Candidate]:
    """The sentences that may be key points, in order; a dateline before one is left out of its span.

    What a page says twice, as in its standfirst and in its first line, is a candidate once.
    """
    found = []
    said: set[str] = set()
    inside = 0  # how many sentences ago the quotation began that is still open
    for place, span in enumerate(document.sentences):
        text = document.text[span.start : span.end]
        dateline = DATELINE.match(text[:120]) if place < 2 else None
        start = span.start + (dateline.end() if dateline else 0)
        whole = document.text[start : span.end]
        shown = trimmed(whole)
        words = len(shown.split())
        words_said = shown.casefold().strip(' ."“”„«»')
        if not inside and _may_stand(shown, words) and not _CAPTION.search(whole) and words_said not in said:
            said.add(words_said)
            found.append(Candidate(place, Span(start, span.end), shown, words, _cost(shown)))
        is_open = _is_open_after(text, inside > 0, document, place)
        inside = inside + 1 if is_open and inside < MOST_INSIDE else 0
    return found


def _may_stand(text: str, words: int) -> bool:
    """Whether a sentence is prose that says something: its end, its length, its letters, and no furniture."""
    return (
        FEWEST_WORDS <= words <= MOST_WORDS
        and len(text) <= MOST_CHARACTERS
        and sum(map(str.isalpha, text)) >= 0.6 * len(text.replace(" ", ""))
        and _END.search(text) is not None
        and _QUESTION.search(text) is None
        and not _is_furniture(text, words)
        and not _is_all_quotation(text)
    )


def _is_furniture(text: str, words: int) -> bool:
    return (
        _FURNITURE.search(text) is not None
        or (words <= MOST_WORDS_OF_CALL and _CALL.search(text) is not None)
        or (words <= 12 and _BYLINE_NAME.match(text) is not None)
    )


def _cost(text: str) -> float:
    if _DANGLING.search(text) or not is_closed(text):
        return LEANING_COST
    opening = _OPENING_WORD.match(text)
    first = opening.group(1).casefold() if opening else ""
    if first in _LEANING:
        return LEANING_COST
    return CONNECTED_COST if first in _CONNECTIVES or _CONNECTING.match(text) else 0.0


def _is_all_quotation(text: str) -> bool:
    """Whether nobody is named as speaking: the sentence is one quotation, or begins one and never ends it."""
    bare = text.strip().rstrip(".")
    if not bare or bare[0] not in '"“„«':
        return False
    closed = re.search(r"[\"”“»]", bare[1:])
    return closed is None or closed.end() >= len(bare) - 2


def _is_open_after(text: str, was_open: bool, document: Document, place: int) -> bool:
    """Whether a quotation is still open after the sentence; a new paragraph closes what was forgotten."""
    is_last = place + 1 == len(document.sentences)
    gap = "" if is_last else document.text[document.sentences[place].end : document.sentences[place + 1].start]
    if "\n" in gap:
        return False
    marks = re.findall(r"[\"“”„«»]", text)
    for mark in marks:
        was_open = not was_open if mark == '"' else mark in "“„«" and not (mark == "“" and was_open)
    return was_open
