"""Sentence boundaries: nupunkt (unsupervised Punkt, Kiss and Strunk 2006) within paragraphs, with a few repairs."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import nupunkt

from transforms.names import word_set

# nupunkt is trained on English; these marks end a sentence there and do not elsewhere, or belong to what came before.
CLOSING = "\"'”’»)]"
ORDINAL = re.compile(r"(?:^|\s)\d{1,2}\.$")  # "am 5. Januar"
AFTER_ORDINAL = re.compile(
    r"(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez|Jahrhundert|Jahrestag|Geburtstag|Platz|Liga|Runde|Spieltag|"
    r"janvier|juillet|août|octobre|Minute|Stock|Tag\b|Mal\b)"
)
SHORT_FORM = re.compile(
    r"(?:^|[\s(„“\"])(?:z\. ?B|d\. ?h|u\. ?a|bzw|ca|vgl|Str|Prof|Dr|Mio|Mrd|inkl|sog|evtl|ggf|St|Mr|Mrs|Ms|Gen|Sen|Rep|"
    r"Gov|Sgt|Lt|Col|Capt|Rev|vs)\.$"
)
NUMBERED = re.compile(r"(?:^|\s)(?:[Nn]o|Nr|Art|Abs|pp?|[Ff]ig|vol)\.$")  # an end unless a number follows
# Whole words that nupunkt has learned as short forms, from law and science texts. In these a sentence may end.
WHOLE_WORDS = word_set(
    "abysmal accent acres ago ails aims alike aloud anarchy app applause arcade arrows ashore axe backs bail bank "
    "barn bat bays bed bee biting black bleak bled bold bombardment bombed bond book bull bump burr bus call can "
    "cancer car carpenter cent century chaos chase chases cheerful chest chip chores civilization cliff climb "
    "closes coal code cold cooler cow crafts cranes crazy day decks den depot deserved dig divide drunk dull dumb "
    "dusk encyclopedia enter enters equal expo faded fairs fish fist flag flip flourish found fray free galaxies "
    "galleries gracefully hacked hall hand hard harp hay hen hers highs holidays horse how hum human hunts invaders "
    "joke just knees lab lack laughter lazy lead leaps leg lids life limp lock loot low luck mankind mess met midi "
    "mills misplaced miss month nonsense nope oils okay onwards parade park pears pen penny pens pet phobia pick "
    "pin proto rash raw reporter reports rest resurrection revisited rich rife rites roll rounds row ruin ruined "
    "sand sane saw scam scandal scatter scattering selves series shade shrubs shrug sick sinks sleep soar south "
    "southport splash spruce stake stars stew stock story sum super swallowed tables tale talent tasks tax taxis "
    "ten thanks thinner threads toil tread trench tuck untouched vain vase vibe victories vodka walk wall wane wash "
    "wave weave week west wheat wheel whites wig will win wings woods wool works wrath yard yep"
)
PLACES = word_set("york iowa idaho utah poland monaco grenada saigon hokkaido sulawesi tonga andes acapulco antioch")
AFTER_WHOLE_WORD = re.compile(r"(?<![\w.\-&/])([^\W\d_]{3,})[.][\"'”’)\]]{0,3}\s+(?=[\"'“‘(]{0,2}[A-ZÀ-Þ])")
REACH = 200  # characters looked at before a boundary: a joined sentence may be as long as its paragraph
GERMAN_CLOSE = re.compile(r"[.!?…]“\s+(?=[A-ZÄÖÜ„0-9])")  # the mark that opens in English closes in German


@cache
def tokenizer() -> Any:
    """nupunkt's trained model, loaded once."""
    return nupunkt.load("default")


def sentence_spans(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sentences of `text` as [start, end), in order, without overlap, each within one of `paragraphs` (in order,
    without overlap), trimmed of white space; every character that is not white space lies in one."""
    spans: list[tuple[int, int]] = []
    for start, end in paragraphs:
        spans.extend((start + first, start + last) for first, last in within(text[start:end]))
    return spans


def within(paragraph: str) -> list[tuple[int, int]]:
    """The sentences of one paragraph."""
    if not paragraph.strip():
        return []
    spans: list[tuple[int, int]] = []
    for start, end in trimmed(paragraph, cuts(paragraph)):
        if spans and belongs(paragraph, spans[-1], (start, end)):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def cuts(paragraph: str) -> list[tuple[int, int]]:
    """nupunkt's spans, with the gaps it may leave closed and closing marks moved to the sentence they close."""
    found = {start for _, (start, _) in tokenizer().tokenize_with_spans(paragraph)}
    found.update(match.end() for match in AFTER_WHOLE_WORD.finditer(paragraph) if _is_whole(match[1]))
    if "„" in paragraph:
        found.update(match.end() for match in GERMAN_CLOSE.finditer(paragraph))
    starts = sorted({0, *found})
    moved = [0]
    for start in starts[1:]:
        while start < len(paragraph) and paragraph[start] in CLOSING and not paragraph[start - 1].isspace():
            start += 1
        if moved[-1] < start < len(paragraph):
            moved.append(start)
    return list(zip(moved, [*moved[1:], len(paragraph)], strict=True))


def _is_whole(word: str) -> bool:
    """Whether a word before a full stop is no short form; written large only a place is none."""
    return word in WHOLE_WORDS or (word.istitle() and word.casefold() in PLACES)


def trimmed(paragraph: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """`spans` without white space at either end; those of white space alone are left out."""
    kept = []
    for start, end in spans:
        piece = paragraph[start:end]
        if text := piece.strip():
            first = start + len(piece) - len(piece.lstrip())
            kept.append((first, first + len(text)))
    return kept


def belongs(paragraph: str, before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether the boundary between two neighbouring pieces is none."""
    left, right = paragraph[max(before[0], before[1] - REACH) : before[1]], paragraph[after[0] : after[1]]
    if not any(mark.isalnum() for mark in right) or not any(mark.isalnum() for mark in left):
        return True  # a piece of marks alone is no sentence
    if ORDINAL.search(left) and AFTER_ORDINAL.match(right):
        return True
    if left[-1] == "." and right[0].islower():
        return True
    return bool(SHORT_FORM.search(left)) or (right[0].isdigit() and bool(NUMBERED.search(left)))
