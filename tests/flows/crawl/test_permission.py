"""Publishers' signals and what was forgotten: what is not asked for, what is not kept, and that it is all recorded."""

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from flows.clock import Clock
from flows.crawl.crawl import SourceReport, crawl_source, open_crawl
from flows.forget.register import Entry, Kind, Selector, write_entry
from flows.raw import CONSENTS
from flows.settings import Settings
from flows.sources.source import Source
from tests.flows.crawl.spooled import rows_of
from tests.flows.crawl.website import Answer, Website

HOST = "http://paper.example"
FEED, PAGE, ROBOTS = f"{HOST}/feed", f"{HOST}/a", f"{HOST}/robots.txt"
AI_TXT, TDMREP = f"{HOST}/ai.txt", f"{HOST}/.well-known/tdmrep.json"
NEWS = b"<p>news</p>"


def announce(website: Website, *urls: str) -> None:
    items = "".join(f"<item><title>t</title><link>{url}</link></item>" for url in urls)
    for feed in (FEED, "http://feeds.example/feed"):
        website.serve(feed, f"<rss version='2.0'><channel>{items}</channel></rss>".encode())
    for url in urls:
        website.answers.setdefault(url, Answer(200, NEWS))


def with_neighbour(source: Source) -> Source:
    """The source with a second host, whose feed is elsewhere too."""
    [feed] = source.discover
    places = ("http://feeds.example/feed", "http://other.example/none")
    return source.model_copy(update={"discover": tuple(feed.model_copy(update={"url": url}) for url in places)})


def crawl(settings: Settings, source: Source) -> SourceReport:
    async def one() -> SourceReport:
        async with open_crawl(settings, Clock(), "run") as context:
            return await crawl_source(source, context)

    report = asyncio.run(one())
    assert report.due == report.fetched + report.refused + report.deferred + report.failed
    return report


def article(settings: Settings) -> dict[str, Any]:
    [row] = [row for row in rows_of(settings.paths, "fetches") if row["purpose"] == "article"]
    return row


BESIDE: dict[str, tuple[str, Answer]] = {
    "usage_noai": (PAGE, Answer(200, NEWS, {"Content-Type": "text/html", "X-Robots-Tag": "noai"})),
    "usage_noml": (PAGE, Answer(200, b"<meta name=robots content=noml>news")),
    "usage_tdm_reservation": (PAGE, Answer(200, NEWS, {"Content-Type": "text/html", "TDM-Reservation": "1"})),
    "usage_content_usage": (PAGE, Answer(200, NEWS, {"Content-Type": "text/html", "Content-Usage": "ai-use=n"})),
}


@pytest.mark.parametrize("reason", BESIDE)
def test_a_page_that_forbids_it_is_refused_and_not_kept(
    website: Website, settings: Settings, source: Source, reason: str
) -> None:
    url, answer = BESIDE[reason]
    website.answers[url] = answer
    announce(website, PAGE)
    assert crawl(settings, source).refused == 1
    row = article(settings)
    assert (row["outcome"], row["error_class"], row["status"], row["body_hash"]) == ("refused", reason, 200, None)
    assert row["usage_flags"]
    assert not rows_of(settings.paths, "pages")
    [consent] = rows_of(settings.paths, "consents")
    assert consent.keys() == set(CONSENTS.names)
    assert (consent["decision"], consent["reason"], consent["url"]) == ("refused", reason, PAGE)


HOSTWIDE: dict[str, tuple[str, bytes]] = {
    "usage_content_signal": (ROBOTS, b"User-agent: *\nContent-Signal: search=yes, ai-input=no\nAllow: /"),
    "usage_content_usage": (ROBOTS, b"User-agent: *\nContent-Usage: / ai-use=n"),
    "usage_ai_txt": (AI_TXT, b"User-Agent: *\nDisallow: /"),
    "usage_tdm_reservation": (TDMREP, json.dumps([{"location": "/", "tdm-reservation": 1}]).encode()),
}


@pytest.mark.parametrize("reason", HOSTWIDE)
def test_what_a_host_forbids_as_a_whole_is_not_asked_for(
    website: Website, settings: Settings, source: Source, reason: str
) -> None:
    url, body = HOSTWIDE[reason]
    website.serve(url, body)
    announce(website, PAGE, f"{PAGE}/b")
    assert crawl(settings, source).refused == 2
    assert not [asked for asked in website.urls if asked.startswith(PAGE) and asked != AI_TXT]
    assert website.urls.count(AI_TXT) == website.urls.count(TDMREP) == 1
    [consent] = rows_of(settings.paths, "consents")
    assert consent["reason"] == reason
    usage = [row for row in rows_of(settings.paths, "fetches") if row["purpose"] == "usage"]
    assert {row["url"] for row in usage} == {AI_TXT, TDMREP}


