"""RFC 9309: what the file says of a URL, and what its absence means."""

from __future__ import annotations

from textwrap import dedent

import pytest

from flows.crawl import robots
from flows.crawl.robots import RobotsFile, Verdict
from flows.crawl.robots_rules import BODY_LIMIT_BYTES
from tests.flows.crawl.robots_asked import asked
from tests.flows.crawl.website import Answer, Website

ROBOTS = "http://paper.example/robots.txt"


def verdict(text: str, path: str) -> Verdict:
    return RobotsFile.parse(dedent(text).encode()).verdict(f"http://paper.example{path}")


@pytest.mark.parametrize(
    ("text", "path", "is_allowed", "rule"),
    [
        ("User-agent: *\nDisallow: /private", "/private/a", False, "Disallow: /private"),
        ("User-agent: *\nDisallow: /private", "/public", True, None),
        ("User-agent: *\nDisallow:", "/a", True, None),
        ("", "/a", True, None),
        ("User-agent: *\nDisallow: /\nAllow: /news/", "/news/a", True, "Allow: /news/"),
        ("User-agent: *\nAllow: /news/\nDisallow: /news/secret", "/news/secret/a", False, "Disallow: /news/secret"),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True, "Allow: /a"),
        ("User-agent: *\nDisallow: /*.pdf$", "/report.pdf", False, "Disallow: /*.pdf$"),
        ("User-agent: *\nDisallow: /*.pdf$", "/report.pdf?download", True, None),
        ("User-agent: *\nDisallow: /a%3cd", "/a%3Cd", False, "Disallow: /a%3cd"),
        ("User-agent: *\nDisallow: /A", "/a", True, None),
        ("user-AGENT: *\ndisallow: /a # all of it", "/a", False, "Disallow: /a"),
        ("User-agent: nightdesk\nDisallow: /n\n\nUser-agent: *\nDisallow: /", "/a", True, None),
        ("User-agent: Other\nUser-agent: Nightdesk\nDisallow: /a", "/a", False, "Disallow: /a"),
        ("User-agent: Nightdesk\nDisallow: /a\n\nUser-agent: Nightdesk\nDisallow: /b", "/b", False, "Disallow: /b"),
        ("User-agent: Other\nDisallow: /", "/a", True, None),
        ("Disallow: /a", "/a", True, None),
    ],
)
def test_the_longest_rule_of_our_group_decides(text: str, path: str, is_allowed: bool, rule: str | None) -> None:
    found = verdict(text, path)
    assert (found.is_allowed, found.rule) == (is_allowed, rule)


def test_words_of_the_whole_user_agent_match_no_group() -> None:
    assert verdict("User-agent: news\nDisallow: /\n\nUser-agent: archive\nDisallow: /", "/a").is_allowed


@pytest.mark.parametrize(
    ("line", "seconds"),
    [("Crawl-delay: 2.5", 2.5), ("Crawl-delay: 99999999", 24 * 3600.0), ("Crawl-delay: soon", 0.0), ("", 0.0)],
)
def test_the_crawl_delay_is_bounded(line: str, seconds: float) -> None:
    assert verdict(f"User-agent: *\n{line}\nDisallow: /a", "/b").delay_seconds == seconds


def test_agents_that_the_url_is_closed_to_are_noted_and_do_not_decide() -> None:
    text = """
        User-agent: GPTBot
        User-agent: CCBot
        Disallow: /news/

        User-agent: *
        Content-Signal: ai-train=no
        Disallow: /private
        """
    assert verdict(text, "/news/a").is_allowed
    assert verdict(text, "/news/a").flags == ("robots:gptbot", "robots:ccbot", "content-signal=ai-train=no")
    assert verdict(text, "/about").flags == ("content-signal=ai-train=no",)


@pytest.mark.parametrize(
    "body", [b"\xff\xfe\x00U", b"\x00" * 100, b"<html><h1>Not found</h1></html>", b":::\n\n:", b"a" * 9]
)
def test_a_file_of_nonsense_forbids_nothing(body: bytes) -> None:
    assert RobotsFile.parse(body).verdict("http://paper.example/a").is_allowed


def test_a_byte_order_mark_does_not_hide_the_first_group() -> None:
    file = RobotsFile.parse(b"\xef\xbb\xbfUser-agent: *\nDisallow: /")
    assert not file.verdict("http://paper.example/a").is_allowed


