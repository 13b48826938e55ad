"""Files in which a host speaks as a whole: what they forbid, and that nothing else is read into them."""

import asyncio
import json
from typing import Any

import pytest

from flows.crawl.client import Response
from flows.crawl.declarations import Declarations, HostFiles, read_ai_txt, read_tdmrep

PAGE = "https://paper.example/news/a"


@pytest.mark.parametrize(
    ("text", "url", "is_closed"),
    [
        ("User-Agent: *\nDisallow: /", PAGE, True),
        ("User-Agent: *\nDisallow: *", PAGE, True),
        ("User-Agent: *\nDisallow: *.html\nDisallow: *.txt", PAGE, True),  # an article without an ending is a page
        ("User-Agent: *\nDisallow: *.html", "https://paper.example/news/", True),
        ("User-Agent: *\nDisallow: *.html", "https://paper.example/news/a.php", False),
        ("User-Agent: *\nDisallow: *.jpg\nDisallow: *.png\nAllow: *.html", PAGE, False),
        ("User-Agent: *\nDisallow: /\nUser-Agent: Nightdesk\nAllow: /", PAGE, False),
        ("<!doctype html><p>User-Agent: *\nDisallow: /", PAGE, False),
        ("", PAGE, False),
    ],
)
def test_ai_txt(text: str, url: str, is_closed: bool) -> None:
    assert HostFiles(read_ai_txt(text.encode())).flags(url) == (("ai-txt",) if is_closed else ())


@pytest.mark.parametrize(
    ("stated", "is_reserved"),
    [
        ([{"location": "/", "tdm-reservation": 1}], True),
        ([{"location": "/", "tdm-reservation": "1"}], True),
        ([{"location": "/", "tdm-reservation": 0}], False),
        ([{"location": "/", "tdm-reservation": 2}], False),  # no value of the protocol: unset
        ([{"location": "/news/*", "tdm-reservation": 0}, {"location": "/", "tdm-reservation": 1}], False),  # the first
        ([{"location": "/sport/", "tdm-reservation": 0}, {"location": "/", "tdm-reservation": 1}], True),
        ([{"location": "/*.pdf$", "tdm-reservation": 1}], False),
        ([{"location": "/\nAllow: /", "tdm-reservation": 1}, 7, {"location": 3}, "x"], False),
        ({"location": "/", "tdm-reservation": 1}, False),  # the brackets are mandatory
    ],
)
def test_tdmrep(stated: Any, is_reserved: bool) -> None:
    files = HostFiles(None, read_tdmrep(json.dumps(stated).encode()))
    assert files.flags(PAGE) == (("tdmrep",) if is_reserved else ())


@pytest.mark.parametrize("body", [b"<html>", b"{", b"[" * 100_000, b"\xff\xfe\x00", b"null"])
def test_what_is_no_tdmrep_reserves_nothing(body: bytes) -> None:
    assert read_tdmrep(body) == ()


def test_the_files_are_asked_for_once_for_all_who_wait() -> None:
    asked: list[str] = []

    async def fetch(url: str) -> Response | None:
        asked.append(url)
        await asyncio.sleep(0)
        body = b"User-agent: *\nDisallow: /news"
        return Response(url, url, 200, {}, body, 0.0, 0) if url.endswith("/ai.txt") else None

    async def everybody() -> list[tuple[str, ...]]:
        files = Declarations()
        urls = (PAGE, PAGE, "https://paper.example/sport", "http://paper.example/news/a")
        return await asyncio.gather(*(files.flags(url, fetch) for url in urls))

    assert asyncio.run(everybody()) == [("ai-txt",), ("ai-txt",), (), ("ai-txt",)]
    origins = ("https://paper.example", "http://paper.example")
    assert sorted(asked) == sorted(f"{at}{path}" for at in origins for path in ("/ai.txt", "/.well-known/tdmrep.json"))
