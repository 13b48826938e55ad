"""Stretches of words that may go into a question word for word: subjects and what follows a verb."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.insights.verbs import FORMS
from transforms.names import word_set

WORD = re.compile(
    r"(?:[A-Z]\.){2,}|\b[ap]\.m\.|[$€£¥]?\d(?:[\d.,]*\d)?[\w%-]*|[\w$€£¥%][\w.'’&$€£%/-]*(?<![.'’])|[^\w\s]"
)
MOST_WORDS, MOST_SUBJECT_WORDS = 12, 7

DETERMINERS = word_set("the this that these those its their his her our your my a an no every each some any both all")
PREPOSITIONS = word_set(
    "of for in at to on from between over with under into against among across about by near off through toward "
    "towards within without behind beyond around onto upon via per during above below out up down"
)
BOUNDARIES = word_set(
    "and but or nor so because after before while when where which who whose whom that although though if until unless "
    "since whereas once as whether why how what than amid despite following citing including saying adding leaving "
    "making forcing according too instead again though yet even"
)
PRONOUNS = word_set(
    "i you he she it we they me him us them himself herself itself themselves this these those there one ones another "
    "others none nothing something somebody everybody everyone anyone nobody both such"
)
AUXILIARIES = word_set(
    "is are was were has have had will would can could may might must should shall do does did be been being isn't "
    "wasn't hasn't won't can't cannot doesn't didn't aren't weren't haven't couldn't wouldn't"
)
FUTURE_VERBS = word_set("plans plan expects expect aims aim intends intend hopes hope wants want")
ADVERBS = word_set(
    "also already now then still just recently officially finally quietly reportedly soon later first once again never "
    "always often formally narrowly sharply slightly steadily briefly abruptly suddenly unexpectedly currently "
    "only nearly almost effectively since promptly duly"
)
OPENERS = word_set(
    "in on at after before by from with for during since under when while as last this earlier later meanwhile despite "
    "following amid until to according over within speaking asked because although though but and yet so instead also "
    "today yesterday behind across without even"
)
_PLURALS = word_set("people children men women police media data")
_NOT_SUBJECTS = (
    PRONOUNS
    | BOUNDARIES
    | AUXILIARIES
    | word_set("not very more most less such only other same dozen dozens few many several hundreds thousands some")
)
TIMES = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december today yesterday tomorrow tonight week weeks month months year years morning "
    "afternoon evening night nights day days weekend spring summer autumn winter dawn dusk noon midnight hours minutes "
    "decade christmas easter quarter ago early late earlier season moment time long hour hours minute second seconds "
    "later decades century tenth fourth fifth sixth seventh eighth ninth eleventh twelfth twentieth thirtieth last "
    "next moments"
)
_NUMBERS = word_set(
    "an a one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty few several many"
)
_TIME_STARTERS = word_set("on in by at until since during last next this late early later earlier for from over within")
_ALSO_ADVERBS = word_set("around over through by in on along")
_PARTICLES = word_set("up down out off")
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
_NOT_IN_TITLES = _NOT_SUBJECTS | PREPOSITIONS
_FINITE = AUXILIARIES - {"be", "been", "being"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word or sign at its place in the text; folded: without its capitals."""

    text: str
    folded: str
    start: int
    end: int

    @property
    def is_plain(self) -> bool:
        """A word that may stand in a title before a name: no sign, no word of grammar."""
        return self.text[0].isalpha() and self.folded not in _NOT_IN_TITLES and not self.text.endswith("ly")


def is_plural(noun: str) -> bool:
    """Whether "have" goes with the noun."""
    folded = noun.casefold()
    return folded in _PLURALS or (folded.endswith("s") and not folded.endswith(("ss", "us", "is", "'s", "’s")))


def _is_finite(words: Sequence[Word], at: int) -> bool:
    """Whether the word can only be the verb of a clause."""
    word = words[at].folded
    form = FORMS.get(word)
    if words[at].text == "May":
        return False
    return word in _FINITE or (form is not None and form.is_past and not form.is_participle)


def has_other_verb(words: Sequence[Word], start: int) -> bool:
    """Whether a second verb follows before the clause can have ended: then the first may have been none."""
    for at in range(start, len(words)):
        word = words[at]
        if not (word.text[0].isalnum() or word.text[0] in "$€£'’-") or word.folded in BOUNDARIES:
            return False
        if _is_finite(words, at):
            return True
    return False


def subject_phrase(words: Sequence[Word], at: int) -> tuple[int, bool] | None:
    """The last word of a subject that begins here with "the" or a plural noun, and whether it is plural.

    None unless a verb follows it.
    """
    if at >= len(words) or not words[at].text[0].isalpha():
        return None
    first = words[at].folded
    is_definite = first in ("the", "a", "an") or first.endswith(("'s", "’s"))
    if not is_definite and (first in _NOT_SUBJECTS or first in PREPOSITIONS or first in DETERMINERS):
        return None
    head, nouns = "", 0
    for place in range(at + is_definite, min(at + MOST_SUBJECT_WORDS + 1, len(words))):
        word, before = words[place], words[place - 1]
        if nouns and may_be_verb(words, place):
            head = head or before.text
            ends_well = before.folded not in PREPOSITIONS | DETERMINERS and (is_definite or is_plural(head))
            return (place - 1, is_plural(head)) if ends_well else None
        if not word.text[0].isalnum() or word.folded in _NOT_SUBJECTS | ADVERBS:
            return None
        if word.folded in PREPOSITIONS:
            head = head or before.text
        nouns += word.folded not in PREPOSITIONS | DETERMINERS
        if not nouns and word.folded in PREPOSITIONS:
            return None
    return None


def may_be_verb(words: Sequence[Word], at: int) -> bool:
    """Whether the word looks like the verb of a clause: an auxiliary, a plan, or a past that is known."""
    word = words[at].folded
    if words[at].text == "May" and at:
        return False
    if word in AUXILIARIES or (word in ADVERBS and at + 1 < len(words) and may_be_verb(words, at + 1)):
        return True
    if word in FUTURE_VERBS:
        return at + 1 < len(words) and words[at + 1].folded == "to"
    form = FORMS.get(word)
    return form is not None and form.is_past and form.past != form.base


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
        is_part = before in _TIME_STARTERS | TIMES | _NUMBERS | {"the", "same", "few", "first", "third"}
        if not (is_part or before[0].isdigit()):
            break
        first -= 1
    opening = words[first].folded
    return first if opening in _TIME_STARTERS | TIMES | _NUMBERS or opening[0].isdigit() else None


def _shortened(words: Sequence[Word], start: int) -> int:
    """A place to stop within the bounds: before the last preposition that leaves three words."""
    for end in range(start + MOST_WORDS, start + 2, -1):
        if words[end].folded in PREPOSITIONS - {"of", "to", "by", "out", "up", "down", "off"}:
            return end
    return start
