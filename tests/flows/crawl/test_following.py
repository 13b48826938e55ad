"""Articles that are cut into several pages, from a real server: what is asked for, what not, and how it is recorded."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from flows.crawl.crawl import crawl_source, open_crawl
from flows.crawl.following import UNREADABLE_PAGES
from flows.settings import Settings
from flows.sources.source import Source
from tests.flows.crawl.leaves import ONE, PAPER, asked, following, had, leaf, night, onward, serve
from tests.flows.crawl.runs import FEED, clock_of, feed_of
from tests.flows.crawl.spooled import rows_of
from tests.flows.crawl.website import Website


def test_all_pages_are_fetched_in_order_and_the_sums_count_one_article(
    website: Website, settings: Settings, source: Source
) -> None:
    serve(website, 3)
    report = night(settings, source, 1)
    assert asked(website) == ["/long-read", "/long-read/2", "/long-read/3"]
    assert (report.due, report.fetched, report.failed) == (1, 1, 0)
    rows = [row for row in rows_of(settings.paths, "fetches") if row["article_id"]]
    assert [(row["purpose"], row["outcome"]) for row in rows] == [("following", "ok")] * 2 + [("article", "ok")]
    assert len({row["article_id"] for row in rows}) == 1
    assert had(settings) == {row["body_hash"] for row in rows}
    assert rows[-1]["requested_at"] < rows[0]["requested_at"] < rows[1]["requested_at"]


def test_no_more_pages_are_fetched_than_the_setting_says(website: Website, settings: Settings, source: Source) -> None:
    serve(website, 9)
    night(settings.model_copy(update={"pages_per_article": 4}), source, 1)
    assert asked(website)[-1] == "/long-read/4"


def test_the_setting_1_takes_the_first_page_alone(website: Website, settings: Settings, source: Source) -> None:
    serve(website, 3)
    night(settings.model_copy(update={"pages_per_article": 1}), source, 1)
    assert asked(website) == ["/long-read"]


def test_a_chain_without_an_end_ends(website: Website, settings: Settings, source: Source) -> None:
    serve(website, 98)
    website.serve(f"{ONE}/98", leaf(98, onward(99)))
    website.serve(f"{ONE}/99", leaf(99, onward(100)))
    night(settings.model_copy(update={"pages_per_article": 99}), source, 1)
    assert asked(website)[-1] == "/long-read/99"  # no address counts further


@pytest.mark.parametrize(
    "href",
    [
        "http://other.example/long-read/2",
        "/another-read/2",
        "/long-read/3",
        "/long-read",
        "ftp://paper.example/long-read/2",
    ],
)
def test_links_that_lead_elsewhere_are_not_followed(
    website: Website, settings: Settings, source: Source, href: str
) -> None:
    serve(website, 1)
    website.serve(ONE, leaf(1, f'<a rel="next" href="{href}">on</a>'))
    night(settings, source, 1)
    assert asked(website) == ["/long-read"]
    assert following(settings) == []


def test_a_page_that_states_another_site_as_its_own_is_not_believed(
    website: Website, settings: Settings, source: Source
) -> None:
    serve(website, 1)
    foreign = '<link rel="canonical" href="http://other.example/x"><a href="http://other.example/x/2">on</a>'
    website.serve(ONE, leaf(1, foreign))
    night(settings, source, 1)
    assert following(settings) == []
    assert not [url for url in website.urls if "other.example" in url]


def test_what_is_announced_as_an_article_is_no_page_of_another(
    website: Website, settings: Settings, source: Source
) -> None:
    serve(website, 2)
    website.serve(FEED, feed_of("/long-read", "/long-read/2"))
    night(settings, source, 1)
    assert following(settings) == []
    assert sorted(asked(website)) == ["/long-read", "/long-read/2"]
    serve(website, 2, "edited")  # known from before, and no longer in the feed
    night(settings, source, 2)
    assert following(settings) == []


def test_a_page_that_robots_txt_forbids_is_a_refused_row(website: Website, settings: Settings, source: Source) -> None:
    serve(website, 3)
    website.serve(f"{PAPER}/robots.txt", b"User-agent: *\nDisallow: /long-read/2\n", Content_Type="text/plain")
    report = night(settings, source, 1)
    [row] = following(settings)
    assert (row["outcome"], row["error_class"], row["robots_rule"]) == (
        "refused",
        "robots_disallowed",
        "Disallow: /long-read/2",
    )
    assert asked(website) == ["/long-read"]
    assert (report.due, report.fetched, report.refused) == (1, 1, 0)


def test_a_page_that_forbids_its_use_is_not_kept_and_the_ledger_says_so(
    website: Website, settings: Settings, source: Source
) -> None:
    serve(website, 2)
    website.serve(f"{ONE}/2", leaf(2), X_Robots_Tag="noai")
    night(settings, source, 1)
    [row] = following(settings)
    assert (row["outcome"], row["error_class"], row["body_hash"]) == ("refused", "usage_noai", None)
    assert len(had(settings)) == 1
    refused = [one for one in rows_of(settings.paths, "consents") if one["decision"] == "refused"]
    assert [one["url"] for one in refused] == [f"{ONE}/2"]


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (leaf(1, onward(2)), "page_repeated"),
        (b"<html><p>Log in to read on.</p><a href='/login'>Log in</a></html>", "not_following"),
        (b"<html>" + b"<i></i>" * 60_000, "unreadable"),
    ],
)
def test_what_is_no_further_page_is_a_failed_row_without_a_body(
    website: Website, settings: Settings, source: Source, page: bytes, reason: str
) -> None:
    serve(website, 3)
    website.serve(f"{ONE}/2", page)
    report = night(settings, source, 1)
    [row] = following(settings)
    assert (row["outcome"], row["error_class"], row["body_hash"]) == ("failed", reason, None)
    assert (report.fetched, report.failed) == (1, 0)
    assert len(had(settings)) == 1


@pytest.mark.parametrize(
    ("place", "reason"), [("http://other.example/2", "left_site"), ("/long-read", "page_repeated")]
)
def test_a_page_that_leads_away_is_a_failed_row(
    website: Website, settings: Settings, source: Source, place: str, reason: str
) -> None:
    serve(website, 2)
    website.serve(f"{ONE}/2", status=302, Location=place)
    website.serve("http://other.example/2", leaf(2))
    elsewhere = source.model_copy(update={"home_url": "http://other.example/"})  # the guard lets it be reached
    night(settings, elsewhere, 1)
    assert [row["error_class"] for row in following(settings)] == [reason]


def test_what_is_not_asked_for_in_time_is_put_off_with_its_reason(
    website: Website, settings: Settings, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(website, 2)
    answer = website.answer

    def slowly(one: Any) -> Any:
        if one.url == ONE:
            website.stopping.wait(1.2)
        return answer(one)

    monkeypatch.setattr(website, "answer", slowly)
    night(settings.model_copy(update={"crawl_limit_seconds": 1.0}), source, 1)
    assert [(row["outcome"], row["error_class"]) for row in following(settings)] == [("deferred", "deadline")]


def test_a_source_whose_pages_cannot_be_read_is_soon_no_longer_asked_where_they_go_on(
    website: Website, settings: Settings, source: Source
) -> None:
    paths = [f"/long-read-{letter}" for letter in "abcde"]
    website.serve(FEED, feed_of(*paths))
    for path in paths:
        website.serve(f"{PAPER}{path}", f'<a href="{path}/2">on</a>'.encode() + b"<i></i>" * 60_000)
    clock = clock_of(1)

    async def crawl() -> int:
        async with open_crawl(settings, clock, "run") as context:
            report = await crawl_source(source, context)
            assert report.fetched == len(paths)
            return context.unreadable["paper"]

    assert asyncio.run(crawl()) == UNREADABLE_PAGES
    assert following(settings) == []
