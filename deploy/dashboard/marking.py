"""Text from the web as HTML: everything escaped, cited sentences marked, names underlined."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import TypeVar


@dataclass(frozen=True)
class Cited:
    """A sentence that a key point or the gist cites: text[start:end]. anchor: its id on the page."""

    start: int
    end: int
    anchor: str


@dataclass(frozen=True)
class Mention:
    """A name in the text: text[start:end]. label: what is shown when the pointer rests on it."""

    start: int
    end: int
    label: str


def marked_text(
    text: str, paragraphs: Sequence[tuple[int, int]], cited: Sequence[Cited], mentions: Sequence[Mention]
) -> str:
    """The text as `<p>` elements. Spans that leave the text or overlap an earlier one are left out.

    paragraphs: (start, end) of each; the whole text is one where there are none.
    """
    sound = _apart(cited, len(text))
    names = _apart(mentions, len(text))
    made = ["".join(_regions(text, start, end, sound, names)) for start, end in paragraphs or [(0, len(text))]]
    return "\n".join(f"<p>{inner}</p>" for inner in made if inner)


def _regions(text: str, start: int, end: int, cited: Sequence[Cited], mentions: Sequence[Mention]) -> Iterator[str]:
    place = start
    for mark in cited:
        first, last = max(mark.start, place), min(mark.end, end)
        if first >= last:
            continue
        yield _named(text, place, first, mentions)
        is_beginning = first == mark.start
        anchor = f' id="{escape(mark.anchor)}"' if is_beginning else ""
        yield f"<mark{anchor}>{_named(text, first, last, mentions)}</mark>"
        place = last
    yield _named(text, place, end, mentions)


def _named(text: str, start: int, end: int, mentions: Sequence[Mention]) -> str:
    parts = []
    place = start
    for mention in mentions:
        first, last = max(mention.start, place), min(mention.end, end)
        if first >= last:
            continue
        parts.append(escape(text[place:first]))
        parts.append(f'<span class="name" title="{escape(mention.label)}">{escape(text[first:last])}</span>')
        place = last
    return "".join([*parts, escape(text[place:end])])


Span = TypeVar("Span", Cited, Mention)


def _apart(spans: Sequence[Span], length: int) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if 0 <= span.start < span.end <= length and (not kept or span.start >= kept[-1].end):
            kept.append(span)
    return kept
