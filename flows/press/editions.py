"""The texts of the sample press, as they lie in `papers/`: fictional sample text written for Nightdesk.

`papers/<paper_id>/paper.yml` holds the facts of one newspaper, `papers/<paper_id>/*.md` one article each: YAML front
matter between two lines of dashes, then paragraphs with an empty line between them. Companies and places exist so that
linking them is real; the events, figures and quoted persons are invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

PAPERS = Path(__file__).resolve().parent / "papers"
NIGHTS = (1, 2, 3)


class BrokenEdition(ValueError):
    """A file of the sample press is wrong. The message names it. A fault of the project, not of a user."""


@dataclass(frozen=True)
class Revision:
    """A change of a published article from `night` on: marked with a note, or silent where `note` is empty."""

    night: int
    replace: Mapping[str, str]
    note: str = ""


@dataclass(frozen=True)
class Article:
    """One address that a paper announces. Texts may hold date words such as `{day+1}`; see `calendar_words`.

    night: from which night on it is announced and served.
    dated: the night whose date it carries where that is not `night`; 9 is six days after the last one.
    at: time of day it carries, UTC.
    serve: what the server does with it: article, or one of the kinds in README.md.
    path: its own path where the paper's pattern does not make it.
    listed_as: the path in feeds and listings where that is not `path` (a redirect leads on).
    copies: `paper_id/slug` of the agency text it was taken from.
    """

    slug: str
    night: int
    at: str
    title: str
    section: str
    summary: str
    paragraphs: tuple[str, ...]
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    event: str = ""
    dated: int | None = None
    undated: bool = False
    serve: str = "article"
    path: str = ""
    listed_as: str = ""
    guid: str = ""
    feed_title: str = ""
    caption: str = ""
    copies: str = ""
    revisions: tuple[Revision, ...] = ()
    comments: tuple[tuple[str, str], ...] = ()

    @property
    def date_night(self) -> int:
        return self.night if self.dated is None else self.dated

    def notes(self, night: int) -> tuple[str, ...]:
        """The correction notes shown on that night."""
        return tuple(r.note for r in self.revisions if r.night <= night and r.note)

    def revised(self, night: int) -> Article:
        """The article as it stands on that night. Raises BrokenEdition where a change finds nothing to change."""
        article = self
        for revision in self.revisions:
            if revision.night <= night:
                article = _with_changes(article, revision.replace)
        return article


@dataclass(frozen=True)
class Paper:
    """One newspaper: how it is found, how it is marked up, how its server behaves.

    engine: rss | atom | json_feed | rdf | sitemap | section.
    path_pattern: path of an article, from {slug} {section} {yyyy} {mm} {dd}.
    charset_in: where the charset is stated: header | meta.
    etags: honest | stuck (never changes) | restless (changes at each request) | none. Article pages are always honest.
    links: how a feed writes addresses: absolute | relative | tracking (utm_ parameters added).
    """

    paper_id: str
    name: str
    domain: str
    tagline: str
    language: str
    country: str
    topics: tuple[str, ...]
    engine: str
    template: str
    path_pattern: str
    sections: tuple[str, ...]
    articles: tuple[Article, ...] = ()
    feed_length: int = 40
    charset: str = "utf-8"
    charset_in: str = "header"
    gzip: bool = False
    etags: str = "honest"
    links: str = "absolute"
    utc_offset_hours: int = 0
    crawl_delay_seconds: float | None = None
    disallow: tuple[str, ...] = ()
    robots_extra: tuple[str, ...] = ()
    robots_meta: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    down_nights: tuple[int, ...] = ()

    def visible(self, night: int) -> list[Article]:
        """The articles announced up to that night, as they stand then, newest first."""
        seen = [a.revised(night) for a in self.articles if a.night <= night]
        return sorted(seen, key=lambda a: (a.night, a.at, a.slug), reverse=True)


@dataclass(frozen=True)
class Editions:
    """All newspapers of a press."""

    papers: tuple[Paper, ...]

    @cached_property
    def by_domain(self) -> dict[str, Paper]:
        return {paper.domain: paper for paper in self.papers}

    @cached_property
    def by_id(self) -> dict[str, Paper]:
        return {paper.paper_id: paper for paper in self.papers}


def load_editions(folder: Path = PAPERS) -> Editions:
    """Every newspaper under `folder`. Raises BrokenEdition naming the file that is wrong."""
    papers = tuple(_load_paper(file) for file in sorted(folder.glob("*/paper.yml")))
    if not papers:
        raise BrokenEdition(f"{folder}: no newspapers; is the package's data installed?")
    return Editions(_with_agency_copies(papers))


def _load_paper(file: Path) -> Paper:
    facts = yaml.safe_load(file.read_text("utf-8"))
    articles = tuple(_load_article(path) for path in sorted(file.parent.glob("*.md")))
    try:
        return Paper(paper_id=file.parent.name, articles=articles, **_frozen(facts))
    except TypeError as error:
        raise BrokenEdition(f"{file}: {error}") from error


def _load_article(file: Path) -> Article:
    parts = file.read_text("utf-8").split("---\n", 2)
    if len(parts) != 3:
        raise BrokenEdition(f"{file}: front matter stands between two lines of dashes")
    facts = yaml.safe_load(parts[1])
    paragraphs = tuple(" ".join(block.split()) for block in parts[2].split("\n\n") if block.strip())
    revisions = tuple(Revision(**revision) for revision in facts.pop("revisions", ()))
    facts.setdefault("slug", file.stem)
    try:
        return Article(paragraphs=paragraphs, revisions=revisions, **_frozen(facts))
    except TypeError as error:
        raise BrokenEdition(f"{file}: {error}") from error


def _frozen(facts: dict[str, Any]) -> dict[str, Any]:
    return {key: _tuples(value) for key, value in facts.items()}


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value


def _with_changes(article: Article, changes: Mapping[str, str]) -> Article:
    for old, new in changes.items():
        if old not in article.title and not any(old in paragraph for paragraph in article.paragraphs):
            raise BrokenEdition(f"{article.slug}: nothing reads {old!r}, so it cannot be changed")
        article = replace(
            article,
            title=article.title.replace(old, new),
            summary=article.summary.replace(old, new),
            paragraphs=tuple(paragraph.replace(old, new) for paragraph in article.paragraphs),
        )
    return article


def _with_agency_copies(papers: tuple[Paper, ...]) -> tuple[Paper, ...]:
    """The papers with the agency's paragraphs put before the own ones of each copy; its night-0 revision edits them."""
    texts = {f"{paper.paper_id}/{a.slug}": a.paragraphs for paper in papers for a in paper.articles}

    def filled(article: Article) -> Article:
        if not article.copies:
            return article
        if article.copies not in texts:
            raise BrokenEdition(f"{article.slug}: there is no {article.copies} to copy")
        return replace(article, paragraphs=texts[article.copies] + article.paragraphs)

    return tuple(replace(paper, articles=tuple(filled(a) for a in paper.articles)) for paper in papers)