def test_rules_beyond_500_kib_are_not_read() -> None:
    padding = b"#" * BODY_LIMIT_BYTES
    file = RobotsFile.parse(b"User-agent: *\nDisallow: /a\n" + padding + b"\nDisallow: /b")
    assert not file.verdict("http://paper.example/a").is_allowed
    assert file.verdict("http://paper.example/b").is_allowed


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer(404), "unavailable"),
        (Answer(410), "unavailable"),
        (Answer(401), "unavailable"),
        (Answer(403), "unavailable"),
        (Answer(302, headers={"Location": "/robots.txt"}), "unavailable"),
        (Answer(429), "unreachable"),
        (Answer(500), "unreachable"),
        (Answer(503), "unreachable"),
        (Answer(raw=b""), "unreachable"),
        (Answer(hangs=True), "unreachable"),
        (Answer(302, headers={"Location": "http://127.0.0.1/robots.txt"}), "unreachable"),
    ],
)
def test_no_file_allows_everything_and_no_answer_allows_nothing(
    website: Website, answer: Answer, expected: str
) -> None:
    website.answers[ROBOTS] = answer
    [found], [report] = asked(website, "http://paper.example/a")
    assert found.verdict == expected
    assert found.is_allowed == (expected == "unavailable")
    assert report.error is not None


def test_the_file_is_asked_for_once_for_all_who_wait_for_it(website: Website) -> None:
    website.serve(ROBOTS, b"User-agent: *\nDisallow: /a")
    verdicts, reports = asked(website, *(f"http://paper.example/{path}" for path in "abcab"))
    assert [found.is_allowed for found in verdicts] == [False, True, True, False, True]
    assert website.urls == [ROBOTS]
    assert len(reports) == 1


def test_each_origin_has_its_own_file(website: Website) -> None:
    website.serve(ROBOTS, b"User-agent: *\nDisallow: /")
    website.serve("http://paper.example:8080/robots.txt", b"User-agent: *\nDisallow:")
    verdicts, _ = asked(website, "http://paper.example/a", "http://paper.example:8080/a")
    assert [found.is_allowed for found in verdicts] == [False, True]


def test_a_redirected_file_counts_for_where_it_was_asked(website: Website) -> None:
    website.serve(ROBOTS, status=301, Location="/rules/robots.txt")
    website.serve("http://paper.example/rules/robots.txt", b"User-agent: *\nDisallow: /a")
    [found], _ = asked(website, "http://paper.example/a")
    assert found.verdict == "disallowed"


def test_a_file_larger_than_the_limit_is_read_as_far_as_it(website: Website) -> None:
    website.serve(ROBOTS, b"User-agent: *\nDisallow: /a\n" + b"#" * BODY_LIMIT_BYTES)
    [found], [report] = asked(website, "http://paper.example/a")
    assert found.verdict == "disallowed"
    assert report.error is None


def test_a_failure_that_may_heal_is_asked_about_once_more_and_each_request_is_reported(
    website: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(robots, "AGAIN_SECONDS", 0.0)
    website.answers[ROBOTS] = [Answer(503), Answer(200, b"User-agent: *\nDisallow: /b")]
    [found], reports = asked(website, "http://paper.example/a", tries=2)
    assert found.verdict == "allowed"
    assert [report.error.error_class if report.error else None for report in reports] == ["http_503", None]


@pytest.mark.parametrize("status", [404, 429])
def test_who_says_no_or_too_often_is_not_asked_again(website: Website, status: int) -> None:
    website.answers[ROBOTS] = Answer(status)
    asked(website, "http://paper.example/a", tries=2)
    assert website.urls == [ROBOTS]


@pytest.mark.parametrize(("redirects", "expected"), [(5, "disallowed"), (6, "unavailable")])
def test_five_redirects_are_followed_and_more_mean_that_there_is_no_file(
    website: Website, redirects: int, expected: str
) -> None:
    """RFC 9309, 2.3.1.2."""
    for number in range(redirects):
        url = ROBOTS if number == 0 else f"http://paper.example/{number}"
        website.serve(url, status=302, Location=f"http://paper.example/{number + 1}")
    website.serve(f"http://paper.example/{redirects}", b"User-agent: *\nDisallow: /a")
    [found], _ = asked(website, "http://paper.example/a")
    assert found.verdict == expected
