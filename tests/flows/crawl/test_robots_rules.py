"""The text of a robots.txt: groups, the rule that decides, delays, sitemaps; and a file that is made to hurt."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.crawl.robots_rules import BODY_LIMIT_BYTES, RobotsText

SITE = "https://paper.example"


def allows(text: str | bytes, path: str, agent: str = "Nightdesk") -> bool:
    body = text.encode() if isinstance(text, str) else text
    return RobotsText(body).group(agent).allows(SITE + path)


@pytest.mark.parametrize(
    ("pattern", "path", "is_matched"),
    [
        ("/fish", "/fish", True),
        ("/fish", "/fishheads/yummy.html", True),
        ("/fish", "/Fish.asp", False),
        ("/fish*", "/fish.html", True),
        ("/fish/", "/fish", False),
        ("/*.php", "/folder/filename.php?parameters", True),
        ("/*.php$", "/filename.php", True),
        ("/*.php$", "/filename.php5", False),
        ("/fish*.php", "/fishheads/catfish.php?x", True),
        ("/a*b*a$", "/aba", True),
        ("/a*b*a$", "/ab", False),
        ("/a*ba$", "/aba", True),
        ("/ab*ba$", "/aba", False),
        ("/a***b", "/axb", True),
        ("*.gif$", "/a/picture.gif", True),
        ("*", "/anything", True),
        ("fish", "/fish", False),
        ("/*?", "/a?b", True),
        ("/*?", "/a", False),
        ("/search?$", "/search?", True),
        ("/foo/bar/%62%61%7A", "/foo/bar/baz", True),
        ("/foo/bar/ツ", "/foo/bar/%E3%83%84", True),
        ("/a%3cd", "/a%3Cd", True),
        ("/~joe/", "/%7Ejoe/index.html", True),
        ("/a%2Fb", "/a/b", False),
        ("/with-a-%2A.html", "/with-a-*.html", True),
        ("/price-$5", "/price-$5-off", True),
        ("/price-%24", "/price-$", True),
        ("/path;params?query", "/path;params?query=1", True),
        ("/a#b", "/ac", True),
    ],
)
def test_a_pattern_speaks_of_a_path(pattern: str, path: str, is_matched: bool) -> None:
    assert allows(f"User-agent: *\nDisallow: {pattern}", path) != is_matched


@pytest.mark.parametrize(
    ("named", "is_ours"),
    [
        ("Nightdesk", True),
        ("nightDESK", True),
        ("Nightdesk/2.0", True),
        ("Mozilla/5.0 (compatible; Nightdesk/1.0; +http://x.example)", True),
        ("Other, Nightdesk", True),
        ("Nightdesk*", True),
        ("Night", False),
        ("Nightdesk-Images", False),
        ("desk", False),
    ],
)
def test_a_group_is_ours_by_the_whole_product_token_without_its_version(named: str, is_ours: bool) -> None:
    assert allows(f"User-agent: {named}\nDisallow: /a", "/a") != is_ours


def test_groups_of_one_agent_are_one_and_keep_everybodys_rules_out() -> None:
    everybody, ours = "User-agent: *\nDisallow: /every\n", "User-agent: Nightdesk\nDisallow: /a\n"
    text = f"{everybody}\n{ours}\nUser-agent: Other\nUser-agent: nightdesk\nDisallow: /b"
    assert [allows(text, path) for path in ("/every", "/a", "/b")] == [True, False, False]
    assert [allows(text, path, "Stranger") for path in ("/every", "/a")] == [False, True]
    assert (
        allows("User-agent: Nightdesk\n\nUser-agent: *\nDisallow: /", "/a") is False
    )  # section 2.2.1: no rule between
    assert allows("User-agent: Nightdesk\nDisallow:\n\nUser-agent: *\nDisallow: /", "/a")


def test_a_record_of_another_kind_ends_no_group() -> None:
    text = "User-agent: Nightdesk\nCrawl-delay: 10\nSitemap: /s.xml\n\nUser-agent: Other\nDisallow: /private"
    assert not allows(text, "/private")
    assert RobotsText(text.encode()).group("Nightdesk").delay_seconds == 10
    assert RobotsText(text.encode()).group("Other").delay_seconds is None


@pytest.mark.parametrize(
    ("value", "seconds"), [("2.5", 2.5), (".5", 0.5), ("10 # s", 10.0), ("10s", 10.0), ("-1", None), ("x", None)]
)
def test_the_delay_is_the_number_stated(value: str, seconds: float | None) -> None:
    assert RobotsText(f"User-agent: *\nCrawl-delay: {value}".encode()).group("N").delay_seconds == seconds


@pytest.mark.parametrize(
    "line",
    [
        "disallow:/a",
        "DISALLOW : /a",
        "Disallow /a",
        "Dissallow: /a",
        "Desallow: /a",
        " \tDisallow:\t/a  # why",
        "Disallow: /a\r",
    ],
)
@pytest.mark.parametrize("agent", ["User-agent: *", "useragent *", "User agent:*", "user-agent : * # all"])
def test_an_owners_wish_is_understood_as_it_is_spelled(agent: str, line: str) -> None:
    assert not allows(f"{agent}\n{line}", "/a")


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_marks_wide_characters_and_line_ends_hide_nothing(charset: str, end: str) -> None:
    mark = "\ufeff" if charset.endswith("e") else ""
    assert not allows(f"{mark}User-agent: *{end}Disallow: /a{end}".encode(charset), "/a")


def test_bytes_that_are_no_utf8_are_octets_of_the_path_and_no_part_of_a_name() -> None:
    assert not allows(b"User-agent: *\xa0\nDisallow: /a", "/a")
    assert not allows("User-agent: *\nDisallow: /café".encode("latin-1"), "/caf%E9/menu")


def test_rules_inside_a_page_are_obeyed_and_a_page_without_any_forbids_nothing() -> None:
    page = "<html><body>User-agent: *<br>\nDisallow: /a<br>\n</body></html>"
    assert not allows(page, "/a")
    assert allows("<!DOCTYPE html><title>Maintenance</title>", "/a")


def test_the_file_itself_is_always_allowed() -> None:
    assert allows("User-agent: *\nDisallow: /", "/robots.txt")


def test_sitemaps_are_absolute_once_each_and_those_of_news_come_first() -> None:
    lines = "Sitemap: /all.xml\nUser-agent: *\nsitemap: https://cdn.example/Map.xml\nSitemap: /all.xml\n"
    lines += "sitemaps: news.xml\n"
    text = RobotsText(f"{lines}Sitemap: ftp://x/y\nSitemap:\nSitemaps are fine\nSitemap: javascript:x".encode())
    assert text.sitemap_urls(f"{SITE}/robots.txt") == (
        f"{SITE}/news.xml",
        f"{SITE}/all.xml",
        "https://cdn.example/Map.xml",
    )


@pytest.mark.parametrize(
    "unit",
    [
        b"User-agent: a%d\n",
        b"Disallow: /a*b*c*d%d\n",
        b"User-agent: a%d\nCrawl-delay: 1\n",
        b"\n%d ",
        b"<%d",
        b"Sitemap: %d\n",
        b"User-agent: *\n%d",
    ],
)
def test_a_hostile_file_of_the_size_limit_is_read_in_time_that_grows_with_its_size(unit: bytes) -> None:
    """Half of it agents, half of it rules would be a hundred million pairs if each agent had its own copy."""
    body = b"".join(unit % number for number in range(BODY_LIMIT_BYTES // len(unit) // 2))
    started = time.process_time()
    text = RobotsText(body + b"\nUser-agent: *\n" + b"Disallow: /x*y$\n" * 15_000)
    assert text.group("Nightdesk").allows(f"{SITE}/{'ab' * 900}")
    assert time.process_time() - started < 10  # seconds; a second or so, and quadratic it would be minutes


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="/a*$%2F?#\n :é", max_size=30), st.text(alphabet="/a*$%2F?#é", max_size=20))
def test_any_text_gives_a_verdict(rules: str, path: str) -> None:
    group = RobotsText(f"User-agent: *\nDisallow: {rules}".encode()).group("Nightdesk")
    assert group.allows(f"{SITE}/{path}") in (True, False)
