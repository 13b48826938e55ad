"""The texts themselves: invented, each paper in its own words, long enough to read, loudly broken when broken."""

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from flows.press.editions import NIGHTS, Article, BrokenEdition, Editions, load_editions

PAPER = """\
name: Test Paper
domain: test.example
tagline: Tested
language: en
country: GB
topics: [world]
engine: rss
template: blog
path_pattern: "/{slug}"
sections: [News]
"""
ARTICLE = """\
---
night: 1
at: "10:00"
title: A title
section: News
summary: A summary.
---
First   paragraph
over two lines.

Second paragraph.
"""


def own_articles(editions: Editions) -> list[Article]:
    return [
        a
        for p in editions.papers
        for a in p.articles
        if a.serve in ("article", "slow", "heals", "pages") and not a.copies
    ]


def sentences(article: Article) -> set[str]:
    found = re.split(r"(?<=[.!?»\"])\s+", " ".join(article.paragraphs))
    return {sentence for sentence in found if len(sentence.split()) > 3}


def test_ten_papers_with_news_on_every_night(editions: Editions) -> None:
    assert len(editions.papers) == 10
    for paper in editions.papers:
        assert {article.night for article in paper.articles} == set(NIGHTS), paper.name
    assert len({paper.domain for paper in editions.papers}) == 10
    assert all(paper.domain.endswith(".example") for paper in editions.papers)  # RFC 2606: never a real host


def test_papers_look_different_from_one_another(editions: Editions) -> None:
    assert len({paper.template for paper in editions.papers}) >= 7


def test_articles_are_long_enough_to_hold_several_points(editions: Editions) -> None:
    words = {article.slug: sum(len(text.split()) for text in article.paragraphs) for article in own_articles(editions)}
    assert [slug for slug, count in words.items() if count < 120] == ["planning-notes"]  # robots.txt closes it anyway
    assert len(words) >= 60
    assert all(len(article.paragraphs) >= 4 for article in own_articles(editions) if article.slug != "planning-notes")


def test_several_papers_cover_the_same_events(editions: Editions) -> None:
    covered = defaultdict(set)
    for paper in editions.papers:
        for article in paper.articles:
            if article.event:
                covered[article.event].add(paper.paper_id)
    assert sum(len(papers) >= 2 for papers in covered.values()) >= 10
    assert sum(len(papers) >= 3 for papers in covered.values()) >= 4


def test_no_sentence_stands_in_two_articles_but_those_of_the_agency(editions: Editions) -> None:
    seen = Counter(sentence for article in own_articles(editions) for sentence in sentences(article))
    assert [sentence for sentence, count in seen.items() if count > 1] == []


def test_copies_hold_the_agencys_paragraphs_before_their_own(editions: Editions) -> None:
    agency = {article.slug: article for article in editions.by_id["northlinewire"].articles}
    copies = [article for paper in editions.papers for article in paper.articles if article.copies]
    assert len(copies) == 3
    for copy in copies:
        original = agency[copy.copies.partition("/")[2]].paragraphs
        shared = set(original) & set(copy.revised(copy.night).paragraphs)
        assert copy.paragraphs[: len(original)] == original
        assert len(shared) >= len(original) - 2  # the sub-editor touched two paragraphs at most


def test_every_change_changes_something_from_its_night_on(editions: Editions) -> None:
    changed = [(a, r) for p in editions.papers for a in p.articles for r in a.revisions if r.night > 0]
    assert {bool(revision.note) for _, revision in changed} == {True, False}  # owned up to, and silent
    for article, revision in changed:
        before, after = article.revised(revision.night - 1), article.revised(revision.night)
        assert before.paragraphs != after.paragraphs
        assert revision.note not in article.notes(revision.night - 1)
        assert (revision.note in article.notes(revision.night)) == bool(revision.note)


def test_what_is_announced_grows_night_by_night_newest_first(editions: Editions) -> None:
    for paper in editions.papers:
        announced = [[article.slug for article in paper.visible(night)] for night in NIGHTS]
        assert set(announced[0]) < set(announced[1]) < set(announced[2])
        nights = [article.night for article in paper.visible(3)]
        assert nights == sorted(nights, reverse=True)


def written(folder: Path, paper: str = PAPER, article: str = ARTICLE) -> Path:
    (folder / "test").mkdir()
    (folder / "test" / "paper.yml").write_text(paper, "utf-8")
    (folder / "test" / "a-title.md").write_text(article, "utf-8")
    return folder


def test_an_article_file_becomes_an_article(tmp_path: Path) -> None:
    (paper,) = load_editions(written(tmp_path)).papers
    (article,) = paper.articles
    assert (paper.paper_id, article.slug) == ("test", "a-title")
    assert article.paragraphs == ("First paragraph over two lines.", "Second paragraph.")


@pytest.mark.parametrize(
    ("paper", "article", "said"),
    [
        (PAPER + "colour: red\n", ARTICLE, r"paper\.yml.*colour"),
        (PAPER, ARTICLE.replace("section: News", "sektion: News"), r"a-title\.md.*sektion"),
        (PAPER, ARTICLE.removeprefix("---\n").replace("---\n", ""), r"a-title\.md: front matter"),
        (PAPER, ARTICLE.replace("section: News", "section: News\ncopies: agency/gone"), "no agency/gone to copy"),
    ],
    ids=["unknown fact of a paper", "unknown fact of an article", "no front matter", "a copy of nothing"],
)
def test_a_broken_file_is_named(tmp_path: Path, paper: str, article: str, said: str) -> None:
    with pytest.raises(BrokenEdition, match=said):
        load_editions(written(tmp_path, paper, article))


def test_a_change_that_finds_nothing_is_an_error(tmp_path: Path) -> None:
    revisions = 'revisions: [{night: 2, replace: {"not there": "x"}}]'
    broken = ARTICLE.replace("section: News", f"section: News\n{revisions}")
    (paper,) = load_editions(written(tmp_path, article=broken)).papers
    assert paper.visible(1)
    with pytest.raises(BrokenEdition, match="a-title: nothing reads 'not there'"):
        paper.visible(2)


def test_a_folder_without_papers_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BrokenEdition, match="no newspapers"):
        load_editions(tmp_path)
