"""Nights over a website on loopback: a feed that goes away is retired, probed, and comes back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import duckdb
import pytest

from flows.clock import Clock
from flows.crawl.crawl import crawl_source
from flows.health.alerts import health_stage
from flows.health.report import as_json, home_health, table
from flows.ledger import AMBER, GREEN, RED, Manifest
from flows.night import close_night, crawl_stage, open_night
from flows.progress import silent
from flows.settings import Settings
from flows.sources.files import scan_sources, write_source
from flows.sources.source import Discover, Source
from tests.flows.crawl.spooled import load
from tests.flows.crawl.website import Website

FIRST = datetime(2026, 3, 1, 2, 15, tzinfo=UTC)
FEED = "http://paper.example/feed"
STEADY = "http://steady.example/feed"

Play = Callable[..., Manifest]


def feed_of(host: str, number: int) -> bytes:
    link = f"http://{host}/story-{number}"
    dated = f"<pubDate>{FIRST + timedelta(days=number - 1):%a, %d %b %Y %H:%M:%S} GMT</pubDate>"
    return f"<rss version='2.0'><channel><item><link>{link}</link>{dated}</item></channel></rss>".encode()


def write_paper(settings: Settings, website: Website, source_id: str) -> None:
    source = Source(
        source_id=source_id,
        name=f"The {source_id.capitalize()}",
        home_url=f"http://{source_id}.example/",
        language="en",
        discover=(Discover(kind="feed", url=f"http://{source_id}.example/feed"),),
        connect_to=f"127.0.0.1:{website.address[1]}",
    )
    write_source(settings.paths.sources, source)


def moment(number: int) -> datetime:
    return FIRST + timedelta(days=number)


@pytest.fixture
def play(settings: Settings, website: Website) -> Play:
    """One night of two papers: crawled, loaded, looked at, closed. `paper`: the status of its feed."""
    for source_id in ("paper", "steady"):
        write_paper(settings, website, source_id)

    def one(number: int, paper: int = 200) -> Manifest:
        for host in ("paper.example", "steady.example"):
            website.serve(f"http://{host}/story-{number}", b"<html><p>news")
        website.serve(STEADY, feed_of("steady.example", number))
        website.serve(FEED, feed_of("paper.example", number) if paper == 200 else b"", paper)
        website.asked.clear()
        night, manifest = open_night(settings, Clock(moment(number) - datetime.now(UTC)), silent)
        sources = scan_sources(settings.paths.sources)
        manifest = asyncio.run(crawl_stage(night, manifest, sources, crawl_source))
        load(settings.paths)
        return close_night(night, health_stage(night, manifest))

    return one


def alerts(manifest: Manifest) -> list[tuple[str, str | None, str]]:
    return [(alert["source_id"], alert["was"], alert["state"]) for alert in manifest.alerts or ()]


def fetches(settings: Settings, url: str, manifest: Manifest) -> list[dict[str, Any]]:
    with duckdb.connect(str(settings.paths.raw_database), read_only=True) as raw:
        found = raw.execute("select * from fetches where url = ? and run_id = ?", [url, manifest.run_id])
        return found.to_arrow_table().to_pylist()


def status_of(manifest: Manifest) -> str:
    return next(str(source["status"]) for source in manifest.sources if source["source_id"] == "paper")


def test_a_feed_that_goes_away_is_retired_probed_and_revived(play: Play, website: Website, settings: Settings) -> None:
    told = [play(0), play(1, 410), play(2, 410)]
    assert [alerts(night) for night in told] == [[], [("paper", "healthy", "failing")], [("paper", "failing", "gone")]]
    assert [night.status for night in told] == [GREEN, AMBER, AMBER]

    resting = play(3, 410)  # not asked, and the night says why without being amber for it
    assert FEED not in website.urls
    assert STEADY in website.urls
    assert (resting.status, status_of(resting), alerts(resting)) == (GREEN, "retired", [])
    reason = next(source["reason"] for source in resting.sources if source["source_id"] == "paper")
    assert reason == "The Paper: gone since 2026-03-03, the server answers 410; asked again from 2026-03-10"
    [row] = fetches(settings, FEED, resting)
    assert (row["purpose"], row["outcome"], row["error_class"]) == ("feed", "deferred", "retired")

    shown(settings, moment(4))
    probed = play(9, 410)
    assert website.urls.count(FEED) == 1
    assert (probed.status, status_of(probed), alerts(probed)) == (GREEN, "retired", [])
    play(16, 410)  # a week is not enough any more
    assert FEED not in website.urls

    back = play(23)
    assert (back.status, status_of(back), alerts(back)) == (GREEN, "ok", [("paper", "gone", "revived")])
    assert "http://paper.example/story-23" in website.urls


def shown(settings: Settings, now: datetime) -> None:
    """What `sources health` says of the two papers, the first of them gone."""
    told = home_health(settings.paths, now)
    rows = table(told, now)
    assert [(row["source"], row["state"]) for row in rows] == [("paper", "gone"), ("steady", "healthy")]
    assert rows[0]["what to do"] == (
        "the server answers 410; asked again from 2026-03-10, or at once after `nightdesk sources check paper`"
    )
    assert (rows[0]["failures"], rows[0]["since"], rows[1]["what to do"]) == ("14.0", "2026-03-03", "")
    assert rows[1]["a week"] == "7.0"
    [gone, _] = as_json(told, now)
    [announcement] = gone["announcements"]
    assert (announcement["state"], announcement["failure_weight"], announcement["kind"]) == ("gone", 14.0, "feed")
    assert moment(0) <= announcement["last_good_at"] < moment(1)
    assert announcement["next_probe_at"].date() == date(2026, 3, 10)


def test_a_home_whose_sources_are_all_gone_is_amber_and_not_red(
    play: Play, website: Website, settings: Settings
) -> None:
    (settings.paths.sources / "steady.yml").unlink()
    assert [play(number, 410).status for number in range(3)] == [RED, RED, AMBER]
    assert website.urls == []
