"""The charset of a page: what is stated counts unless the bytes contradict it."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.crawl.charset import decide, decode, decode_page

GERMAN = "Die Brücke über die Aare wird größer – und schöner"


def page(charset: str | None, text: str = GERMAN, stated: str | None = None) -> bytes:
    meta = f"<meta charset='{stated}'>" if stated else ""
    return f"<html><head>{meta}</head><p>{text}</p>".encode(charset or "utf-8")


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        (page("utf-8"), "text/html; charset=UTF-8", ("utf-8", "header")),
        (page("utf-8"), 'text/html; charset="utf8"', ("utf-8", "header")),
        (page("cp1252"), "text/html; charset=iso-8859-1", ("windows-1252", "header")),
        (page("cp1252", stated="windows-1252"), "text/html", ("windows-1252", "meta")),
        (page("utf-8", stated="utf-8"), None, ("utf-8", "meta")),
        (page("utf-8"), None, ("utf-8", "detected")),
        (page("utf-8"), "text/html; charset=iso-8859-1", ("utf-8", "detected")),
        (page("utf-8", stated="iso-8859-1"), "text/html; charset=latin1", ("utf-8", "detected")),
        (page("cp1252", stated="windows-1252"), "text/html; charset=utf-8", ("windows-1252", "meta")),
        (page("utf-8", stated="utf-16"), None, ("utf-8", "detected")),
        (page("gb18030", "新闻", stated="gb2312"), None, ("gb18030", "meta")),
        (page("cp932", "新聞", stated="Shift_JIS"), None, ("cp932", "meta")),
        (codecs.BOM_UTF8 + page("utf-8"), "text/html; charset=latin1", ("utf-8", "bom")),
        (codecs.BOM_UTF16_LE + page("utf-16-le"), "text/html; charset=utf-8", ("utf-16-le", "bom")),
        (b"<p>plain ascii</p>", None, ("utf-8", "default")),
        (b"", "text/html; charset=no-such-thing", ("utf-8", "default")),
        (page("utf-8"), "text/html; charset=base64", ("utf-8", "detected")),
    ],
)
def test_who_is_believed(body: bytes, content_type: str | None, expected: tuple[str, str]) -> None:
    assert decide(body, content_type) == expected


@pytest.mark.parametrize("charset", ["utf-8", "cp1252", "utf-16"])
def test_the_text_comes_back_whatever_the_header_claims(charset: str) -> None:
    for claimed in (charset, "us-ascii", "utf-8", None):
        text, _, _ = decode(page(charset, stated=charset), f"text/html; charset={claimed}" if claimed else None)
        assert GERMAN in text


def test_bytes_that_do_not_fit_are_marked_and_nuls_left_out() -> None:
    assert decode_page(b"a\x00b\xffc", "utf-8") == "ab\ufffdc"
    assert decode_page("é".encode("cp1252"), "no-such-charset") == "é"


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=300), st.one_of(st.none(), st.text(max_size=40).map("text/html; charset={}".format)))
def test_any_bytes_have_a_charset_that_decodes_them(body: bytes, content_type: str | None) -> None:
    text, charset, reason = decode(body, content_type)
    assert "\x00" not in text
    assert decode_page(body, charset) == text
    assert reason in {"bom", "header", "meta", "detected", "default"}
