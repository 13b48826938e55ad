"""The charset of a page, and why it was chosen.

In the order of the HTML standard (byte order mark, Content-Type header, meta element), except that a stated charset is
not believed when the bytes contradict it: bytes that are not valid in it, or valid multi-byte UTF-8 under a one-byte
name, which happens by chance about never. Names are read as browsers read them (WHATWG Encoding): latin-1 is
windows-1252.
"""

import codecs
import re

from charset_normalizer import from_bytes

HEAD_BYTES = 4_096  # the standard looks at 1,024; comments and scripts push the element further down
DETECTION_BYTES = 65_536
DEFAULT = "windows-1252"

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_READ_AS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-16-le",
}
_NAMES = {"cp1252": "windows-1252", "cp1254": "windows-1254", "cp874": "windows-874"}
_IN_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_IN_PAGE = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.I
)


def decide(body: bytes, content_type: str | None) -> tuple[str, str]:
    """(charset, reason) of a page; the reason is bom, header, meta, detected or default. Never raises."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return name, "bom"
    is_utf8 = _is_valid(body, "utf-8")
    in_header = _IN_HEADER.search(content_type or "")
    in_page = _IN_PAGE.search(body[:HEAD_BYTES])
    for label, reason in ((in_header and in_header[1], "header"), (in_page and in_page[1], "meta")):
        charset = _codec(label) if label else None
        if charset is None or (reason == "meta" and charset.startswith("utf-16")):  # its own ASCII proves it wrong
            continue
        if charset == "utf-8" and is_utf8:
            return charset, reason
        if not (is_utf8 and not body.isascii()) and _is_valid(body, charset):
            return _NAMES.get(charset, charset), reason
    return ("utf-8", "detected") if is_utf8 and not body.isascii() else _detected(body, is_utf8)


def decode_page(body: bytes, charset: str) -> str:
    """The text of a page in a charset that `decide` gave; bytes that do not fit become U+FFFD, NULs are left out."""
    for mark, _ in _BOMS:
        body = body.removeprefix(mark)
    try:
        return body.decode(charset, "replace").replace("\x00", "")
    except LookupError:  # a row written by hand
        return body.decode(DEFAULT, "replace").replace("\x00", "")


def decode(body: bytes, content_type: str | None) -> tuple[str, str, str]:
    """(text, charset, reason): `decide` and `decode_page` in one."""
    charset, reason = decide(body, content_type)
    return decode_page(body, charset), charset, reason


def _detected(body: bytes, is_utf8: bool) -> tuple[str, str]:
    if is_utf8:  # plain ASCII: any answer is right, this one is also right for what will be appended
        return "utf-8", "default"
    guess = from_bytes(body[:DETECTION_BYTES]).best()
    name = _codec(guess.encoding) if guess else None
    if name is None or not _is_valid(body, name):
        return DEFAULT, "default"
    return _NAMES.get(name, name), "detected"


def _codec(label: bytes | str) -> str | None:
    text = label.decode("ascii") if isinstance(label, bytes) else label
    try:
        codec = codecs.lookup(text)
        if not codec._is_text_encoding:  # base64, rot13 and the like are codecs too
            return None
    except LookupError:
        return None
    return _READ_AS.get(codec.name, codec.name)


def _is_valid(body: bytes, name: str) -> bool:
    try:
        codecs.getincrementaldecoder(name)().decode(body)
    except (UnicodeDecodeError, LookupError):
        return False
    return True
