"""From the reader's spans to names: exact borders, no possessives, nothing that names nobody.

The reader marks words; a name begins and ends where its writer meant it to. Spans are trimmed, joined where the reader
cut one name in two, and left out where they hold no name: a bare title, a word without a capital, "AI", "Rs 500".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.ambiguous_names import BARE_TITLES, COMMON_WORDS, NOT_NAMES
from transforms.datelines import after_dateline
from transforms.gazetteer import companies, possessive_names
from transforms.geography import is_people, places
from transforms.known_firms import with_known
from transforms.names import name_key, trimmed, word_set
from transforms.reader.reading import Mention

UNSURE = 0.65  # the reader's score below which what follows a name may be its second half, whatever its type
SURE = 0.8  # the reader's score from which an odd-looking name is believed
_PERSONAL_TITLE = re.compile(r"(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Herr|Frau)\.?\s+(?=\w)")
_QUALIFIED = re.compile(r"(?<=\w)[-‑–][a-z]{3,}$")  # "Moscow-based", "Marmite-themed"
_PERIOD = re.compile(r"\s(?:[QH][1-4]|FY\s?['’]?\d{2,4})$")
_TAIL = re.compile(r"(?:['’](?!s\b)\w{1,3}\b|-[A-ZÀ-Þ]\w+)")  # what the reader cut off: "Nyong'o", "Eccleston-Todd"
_VERSION = re.compile(
    r"^[\s-](?:[A-Z]?\d{1,4}[a-z]?(?:\.\d+)?)(?![\w%])(?!\s(?:per|percent|pc|points?|million|billion))"
)
_NUMBER = re.compile(r"-[A-Z]?\d{1,4}[a-z]?(?:\.\d+)?(?![\w%-])")  # of a word as edited English writes it: "GPT-4"
# What a firm's name goes on with where the reader stopped early, as in "Bayer Crop Science": it is another firm.
_DIVISION = re.compile(
    r" (?:Pharma(?:ceuticals)?|Consumer|Crop(?: Science)?|Chemicals|Healthcare|Life|Finance|Insurance|Capital"
    r"|Securities|Energy|Power|Steel|Motors|Telecom|Foods|Infra|Infratech|Housing|Logistics|Pictures|Studios|Entertainment)\b"
)
# What a possessive hardly ever stands before: "Macy's said" is a firm of that name.
_OF_A_SUBJECT = re.compile(
    r"['’]s (?:(?:also|now|already|still) )?(?:said|says|was|were|has|had|have|will|would|can|could|may|expects"
    r"|announced|operates|owns|sells|opened|closed|which|whose)\b"
)
_AND_SONS = re.compile(r" (?:&|and) (?:Sons?|Daughters?|Co\b\.?|Company|Partners|Brothers|Bros\.?|Associates)(?!\w)")
_PARTICLES = word_set("of the and for in on at to de der von und la with from by a an as is was or")


@dataclass(frozen=True)
class Named:
    """A mention without quotation marks and possessive. `key`: its name_key. `source`: its place in the reading."""

    start: int
    end: int
    text: str
    type: str
    score: float
    key: str
    source: int


def cleaned(text: str, mentions: Sequence[Mention]) -> list[Named]:
    """The mentions with exact offsets of the bare name, in order and without overlap."""
    mentions = with_known(text, mentions)
    named: list[Named] = []
    opening = after_dateline(text)
    spans = [trimmed(text, each.start, each.end) for each in mentions]
    whole = {text[start:end]: each.type for (start, end), each in zip(spans, mentions, strict=True)}
    for source, mention in enumerate(mentions):
        start, end, kind = *spans[source], mention.type
        if named and start < named[-1].end:  # the part of a name that was joined to the one before
            continue
        start, end, kind = _shortened(text, start, end, kind)
        longer = _lengthened(text, start, end, kind)
        following = mentions[source + 1] if source + 1 < len(mentions) else None
        if not (following and following.start < longer < following.end):  # "Seth Rogen-James Franco" are two
            end = longer
        if start < opening and text[start - 1 : start] == "(" and text[end : end + 1] == ")":
            kind = "ORG"  # the agency of a dateline
        if house := _AND_SONS.match(text, end):
            end, kind = house.end(), "ORG"
        joined = whole.get(text[named[-1].start : end]) if named and text[named[-1].end : start] in (" ", "-") else None
        if named and (joined or _is_second_half(text, named[-1], start, end, kind, mention)):
            before = named.pop()
            start, kind = before.start, joined or before.type
            mention = Mention(start, end, kind, before.score, mention.sentiment)
            source = before.source
        if _is_name(text[start:end], name_key(text[start:end]), mention.score):
            end, kind = _numbered(text, end, kind, mention.score)
            name = text[start:end]
            named.append(Named(start, end, name, kind, mention.score, name_key(name), source))
    return named


def _shortened(text: str, start: int, end: int, kind: str) -> tuple[int, int, str]:
    """The span without a title, a qualifying half and small words at its end; a title makes its bearer a person."""
    if title := _PERSONAL_TITLE.match(text, start, end):
        start, kind = (start, "PER") if title.end() < end else (start, kind)
    name = text[start:end]
    if (qualified := _QUALIFIED.search(name)) and name[0].isupper():
        end = start + qualified.start()
        if name.endswith("-based") and name_key(text[start:end]) in places():
            kind = "LOC"
    if period := _PERIOD.search(text[start:end]):
        end = start + period.start()
    while (cut := text.rfind(" ", start, end)) > start and text[cut + 1 : end].islower() and not text[start].islower():
        if kind != "ORG" and kind != "LOC" and text[cut + 1 : end] not in _PARTICLES:
            break  # a person's or a work's name may end so
        end = cut
        while end > start and text[end - 1] in " ,\u00a0":
            end -= 1
    return start, end, kind


def _lengthened(text: str, start: int, end: int, kind: str) -> int:
    """Where the name ends that the reader cut short: at a half behind a hyphen, a division, a possessive of its own."""
    if tail := _TAIL.match(text, end, end + 40):
        return tail.end() if kind == "PER" or tail[0][0] != "-" else end
    if kind == "ORG" and (division := _DIVISION.match(text, end)):
        return division.end()
    if kind != "ORG" or text[end : end + 2] not in ("'s", "’s"):
        return end
    name = text[start:end]
    return end + 2 if name_key(name) in possessive_names() or _is_never_bare(text, name) else end


def _is_never_bare(text: str, name: str) -> bool:
    """Whether a text says a name with its possessive alone, and at least once as who does something."""
    after = [text[found.end() : found.end() + 24] for found in re.finditer(rf"\b{re.escape(name)}\b", text)]
    return all(each[:2] in ("'s", "’s") for each in after) and any(map(_OF_A_SUBJECT.match, after))


def _numbered(text: str, end: int, kind: str, score: float) -> tuple[int, str]:
    """Where a name ends and what it is: a product where a number follows, which is part of it behind a hyphen.

    "Llama 4" is Llama all the same: behind a blank a number is far oftener a score or a count than a version.
    """
    if kind in ("PER", "ORG") and score < SURE and _VERSION.match(text[end : end + 24]):
        kind = "MISC"
    number = _NUMBER.match(text, end) if kind == "MISC" else None
    return (number.end() if number else end), kind


def _is_second_half(text: str, before: Named, start: int, end: int, kind: str, mention: Mention) -> bool:
    """Whether a span and the one before it, with a blank between, are one name that the reader cut in two."""
    if text[before.end : start] != " ":
        return False
    halves = (text[before.start : before.end], text[start:end])
    if before.type == "ORG" and mention.type == "LOC" and mention.score < SURE:
        # "Nestle India": another company than Nestle
        return any(place.kind == "country" for place in places().get(name_key(halves[1]), ()))
    if before.type == "ORG" and mention.type == "MISC" and mention.score < UNSURE:
        # "Liberal Democrats": the members of what the first half begins; not an airline's "Boeing 707"
        is_of_members = halves[1].isalpha() and halves[1].endswith("s")
        is_large = all(half[:1].isupper() for half in halves)
        keys = map(name_key, halves)
        return is_of_members and is_large and not any(is_known(key) or is_people(key) for key in keys)
    if kind != before.type or kind == "MISC" or min(before.score, mention.score) >= SURE:
        return False
    # Edited English puts a comma or a word between two names of one type.
    return all(half[:1].isupper() for half in halves) and not _are_two(halves, kind)


def is_known(key: str) -> bool:
    """Whether the key is a company's or a place's name."""
    return key in companies() or key in places()


def _are_two(halves: tuple[str, str], kind: str) -> bool:
    """Whether each of two neighbours is a name by itself: two full names of people, two known places or companies."""
    if kind == "PER":
        return all(" " in half for half in halves)
    known = places() if kind == "LOC" else companies()
    return all(name_key(half) in known for half in halves)


def _is_name(name: str, key: str, score: float) -> bool:
    if not any(letter.isalnum() for letter in key) or (len(key) == 1 and key in "ai"):
        return False
    if key in NOT_NAMES or all(word in BARE_TITLES for word in key.split()):
        return score >= SURE and key not in NOT_NAMES and name[0].isupper()
    is_known = (key in companies() and key not in COMMON_WORDS) or key in places()
    if any(letter.isupper() for letter in name) or not any(letter.islower() for letter in name):
        return any(letter.isalpha() for letter in name) or is_known
    return is_known and score >= SURE
