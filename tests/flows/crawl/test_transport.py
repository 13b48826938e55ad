"""The transport: one connection for many requests, dialled by our own backend alone."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable

import httpcore2
import httpx2
import pytest

from flows.crawl.addresses import AddressRefused, GuardedBackend
from flows.crawl.transport import GuardedTransport
from tests.flows.crawl.website import Website

PAGE = "http://paper.example/page?x=1"


class CountingBackend(GuardedBackend):
    """Counts what is dialled."""

    def __init__(self, website: Website) -> None:
        super().__init__()
        self.add_route([PAGE], website.address)
        self.dialled: list[str] = []

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        self.dialled.append(host)
        return await super().connect_tcp(host, port, timeout, local_address, socket_options)


def run(website: Website, story: Callable[[GuardedTransport, CountingBackend], Awaitable[None]]) -> None:
    async def play() -> None:
        backend = CountingBackend(website)
        transport = GuardedTransport(backend, connections=4)
        try:
            await story(transport, backend)
        finally:
            await transport.aclose()

    asyncio.run(play())


def test_two_requests_share_a_connection_and_arrive_as_written(website: Website) -> None:
    website.serve(PAGE, b"news")

    async def story(transport: GuardedTransport, backend: CountingBackend) -> None:
        for _ in range(2):
            response = await transport.handle_async_request(httpx2.Request("GET", PAGE, headers={"X-Mine": "1"}))
            assert response.status_code == 200
            assert await response.aread() == b"news"
            await response.aclose()
        assert backend.dialled == ["paper.example"]

    run(website, story)
    assert website.urls == [PAGE, PAGE]
    assert website.asked[0].headers["x-mine"] == "1"


def test_a_proxy_of_the_environment_is_not_asked(website: Website, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    website.serve(PAGE, b"news")

    async def story(transport: GuardedTransport, backend: CountingBackend) -> None:
        async with httpx2.AsyncClient(transport=transport, trust_env=False) as client:
            assert (await client.get(PAGE)).content == b"news"
        assert backend.dialled == ["paper.example"]

    run(website, story)


def test_a_refused_address_is_raised_as_it_is(website: Website) -> None:
    async def story(transport: GuardedTransport, backend: CountingBackend) -> None:
        for url in ("http://127.0.0.1/", "http://[::1]/", "https://169.254.169.254/latest"):
            with pytest.raises(AddressRefused):
                await transport.handle_async_request(httpx2.Request("GET", url))
        assert len(backend.dialled) == 3

    run(website, story)
    assert not website.asked
