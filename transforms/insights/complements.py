"""What follows a verb, as far as it may go into a question word for word, without the time."""

from collections.abc import Sequence

from transforms.insights.phrases import (
    ADVERBS,
    AUXILIARIES,
    BOUNDARIES,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    TIMES,
    Word,
    is_plural,
    may_be_verb,
)
from transforms.insights.verbs import FORMS
from transforms.names import word_set

MOST_WORDS = 12
_NUMBERS = word_set(
    "an a one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty few several many"
)
_TIME_STARTERS = word_set("on in by at until since during last next this late early later earlier for from over within")
_OF_TIMES = word_set("the same few first second third closing coming final opening past previous following")
_PARTICLES = word_set("up down out off")
_ALSO_ADVERBS = word_set("around over through by in on along")
_QUOTES = frozenset("\"“”„«»'‘’")
_WEAK_ENDINGS = (
    (PREPOSITIONS - _PARTICLES)
    | BOUNDARIES
    | AUXILIARIES
    | DETERMINERS
    | ADVERBS
    | word_set("not very more most less how")
)
_OPEN_ENDINGS = word_set("say tell ask be do become make have see know think believe use let get put")


def complement(text: str, words: Sequence[Word], start: int) -> tuple[str, int] | None:
    """What follows a verb up to the next clause, an aside or a time, word for word, and the place of its last word.

    Empty where nothing does; None where what follows cannot stand alone.
    """
    end = _clause_end(words, start)
    if end < len(words) and _is_cut_off(words, start, end):
        return None
    end = _without_time(words, start, end)
    if end - start > MOST_WORDS:
        end = _shortened(words, start)
    if end - start > 1 and end < len(words) and words[end].folded == "that" and words[end - 2].folded in PREPOSITIONS:
        end -= 2  # "on concern that"
    while end > start and _is_weak_ending(words, end - 1):
        if words[end - 1].folded in PREPOSITIONS and end < len(words) and words[end].text[0].isalnum():
            return None  # "turned a lock into what they call a battery"
        end -= 1
    if any(word.folded in PRONOUNS for word in words[start:end]):
        return None
    if end > start and words[end - 1].folded in _OPEN_ENDINGS:
        return None
    if end == start:
        return "", max(start - 1, 0)
    return " ".join(text[words[start].start : words[end - 1].end].split()), end - 1


def _is_weak_ending(words: Sequence[Word], at: int) -> bool:
    """Whether nothing may end in this word: "to", "very", but "around" may at the end of a clause."""
    if not words[at].text.islower():
        return False  # "Serie A"
    is_last = at + 1 == len(words) or not words[at + 1].text[0].isalnum()
    if is_last and words[at].folded in _ALSO_ADVERBS:
        return False
    return words[at].folded in _WEAK_ENDINGS or _is_adverb(words[at].folded)


def _clause_end(words: Sequence[Word], start: int) -> int:
    """Where the next clause, an aside or the sentence's end begins; "and" after "between" is none."""
    end = start
    between = False
    while end < len(words):
        word = words[end]
        if word.folded in ("between", "both"):
            between = True
        elif word.folded == "and" and between and end + 1 < len(words) and not may_be_verb(words, end + 1):
            between = False
        elif not _goes_on(words, end):
            break
        end += 1
    return end


def _is_cut_off(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether what follows belongs to the clause: what was said, or the rest of "of male and female officers"."""
    if words[end].text in _QUOTES or words[end].text == "(":
        return True
    if end == start and words[end].folded in ("as", "why", "how", "what", "whether", "who", "where", "if"):
        return True
    if words[end].text == "," and end + 1 < len(words) and words[end + 1].text.isdigit():
        return True  # "to let her son, 11, wear"
    before = FORMS.get(words[end - 1].folded)
    if words[end].folded == "as" and end > start and before is not None and before.is_participle:
        return True  # "arrived dressed as"
    if words[end].folded not in ("and", "or") or end == start:
        return False
    if end > start + 1 and words[end - 2].folded not in PREPOSITIONS:
        return False
    if words[end - 1].text[0].isupper() and end + 1 < len(words) and words[end + 1].text[0].isupper():
        return end + 2 >= len(words) or not may_be_verb(words, end + 2)  # "the decision by India and Pakistan"
    return words[end - 1].text.islower() and not is_plural(words[end - 1].text)


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") and word not in ("family", "supply", "assembly", "monopoly", "italy", "july", "rally")


def _goes_on(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    if word.text[0].isalnum() or word.text[0] in "$€£¥":
        return word.folded not in BOUNDARIES and word.folded != "then"
    is_possessive = word.text in ("'", "’") and words[at - 1].end == word.start and words[at - 1].text.endswith("s")
    is_joined = word.text in ("-", "/") and words[at - 1].end == word.start
    return is_possessive or is_joined or word.text in ("'s", "’s", "%", "&")


def _without_time(words: Sequence[Word], start: int, end: int) -> int:
    """The end of words[start:end] without a last phrase that only says when."""
    for place in range(start, end):
        if (
            words[place].folded in TIMES
            and not _is_of_a_name(words, place)
            and _opens_time(words, start, place) is not None
        ):
            rest = [word.folded for word in words[place + 1 : end]]
            if all(word in TIMES or word.isdigit() or word in ("in", "of", "on", "at") for word in rest):
                return _opens_time(words, start, place) or start
    return end


def _is_of_a_name(words: Sequence[Word], at: int) -> bool:
    """Whether "Day" belongs to a name, as in "World Aids Day"; "Monday" has its capital anyhow."""
    before = words[at - 1]
    return (
        words[at].folded in ("day", "year", "week", "night")
        and words[at].text[0].isupper()
        and before.text[0].isupper()
    )


def _opens_time(words: Sequence[Word], start: int, place: int) -> int | None:
    """Where the phrase of a time word begins: "for the first time", "late on Tuesday", "last week"."""
    first = place
    while first > start and place - first < 5:
        before = words[first - 1].folded
        is_number = before in _NUMBERS or before[0].isdigit()
        if not (is_number or before in _TIME_STARTERS | TIMES | _OF_TIMES):
            break
        if is_number and words[first].folded in _TIME_STARTERS:
            break  # "into the top 50 for the first time"
        first -= 1
    opening = words[first].folded
    return first if opening in _TIME_STARTERS | TIMES | _NUMBERS or opening[0].isdigit() else None


def _shortened(words: Sequence[Word], start: int) -> int:
    """A place to stop within the bounds: before the last preposition that leaves three words."""
    for end in range(start + MOST_WORDS, start + 2, -1):
        if words[end].folded in PREPOSITIONS - {"of", "to", "by", "out", "up", "down", "off"}:
            return end
    return start
