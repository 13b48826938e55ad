"""The date of publication: the best statement, never from the future, with where it is from."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.transforms.pages import FETCHED, URL, linked_data, page
from transforms.content.dates import published
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
