"""Text as Nightdesk keeps it: normalised paragraphs joined by an empty line, with the offsets of each."""

import re
import unicodedata
from collections.abc import Iterable

SEPARATOR = "\n\n"
MAX_TEXT = 400_000  # characters; a long novel's worth of live blog, and a bound on every later step

# Zero-width characters, joiners between Latin letters, directional marks, soft hyphens and the byte order mark carry
# no text; a joiner within Arabic or Indic words or within an emoji does, so U+200C and U+200D stay.
INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]")
# Scripts written without spaces: two characters are about a word.
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
WHITE = re.compile(r"\s+")


def plain(text: str) -> str:
    """`text` in NFC on one line: no control or invisible characters, single spaces, none at the ends."""
    spaced = "".join(" " if unicodedata.category(mark) in ("Cc", "Zs", "Zl", "Zp") else mark for mark in text)
    kept = INVISIBLE.sub("", spaced).encode("utf-8", "ignore").decode("utf-8")
    return WHITE.sub(" ", unicodedata.normalize("NFC", kept)).strip()


def joined(paragraphs: Iterable[str]) -> tuple[str, list[tuple[int, int]]]:
    """(text, spans) of paragraphs that are plain: text[start:end] is each, in order; empty ones are left out."""
    parts = [paragraph for paragraph in paragraphs if paragraph]
    spans: list[tuple[int, int]] = []
    start = 0
    for part in parts:
        spans.append((start, start + len(part)))
        start += len(part) + len(SEPARATOR)
    return SEPARATOR.join(parts), spans


def count_words(text: str) -> int:
    """The number of words; in scripts without spaces, half the number of characters."""
    unspaced = len(UNSPACED.findall(text))
    return len(UNSPACED.sub(" ", text).split()) + (unspaced + 1) // 2
