"""Three nights over two sources, row by row: an edit, an alias, a copy, a wall, and URLs that were never had.

edited    found by alpha, then by beta; its text changes on the second night; on the third it cannot be had
steady    found by alpha; unchanged on the second night; its tone is read anew by a later version of that transform
alias     a page of beta that states the address of `steady` as its own
copy      the text of `steady` under an address of beta
wall      a cookie wall on the first night
mended    fails on the first night, comes on the second
forbidden, missing, waiting   refused by robots.txt, a 404, never handed out
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow as pa

from flows.answers import ANSWERS
from flows.columns import Folder, with_lineage, write_rows
from flows.ledger import COUNTS, GREEN, KILLED, Manifest, write_manifest
from flows.paths import Home
from flows.raw import RAW_TABLES, short_hash
from tests.sql.asked import answer_of, questions_of
from tests.sql.consented import consent_rows
from transforms.catalog import TRANSFORMS
from transforms.contract import Transform

FIRST = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
NIGHTS = tuple(FIRST + timedelta(days=night) for night in range(3))
READ_AFTER = timedelta(minutes=30)
SCHEMAS = {table.name: table.schema for table in RAW_TABLES}
COLUMNS: dict[str, Transform | Folder] = {**{each.name: each for each in TRANSFORMS}, ANSWERS.name: ANSWERS}

# Characters of two UTF-16 units and of several UTF-8 bytes stand before the names: offsets count code points.
STEADY = "⚓🚢 Zoë Östberg leads Acme. Rome waited 🙂 long."
OLD = "Acme said it would close the mine. Nobody was hurt."
NEW = "Acme said it had closed the mine. Two people were hurt."
WALL = "We value your privacy."

IN_SECOND_SENTENCE = {"start": 34, "end": 44, "sentence_start": 34, "sentence_end": 55}
FIGURE = {"text": "Two people", "kind": "count", "value": 2.0, "unit": "people", **IN_SECOND_SENTENCE}  # of NEW


def article_id(name: str) -> str:
    return short_hash(url_of(name))


def url_of(name: str) -> str:
    return f"http://{'beta' if name in ('alias', 'copy') else 'alpha'}.example/{name}"


def row(schema: pa.Schema, **given: Any) -> dict[str, Any]:
    """A row of the schema: what is given, else null, else the nothing of its type."""
    nothing = {"string": "", "bool": False, "binary": b""}
    made = {}
    for column in schema:
        kind = str(column.type)
        empty: Any = nothing.get(kind, [] if kind.startswith("list") else FIRST if "timestamp" in kind else 0)
        made[column.name] = given.pop(column.name, None if column.nullable else empty)
    assert not given, given
    return made


DISCOVERIES = (  # night, source, article
    *((0, "alpha", name) for name in ("edited", "steady", "wall", "mended", "forbidden", "missing", "waiting")),
    *((1, "beta", name) for name in ("edited", "alias", "copy")),
)
FETCHES = (  # night, article, outcome, text
    (0, "edited", "ok", OLD),
    (0, "steady", "ok", STEADY),
    (0, "wall", "ok", WALL),
    (0, "mended", "failed", None),
    (0, "forbidden", "refused", None),
    (0, "missing", "failed", None),
    (1, "edited", "ok", NEW),
    (1, "steady", "not_modified", None),
    (1, "mended", "ok", OLD),
    (1, "alias", "ok", STEADY),
    (1, "copy", "ok", STEADY),
    (2, "edited", "failed", None),
    (2, "forbidden", "refused", None),
)
POLL: dict[str, Any] = {"kind": "feed", "outcome": "ok", "new_items": 1}


def body_of(name: str, text: str) -> str:
    return short_hash(name + text) * 4


def raw_tables() -> dict[str, pa.Table]:
    """What the crawl of the three nights left in raw."""
    had = [(NIGHTS[night], name, text) for night, name, _, text in FETCHES if text is not None]
    rows: dict[str, list[dict[str, Any]]] = {
        "sources": [{"source_id": name, "name": name.title(), "topics": "world,trade"} for name in ("alpha", "beta")],
        "discoveries": [
            {
                "discovery_id": short_hash(source + name),
                "source_id": source,
                "article_id": article_id(name),
                "url": url_of(name),
                "found_by": "feed",
                "first_seen_at": NIGHTS[night],
            }
            for night, source, name in DISCOVERIES
        ],
        "fetches": [
            {
                "fetch_id": short_hash(f"{night}{name}"),
                "run_id": f"night-{night}",
                "source_id": "beta" if name in ("alias", "copy") else "alpha",
                "purpose": "article",
                "article_id": article_id(name),
                "url": url_of(name),
                "outcome": outcome,
                "body_hash": text and body_of(name, text),
                "error_class": "robots_disallowed" if outcome == "refused" else None,
                "requested_at": NIGHTS[night],
            }
            for night, name, outcome, text in FETCHES
        ],
        "pages": [{"body_hash": body_of(name, text), "first_fetched_at": at} for at, name, text in had],
        "polls": [
            {"poll_id": f"{night}{source}", "source_id": source, **POLL, "polled_at": at}
            for night, at in enumerate(NIGHTS)
            for source in ("alpha", "beta")
        ],
        "consents": consent_rows(NIGHTS),
    }
    return {
        name: pa.Table.from_pylist([row(SCHEMAS[name], **given) for given in table], schema=SCHEMAS[name])
        for name, table in rows.items()
    }


def span(text: str, part: str) -> dict[str, Any]:
    start = text.index(part)
    return {"start": start, "end": start + len(part)}


def sentences_of(text: str) -> list[dict[str, Any]]:
    cut = text.index(". ") + 1
    return [{"start": 0, "end": cut}, {"start": cut + 1, "end": len(text)}]


def entity_of(name: str, kind: str, text: str, **linked: Any) -> dict[str, Any]:
    mention = {"text": name, **span(text, name), "score": 0.9}
    unlinked = dict.fromkeys(("linked_kind", "linked_id", "ticker", "exchange", "country", "link_confidence"))
    main = {"score": 0.9, "salience": 0.8, "relevance": "main"}
    return {"entity_id": name.lower(), "name": name, "type": kind, **main, **unlinked, **linked, "mentions": [mention]}


def entities_of(text: str) -> list[dict[str, Any]]:
    acme = entity_of("Acme", "ORG", text, linked_kind="company", linked_id="ACM", ticker="ACM", link_confidence=0.7)
    return [acme, *([entity_of("Rome", "LOC", text)] if "Rome" in text else [])]


def tone(label: str) -> dict[str, Any]:
    high, low = (0.7, 0.1) if label == "positive" else (0.1, 0.7)
    return {"label": label, "p_positive": high, "p_neutral": 0.2, "p_negative": low, "score": high - low}


# What `mended` tells on the second night answers what `steady` left open on the first.
ANSWERED = answer_of(
    (article_id("steady"), short_hash(STEADY), "steady-open"), (article_id("mended"), short_hash(OLD), OLD)
)


def page_rows() -> list[tuple[datetime, dict[str, dict[str, Any]]]]:
    """For each body that was had: when, and its row of each column folder."""
    made = []
    for night, name, _, text in FETCHES:
        if text is None:
            continue
        keys = {"article_id": article_id(name), "revision_id": short_hash(text)}
        kept = name != "wall"
        rows: dict[str, dict[str, Any]] = {
            "content": {
                **keys,
                "body_hash": body_of(name, text),
                "canonical_url": url_of("steady") if name == "alias" else None,
                "title": name,
                "form": "article",
                "text": text,
                "sentences": sentences_of(text) if kept else [],
                "words": len(text.split()),
                "fetched_at": NIGHTS[night],
            },
            "quality": {
                **keys,
                "body_hash": body_of(name, text),
                "verdict": "kept" if kept else "rejected",
                "reason": None if kept else "cookie_wall",
                "score": 0.5,
            },
        }
        if kept:
            first = {"text": text[: text.index(". ") + 1], "start": 0, "end": text.index(". ") + 1, "score": 0.9}
            towards = {"entity_id": "acme", "mentions": 1, **tone("negative")}
            rows |= {
                "embedding": {**keys, "vector": [0.05] * 384},
                "entities": {**keys, "entities": entities_of(text)},
                "sentiment": {**keys, **tone("negative"), "entities": [towards], "is_language_supported": True},
                "figures": {**keys, "figures": [FIGURE] if text == NEW else []},
                "insights": {**keys, "questions": questions_of(name, text), "considered": 2},
                "answers": {**keys, "answers": [ANSWERED] if name == "mended" else []},
                "summary": {**keys, "gist": first, "key_points": [{**first, "support": 1.0}]},
            }
        made.append((NIGHTS[night], rows))
    return made


def write_columns(home: Home) -> None:
    """Every column folder at its version, and the tone of every text once more at the next one, on the third night."""
    for number, (night, rows) in enumerate(page_rows()):
        for name, given in rows.items():
            _write(home, COLUMNS[name], given, night + READ_AFTER, night.date(), f"{number}")
            if name == "sentiment":
                again = {**given, **tone("positive")}
                later = replace(COLUMNS[name], version=COLUMNS[name].version + 1)
                _write(home, later, again, NIGHTS[2] + READ_AFTER, night.date(), f"{number}")


def _write(
    home: Home, transform: Transform | Folder, given: dict[str, Any], at: datetime, day: date, name: str
) -> None:
    rows = pa.Table.from_pylist([row(transform.writes, **given)], schema=transform.writes)
    lineage = {"model": "reader", "revision": "1", "parameters": "none", "code": "0", "run_id": f"run-{name}"}
    made = with_lineage(rows, version=transform.version, at=at, **lineage)
    write_rows(home, transform, made, [day], name)


def write_runs(home: Home) -> None:
    """A green night, and one that was killed before it had counted anything."""
    counts = {**dict.fromkeys(COUNTS, 0), "due": 6, "fetched": 3, "refused": 1, "failed": 2, "articles": 2}
    green = Manifest(
        "run-1",
        FIRST.date(),
        GREEN,
        FIRST,
        "0",
        1,
        FIRST + READ_AFTER,
        counts={**counts, "rejected": 1},
        rejected_by_reason={"cookie_wall": 1},
    )
    write_manifest(home, green)
    write_manifest(home, Manifest("run-2", NIGHTS[1].date(), KILLED, NIGHTS[1], "0", 1))
