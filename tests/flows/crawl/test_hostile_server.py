"""A night against servers that mean harm: each attack ends as a recorded reason, and the night stays green.

Limits are small here, so that what is cut by time takes two seconds. The addresses of the inner network listen, and
count who comes.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import socket
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from flows.clock import Clock
from flows.crawl import addresses
from flows.crawl.context import CrawlContext
from flows.crawl.crawl import SourceReport, crawl_source
from flows.crawl.urls import host_of
from flows.ledger import AMBER, GREEN, RUNNING, Manifest
from flows.night import Night, crawl_stage
from flows.progress import silent
from flows.settings import Settings
from flows.sources.files import SourceSet
from flows.sources.source import Discover, Source
from flows.verdict import verdict
from tests.flows.crawl.attacks import ENDINGS, INNER, redirect
from tests.flows.crawl.hostile import (
    HEAD,
    Behaviour,
    HostileServer,
    keeps_silent_after,
    never_stops,
    page,
    resets_after,
    says,
)
from tests.flows.crawl.spooled import rows_of

FEED = ("honest.example", "/feed")


@dataclass
class InnerNetwork:
    """Loopback addresses, one port: `came` counts the connections."""

    port: int = 0
    came: list[Any] = field(default_factory=list)

    @contextlib.contextmanager
    def listening(self) -> Iterator[InnerNetwork]:
        with contextlib.ExitStack() as stack:
            for family, host in (
                (socket.AF_INET, "127.0.0.1"),
                (socket.AF_INET, "127.0.0.2"),
                (socket.AF_INET6, "::1"),
            ):
                try:
                    listener = stack.enter_context(socket.create_server((host, self.port), family=family))
                except OSError:  # a machine without IPv6
                    continue
                self.port = listener.getsockname()[1]
                thread = threading.Thread(target=self._count, args=(listener,), daemon=True)
                thread.start()
                stack.callback(thread.join)
                stack.callback(listener.shutdown, socket.SHUT_RDWR)
            yield self

    def _count(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, address = listener.accept()
                self.came.append(address)
                connection.close()


@pytest.fixture
def inner(monkeypatch: pytest.MonkeyPatch) -> Iterator[InnerNetwork]:
    with InnerNetwork().listening() as network:
        monkeypatch.setattr(addresses, "PORTS", {80, 443, network.port})  # so that the address alone is left to judge
        yield network


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        home=tmp_path,
        delay_seconds=0.0,
        retry_limit=0,
        redirect_limit=3,
        request_timeout_seconds=2.0,
        body_limit_bytes=100_000,
        hosts_at_once=16,
    )


def source(host: str, port: int, scheme: str = "http") -> Source:
    home = f"{scheme}://{host}"
    return Source(
        source_id=host.removesuffix(".example").replace(".", "-"),
        name=host,
        home_url=f"{home}/",
        language="en",
        discover=(Discover(kind="feed", url=f"{home}/feed"),),
        connect_to=f"127.0.0.1:{port}",
    )


def night(settings: Settings, sources: Sequence[Source], hosts: Sequence[str] = ()) -> Manifest:
    """The crawl of a night, as the flow makes it. `hosts` are the first source's too: it is reached through them."""
    clock = Clock()
    opened = Night(settings, clock, "run", silent)
    manifest = Manifest("run", clock.today(), RUNNING, clock.now(), "test", 1)

    async def crawl_one(source: Source, context: CrawlContext) -> SourceReport:
        assert source.connect_address is not None
        context.client.guard.add_route([f"http://{host}/" for host in hosts], source.connect_address)
        return await crawl_source(source, context)

    return asyncio.run(crawl_stage(opened, manifest, SourceSet(tuple(sources), (), {}), crawl_one))


def articles(settings: Settings) -> list[dict[str, Any]]:
    rows = [row for row in rows_of(settings.paths, "fetches") if row["purpose"] == "article"]
    assert all(row["error_message"] for row in rows if row["error_class"])
    return rows


def feed_of(urls: Sequence[str]) -> Behaviour:
    items = "".join(f"<item><link>{url}</link></item>" for url in urls)
    return says(page(f"<rss version='2.0'><channel>{items}</channel></rss>".encode()))


