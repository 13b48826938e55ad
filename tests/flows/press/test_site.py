"""What a request is answered with: the same bytes for the same night, whoever asks, how often, and in which order."""

import random
from datetime import date, timedelta
from email.utils import format_datetime, parsedate_to_datetime

import pytest

from flows.press.dates import article_path
from flows.press.editions import NIGHTS, Editions
from flows.press.feeds import announced_at
from flows.press.site import Response, Site, compressed
from tests.flows.press.conftest import ANCHOR

Place = tuple[str, str]


@pytest.fixture(scope="module")
def places(editions: Editions) -> list[Place]:
    """(host, path) of everything the papers announce, listings and robots.txt included."""
    found = []
    for paper in editions.papers:
        own = [article_path(article, paper, ANCHOR) for article in paper.articles]
        listed = [article.listed_as for article in paper.articles if article.listed_as]
        sections = [f"/section/{name.lower().replace(' ', '-')}" for name in paper.sections]
        others = ["/", "/about", "/robots.txt", "/sitemap-news.xml", announced_at(paper)[1]]
        found += [(paper.domain, path) for path in [*own, *listed, *sections, *others]]
    return found


def told(response: Response, but: str = "") -> tuple[object, ...]:
    return response.status, tuple(h for h in response.headers if h[0] != but), response.body, response.closed


def test_the_same_night_is_the_same_bytes_in_any_order(editions: Editions, places: list[Place]) -> None:
    one, other = Site(editions, ANCHOR), Site(editions, ANCHOR)
    asked = [(night, host, path) for night in NIGHTS for host, path in places]
    first = {question: one.respond(*question, {}) for question in asked}
    random.Random(1).shuffle(asked)
    restless = ("touchline.example", "/feed.xml")
    for question in asked:
        lies = "ETag" if question[1:] == restless else ""
        assert told(other.respond(*question, {}), lies) == told(first[question], lies), question


def test_another_date_moves_the_dates_and_keeps_the_addresses(editions: Editions) -> None:
    now, later = Site(editions, ANCHOR), Site(editions, ANCHOR + timedelta(days=1))
    host, path = "harbourcourier.example", "/world/storm-ilva-closes-the-maas"
    before, after = (site.respond(3, host, path, {}).body.decode() for site in (now, later))
    assert "3.40 on Sunday morning" in before  # 8 March 2026, two days before the anchor
    assert "3.40 on Monday morning" in after
    assert "2026-03-08T06:10:00+01:00" in before
    assert "2026-03-09T06:10:00+01:00" in after


def test_every_page_says_that_it_is_fictional(editions: Editions) -> None:
    site = Site(editions, ANCHOR)
    for paper in editions.papers:
        for article in paper.articles:
            if article.serve in ("article", "slow", "heals", "pages", "paywall", "video", "consent", "index"):
                body = site.respond(3, paper.domain, article_path(article, paper, ANCHOR), {}).body
                text = body.decode(paper.charset)
                assert "ictional sample text" in text or "fiktiver Beispieltext" in text, article.slug


def test_news_of_tomorrow_is_not_there_tonight(editions: Editions) -> None:
    site = Site(editions, ANCHOR)
    for paper in editions.papers:
        for article in paper.articles:
            path = article_path(article, paper, ANCHOR)
            for night in set(NIGHTS) - set(paper.down_nights):
                if night < article.night:
                    assert site.respond(night, paper.domain, path, {}).status == 404, article.slug


def test_a_true_etag_spares_a_second_reading_until_something_changes(editions: Editions, places: list[Place]) -> None:
    site = Site(editions, ANCHOR)
    unchanged = changed = 0
    for host, path in places:
        if host in ("touchline.example", "openorbit.example", "savannahdispatch.example"):
            continue  # two lie and one is down
        tonight = site.respond(1, host, path, {})
        etag = dict(tonight.headers).get("ETag")
        if etag is None:
            continue
        assert site.respond(1, host, path, {"if-none-match": f'W/"x", W/{etag}'}).status == 304
        assert site.respond(1, host, path, {"if-none-match": '"x"'}).status == 200
        tomorrow = site.respond(2, host, path, {})
        again = site.respond(2, host, path, {"if-none-match": etag})
        assert (again.status == 304) == (tomorrow.body == tonight.body)
        unchanged += again.status == 304
        changed += again.status == 200
    assert unchanged >= 10
    assert changed >= 10


def test_a_date_is_a_condition_where_no_etag_is_given(editions: Editions) -> None:
    site = Site(editions, ANCHOR)
    host, path = "meridianledger.example", "/markets/nestle-coffee-lifts-third-quarter"
    first = dict(site.respond(1, host, path, {}).headers)
    since = {"if-modified-since": first["Last-Modified"]}
    assert site.respond(1, host, path, since).status == 304
    assert site.respond(2, host, path, since).status == 200  # edited in between, silently
    assert site.respond(1, host, path, since | {"if-none-match": '"x"'}).status == 200  # RFC 9110, 13.2.2: ETag first
    earlier = parsedate_to_datetime(first["Last-Modified"]) - timedelta(seconds=1)
    assert site.respond(1, host, path, {"if-modified-since": format_datetime(earlier, usegmt=True)}).status == 200
    assert site.respond(1, host, path, {"if-modified-since": "yesterday, I think"}).status == 200


def test_last_modified_lies_in_no_future_of_its_night(editions: Editions, places: list[Place]) -> None:
    site = Site(editions, ANCHOR)
    for night, day in zip(NIGHTS, (date(2026, 3, 8), date(2026, 3, 9), date(2026, 3, 10)), strict=True):
        for host, path in places:
            stamp = dict(site.respond(night, host, path, {}).headers).get("Last-Modified")
            assert stamp is None or parsedate_to_datetime(stamp).date() <= day


def test_names_and_paths_the_press_does_not_know(editions: Editions) -> None:
    site = Site(editions, ANCHOR)
    assert site.respond(1, "elsewhere.example", "/", {}).status == 421
    assert site.respond(1, "HarbourCourier.example:8080", "/", {}).status == 200
    for path in ("/nothing", "/../../etc/passwd", "//", "/world/%2e%2e", "/?q=" + "x" * 5000):
        expected = 200 if path.startswith("/?") else 404
        assert site.respond(1, "harbourcourier.example", path, {}).status == expected


def test_the_slow_page_is_slow_in_scale(editions: Editions) -> None:
    asked: tuple[int, str, str, dict[str, str]] = (
        1,
        "uppervalleyherald.example",
        "/news/the-bridge-that-needed-a-horse",
        {},
    )
    assert Site(editions, ANCHOR).respond(*asked).delay_seconds == 1.5
    assert Site(editions, ANCHOR, time_scale=0.1).respond(*asked).delay_seconds == pytest.approx(0.15)


def test_compressed_bytes_hold_no_clock(editions: Editions) -> None:
    answer = Site(editions, ANCHOR).respond(1, "harbourcourier.example", "/", {})
    assert compressed(answer) == compressed(answer)
    assert ("Content-Encoding", "gzip") in compressed(answer).headers
    assert len(compressed(answer).body) < len(answer.body)
