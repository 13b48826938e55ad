"""Text from the web as HTML: everything escaped, cited sentences marked, names underlined."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from flows.brief.display import visible


@dataclass(frozen=True)
class Cited:
    """A sentence that the gist or a key point cites: text[start:end]. number: what it is called on the page."""

    start: int
    end: int
    number: int


@dataclass(frozen=True)
class Mention:
    """A name in the text: text[start:end]. kind: PER, ORG, LOC or MISC. label: shown when the pointer rests on it."""

    start: int
    end: int
    kind: str
    label: str


def line(text: str | None) -> str:
    """Text of one line, escaped, without control characters and marks that turn the reading order."""
    return escape(visible(text or ""))


def marked_text(
    text: str, paragraphs: Sequence[tuple[int, int]], cited: Sequence[Cited], mentions: Sequence[Mention]
) -> str:
    """The text as `<p>` elements, each in its own reading direction; the whole text is one where none are given.

    Spans are characters [start, end) of the text; one that leaves the text is not shown. Cited spans may overlap:
    the first `<mark>` of each has the id `cited-<number>`, `data-cited` lists the numbers that a mark belongs to and
    `data-ends` those that end with it. Of overlapping names the first and longest is kept.
    """
    sound = [one for one in cited if 0 <= one.start < one.end <= len(text)]
    names = _apart(mentions, len(text))
    anchored: set[int] = set()
    made = (
        "".join(_regions(text, start, end, sound, names, anchored))
        for start, end in paragraphs or [(0, len(text))]
        if 0 <= start < end <= len(text)
    )
    return "\n".join(f'<p dir="auto">{inner}</p>' for inner in made if inner)


def _regions(
    text: str, start: int, end: int, cited: Sequence[Cited], names: Sequence[Mention], anchored: set[int]
) -> Iterator[str]:
    cuts = {place for one in cited for place in (one.start, one.end) if start < place < end}
    places = [start, *sorted(cuts), end]
    for first, last in pairwise(places):
        inner = _named(text, first, last, names)
        over = [one for one in cited if one.start < last and first < one.end]
        if not over:
            yield inner
            continue
        new = [one.number for one in over if one.number not in anchored]
        anchored.update(new)
        yield "".join(f'<span id="cited-{number}"></span>' for number in new[1:])
        attributes = {
            "id": f"cited-{new[0]}" if new else "",
            "data-cited": " ".join(str(one.number) for one in over),
            "data-ends": " ".join(str(one.number) for one in over if one.end == last),
        }
        yield f"<mark{''.join(f' {name}={chr(34)}{value}{chr(34)}' for name, value in attributes.items() if value)}>"
        yield f"{inner}</mark>"


def _named(text: str, start: int, end: int, names: Sequence[Mention]) -> str:
    parts = []
    place = start
    at = max(0, bisect_right(names, start, key=lambda name: name.start) - 1)
    while at < len(names) and names[at].start < end:
        first, last = max(names[at].start, place), min(names[at].end, end)
        if first < last:
            parts.append(_kept(text[place:first]))
            label, kind = line(names[at].label), escape(names[at].kind)
            parts.append(f'<span class="name {kind}" title="{label}">{_kept(text[first:last])}</span>')
            place = last
        at += 1
    return "".join([*parts, _kept(text[place:end])])


def _kept(text: str) -> str:
    """Escaped, its white space as it is, without what `visible` takes out of words."""
    return escape(re.sub(r"\S+", lambda word: visible(str(word[0])), text))


def _apart(names: Sequence[Mention], length: int) -> list[Mention]:
    kept: list[Mention] = []
    for name in sorted(names, key=lambda name: (name.start, -name.end)):
        if 0 <= name.start < name.end <= length and (not kept or name.start >= kept[-1].end):
            kept.append(name)
    return kept
