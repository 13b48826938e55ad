"""From what a language model claims to what the article bears out.

A name counts where the article has it, word for word: what is kept is the article's own text at those places. A line
counts when the gate finds its facts in the sentences it cites. All else is dropped, and counted.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from transforms.backends.lines import Shown, borne_out, may_be_cited
from transforms.backends.llm.answer import Claim, Summed, Thing, Toned
from transforms.facts import plain
from transforms.names import name_key
from transforms.reader.reading import Document, Mention, Span

NAMED_SCORE = 0.9  # of a mention: named by the model, found again in the text; a model states no probability of its own
MOST_MENTIONS = 2_000
MOST_WORDS_OF_NAME = 10
LEAST_LOOSE = 3  # characters of a name that is also looked for in other spellings of its capitals
TONE_FROM = 1 / 3  # a sentence's score from which it is positive, or below minus which it is negative
NEUTRAL = (0.0, 1.0, 0.0)

_SAME = str.maketrans({**dict.fromkeys("“”„«»‟", '"'), **dict.fromkeys("‘’‚‛ʼ`", "'"), **dict.fromkeys("–—−‑‒", "-")})
_LOOKS_SAME = str.maketrans({"<": "‹", ">": "›", "[": "(", "]": ")", "|": "¦", "{": "(", "}": ")", "\u00a0": " "})
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u2e80-\U000e0fff]")  # scripts that write no blanks between words


@dataclass(frozen=True)
class Backed:
    """The lines that the article bears out, the most important first; `proposed` of them were claimed."""

    gist: Shown | None
    key_points: tuple[Shown, ...]
    proposed: int
    dropped: int


def mentions(document: Document, things: Sequence[Thing]) -> tuple[list[Mention], int]:
    """Every place at which the article has a name that was claimed, and the number of things it names nowhere.

    Longer names win where two overlap. Places are in text order.
    """
    text = document.text
    loose = _folded(text)
    taken: dict[int, int] = {}
    found: list[tuple[Span, Thing]] = []
    forms = [(form, thing) for thing in things for form in thing.forms]
    for form, thing in sorted(forms, key=lambda pair: -len(pair[0])):
        for span in _places(text, loose, form):
            if len(found) < MOST_MENTIONS and not any(place in taken for place in range(span.start, span.end)):
                taken.update(dict.fromkeys(range(span.start, span.end), 1))
                found.append((span, thing))
    owners = {id(thing) for _, thing in found}
    found.sort(key=lambda pair: pair[0].start)
    kept = [Mention(span.start, span.end, thing.type, NAMED_SCORE, NEUTRAL) for span, thing in found]
    return kept, sum(id(thing) not in owners for thing in things)


def _places(text: str, loose: str, form: str) -> list[Span]:
    """Where the text has the form as a name; where it nowhere has it so, also with other capitals and marks."""
    if len(form.split()) > MOST_WORDS_OF_NAME:
        return []
    exact = [span for span in _stands(text, form) if _is_written_as_name(text[span.start : span.end])]
    if exact or len(form) < LEAST_LOOSE:
        return exact
    return [span for span in _stands(loose, _folded(form)) if _is_written_as_name(text[span.start : span.end])]


def _is_written_as_name(words: str) -> bool:
    """Whether there is a capital or a digit, or a letter of a script that has no capitals."""
    return any(
        letter.isupper() or letter.isdigit() or letter.lower() == letter.upper() for letter in words if letter.isalnum()
    )


def _folded(text: str) -> str:
    """`text`, character for character, in small letters and with one kind of mark."""
    small = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    return small.translate(_SAME).translate(_LOOKS_SAME).replace("\n", " ")


def _stands(text: str, form: str) -> Iterator[Span]:
    spaced = _UNSPACED.search(form) is None
    place = text.find(form) if any(map(str.isalnum, form)) else -1
    while place >= 0:
        end = place + len(form)
        before, after = text[place - 1 : place], text[end : end + 1]
        inside = (form[0].isalnum() and before.isalnum()) or (form[-1].isalnum() and after.isalnum())
        if not (spaced and inside):
            yield Span(place, end)
        place = text.find(form, end)


def towards(toned: Toned, entities: Sequence[dict[str, Any]]) -> tuple[list[tuple[dict[str, Any], Any]], int]:
    """Each entity of the article that the answer has a tone for, with its weights; and how many tones fit none."""
    owners: dict[str, int] = {}
    for place, entity in enumerate(entities):
        for form in (entity["name"], *(mention["text"] for mention in entity["mentions"])):
            owners.setdefault(name_key(form), place)
    said: dict[int, Any] = {}
    unknown = 0
    for name, weights in toned.towards:
        owner = owners.get(name_key(name), _owner_of_part(name_key(name), owners))
        if owner is None:
            unknown += 1
        else:
            said.setdefault(owner, weights)
    return [(entities[place], said[place]) for place in sorted(said)], unknown


def is_of_another_text(document: Document, toned: Toned) -> bool:
    """Whether a tone is towards names of which the article has none: its numbers cannot be of this article either."""
    named = [Thing((name, *(word for word in name.split() if len(word) > 2)), "MISC") for name, _ in toned.towards]
    return bool(named) and not mentions(document, named)[0]


def _owner_of_part(key: str, owners: dict[str, int]) -> int | None:
    """The one entity that has all words of the key in a name of its own, as a surname has; None for two or none."""
    words = set(key.split())
    found = {owner for full, owner in owners.items() if words and words <= set(full.split())}
    return found.pop() if len(found) == 1 else None


def sentence_scores(document: Document, toned: Toned) -> list[float]:
    """A score in [-1, 1] for each sentence; 0 where the answer calls it neither good nor bad news."""
    scores = [0.0] * len(document.sentences)
    for number, score in toned.sentences:
        if 1 <= number <= len(scores):
            scores[number - 1] = score
    return scores


def label_of(score: float) -> str:
    """The label of a sentence's score."""
    if score <= -TONE_FROM:
        return "negative"
    return "positive" if score >= TONE_FROM else "neutral"


def backed(document: Document, summed: Summed) -> Backed:
    """The lines of a summary that the sentences they cite bear out; a gist that fails gives way to the best point."""
    may_stand = may_be_cited(document)
    count = len(summed.key_points)
    shown: list[Shown] = []
    for rank, claim in enumerate(summed.key_points):
        line = _shown(document, claim, 1 - rank / count, may_stand)
        if line and not any(_alike(line, other) for other in shown):
            shown.append(line)
    gist = _shown(document, summed.gist, 1.0, may_stand) if summed.gist else None
    proposed = count + (summed.gist is not None)
    dropped = count - len(shown) + (summed.gist is not None and gist is None)
    return Backed(gist or (shown[0] if shown else None), tuple(shown), proposed, dropped)


def _alike(line: Shown, other: Shown) -> bool:
    return line.text.casefold() == other.text.casefold()


def _shown(document: Document, claim: Claim, score: float, may_stand: frozenset[int]) -> Shown | None:
    """The claim as a line of the sentences it cites; words that stand in another sentence as they are, of that one."""
    line = borne_out(claim.text, document, [number - 1 for number in claim.cited], may_stand, score)
    if line:
        return line
    said = plain(claim.text).casefold().rstrip(" .")
    for place in sorted(may_stand):
        span = document.sentences[place]
        if said in plain(document.text[span.start : span.end]).casefold():
            return borne_out(claim.text, document, [place], may_stand, score)
    return None
