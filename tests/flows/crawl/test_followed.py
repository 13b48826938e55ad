"""From one night to the next: which further pages of an article are asked for again."""

from __future__ import annotations

from flows.crawl.followed import Followed, missing_page
from flows.settings import Settings
from flows.sources.source import Source
from tests.flows.crawl.leaves import ONE, asked, following, had, leaf, night, onward, serve
from tests.flows.crawl.website import Website


def test_a_page_that_could_not_be_had_is_asked_for_at_the_next_recheck_and_the_chain_goes_on(
    website: Website, settings: Settings, source: Source
) -> None:
    serve(website, 4)
    website.serve(f"{ONE}/3", status=503)
    night(settings, source, 1)
    assert [row["error_class"] for row in following(settings)] == [None, "http_503"]
    asked(website)
    serve(website, 4)
    report = night(settings, source, 2)
    assert asked(website) == ["/long-read", "/long-read/3", "/long-read/4"]
    assert (report.rechecked, report.unchanged) == (1, 1)
    assert [row["outcome"] for row in following(settings)] == ["ok", "ok"]
    night(settings, source, 3)
    assert asked(website) == ["/long-read"]


def test_a_page_that_is_gone_is_not_asked_for_again(website: Website, settings: Settings, source: Source) -> None:
    serve(website, 2)
    website.serve(f"{ONE}/2", status=404)
    night(settings, source, 1)
    asked(website)
    night(settings, source, 2)
    assert asked(website) == ["/long-read"]


def test_a_first_page_that_changed_has_all_pages_asked_for_again(
    website: Website, settings: Settings, source: Source
) -> None:
    serve(website, 2)
    night(settings, source, 1)
    asked(website)
    website.serve(ONE, leaf(1, onward(2), "edited"))
    report = night(settings, source, 2)
    assert asked(website) == ["/long-read", "/long-read/2"]
    assert report.revised == 1
    [row] = following(settings)
    assert (row["is_recheck"], row["outcome"]) == (True, "ok")
    assert row["body_hash"] not in had(settings)  # the body that was there is not kept twice


def test_of_several_pages_that_are_missing_the_one_asked_for_last_is_the_one_to_ask_for() -> None:
    pages = [
        Followed("a", None, False),
        Followed("b", None, False),
        Followed("c", "1", False),
        Followed("d", None, True),
    ]
    assert missing_page(pages) == "b"
    assert missing_page(pages[2:]) is None
