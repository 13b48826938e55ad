"""Servers that keep a crawler waiting, and bodies packed in what nobody asked for or only said to be packed."""

import asyncio

import pytest

from flows.crawl.client import Client, FetchError, Limits
from tests.flows.crawl.website import Answer, Website

PAGE = "http://paper.example/page"


def failure(website: Website, seconds: float = 5.0) -> FetchError:
    async def ask() -> None:
        client = Client("Nightdesk/test", connections=1)
        client.guard.add_route([PAGE], website.address)
        try:
            await client.request(PAGE, Limits(seconds, 1_000, 0), route=website.address)
        finally:
            await client.aclose()

    with pytest.raises(FetchError) as caught:
        asyncio.run(ask())
    return caught.value


@pytest.mark.parametrize(
    "answer",
    [
        Answer(hangs=True),
        Answer(raw=b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 5_000, drips=True),
        Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + b"x" * 5_000, drips=True),
    ],
    ids=["silent", "headers drip", "body drips"],
)
def test_a_server_that_keeps_us_waiting_is_a_timeout_that_may_heal(website: Website, answer: Answer) -> None:
    """The limit is on the whole answer: each byte in time is not enough."""
    website.answers[PAGE] = answer
    error = failure(website, seconds=0.3)
    assert (error.error_class, error.may_heal) == ("timeout", True)


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, br", "x-own"])
def test_a_body_in_a_coding_nobody_asked_for_is_no_page(website: Website, coding: str) -> None:
    website.serve(PAGE, b"\x8b\x02\x80news\x03", Content_Encoding=coding)
    assert failure(website).error_class == "decoding"


@pytest.mark.parametrize("coding", ["br", "gzip", "deflate"])
def test_an_error_whose_body_cannot_be_unpacked_is_still_that_error(website: Website, coding: str) -> None:
    """Else a missing robots.txt with such a body would close the whole site, and a page that is gone be asked again."""
    website.serve(PAGE, b"gone, and not packed at all", status=410, Content_Encoding=coding)
    assert failure(website).error_class == "http_410"
