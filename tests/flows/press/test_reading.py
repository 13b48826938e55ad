"""What the desk's own rules make of the press's pages: the text as it was written, out of every paper's markup."""

from datetime import UTC, datetime, time
from typing import Any

import pyarrow as pa
import pytest

from flows.press.dates import article_path, dated, published_at
from flows.press.editions import Article, Editions, Paper
from flows.press.pages import page_paths
from flows.press.site import Site
from tests.flows.press.conftest import ANCHOR
from tests.transforms.pages import given
from transforms.content import CONTENT
from transforms.contract import run_transform
from transforms.models import Models
from transforms.quality import QUALITY

LATE = datetime.combine(ANCHOR, time(23), UTC)

Read = list[tuple[Article, dict[str, Any]]]


def further_pages(site: Site, paper: Paper, article: Article, path: str) -> list[dict[str, Any]]:
    """The pages after the first, as `content` reads them."""
    return [
        {
            "url": f"http://{paper.domain}{further}",
            "body_hash": further,
            "html": site.respond(3, paper.domain, further, {}).body.decode(paper.charset),
        }
        for further in page_paths(article, path)[1:]
    ]


@pytest.fixture(scope="module")
def read(editions: Editions) -> Read:
    """Every page of night 3 that is served, with what `content` and `quality` write of it."""
    site = Site(editions, ANCHOR)
    articles: list[Article] = []
    rows: list[dict[str, Any]] = []
    for paper in editions.papers:
        for article in paper.visible(3):
            path = article_path(article, paper, ANCHOR)
            answer = site.respond(3, paper.domain, path, {})
            if answer.status == 200:
                stated = {"url": f"http://{paper.domain}{path}", "language_hint": paper.language, "fetched_at": LATE}
                announced = None if article.undated else published_at(article, ANCHOR)
                stated["following"] = further_pages(site, paper, article, path)
                body = answer.body.decode(paper.charset)
                rows.append(given(body, f"{len(rows):016x}", feed_published_at=announced, **stated))
                articles.append(dated(article, paper, ANCHOR))
    content = run_transform(CONTENT, pa.Table.from_pylist(rows, schema=CONTENT.reads), Models())
    quality = run_transform(QUALITY, content.select(QUALITY.reads.names), Models())
    judged = zip(content.to_pylist(), quality.to_pylist(), strict=True)
    return list(zip(articles, (one | other for one, other in judged), strict=True))


def test_articles_are_kept_whole_and_word_for_word(read: Read) -> None:
    whole = [(article, row) for article, row in read if article.serve in ("article", "slow", "heals", "pages")]
    assert len(whole) >= 65
    for article, row in whole:
        written = [text.removeprefix("## ").removeprefix("> ") for text in (*article.paragraphs, *article.notes(3))]
        assert row["text"].split("\n\n") == written, article.slug
        assert row["title"] == article.title
        assert (row["verdict"], row["is_paywalled"], row["is_partial"]) == ("kept", False, False), article.slug


def test_the_others_are_judged_as_the_table_of_cases_says(read: Read) -> None:
    special = {article.serve: row for article, row in read}
    verdicts = {kind: (row["verdict"], row["reason"]) for kind, row in special.items()}
    assert verdicts["paywall"] == ("kept", None)
    assert (special["paywall"]["is_paywalled"], special["paywall"]["is_partial"]) == (True, True)
    assert verdicts["consent"] == ("rejected", "cookie_wall")
    assert verdicts["index"] == ("rejected", "index_page")
    assert verdicts["video"] == ("rejected", "video_page")


def test_dates_languages_and_copies_are_read_as_the_papers_mean_them(read: Read) -> None:
    rows = {article.slug: row for article, row in read}
    kept = {slug: row for slug, row in rows.items() if row["verdict"] == "kept"}
    undated = {slug for slug, row in kept.items() if row["published_at"] is None}
    assert undated == {"a-field-guide-to-dead-keyboards", "a-calendar-for-the-plum-trees"}  # none, and one of next week
    for article, row in read:
        if row["verdict"] == "kept" and article.slug not in undated:
            assert row["published_at"] == published_at(article, ANCHOR), article.slug
    assert {row["language"] for row in kept.values()} == {"de", "en"}
    revisions = [row["revision_id"] for row in kept.values()]
    twice = [slug for slug, row in kept.items() if revisions.count(row["revision_id"]) > 1]
    assert sorted(twice) == ["agency-grid-battery-at-sea-level", "grid-battery-at-sea-level"]
