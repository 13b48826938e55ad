"""Bodies that never end to be read, and what follows them."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest

from flows.crawl.discovery import Reading
from flows.crawl.isolation import IsolatedReader
from flows.crawl.items import Unreadable
from flows.sources.source import Discover

NOW = datetime(2026, 3, 10, tzinfo=UTC)
HEAD = b'<?xml version="1.0"?><rss version="2.0"><channel><item><link>http://paper.example/one</link>'
TAIL = b"</item></channel></rss>"
HONEST = HEAD + b"<title>One</title>" + TAIL
# feedparser's search for an e-mail address in an author takes the square of its length: hours for this one.
ENDLESS = HEAD + b"<author>" + b"a" * 2_000_000 + b"</author>" + TAIL


def run(story: Callable[[IsolatedReader], Awaitable[None]], seconds: float) -> None:
    async def play() -> None:
        reader = IsolatedReader(seconds)
        try:
            await story(reader)
        finally:
            await reader.aclose()

    asyncio.run(play())


async def read(reader: IsolatedReader, body: bytes) -> Reading:
    url = "http://paper.example/feed"
    return await reader.read(Discover(kind="feed", url=url), body, url, "application/rss+xml", 8_000_000, NOW)


def test_a_feed_that_takes_for_ever_fails_alone_and_the_next_one_is_read() -> None:
    async def story(reader: IsolatedReader) -> None:
        before, endless, after = await asyncio.gather(
            read(reader, HONEST), read(reader, ENDLESS), read(reader, HONEST), return_exceptions=True
        )
        assert isinstance(endless, Unreadable)
        assert "takes more than 0.5 s" in str(endless)
        for honest in (before, after):
            assert isinstance(honest, Reading)
            assert [item.title for item in honest.items] == ["One"]

    run(story, seconds=0.5)


def test_the_loop_goes_on_while_a_feed_is_read() -> None:
    async def story(reader: IsolatedReader) -> None:
        reading = asyncio.create_task(read(reader, ENDLESS))
        turns = 0
        while not reading.done():
            await asyncio.sleep(0.01)
            turns += 1
        assert turns > 5
        with pytest.raises(Unreadable):
            reading.result()

    run(story, seconds=0.3)


def test_a_cancelled_reading_gives_nobody_its_answer() -> None:
    async def story(reader: IsolatedReader) -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await read(reader, ENDLESS)
        assert [item.title for item in (await read(reader, HONEST)).items] == ["One"]

    run(story, seconds=5.0)


def test_what_is_no_feed_says_why_and_costs_no_process() -> None:
    async def story(reader: IsolatedReader) -> None:
        with pytest.raises(Unreadable, match="not a feed"):
            await read(reader, b"<html><p>Sorry</p></html>")
        first = reader._process
        await read(reader, HONEST)
        assert first is not None
        assert reader._process is first

    run(story, seconds=5.0)


def test_where_a_page_goes_on_is_told_and_one_that_takes_too_long_fails_alone() -> None:
    async def story(reader: IsolatedReader) -> None:
        url = "http://paper.example/story"
        body = b'<p>News</p><a href="/story">1</a><a href="/story/2">2</a><a href="/story/3">3</a>'
        assert await reader.onward(body, "text/html", url, None, None) == (True, f"{url}/2")
        assert await reader.onward(body, "text/html", f"{url}/2", f"{url}/2", None) == (True, f"{url}/3")
        without = '{"remove": ["a"]}'
        assert await reader.onward(body, "text/html", f"{url}/2", f"{url}/2", without) == (False, None)
        with pytest.raises(Unreadable, match="elements"):
            await reader.onward(body + b"<i></i>" * 60_000, "text/html", url, None, None)

    async def hurried(reader: IsolatedReader) -> None:
        with pytest.raises(Unreadable, match="takes more than"):
            await reader.onward(b"<p>News</p>", "text/html", "http://paper.example/story", None, None)
        assert isinstance(await read(reader, HONEST), Reading)

    run(story, seconds=20.0)
    run(hurried, seconds=0.1)