@pytest.mark.parametrize(
    "answer",
    [Answer(raw=b""), Answer(500), Answer(200, b"<html>we answer 200 to everything"), Answer(200, b"[" * 9_999)],
    ids=["dead", "broken", "a page", "deep"],
)
def test_a_file_that_cannot_be_had_says_nothing(
    website: Website, settings: Settings, source: Source, answer: Answer
) -> None:
    website.answers |= {AI_TXT: answer, TDMREP: answer}
    announce(website, PAGE)
    assert crawl(settings.model_copy(update={"retry_limit": 2}), source).fetched == 1
    assert website.urls.count(AI_TXT) == 1


def test_signals_against_training_alone_count_at_the_strict_level(
    website: Website, settings: Settings, source: Source
) -> None:
    website.serve(
        ROBOTS, b"User-agent: *\nContent-Signal: search=yes, ai-train=no\nAllow: /\n\nUser-agent: GPTBot\nDisallow: /"
    )
    announce(website, PAGE)
    assert crawl(settings, source).fetched == 1
    assert article(settings)["usage_flags"] == "content-signal=search=yes ai-train=no,robots:gptbot"
    strict = source.model_copy(update={"source_id": "strict", "usage_signals": "strict"})
    assert crawl(settings, strict).refused == 1


def test_a_licence_in_the_source_file_is_heeded_and_entered_into_the_ledger(
    website: Website, settings: Settings, source: Source
) -> None:
    website.serve(AI_TXT, b"User-Agent: *\nDisallow: /")
    announce(website, PAGE)
    licence = {"usage_signals": "record", "usage_reason": "licence of 2026-01-02"}
    assert crawl(settings, source.model_copy(update=licence)).fetched == 1
    [consent] = rows_of(settings.paths, "consents")
    assert (consent["stance"], consent["stance_reason"]) == ("record", "licence of 2026-01-02")
    assert (consent["decision"], consent["usage_flags"]) == ("allowed", "ai-txt")
    assert consent["robots_verdict"] == "unavailable"


def test_a_redirect_leads_to_no_host_that_forbids_it(website: Website, settings: Settings, source: Source) -> None:
    there = "http://other.example/a"
    website.serve(PAGE, status=302, Location=there)
    website.serve("http://other.example/ai.txt", b"User-Agent: *\nDisallow: /")
    website.serve(there, NEWS)
    announce(website, PAGE)
    assert crawl(settings, with_neighbour(source)).refused == 1
    assert article(settings)["error_class"] == "usage_ai_txt"
    assert there not in website.urls


def test_the_files_are_not_asked_for_where_no_article_is_due(
    website: Website, settings: Settings, source: Source
) -> None:
    announce(website)
    crawl(settings, source)
    assert not {AI_TXT, TDMREP} & set(website.urls)


@pytest.mark.parametrize(
    ("kind", "value", "is_skipped"),
    [("url", PAGE, False), ("domain", "paper.example", False), ("source", "paper", True)],
)
def test_what_was_forgotten_is_neither_asked_for_nor_noted(
    website: Website, settings: Settings, source: Source, kind: Kind, value: str, is_skipped: bool
) -> None:
    announce(website, PAGE, "http://other.example/b")
    write_entry(settings.paths, Entry("1", Selector(kind, value), datetime(2026, 3, 1, tzinfo=UTC)))
    report = crawl(settings, with_neighbour(source))
    assert (report.status == "skipped") == is_skipped
    assert (report.due, report.fetched) == ((0, 0) if is_skipped else (1, 1))
    assert PAGE not in website.urls
    noted = [row["url"] for row in rows_of(settings.paths, "discoveries")]
    assert noted == ([] if is_skipped else ["http://other.example/b"])


def test_a_redirect_leads_to_nothing_forgotten(website: Website, settings: Settings, source: Source) -> None:
    website.serve(PAGE, status=302, Location="http://other.example/a")
    announce(website, PAGE)
    write_entry(settings.paths, Entry("1", Selector("domain", "other.example"), datetime(2026, 3, 1, tzinfo=UTC)))
    assert crawl(settings, with_neighbour(source)).refused == 1
    assert article(settings)["error_class"] == "forgotten"
    assert not [url for url in website.urls if "other.example" in url]
