"""Every dialect is announced validly, completely, and dated as the paper dates it."""

import json
import re
import warnings
from calendar import timegm
from datetime import UTC, date, datetime, timedelta
from typing import Any

import feedparser
import pytest
from defusedxml import ElementTree
from protego import Protego

from flows.press.dates import article_path, night_date
from flows.press.editions import NIGHTS, Editions, Paper
from flows.press.feeds import FEED_PATHS, announced_at, feed, items, robots, sitemap
from tests.flows.press.conftest import ANCHOR

VERSIONS = {"rss": "rss20", "atom": "atom10", "rdf": "rss10"}
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def parsed(paper: Paper, anchor_date: date, night: int) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # feedparser's own
        return feedparser.parse(
            feed(paper, anchor_date, night),
            response_headers={"content-type": "application/xml", "content-location": f"http://{paper.domain}/"},
        )


def with_engine(editions: Editions, *engines: str) -> list[Paper]:
    return [paper for paper in editions.papers if paper.engine in engines]


def test_every_way_of_announcing_is_there_and_one_paper_is_not_english(editions: Editions) -> None:
    assert {paper.engine for paper in editions.papers} == {"rss", "atom", "json_feed", "rdf", "sitemap", "section"}
    assert [paper.language for paper in editions.papers if paper.language != "en"] == ["de"]
    kinds = {paper.engine: announced_at(paper)[0] for paper in editions.papers}
    assert kinds == dict.fromkeys(FEED_PATHS, "feed") | {"sitemap": "sitemap", "section": "section"}


@pytest.mark.parametrize("night", NIGHTS)
def test_xml_feeds_are_well_formed_and_announce_what_is_visible(editions: Editions, night: int) -> None:
    for paper in with_engine(editions, *VERSIONS):
        found = parsed(paper, ANCHOR, night)
        assert not found.bozo, (paper.name, found.get("bozo_exception"))
        assert found.version == VERSIONS[paper.engine]
        announced = items(paper, ANCHOR, night)
        assert [entry.link.partition("?")[0] for entry in found.entries] == [item.url for item in announced]
        assert all(entry.title and entry.summary for entry in found.entries)
        assert re.search("Fictional sample text|Fiktiver Beispieltext", found.feed.subtitle)
        for entry, item in zip(found.entries, announced, strict=True):
            stated = entry.get("published_parsed") or entry.get("updated_parsed")
            assert stated, item.slug
            assert item.published
            assert datetime.fromtimestamp(timegm(stated), UTC) == item.published


def test_atom_has_what_rfc_4287_demands(editions: Editions) -> None:
    for paper in with_engine(editions, "atom"):
        found = parsed(paper, ANCHOR, 3)
        assert found.feed.id
        assert found.feed.title
        assert len({entry.id for entry in found.entries}) == len(found.entries)
        assert all(entry.updated_parsed >= entry.published_parsed for entry in found.entries)
        assert found.feed.updated_parsed == max(entry.updated_parsed for entry in found.entries)


def test_the_json_feed_has_what_its_version_demands(editions: Editions) -> None:
    for paper in with_engine(editions, "json_feed"):
        document = json.loads(feed(paper, ANCHOR, 3))
        assert document["version"] == "https://jsonfeed.org/version/1.1"
        assert document["title"] == paper.name
        assert "Fictional sample text" in document["description"]
        assert len({item["id"] for item in document["items"]}) == len(document["items"]) == len(paper.visible(3))
        undated = [item["url"] for item in document["items"] if "date_published" not in item]
        assert undated == [f"http://{paper.domain}/stories/a-field-guide-to-dead-keyboards"]
        for item in document["items"]:
            assert item["content_text"]
            if "date_published" in item:
                assert datetime.fromisoformat(item["date_published"]).utcoffset() == timedelta(hours=-5)


