"""Content codings that were not asked for, and those that an error page only claims."""

import asyncio

import pytest

from flows.crawl.client import Client, FetchError, Limits
from tests.flows.crawl.website import Website

PAGE = "http://paper.example/page"


def error_class(website: Website) -> str:
    async def ask() -> None:
        client = Client("Nightdesk/test", connections=1)
        client.guard.add_route([PAGE], website.address)
        try:
            await client.request(PAGE, Limits(5.0, 1_000, 0), route=website.address)
        finally:
            await client.aclose()

    with pytest.raises(FetchError) as caught:
        asyncio.run(ask())
    return caught.value.error_class


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, br", "x-own"])
def test_a_body_in_a_coding_nobody_asked_for_is_no_page(website: Website, coding: str) -> None:
    website.serve(PAGE, b"\x8b\x02\x80news\x03", Content_Encoding=coding)
    assert error_class(website) == "decoding"


@pytest.mark.parametrize("coding", ["br", "gzip", "deflate"])
def test_an_error_whose_body_cannot_be_unpacked_is_still_that_error(website: Website, coding: str) -> None:
    """Else a missing robots.txt with such a body would close the whole site, and a page that is gone be asked again."""
    website.serve(PAGE, b"gone, and not packed at all", status=410, Content_Encoding=coding)
    assert error_class(website) == "http_410"
