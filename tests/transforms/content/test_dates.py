"""The date of publication: the best statement, never from the future, with where it is from."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.transforms.pages import FETCHED, URL, linked_data, page
from transforms.content.dates import modified, published
from transforms.content.moments import Stated
from transforms.content.page import parse_page

AT = datetime(2026, 3, 9, 20, 15, tzinfo=UTC)
LINKED = linked_data('{"@type": "NewsArticle", "datePublished": "2026-03-09T21:15:00+01:00"}')
META = '<meta property="article:published_time" content="2026-03-08T10:00:00Z">'


def found(head: str = "", body: str = "x", url: str = URL, feed: datetime | None = None) -> Stated | None:
    return published(parse_page(page(body, head), url), feed, FETCHED)


def test_linked_data_goes_before_meta_elements_before_the_feed() -> None:
    feed = AT - timedelta(days=3)
    ranked = [found(LINKED + META, feed=feed), found(META, feed=feed), found(feed=feed)]
    assert [each and each.source for each in ranked] == ["json_ld", "meta", "feed"]
    confidences = [each.confidence for each in ranked if each]
    assert confidences == sorted(confidences, reverse=True)
    assert ranked[0] == Stated(AT, 0, "json_ld")


def test_a_bare_date_is_made_exact_by_a_moment_of_that_day_and_by_no_other() -> None:
    bare = linked_data('{"@type": "NewsArticle", "datePublished": "2026-03-09"}')
    assert found(bare, feed=AT) == Stated(AT, 0, "feed")
    assert found(bare, feed=AT - timedelta(days=9)) == Stated(datetime(2026, 3, 9, tzinfo=UTC), 2, "json_ld")


@pytest.mark.parametrize("stated", ["2026-03-16T08:00:00Z", "1970-01-01T00:00:00Z", "0001-01-01"])
def test_the_future_and_unset_fields_are_passed_by(stated: str) -> None:
    head = linked_data(f'{{"@type": "NewsArticle", "datePublished": "{stated}"}}')
    assert found(head) is None
    assert found(head, feed=AT) == Stated(AT, 0, "feed")


def test_the_articles_own_time_element_counts_and_those_of_teasers_and_changes_do_not() -> None:
    own = '<article><time class="updated" datetime="2026-03-10T01:00:00Z"></time><time datetime="{}"></time></article>'
    teaser = '<nav><time datetime="2026-03-01T00:00:00Z" class="published"></time></nav>'
    assert found(body=teaser + own.format(AT.isoformat())) == Stated(AT, 0, "time_element")
    alone = found(body=teaser)
    assert alone is None or alone.confidence < 0.5  # htmldate may guess


def test_the_address_is_asked_last() -> None:
    dated = "https://paper.example/2026/03/07/gate"
    stated = found(url=dated)
    assert stated == Stated(datetime(2026, 3, 7, tzinfo=UTC), 2, "url")
    assert stated.confidence < 0.65
    assert found(META, url=dated) == Stated(datetime(2026, 3, 8, 10, tzinfo=UTC), 0, "meta")
    assert found(url="https://paper.example/2026/04/07/gate") is None
    assert found(url="https://paper.example/2026/02/31/gate") is None


def test_a_date_in_the_text_is_a_guess_and_todays_is_none() -> None:
    old = found(body='<article><p class="date">Published: 2 February 2026</p><p>The gate.</p></article>')
    assert old is not None
    assert (old.at, old.source) == (datetime(2026, 2, 2, tzinfo=UTC), "htmldate")
    assert old.confidence < 0.5
    assert found(body='<p class="date">10 March 2026</p>') is None


MICRODATA = (
    '<div itemscope itemtype="https://schema.org/Article"><span itemprop="datePublished" content="{}">x</span></div>'
)


def test_microdata_goes_between_linked_data_and_meta_elements() -> None:
    stated = found(META, body=MICRODATA.format(AT.isoformat()))
    assert stated == Stated(AT, 0, "microdata")
    ranked = found(LINKED + META, body=MICRODATA.format("2026-03-01T00:00:00Z"))
    assert ranked == Stated(AT, 0, "json_ld")


def test_a_related_articles_date_is_not_the_pages() -> None:
    related = '{"@type": "NewsArticle", "url": "https://paper.example/other", "datePublished": "2025-01-05T00:00:00Z"}'
    own = '{"@type": "NewsArticle", "url": "https://paper.example/news/lock-gate", "headline": "x"}'
    assert found(linked_data(f"[{related}, {own}]") + META) == Stated(datetime(2026, 3, 8, 10, tzinfo=UTC), 0, "meta")


@pytest.mark.parametrize(
    "head",
    [
        linked_data(f'{{"@type": "NewsArticle", "datePublished": "{FETCHED.isoformat()}"}}'),
        f'<meta name="date" content="{(FETCHED - timedelta(seconds=30)).isoformat()}">',
        f'<meta property="article:published_time" content="{(FETCHED + timedelta(seconds=5)).isoformat()}">',
    ],
)
def test_the_moment_of_the_fetch_is_the_servers_clock(head: str) -> None:
    assert found(head) is None
    assert found(head, feed=AT) == Stated(AT, 0, "feed")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ("2026-03-09T22:00:00Z", datetime(2026, 3, 9, 22, tzinfo=UTC)),
        (AT.isoformat(), None),
        ("2026-03-01T00:00:00Z", None),
        ("2031-01-01T00:00:00Z", None),
        (FETCHED.isoformat(), None),
    ],
)
def test_a_change_is_told_from_the_publication_and_follows_it(changed: str, expected: datetime | None) -> None:
    stated = Stated(AT, 0, "json_ld")
    for head in (
        linked_data(f'{{"@type": "NewsArticle", "headline": "x", "dateModified": "{changed}"}}'),
        f'<meta property="article:modified_time" content="{changed}">',
    ):
        changed_page = parse_page(page("x", head), URL)
        assert modified(changed_page, stated, FETCHED) == expected
        assert published(changed_page, None, FETCHED) is None


def test_what_a_selector_points_at_goes_first() -> None:
    chosen = published(parse_page(page("x", LINKED), URL), None, FETCHED, ("2026-03-07T01:00:00Z",))
    assert chosen == Stated(datetime(2026, 3, 7, 1, tzinfo=UTC), 0, "selector")
