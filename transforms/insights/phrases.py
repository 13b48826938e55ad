"""Stretches of words that may go into a question word for word: subjects and what follows a verb."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.insights.verbs import FORMS
from transforms.names import word_set

WORD = re.compile(
    r"(?:[A-Z]\.){2,}|\b[ap]\.m\.|[$€£¥]?\d(?:[\d.,]*\d)?[\w%-]*|[\w$€£¥%][\w.'’&$€£%/-]*(?<![.'’])|[^\w\s]"
)
MOST_SUBJECT_WORDS = 7

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
