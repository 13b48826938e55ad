"""Any number of distinct articles, the same ones for the same seed, in papers that really can be served."""

import warnings
from datetime import date
from itertools import chain

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from flows.press.dates import article_path, dated
from flows.press.editions import NIGHTS, Editions
from flows.press.feeds import items
from flows.press.generator import generate
from flows.press.site import Site
from tests.flows.press.conftest import ANCHOR


def urls(editions: Editions) -> list[str]:
    return [f"{paper.domain}{article_path(a, paper, ANCHOR)}" for paper in editions.papers for a in paper.articles]


@settings(max_examples=25, deadline=None)
@given(articles=st.integers(1, 60), papers=st.integers(1, 12), seed=st.integers(0, 2**32))
def test_any_number_of_distinct_articles_spread_evenly(articles: int, papers: int, seed: int) -> None:
    papers = min(papers, articles)
    made = generate(articles, papers, seed)
    sizes = [len(paper.articles) for paper in made.papers]
    assert len(made.papers) == papers
    assert sum(sizes) == articles
    assert max(sizes) - min(sizes) <= 1
    assert len(set(urls(made))) == articles
    texts = [article.paragraphs for paper in made.papers for article in paper.articles]
    assert len(set(texts)) == articles
    assert generate(articles, papers, seed) == made


def test_another_seed_makes_other_news() -> None:
    assert generate(10, 2, seed=1) != generate(10, 2, seed=2)


@pytest.mark.parametrize(("articles", "papers"), [(3, 4), (0, 0), (5, 0), (-1, 1)])
def test_papers_without_articles_are_refused(articles: int, papers: int) -> None:
    with pytest.raises(ValueError, match="cannot fill"):
        generate(articles, papers, seed=1)


def test_what_is_generated_can_be_announced_fetched_and_read() -> None:
    made = generate(30, 5, seed=7)
    site = Site(made, ANCHOR)
    for paper in made.papers:
        for night in NIGHTS:
            due = [article for article in paper.articles if article.night <= night]
            assert len(items(paper, ANCHOR, night)) == len(due)
        for article in paper.articles:
            page = site.respond(3, paper.domain, article_path(article, paper, ANCHOR), {})
            assert page.status == 200
            text = html.fromstring(page.body).text_content()
            paragraphs = dated(article, paper, ANCHOR).paragraphs
            assert sum(len(paragraph.split()) for paragraph in paragraphs) >= 120
            assert all(paragraph in text for paragraph in paragraphs)
            assert "{" not in "".join(paragraphs)
    assert {article.night for article in chain(*(paper.articles for paper in made.papers))} == set(NIGHTS)


def test_generated_feeds_are_well_formed() -> None:
    made = generate(12, 5, seed=3)
    site = Site(made, date(2024, 2, 29))
    for paper in made.papers:
        if paper.engine in ("rss", "atom"):
            path = "/feed.xml" if paper.engine == "rss" else "/atom.xml"
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # feedparser's own
                found = feedparser.parse(site.respond(3, paper.domain, path, {}).body)
            assert not found.bozo
            assert len(found.entries) == len(paper.articles)
