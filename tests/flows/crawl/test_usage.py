"""What a publisher says of machines is noted word for word and in one form."""

import pytest

from flows.crawl.usage import FLAGS_LIMIT, joined, page_flags, robots_lines


@pytest.mark.parametrize(
    ("headers", "body", "flags"),
    [
        ({"x-robots-tag": "noindex, NoAI"}, b"", ("noai",)),
        ({"x-robots-tag": "otherbot: noimageai; noai"}, b"", ("noai", "noimageai")),
        ({"tdm-reservation": " 1 "}, b"", ("tdm-reservation",)),
        ({"tdm-reservation": "0"}, b"", ()),
        ({"content-usage": "train-ai=n, search=y"}, b"", ("content-usage=train-ai=n search=y",)),
        ({}, b"<META content=noai NAME='robots'>", ("noai",)),
        ({}, b'<meta name="robots" content="noindex,noimageai">', ("noimageai",)),
        ({}, b'<meta name="tdm-reservation" content="1">', ("tdm-reservation",)),
        ({}, b'<meta name="description" content="noai">', ()),
        ({}, b"<p>noai</p><meta", ()),
        ({"x-robots-tag": "nothing about noaid"}, b"", ()),
    ],
)
def test_signals_beside_a_page(headers: dict[str, str], body: bytes, flags: tuple[str, ...]) -> None:
    assert page_flags(headers, body) == flags


def test_lines_of_robots_txt() -> None:
    text = "User-agent: *\nContent-Usage: train-ai=n # note\n content-signal : search=yes, ai-train=no\nDisallow: /a"
    assert robots_lines(text) == ("content-usage=train-ai=n", "content-signal=search=yes ai-train=no")


def test_a_row_holds_each_flag_once_in_order_within_its_limit() -> None:
    assert joined(["tdm-reservation", "noai", "noai"]) == "noai,tdm-reservation"
    assert joined([]) is None
    assert len(joined(f"flag{n}" for n in range(1_000)) or "") == FLAGS_LIMIT
