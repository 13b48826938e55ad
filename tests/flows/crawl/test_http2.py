"""HTTP/2 with a real server over TLS: negotiated where the server speaks it, and guarded like HTTP/1.1."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable

import h2.config
import h2.connection
import h2.events
import pytest

from flows.crawl.client import Client, FetchError, Limits
from tests.flows.crawl.certificates import contexts

PAGE = "https://paper.example/page"
BODY_BYTES = 10_000


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    server, client = contexts(tmp_path_factory.mktemp("tls"))
    server.set_alpn_protocols(["h2", "http/1.1"])
    return server, client


class Paper(asyncio.Protocol):
    """`bodies`: what each path answers with; None is a frame that no HTTP/2 knows. Every connection is counted."""

    bodies: dict[str, bytes | None]
    asked: list[str]
    connections: list[str | None]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.connections.append(transport.get_extra_info("ssl_object").selected_alpn_protocol())
        self.talk = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        self.talk.initiate_connection()
        transport.write(self.talk.data_to_send())

    def data_received(self, data: bytes) -> None:
        for event in self.talk.receive_data(data):
            if isinstance(event, h2.events.RequestReceived):
                path = dict(event.headers or ())[b":path"].decode()
                self.asked.append(path)
                body = self.bodies[path]
                if body is None:
                    self.transport.write(b"\x00\x00\x01\x00\x00\x00\x00\x00\x00x")  # data for the connection itself
                    continue
                assert event.stream_id is not None
                self.talk.send_headers(event.stream_id, [(":status", "200"), ("content-type", "text/html")])
                for at in range(0, len(body), 10_000):
                    self.talk.send_data(event.stream_id, body[at : at + 10_000])
                self.talk.end_stream(event.stream_id)
        self.transport.write(self.talk.data_to_send())


def play(
    tls: tuple[ssl.SSLContext, ssl.SSLContext], story: Callable[[Callable[[str], Awaitable[bytes]]], Awaitable[None]]
) -> type[Paper]:
    """The server's side of a story, in which one client asks."""

    class Served(Paper):
        bodies = {"/page": b"news", "/large": b"x" * 30_000, "/broken": None}  # noqa: RUF012
        asked: list[str] = []  # noqa: RUF012
        connections: list[str | None] = []  # noqa: RUF012

    async def run() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(Served, "127.0.0.1", 0, ssl=tls[0])
        address = ("127.0.0.1", server.sockets[0].getsockname()[1])
        client = Client("Nightdesk/test", connections=4, ssl_context=tls[1])
        client.guard.add_route([PAGE], address)

        async def ask(path: str) -> bytes:
            url = f"https://paper.example{path}"
            return (await client.request(url, Limits(10.0, BODY_BYTES, 0), route=address)).body

        try:
            await story(ask)
        finally:
            await client.aclose()
            server.close()
            await server.wait_closed()
            await asyncio.sleep(0.05)  # for the server's side of the connections to close

    asyncio.run(run())
    return Served


def test_a_server_that_speaks_it_is_asked_by_http2_over_one_connection(
    tls: tuple[ssl.SSLContext, ssl.SSLContext],
) -> None:
    async def story(ask: Callable[[str], Awaitable[bytes]]) -> None:
        assert [await ask("/page") for _ in range(3)] == [b"news"] * 3

    served = play(tls, story)
    assert served.connections == ["h2"]
    assert served.asked == ["/page"] * 3


@pytest.mark.parametrize(("path", "ending"), [("/large", "too_large"), ("/broken", "protocol")])
def test_a_connection_whose_answer_was_not_read_to_its_end_is_not_used_again(
    tls: tuple[ssl.SSLContext, ssl.SSLContext], path: str, ending: str
) -> None:
    async def story(ask: Callable[[str], Awaitable[bytes]]) -> None:
        with pytest.raises(FetchError) as caught:
            await ask(path)
        assert caught.value.error_class == ending
        assert await ask("/page") == b"news"

    assert play(tls, story).connections == ["h2", "h2"]
