"""An article that is cut into several pages, on the website, and what a crawl of it left."""

from __future__ import annotations

from typing import Any

from flows.crawl.crawl import SourceReport
from flows.settings import Settings
from flows.sources.source import Source
from tests.flows.crawl.runs import FEED, clock_of, crawl_one, feed_of
from tests.flows.crawl.spooled import load, rows_of
from tests.flows.crawl.website import Website

PAPER = "http://paper.example"
ONE = f"{PAPER}/long-read"


def leaf(number: int, links: str = "", about: str = "") -> bytes:
    pager = "".join(f'<a href="{ONE if each == 1 else f"{ONE}/{each}"}">{each}</a>' for each in (1, number - 1) if each)
    return f"<html><p>Page {number} {about}</p>{pager}{links}</html>".encode()


def onward(number: int) -> str:
    return f'<a rel="next" href="/long-read/{number}">on</a>'


def serve(website: Website, pages: int, about: str = "") -> None:
    """The feed and an article of so many pages."""
    website.serve(FEED, feed_of("/long-read"))
    website.serve(ONE, leaf(1, onward(2) if pages > 1 else "", about))
    for number in range(2, pages + 1):
        website.serve(f"{ONE}/{number}", leaf(number, onward(number + 1) if number < pages else "", about))


def asked(website: Website) -> list[str]:
    """What was asked for of the article since the last look, without the paper's address."""
    urls = [url.removeprefix(PAPER) for url in website.urls if "long-read" in url]
    website.asked.clear()
    return urls


def following(settings: Settings) -> list[dict[str, Any]]:
    return [row for row in rows_of(settings.paths, "fetches") if row["purpose"] == "following"]


def had(settings: Settings) -> set[str]:
    return {row["body_hash"] for row in rows_of(settings.paths, "pages")}


def night(settings: Settings, source: Source, number: int) -> SourceReport:
    """A run of that night over what the nights before left."""
    if number > 1:
        load(settings.paths)
    return crawl_one(settings, clock_of(number), source, run_id=f"night-{number}")