def test_every_attack_of_a_page_ends_as_a_recorded_reason_in_a_green_night(settings: Settings) -> None:
    expected = {name: ending for ending, cases in ENDINGS.items() for name in cases}
    pages = {f"{name}.example": behave for cases in ENDINGS.values() for name, behave in cases.items()}
    for number in range(9):
        pages[f"chain-{number}.example"] = redirect(b"http://chain-%d.example/page" % (number + 1))
        expected[f"chain-{number}"] = "too_many_redirects" if number < 6 else "robots_refused"
    places = {FEED: feed_of([f"http://{host}/page" for host in pages])}
    with HostileServer(pages, places) as server:
        manifest = night(settings, [source("honest.example", server.port)], tuple(pages))
    assert verdict(manifest) == GREEN
    found = {host_of(row["url"]).removesuffix(".example"): row["error_class"] or "" for row in articles(settings)}
    assert found == expected
    counts = manifest.counts
    assert counts["due"] == counts["fetched"] + counts["failed"] + counts["refused"] + counts["deferred"] == len(pages)


def test_no_request_reaches_an_address_of_the_inner_network(settings: Settings, inner: InnerNetwork) -> None:
    pages = {
        f"inner-{number}.example": redirect(f"http://{host}:{inner.port}/secret".encode())
        for number, host in enumerate(INNER)
    }
    announced = [f"http://{host}:{inner.port}/{number}" for number, host in enumerate(INNER)]
    robots = redirect(f"http://127.0.0.1:{inner.port}/robots.txt".encode())
    places = {
        FEED: feed_of([*announced, *(f"http://{host}/page" for host in pages)]),
        ("robots.example", "/robots.txt"): robots,
    }
    with HostileServer(pages, places) as server:
        sources = [source("honest.example", server.port), source("robots.example", server.port)]
        manifest = night(settings, sources, tuple(pages))
        sent = [head.lower() for _, _, head in server.asked]
    assert inner.came == []
    assert manifest.counts["fetched"] == 0
    rows = articles(settings)
    assert {host_of(row["url"]) for row in rows} > pages.keys()
    assert len(rows) > 1.8 * len(INNER)  # some of what is announced is no address at all, or one of the others
    refused = ("address_refused", "robots_unreachable", "bad_url", "dns", "robots_refused")
    assert [row["url"] for row in rows if row["error_class"] not in refused] == []
    assert not [head for head in sent if "authorization" in head or "cookie" in head]


def test_hostile_feeds_and_robots_cost_their_own_source_alone(settings: Settings) -> None:
    robots = (b"User-agent: *\nDisallow: /" + b"*a" * 500 + b"*b\n") * 200
    places: dict[tuple[str, str], Behaviour] = {
        ("silent-feed.example", "/feed"): keeps_silent_after(),
        ("endless-feed.example", "/feed"): never_stops(HEAD + b"\r\n", b"<item>"),
        ("bomb-feed.example", "/feed"): says(page(gzip.compress(b" " * 20_000_000), b"Content-Encoding: gzip")),
        ("reset-feed.example", "/feed"): resets_after(HEAD),
        ("looping-feed.example", "/feed"): redirect(b"/feed"),
        ("silent-robots.example", "/robots.txt"): keeps_silent_after(),
        ("broken-robots.example", "/robots.txt"): says(b"nonsense"),
        ("endless-robots.example", "/robots.txt"): never_stops(HEAD + b"\r\n", b"Allow: /\n"),
        ("bomb-robots.example", "/robots.txt"): says(page(gzip.compress(b"#" * 20_000_000), b"Content-Encoding: gzip")),
        ("stars-robots.example", "/robots.txt"): says(page(robots)),
    }
    hosts = [*(host for host, _ in places), "honest.example"]
    with HostileServer(dict.fromkeys(hosts, says(page())), places) as server:
        patient = settings.model_copy(update={"request_timeout_seconds": 4.0})  # eleven sources begin at once
        manifest = night(patient, [source(host, server.port) for host in hosts])
    states = {row["source_id"]: row["status"] for row in manifest.sources}
    assert {name for name, state in states.items() if state == "ok"} == {
        *("honest", "endless-robots", "bomb-robots", "stars-robots")
    }
    assert set(states.values()) == {"ok", "failed"}
    assert verdict(manifest) == AMBER
    assert {row["error_class"] for row in articles(settings)} == {None}
    polled = {row["source_id"]: row["error_class"] for row in rows_of(settings.paths, "polls")}
    assert polled["silent-feed"] == "timeout"
    assert polled["endless-feed"] == polled["bomb-feed"] == "too_large"
    assert polled["reset-feed"] == "protocol"
    assert polled["looping-feed"] == "redirect_loop"
    assert polled["silent-robots"] == polled["broken-robots"] == "robots_unreachable"
