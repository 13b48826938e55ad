"""Which noun a number counts: "4,000 new electric cars" counts cars, "12.000 neue Arbeitsplätze" Arbeitsplätze."""

import re
from dataclasses import dataclass

from transforms.figures import units
from transforms.names import word_set

MOST_MODIFIERS = 3
SMALL = 12  # up to here a number in words may just as well number the parts of a story

_WORD = re.compile(r" ([A-Za-zÀ-ÿ][\w'&/-]*)")
_HEAD = re.compile(rf" ({units.MEASURE_HEADS})\b")
_HYPHENED = re.compile(rf"-({'|'.join(sorted(units.AFTER_HYPHEN))})\b")
_PER = re.compile(rf"(?: (?:an?|per|every|each) |/)({units.PER})\b(?! (?:ago|earlier|later|before|after|old|since))")
_BEFORE = re.compile(r"([A-Za-zÀ-ÿ][\w'&.-]*) $")
_OWNED = re.compile(r"(?:'s|s') $")
_MODEL = re.compile(r"\d{3}[A-Za-z]? (?:[a-z]+ )?(?:jets?|planes?|models?|aircraft|airliners?|cars?)\b")
_NAMED_BY_NUMBER = re.compile(r"[A-Z][a-z]+ [A-Z]")
_GERMAN_NOUN = re.compile(r"((?: [a-zäöüß]+(?:e|en|er|es)){0,2}) ([A-ZÄÖÜ][\wäöüß-]+)")
_GERMAN_PER = re.compile(rf" (?:je|pro) ({units.GERMAN_PER})\b")
# What may open a sentence before a number and is no name; other capitals before a bare number are ("Boeing 737").
_OPENERS = word_set(
    "about some nearly almost over more at the all in with for only another around roughly of from up these those its "
    "their his her our my an a and but or so yet both after before by to as between under fewer less than "
    "approximately just even still since among when while if on through this that every each last next first then now "
    "today here meanwhile overall altogether also until within without despite because although though was were "
    "is are has have "
    "had rund etwa mehr fast knapp über die der das den ca insgesamt bis mindestens höchstens nach seit von zwischen "
    "auf bei für gut weitere im in mit an und aber"
)
_GERMAN_PARTS = word_set("wege seiten mal male dinge gründe teile arten lager fragen hälften schritte phasen")


@dataclass(frozen=True)
class Counted:
    """The noun that a number counts, as a unit, and where it ends."""

    unit: str
    end: int


def is_free(flat: str, start: int) -> bool:
    """Whether nothing before a number makes it part of a name: "Boeing 737", "the S&P 500"."""
    before = _BEFORE.search(flat, max(0, start - 40), start)
    if before is None:
        return True
    word = before[1]
    if not word[0].isupper() or word.casefold() in _OPENERS:
        return True
    is_opening = not any(mark.isalnum() for mark in flat[: before.start()])
    return is_opening and word.casefold().endswith(("ing", "ly"))


def counted_in_english(flat: str, start: int, end: int, in_words: int | None) -> Counted | None:
    """The noun after an English number: the first plural among the next four words, before a verb or a preposition."""
    is_owned = _OWNED.search(flat, max(0, start - 3), start) and not _MODEL.match(flat, start)
    if not (is_free(flat, start) or is_owned) or _is_name(flat, start):
        return None
    hyphened = _HYPHENED.match(flat, end)
    if hyphened:
        return Counted(hyphened[1], hyphened.end())
    head = _HEAD.match(flat, end) or _plural(flat, end, in_words)
    if head:
        per = _PER.match(flat, head.end())
        unit = units.plain_unit(head[1])
        return Counted(f"{unit} per {per[1]}", per.end()) if per else Counted(unit, head.end())
    if units.HURT.match(flat[end : end + 60]) or units.HURT_BEFORE.search(flat[max(0, start - 40) : start]):
        return Counted("people", end)
    return None


def _is_name(flat: str, start: int) -> bool:
    """Whether a number in words is a name, as in "the Six Nations": a capital within a sentence before another one."""
    return _NAMED_BY_NUMBER.match(flat, start) is not None and any(mark.isalnum() for mark in flat[:start])


def _plural(flat: str, end: int, in_words: int | None) -> re.Match[str] | None:
    """The first plural; one with a capital only where none without follows ("300 United Airlines pilots")."""
    place, named = end, None
    for _ in range(MOST_MODIFIERS + 1):
        match = _WORD.match(flat, place)
        word = units.plain_unit(match[1]).casefold() if match else ""
        if not match or word in units.TIMES or word in units.VERBS:
            return named
        if word in units.STOPS and word not in units.KEEP_GOING:
            return named
        if units.is_plural(match[1]):
            if not match[1][0].isupper():
                match = _end_of_compound(flat, match)
                word = match[1].casefold()
                is_part = in_words is not None and in_words <= SMALL and word in units.PARTS
                return None if is_part else match
            named = match
        place = match.end()
    return named


def _end_of_compound(flat: str, match: re.Match[str]) -> re.Match[str]:
    """ "300 sales workers" are workers: no verb in -s follows a plural."""
    following = _WORD.match(flat, match.end())
    if following and following[1].islower() and units.is_plural(following[1]):
        return following if following[1].casefold() not in units.TIMES | units.STOPS else match
    return match


def counted_in_german(flat: str, start: int, end: int, in_words: int | None) -> Counted | None:
    """The noun after a German number: the next word with a capital, adjectives in between."""
    match = _GERMAN_NOUN.match(flat, end)
    if not match or not is_free_in_german(flat, start):
        return None
    noun, folded = match[2], match[2].casefold()
    if folded in units.TIMES or (in_words is not None and (in_words < 2 or folded in _GERMAN_PARTS)):
        return None
    per = _GERMAN_PER.match(flat, match.end())
    return Counted(f"{noun} per {per[1]}", per.end()) if per else Counted(noun, match.end())


def is_free_in_german(flat: str, start: int) -> bool:
    """German nouns have capitals: only a name that is one by its form stops a number."""
    before = _BEFORE.search(flat, max(0, start - 40), start)
    return before is None or not before[1].isupper() or len(before[1]) < 2
