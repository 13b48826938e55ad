"""The press on a fixed date, and a plain HTTP client that follows nothing and hides nothing."""

from __future__ import annotations

import gzip
import http.client
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

import pytest

from flows.press.dates import article_path
from flows.press.editions import Editions, load_editions
from flows.press.server import Press
from flows.press.site import Site

ANCHOR = date(2026, 3, 10)


@dataclass(frozen=True)
class Answer:
    """status 0: the connection was closed without an answer. `body` is decompressed, `sent` as it came."""

    status: int
    headers: dict[str, str]
    sent: bytes

    @property
    def body(self) -> bytes:
        return gzip.decompress(self.sent) if self.headers.get("content-encoding") == "gzip" else self.sent


Get = Callable[..., Answer]


@pytest.fixture(scope="session")
def editions() -> Editions:
    return load_editions()


@pytest.fixture(scope="module")
def press(editions: Editions) -> Iterator[Press]:
    with Press(editions, anchor_date=ANCHOR, time_scale=0.01) as running:
        yield running


@pytest.fixture
def get(press: Press) -> Get:
    def ask(night: int, url: str, **headers: str) -> Answer:
        press.night = night
        parts = urlsplit(url)
        connection = http.client.HTTPConnection("127.0.0.1", press.port, timeout=10)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            connection.request("GET", target, headers={"Host": parts.netloc, **sent})
            response = connection.getresponse()
            received = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, received, response.read())
        except http.client.RemoteDisconnected:
            return Answer(0, {}, b"")
        finally:
            connection.close()

    return ask


@pytest.fixture(scope="session")
def delays(editions: Editions) -> dict[str, float]:
    """Seconds that an address makes its reader wait, for those that do, asked without a server."""
    site = Site(editions, ANCHOR)
    found = {}
    for paper in editions.papers:
        for article in paper.articles:
            path = article_path(article, paper, ANCHOR)
            found[f"http://{paper.domain}{path}"] = site.respond(3, paper.domain, path, {}).delay_seconds
    return {url: seconds for url, seconds in found.items() if seconds}
