"""Handshakes that fail: each has its reason, and no socket stays open."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import threading

import pytest

from flows.crawl.client import Client, FetchError, Limits
from tests.flows.crawl.certificates import contexts
from tests.flows.crawl.hostile import HostileServer, page, says

PAGE = "https://paper.example/page"


def failure(port: int) -> FetchError:
    async def ask() -> None:
        client = Client("Nightdesk/test", connections=1)
        client.guard.add_route([PAGE], ("127.0.0.1", port))
        try:
            await client.request(PAGE, Limits(1.0, 1_000, 0), route=("127.0.0.1", port))
        finally:
            await client.aclose()

    with pytest.raises(FetchError) as caught:
        asyncio.run(ask())
    return caught.value


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """Of a server that vouches for itself."""
    return contexts(tmp_path_factory.mktemp("tls"))[0]


@pytest.mark.parametrize(
    ("speaks", "ending"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\n", "tls"),
        (b"\x15\x03\x01\x00\x02\x02\x28", "tls"),
        (b"\x16\x03\x03\xff\xff" + b"\x00" * 70_000, "tls"),
        (None, "timeout"),
        (b"", "tls"),
    ],
    ids=["plain", "alert", "garbage", "silent", "closed"],
)
def test_a_handshake_that_fails_has_its_reason(speaks: bytes | None, ending: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def talk() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    with connection:
                        connection.recv(5_000)
                        if speaks is None:
                            connection.settimeout(5.0)
                            connection.recv(5_000)
                        else:
                            connection.sendall(speaks)

        thread = threading.Thread(target=talk, daemon=True)
        thread.start()
        error = failure(listener.getsockname()[1])
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()
    assert error.error_class == ending


def test_a_certificate_that_nobody_vouches_for_is_a_tls_error(certificate: ssl.SSLContext) -> None:
    with HostileServer({"paper.example": says(page())}, ssl_context=certificate) as server:
        assert failure(server.port).error_class == "tls"
        assert server.asked == []
