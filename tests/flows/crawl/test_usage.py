"""What a publisher says of machines is noted word for word and in one form."""

import pytest

from flows.crawl.usage import FLAGS_LIMIT, UsageLines, joined, page_flags

PAGE = "https://paper.example/news/a"


@pytest.mark.parametrize(
    ("headers", "body", "flags"),
    [
        ({"x-robots-tag": "noindex, NoAI"}, b"", ("noai",)),
        ({"x-robots-tag": "otherbot: noimageai; noai"}, b"", ("noai", "noimageai")),
        ({"tdm-reservation": " 1 "}, b"", ("tdm-reservation",)),
        ({"tdm-reservation": "0"}, b"", ("tdm-reservation=0",)),
        ({"tdm-reservation": "2"}, b"", ()),
        ({"tdm-reservation": "1"}, b'<meta name="tdm-reservation" content="0">', ("tdm-reservation=0",)),
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


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        (
            "User-agent: *\nContent-Usage: train-ai=n # note\n content-signal : search=yes, ai-train=no\nDisallow: /a",
            ("content-usage=train-ai=n", "content-signal=search=yes ai-train=no"),
        ),
        ("User-agent: *\nContent-Usage: / ai-use=n\nContent-Usage: /news/ ai-use=y", ("content-usage=ai-use=y",)),
        ("User-agent: *\nContent-Usage: / ai-use=n\nContent-Usage: /sport/ ai-use=y", ("content-usage=ai-use=n",)),
        ("User-agent: *\nContent-Usage: /*/a$ ai-use=n", ("content-usage=ai-use=n",)),
        ("User-agent: *\nContent-Usage: /*/b$ ai-use=n\nContent-Usage: /news$ ai-use=n", ()),
        ("User-agent: gptbot\nContent-Usage: / ai-use=n", ()),
        ("User-agent: gptbot\nUser-agent: nightdesk/1.0\nContent-Usage: / ai-use=n", ("content-usage=ai-use=n",)),
        ("User-agent: *\nContent-Usage: / ai-use=n\n\nUser-agent: Nightdesk\nAllow: /", ()),  # our group says nothing
        ("Content-Signal: ai-input=no\nUser-agent: other\nDisallow: /", ("content-signal=ai-input=no",)),
        ("", ()),
    ],
)
def test_lines_of_robots_txt_count_for_our_group_and_the_longest_path(text: str, flags: tuple[str, ...]) -> None:
    assert UsageLines(text).flags(PAGE) == flags


def test_a_row_holds_each_flag_once_in_order_within_its_limit() -> None:
    assert joined(["tdm-reservation", "noai", "noai"]) == "noai,tdm-reservation"
    assert joined([]) is None
    assert len(joined(f"flag{n}" for n in range(1_000)) or "") == FLAGS_LIMIT
