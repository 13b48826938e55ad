"""Pages are read in processes of their own: what one of them costs, no other pays."""

import gzip
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pytest

from flows.pages import Limits, PageReader, processes_for
from tests.transforms.pages import STORY, article, content_of, given, page
from transforms.content import CONTENT

SENTENCE = "The council met on Tuesday and agreed to mend the wall before winter sets in. "
MONSTERS = {
    "nesting": "<div>" * 60_000 + SENTENCE,
    "8 MB of tables": page("<table>" + "<tr><td>1</td><td>2</td></tr>" * 280_000 + "</table>"),
    "open quotes and brackets": page("<p>" + "<a href='" * 30_000 + "<" * 200_000),
    "one body in many containers": page(
        "".join(f"<div class='article-body'><p>{SENTENCE * 2}</p></div><b><i><u>" for _ in range(3_000))
    ),
    "entities and scripts": page("&amp;" * 400_000 + "<script>" * 20_000),
}


def row_of(html: str, number: int = 0) -> dict[str, Any]:
    """A page as the extract stage hands it over."""
    row = given(html, f"{number:016x}")
    del row["html"]
    return {**row, "body_gzip": gzip.compress(html.encode()), "charset": "utf-8"}


def reasons(made: pa.Table) -> list[str | None]:
    return made["extraction_error"].to_pylist()


@pytest.fixture(scope="module")
def reader() -> Iterator[PageReader]:
    with PageReader(2, Limits(seconds=8.0)) as opened:
        yield opened


def test_two_processes_read_pages_as_they_would_be_read_here_and_damaged_bytes_say_so(reader: PageReader) -> None:
    pages = [article(*STORY[: 1 + number % 5], title=f"Story {number}") for number in range(6)] + [""]
    made = reader.read([row_of(html, number) for number, html in enumerate(pages)])
    assert made.equals(content_of([given(html, f"{number:016x}") for number, html in enumerate(pages)]))
    damaged = reader.read([{**row_of(article()), "body_gzip": gzip.compress(b"x" * 999)[:20]}])
    assert (reasons(damaged)[0] or "").startswith("damaged")
    assert reader.read([]).equals(CONTENT.writes.empty_table())


def test_a_monster_costs_itself_alone(reader: PageReader) -> None:
    pages = [page for monster in MONSTERS.values() for page in (monster, article())]
    made = reader.read([row_of(html, number) for number, html in enumerate(pages)]).to_pylist()
    assert [row["article_id"] for row in made] == [f"{number:016x}" for number in range(len(pages))]
    assert all(row["text"] == "\n\n".join(STORY) for row in made[1::2])


def test_a_page_past_its_time_or_memory_says_so_and_no_process_outlives_its_reader() -> None:
    slow = page("".join(f"<p>{number} {SENTENCE}</p>" for number in range(4_000)))
    bomb = {**row_of("", 2), "body_gzip": gzip.compress(bytes(100_000_000), compresslevel=1)}
    with PageReader(1, Limits(seconds=0.4, memory_bytes=64 * 1024**2)) as strict:
        made = strict.read([row_of(slow, 1), bomb, row_of(article(), 3)])
        process = strict._idle.queue[0]._process
        assert process is None or process.poll() is None
    told = reasons(made)
    assert (told[0] or "").startswith("too slow: reading it takes more than 0.4 s")
    assert (told[1] or "").startswith("too large")
    assert told[2] is None
    assert process is None or process.poll() is not None


@pytest.mark.parametrize(("pages", "wanted", "expected"), [(0, 0, 1), (1, 8, 1), (41, 8, 2), (10_000, 3, 3)])
def test_few_pages_start_few_processes(pages: int, wanted: int, expected: int) -> None:
    assert processes_for(pages, wanted) == expected
