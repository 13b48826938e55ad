"""XML as sites send it, made into what an XML reader can read: one charset, no junk, no references to nothing.

Feeds and sitemaps are written by templates, so the usual faults are those of templates: blanks or a warning before the
declaration, a declared charset that is not the one of the bytes, bare ampersands, HTML's names of characters, control
characters. Each of them ends an XML document for a strict reader, and makes a tolerant one guess.
"""

from __future__ import annotations

import codecs
import re
import zlib
from html.entities import html5

from flows.crawl.charset import decide, decode_page
from flows.crawl.items import Unreadable

HEAD_CHARACTERS = 5_000  # in which a document begins, whatever stands before it

_GZIP = b"\x1f\x8b"
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
_DECLARATION = re.compile(r"<\?xml\b[^>]{0,500}\?>", re.IGNORECASE)
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|$)|<!--.*?(?:-->|$)|<!DOCTYPE\b[^>\[]*\[.*?(?:\]\s*>|$)"
    r"|&(?:#(?P<code>x[0-9a-fA-F]{1,6}|[0-9]{1,7});|(?P<name>[A-Za-z][A-Za-z0-9]{0,31});)?",
    re.DOTALL | re.IGNORECASE,
)
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})


def unpacked(body: bytes, limit_bytes: int) -> bytes:
    """`body`, or what it holds when it is gzip, a part that came whole if it was cut. Raises Unreadable."""
    if not body.startswith(_GZIP):
        return body
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        text = inflater.decompress(body, limit_bytes + 1)
    except zlib.error as error:
        raise Unreadable(f"broken gzip: {error}") from error
    if len(text) > limit_bytes:
        raise Unreadable(f"more than {limit_bytes} bytes when unpacked")
    return text


def xml_text(body: bytes, content_type: str, beginning: re.Pattern[str]) -> str:
    """The document that begins where `beginning` is first found, without a declaration; "" when it is not found."""
    text = _decoded(body, content_type)
    start = beginning.search(text[:HEAD_CHARACTERS])
    if start is None:
        return ""
    return _REFERENCE.sub(_mended, _ILLEGAL.sub("", _DECLARATION.sub("", text[start.start() :], count=1)))


def _decoded(body: bytes, content_type: str) -> str:
    """A declaration in the document is believed before a header, and both only where the bytes agree."""
    blank = body.lstrip(b" \t\r\n")
    for mark, charset in _WIDE:
        if blank.startswith(mark):
            return blank.decode(charset, "replace").removeprefix("\ufeff")
    charset, reason = decide(blank, None) if b"<?xml" in blank[:500] else decide(blank, content_type)
    if reason not in ("bom", "header", "meta"):
        charset, _ = decide(blank, content_type)
    return decode_page(blank, charset)


def _mended(found: re.Match[str]) -> str:
    """References that XML lacks as what they mean, an ampersand that refers to nothing as itself."""
    if found["code"]:
        number = int(found["code"][1:], 16) if found["code"][0] in "xX" else int(found["code"])
        return found[0] if number <= 0x10FFFF and not _ILLEGAL.match(chr(number)) else ""
    name = found["name"]
    if name is None:
        return "&amp;" if found[0] == "&" else found[0]
    if name in _OF_XML:
        return found[0]
    return html5.get(f"{name};", found[0])
