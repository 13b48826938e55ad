"""Marts made by hand from what a test says of an article; the columns are those of columns.py."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from flows.paths import Home
from flows.publish import publish
from flows.raw import short_hash
from tests.deploy.dashboard.columns import ARTICLES, ENTITY_MENTIONS, SCHEMAS

DAY = date(2026, 3, 4)
NOON = datetime(2026, 3, 4, 2, 40, tzinfo=UTC)  # when the night's articles became known

Row = dict[str, Any]


@dataclass(frozen=True)
class Name:
    """An entity as the reader would give it: found wherever `forms` stand in the text."""

    name: str
    type: str = "ORG"
    ticker: str | None = None
    tone: str = "neutral"
    salience: float = 0.8
    relevance: str = "main"
    forms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Piece:
    """What a test needs to say of an article; the rest follows from it. `points` are numbers of sentences."""

    source: str
    title: str | None
    paragraphs: tuple[str, ...]
    points: tuple[int, ...] = ()
    gist: int | None = None
    names: tuple[Name, ...] = ()
    tone: float | None = 0.0
    topic: str = "world"
    section: str | None = None
    language: str = "en"
    published_at: datetime | None = NOON - timedelta(hours=6)
    known_at: datetime = NOON
    url: str | None = None
    more: Row = field(default_factory=dict)

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)

    @property
    def address(self) -> str:
        slug = re.sub(r"[^a-z0-9]+", "-", (self.title or "untitled").casefold()).strip("-")
        return self.url or f"http://{self.source}.example/2026/03/04/{slug}"


def spans_of(paragraphs: Iterable[str]) -> tuple[list[Row], list[Row]]:
    """Offsets of paragraphs joined by a line break, and of their sentences, each ended by . ? or ! before a space."""
    found: list[Row] = []
    sentences: list[Row] = []
    start = 0
    for paragraph in paragraphs:
        found.append({"start": start, "end": start + len(paragraph)})
        sentences += [
            {"start": start + match.start(), "end": start + match.end()}
            for match in re.finditer(r"\S.*?(?:[.?!](?=\s|$)|$)", paragraph)
        ]
        start += len(paragraph) + 1
    return found, sentences


def article_row(piece: Piece) -> Row:
    """The row of the articles mart."""
    paragraphs, sentences = spans_of(piece.paragraphs)
    text = piece.text
    revision = short_hash(text)
    score = piece.tone
    cited = [_point(text, sentences[number]) for number in piece.points]
    gist = None if piece.gist is None else _point(text, sentences[piece.gist])
    row: Row = dict.fromkeys(ARTICLES.names)
    row |= {
        "article_id": short_hash(piece.address),
        "revision_id": revision,
        "source_id": piece.source,
        "source_name": SOURCE_NAMES.get(piece.source, piece.source),
        "url": piece.address,
        "canonical_url": piece.address,
        "body_hash": short_hash(piece.address + text) * 4,
        "copy_group_id": revision,
        "title": piece.title,
        "gist": gist and gist["text"],
        "gist_start": gist and gist["start"],
        "gist_end": gist and gist["end"],
        "key_points": cited,
        "text": text,
        "paragraphs": paragraphs,
        "sentences": sentences,
        "form": "article",
        "updates": [],
        "authors": ["A. Writer"],
        "section": piece.section,
        "tags": [],
        "language": piece.language,
        "topics": [piece.topic],
        "words": len(text.split()),
        "main_entities": [name.name for name in piece.names if name.relevance == "main"],
        "published_at": piece.published_at,
        "published_at_source": piece.published_at and "json_ld",
        "published_at_confidence": piece.published_at and 0.98,
        "published_date": piece.published_at and piece.published_at.date(),
        "known_date": piece.known_at.date(),
        "is_paywalled": False,
        "is_partial": False,
        "is_edited": False,
        "revisions": 1,
        "quality_score": 0.93,
        "sentiment_label": None if score is None else _label(score),
        "sentiment_score": score,
        "lineage": [_made_by(transform) for transform in ("content", "summary", "entities", "sentiment")],
    }
    row |= dict.fromkeys(("first_seen_at", "fetched_at", "processed_at", "known_at"), piece.known_at)
    if score is not None:
        row |= {"sentiment_p_negative": max(0.0, -score), "sentiment_p_positive": max(0.0, score)}
        row["sentiment_p_neutral"] = 1 - abs(score)
    return row | piece.more


def mention_rows(piece: Piece) -> list[Row]:
    """The rows of the entity_mentions mart, longest form first, without overlap."""
    article = article_row(piece)
    rows: list[Row] = []
    taken: set[int] = set()
    for name in piece.names:
        for form in sorted((name.name, *name.forms), key=len, reverse=True):
            for match in re.finditer(re.escape(form), piece.text):
                if not taken & set(range(*match.span())):
                    taken |= set(range(*match.span()))
                    rows.append(_mention(article, name, match))
    return rows


def _mention(article: Row, name: Name, match: re.Match[str]) -> Row:
    row: Row = dict.fromkeys(ENTITY_MENTIONS.names)
    row |= {key: article[key] for key in ("article_id", "revision_id", "source_id", "published_at", "known_at")}
    entity_id = short_hash(f"{name.type}\n{name.name.casefold()}")
    within = next(s for s in article["sentences"] if s["start"] <= match.start() < s["end"])
    score = {"negative": -0.7, "neutral": 0.02, "positive": 0.66}[name.tone]
    return row | {
        "mention_id": short_hash(f"{article['article_id']}/{entity_id}/{match.start()}"),
        "entity_id": entity_id,
        "name": name.name,
        "type": name.type,
        "ticker": name.ticker,
        "exchange": name.ticker and "XNAS",
        "linked_kind": name.ticker and "company",
        "linked_id": name.ticker,
        "link_confidence": name.ticker and 0.95,
        "salience": name.salience,
        "relevance": name.relevance,
        "mention_text": match[0],
        "start": match.start(),
        "end": match.end(),
        "mention_score": 0.97,
        "sentence_text": article["text"][within["start"] : within["end"]],
        "sentiment_label": name.tone,
        "sentiment_score": score,
        "known_date": article["known_date"],
    }


def _point(text: str, span: Row) -> Row:
    return {"text": text[span["start"] : span["end"]], **span, "score": 0.7, "support": 1.0}


def _label(score: float) -> str:
    return "negative" if score < -0.25 else "positive" if score > 0.25 else "neutral"


def _made_by(transform: str) -> Row:
    reader = transform != "content"
    return {
        "transform": transform,
        "transform_version": 1,
        "model": "reader" if reader else "rules",
        "model_revision": "a1b2c3d4e5f6" if reader else "1",
        "parameters_hash": "0123456789abcdef",
        "code_version": "0.1.0",
        "run_id": "20260304T021500000000Z-1f2e",
        "processed_at": NOON,
    }


SOURCE_NAMES: dict[str, str] = {}


def publish_pieces(home: Home, pieces: Iterable[Piece], **more: list[Row]) -> Home:
    """The home with these pieces published as a night publishes them: Parquet, database, search index, by rename."""
    listed = list(pieces)
    mentions = [row for piece in listed for row in mention_rows(piece)]
    rows = {"articles": [article_row(piece) for piece in listed], "entity_mentions": mentions, **more}
    built = home.build / "marts"
    built.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(home.build_database)) as connection:
        for name, schema in SCHEMAS.items():
            file = built / f"{name}.parquet"
            pq.write_table(pa.Table.from_pylist(rows.get(name, []), schema=schema), file)
            connection.execute(f"create table {name} as from read_parquet(?)", [str(file)])
    publish(home)
    return home