def test_the_news_sitemap_is_reached_through_its_index(editions: Editions) -> None:
    (paper,) = with_engine(editions, "sitemap")
    kind, path = announced_at(paper)
    assert kind == "sitemap"
    index = ElementTree.fromstring(sitemap(paper, path, ANCHOR, 2))
    maps = [loc.text for loc in index.iter(f"{SITEMAP}loc")]
    assert [str(url).rpartition("/")[2] for url in maps] == ["sitemap-news.xml", "sitemap-sections.xml"]
    news = ElementTree.fromstring(sitemap(paper, "/sitemap-news.xml", ANCHOR, 2))
    listed = [url.findtext(f"{SITEMAP}loc") for url in news]
    assert listed == [item.url for item in items(paper, ANCHOR, 2)]
    for url in news:
        assert url.findtext(f"{NEWS}news/{NEWS}title")
        stamp = datetime.fromisoformat(str(url.findtext(f"{NEWS}news/{NEWS}publication_date")))
        assert stamp.utcoffset() == timedelta(hours=9)
    sections = ElementTree.fromstring(sitemap(paper, "/sitemap-sections.xml", ANCHOR, 2))
    assert {loc.text for loc in sections.iter(f"{SITEMAP}loc")}.isdisjoint(listed)


def test_the_feed_says_what_the_page_says_save_where_a_case_wants_otherwise(editions: Editions) -> None:
    courier, dispatch, wire, orbit, morning = (
        items(editions.by_id[name], ANCHOR, 3)
        for name in ("harbourcourier", "savannahdispatch", "northlinewire", "openorbit", "pacificmorning")
    )
    assert all("utm_source=feed" in item.link and "utm" not in item.url for item in courier)
    assert all(item.link.startswith("/") for item in dispatch)
    assert any("<b>" in item.title and item.title_is_html for item in dispatch)
    same_guid = [item.slug for item in wire if item.guid == "northline-wire-0001"]
    assert sorted(same_guid) == ["rotterdam-barrier-closes-in-surge", "siemens-wins-nairobi-rail-order"]
    late = next(item for item in orbit if item.slug == "peat-bogs-keep-a-diary")
    assert late.published
    assert late.published.date() == night_date(ANCHOR, 1)
    assert late.slug not in {item.slug for item in items(editions.by_id["openorbit"], ANCHOR, 2)}
    ahead = next(item for item in morning if item.slug == "a-calendar-for-the-plum-trees")
    assert ahead.published
    assert ahead.published.astimezone(UTC).date() == ANCHOR + timedelta(days=6)


def test_titles_with_markup_reach_a_reader_of_rss_without_it(editions: Editions) -> None:
    titles = [entry.title for entry in parsed(editions.by_id["savannahdispatch"], ANCHOR, 1).entries]
    assert "Nairobi orders <b>38</b> commuter trains from <em>Siemens</em>" in titles


@pytest.mark.parametrize("scale", [1.0, 0.1])
def test_robots_forbid_a_path_and_ask_for_patience_in_scale(editions: Editions, scale: float) -> None:
    rules = Protego.parse(robots(editions.by_id["harbourcourier"], scale).decode())
    assert rules.crawl_delay("nightdesk") == pytest.approx(0.3 * scale)
    assert not rules.can_fetch("http://harbourcourier.example/desk/planning-notes", "nightdesk")
    assert rules.can_fetch("http://harbourcourier.example/world/storm-ilva-closes-the-maas", "nightdesk")
    assert not rules.can_fetch("http://harbourcourier.example/", "BadBot")


def test_robots_close_no_article_but_the_one_of_the_case(editions: Editions) -> None:
    closed = []
    for paper in editions.papers:
        rules = Protego.parse(robots(paper, 1.0).decode())
        closed += [
            article.slug
            for article in paper.articles
            if not rules.can_fetch(f"http://{paper.domain}{article_path(article, paper, ANCHOR)}", "nightdesk")
        ]
    assert closed == ["planning-notes"]
    (morning,) = with_engine(editions, "sitemap")
    assert list(Protego.parse(robots(morning, 1.0).decode()).sitemaps) == [
        "http://pacificmorning.example/sitemap-index.xml"
    ]
