"""RFC 9309: what the file says of a URL, and what its absence means."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from textwrap import dedent

import pytest

from flows.clock import Clock
from flows.crawl import robots
from flows.crawl.client import Client
from flows.crawl.context import open_crawl
from flows.crawl.pacing import Pacing
from flows.crawl.robots import Robots, RobotsFetch, RobotsFile, Verdict
from flows.crawl.robots_rules import BODY_LIMIT_BYTES
from flows.crawl.robots_store import KEPT_FOR, RobotsStore
from flows.crawl.visits import Ask, visit
from flows.settings import Settings
from flows.sources.source import Source
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


def asked(
    website: Website, *urls: str, tries: int = 1, store: RobotsStore | None = None
) -> tuple[list[Verdict], list[RobotsFetch]]:
    reports: list[RobotsFetch] = []

    async def ask() -> list[Verdict]:
        client = Client("Nightdesk/test", connections=4)
        client.guard.add_route(["http://paper.example/"], website.address)
        pacing = Pacing(4, asyncio.get_running_loop().time() + 60)
        files = Robots(client, pacing, timeout_seconds=0.3, tries=tries, store=store)
        try:
            verdicts = [files.verdict(url, 0.0, website.address, reports.append) for url in urls]
            return list(await asyncio.gather(*verdicts))
        finally:
            await client.aclose()

    return asyncio.run(ask()), reports


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


@pytest.mark.parametrize(
    ("answer", "verdict", "is_kept"),
    [
        (Answer(200, b"User-agent: *\nDisallow: /a"), "disallowed", True),
        (Answer(200, b""), "allowed", True),
        (Answer(404), "unavailable", True),
        (Answer(503), "unreachable", False),
    ],
)
def test_an_answer_holds_for_the_runs_of_an_hour_and_a_failure_for_its_own(
    website: Website, tmp_path: Path, answer: Answer, verdict: str, is_kept: bool
) -> None:
    website.answers[ROBOTS] = answer
    for later in (timedelta(0), KEPT_FOR / 2):
        store = RobotsStore(tmp_path / "robots", Clock(later))
        store.sweep()
        [found], _ = asked(website, "http://paper.example/a", store=store)
        assert found.verdict == verdict
    assert len(website.urls) == (1 if is_kept else 2)
    late = RobotsStore(tmp_path / "robots", Clock(KEPT_FOR + timedelta(seconds=1)))
    [_], reports = asked(website, "http://paper.example/a", store=late)
    assert len(reports) == 1


def test_what_is_too_old_is_swept_and_a_disk_that_fails_costs_requests_alone(tmp_path: Path) -> None:
    kept = RobotsStore(tmp_path / "robots", Clock())
    kept.put("http://paper.example", b"x")
    assert kept.get("http://paper.example") == b"x"
    assert kept.get("http://other.example") is None
    RobotsStore(tmp_path / "robots", Clock(2 * KEPT_FOR)).sweep()
    assert list((tmp_path / "robots").iterdir()) == []
    (tmp_path / "file").write_bytes(b"")
    for store in (RobotsStore(tmp_path / "file", Clock()), RobotsStore(None, Clock())):
        store.put("http://paper.example", b"x")
        store.sweep()
        assert store.get("http://paper.example") is None


def test_a_run_soon_after_another_does_not_ask_again(website: Website, settings: Settings, source: Source) -> None:
    async def run(number: int) -> str:
        async with open_crawl(settings, Clock(), f"run{number}") as context:
            context.add_routes(source)
            return str((await visit(Ask(source, "http://paper.example/a", "feed"), context)).row["robots_rule"])

    website.serve(ROBOTS, b"User-agent: *\nDisallow: /\nAllow: /a")
    website.serve("http://paper.example/a", b"news")
    assert [asyncio.run(run(number)) for number in range(2)] == ["Allow: /a"] * 2
    assert website.urls == [ROBOTS, *["http://paper.example/a"] * 2]
