"""Pages written by hand, and what the transforms of rules make of them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from transforms.content import CONTENT
from transforms.contract import run_transform
from transforms.models import Models
from transforms.quality import QUALITY

URL = "https://paper.example/news/lock-gate"
FETCHED = datetime(2026, 3, 10, 6, 30, tzinfo=UTC)

STORY = (
    "The lock gate at Brannock failed shortly after midnight on Tuesday, and eleven barges were left waiting below it.",
    "Marta Oyelaran, who has kept the lock for nineteen years, said the hinge had been reported twice. "
    "“Nobody came,” she said, “and then the water came instead.”",
    "Siemens Energy, which built the motors in 1998, sent three engineers from Erlangen on Wednesday morning. "
    "They expect to lift the gate by Friday, weather permitting.",
    "The harbour office puts the cost at 2.4 million euros. It has asked the district council to pay a third of that.",
    "Grain prices in the valley rose by four percent on the day, although traders in Rotterdam called that a flutter.",
)
GERMAN_STORY = (
    "Die Schleuse in Brannbach ist in der Nacht zum Dienstag ausgefallen, und elf Frachtkähne warten seither davor.",
    "Martha Ohlendorf, die seit neunzehn Jahren Schleusenwärterin ist, hatte das Scharnier z. B. am 5. Januar und noch "
    "einmal im Februar gemeldet. „Niemand ist gekommen.“ Dann sei eben das Wasser gekommen.",
    "Das Hafenamt schätzt den Schaden auf 2,4 Mio. Euro. Ein Drittel davon soll der Landkreis übernehmen.",
)


def paragraphs(*lines: str) -> str:
    return "".join(f"<p>{line}</p>\n" for line in lines)


def page(body: str, head: str = "<title>The gate that would not close</title>", lang: str = "en") -> str:
    return f'<!DOCTYPE html><html lang="{lang}"><head>{head}</head><body>{body}</body></html>'


def article(*lines: str, head: str = "", title: str = "The gate that would not close", lang: str = "en") -> str:
    """A plain article page; STORY where no lines are given."""
    body = f"<main><article><h1>{title}</h1>{paragraphs(*(lines or STORY))}</article></main>"
    return page(body, f"<title>{title}</title>{head}", lang)


def linked_data(json: str) -> str:
    return f'<script type="application/ld+json">{json}</script>'


def given(html: str, article_id: str = "a" * 16, **stated: Any) -> dict[str, Any]:
    """A row that `content` reads."""
    return {
        **dict.fromkeys(CONTENT.reads.names),
        "article_id": article_id,
        "source_id": "paper",
        "url": URL,
        "body_hash": f"body-{article_id}",
        "html": html,
        "language_hint": "en",
        "fetched_at": FETCHED,
        **stated,
    }


def content_of(rows: Sequence[dict[str, Any]]) -> pa.Table:
    """The content column of rows made by `given`."""
    return run_transform(CONTENT, pa.Table.from_pylist(list(rows), schema=CONTENT.reads), Models())


def read(html: str, **stated: Any) -> dict[str, Any]:
    """The content row of one page."""
    return dict(content_of([given(html, **stated)]).to_pylist()[0])


def judge(html: str, **stated: Any) -> dict[str, Any]:
    """The quality row of one page, by way of its content."""
    return dict(run_transform(QUALITY, content_of([given(html, **stated)]), Models()).to_pylist()[0])
