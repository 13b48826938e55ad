"""The demo, by the command that a newcomer types: what became of each special case of the sample press."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.demo import MARK
from flows.errors import EXIT_CONFIGURATION
from flows.ledger import AMBER, GREEN, read_manifests
from flows.paths import Home
from flows.query import query
from flows.settings import Settings
from tests.flows.conftest import Desk
from transforms.evaluation.shown import unsourced

WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Demo:
    home: Home
    printed: str

    def ask(self, sql: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = query(Settings(home=self.home.root), sql).to_pylist()
        return rows


@pytest.fixture(scope="module")
def demo(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Demo:
    home = Home(tmp_path_factory.mktemp("demo") / "home")
    run = desk.call(home, "demo")
    assert run.returncode == 0, run.stderr
    assert "Traceback" not in run.stderr
    return Demo(home, run.stdout)


def test_three_nights_end_as_the_press_made_them(demo: Demo) -> None:
    assert [manifest.status for manifest in read_manifests(demo.home)] == [GREEN, AMBER, GREEN]
    for number in (1, 2, 3):
        assert f"Night {number} of 3" in demo.printed


def test_the_sums_of_every_night_close(demo: Demo) -> None:
    for manifest in read_manifests(demo.home):
        counts = manifest.counts
        assert counts["due"] == counts["fetched"] + counts["refused"] + counts["deferred"] + counts["failed"]
        assert counts["fetched"] == counts["articles"] + counts["rejected"]
        assert counts["rejected"] == sum(manifest.rejected_by_reason.values())
        assert counts["rechecked"] >= counts["unchanged"] + counts["revised"]


def test_the_brief_has_ten_articles_of_six_sources(demo: Demo) -> None:
    page = max(demo.home.briefs.glob("*.html")).read_text("utf-8")
    assert page.count("<article") >= 10
    found = demo.ask(
        "select count(*) as articles, count(distinct source_id) as sources from articles "
        "where known_date = (select max(known_date) from articles)"
    )
    assert found[0]["articles"] >= 10
    assert found[0]["sources"] >= 6
    assert str(demo.home.database) in demo.printed


PAGED = "http://meridianledger.example/companies/how-trieste-came-to-rent-its-cranes"
KEPT: dict[str, dict[str, Any]] = {
    "http://harbourcourier.example/world/storm-ilva-closes-the-maas": {"is_edited": True, "revisions": 2},
    "http://meridianledger.example/markets/nestle-coffee-lifts-third-quarter": {"is_edited": True, "revisions": 2},
    "http://meridianledger.example/markets/halden-bank-widens-its-lead": {"is_paywalled": True, "is_partial": True},
    PAGED: {"is_partial": False, "next_url": None, "revisions": 1, "is_edited": False},
    "http://uppervalleyherald.example/news/ferry-vote-goes-to-the-village": {"is_edited": False},
    "http://circuitandfield.example/stories/a-field-guide-to-dead-keyboards": {"published_at": None},
    "http://openorbit.example/papers/peat-bogs-keep-a-diary": {"is_edited": False},
    "http://rheinbote.example/artikel/basel-heizt-mit-dem-rhein.html": {"language": "de", "sentiment_label": None},
    "http://touchline.example/match/north-quay-hold-on": {"is_edited": False},
}


@pytest.mark.parametrize("url", KEPT)
def test_what_is_an_article_is_kept_with_its_flags(demo: Demo, url: str) -> None:
    found = demo.ask(f"select * from articles where url = '{url}'")
    assert len(found) == 1
    assert {name: found[0][name] for name in KEPT[url]} == KEPT[url]


def test_an_article_on_three_pages_is_one_text_from_its_first_sentence_to_its_last(demo: Demo) -> None:
    [row] = demo.ask(f"select text, paragraphs, sentences from articles where url = '{PAGED}'")
    assert row["text"].startswith("Nobody in Trieste planned to change")
    assert row["text"].endswith("and for that nobody has yet invented a meter.")
    assert len(row["paragraphs"]) == 9
    last = row["sentences"][-1]
    assert row["text"][last["start"] : last["end"]].startswith("What the terminal owns in the end")
    with duckdb.connect(str(demo.home.raw_database), read_only=True) as raw:
        asked = raw.execute("select count(*) from raw.fetches where purpose = 'following'").fetchone()
    assert asked == (2,)  # on the night of the first page; that one never changed


@pytest.mark.parametrize(
    ("slug", "counts", "correction"),
    [
        ("storm-ilva-closes-the-maas", (3, 1), "Correction: an earlier version of this article said that 31 ships"),
        ("nestle-coffee-lifts-third-quarter", (1, 1), None),
    ],
)
def test_an_edit_is_told_sentence_by_sentence_and_owned_up_to_or_not(
    demo: Demo, slug: str, counts: tuple[int, int], correction: str | None
) -> None:
    [edit] = demo.ask(f"select * from article_edits where url like '%/{slug}'")
    assert (edit["sentences_added"], edit["sentences_removed"]) == counts
    assert edit["sentences_kept"] > 3
    assert edit["is_correction"] is (correction is not None)
    assert (edit["correction"] or "").startswith(correction or "")


REJECTED = {
    "http://pacificmorning.example/articles/the-tram-that-came-back": {"cookie_wall"},
    "http://circuitandfield.example/guides/chips": {"index_page"},
    "http://touchline.example/video/five-saves-of-the-round": {"video_page", "too_short"},
}


@pytest.mark.parametrize("url", REJECTED)
def test_what_is_no_article_is_rejected_with_its_reason(demo: Demo, url: str) -> None:
    found = demo.ask(f"select reason from rejections where url = '{url}'")
    assert len(found) == 1
    assert found[0]["reason"] in REJECTED[url]


def test_an_exact_copy_shares_the_text_of_the_agency(demo: Demo) -> None:
    found = demo.ask(
        "select count(*) as copies, count(distinct source_id) as sources from articles where copy_group_id = "
        "(select copy_group_id from articles where url like '%/news/agency-grid-battery-at-sea-level')"
    )
    assert found == [{"copies": 2, "sources": 2}]


def test_what_could_not_be_had_is_counted_by_source(demo: Demo) -> None:
    sums = demo.ask(
        "select source_id, sum(refused)::int as refused, sum(failed)::int as failed, sum(articles)::int as articles "
        "from source_daily group by source_id"
    )
    by_source = {row["source_id"]: row for row in sums}
    assert by_source["harbourcourier"]["refused"] == 1  # the path that robots.txt forbids
    assert by_source["harbourcourier"]["failed"] == 1  # the page that is missing
    assert by_source["uppervalleyherald"]["failed"] == 0  # the error that healed
    assert by_source["touchline"]["failed"] == 1  # the redirect that goes round
    assert by_source["savannahdispatch"]["articles"] > 0  # down on night 2, caught up on night 3


def test_every_key_point_and_gist_is_a_sentence_at_its_span_or_a_trim_of_it(demo: Demo) -> None:
    rows = demo.ask("select text, key_points, gist, gist_start, gist_end from articles")
    assert sum(len(row["key_points"]) for row in rows) > 100
    lines = [(row["text"], point) for row in rows for point in row["key_points"]]
    lines += [
        (row["text"], {"text": row["gist"], "start": row["gist_start"], "end": row["gist_end"]})
        for row in rows
        if row["gist"]
    ]
    for text, line in lines:
        cited = iter(WORD.findall(text[line["start"] : line["end"]].lower()))
        assert all(word in cited for word in WORD.findall(line["text"].lower())), line
        assert not unsourced(line["text"], text[line["start"] : line["end"]])


def test_every_mention_is_the_text_at_its_span(demo: Demo) -> None:
    mentions = demo.ask(
        'select a.text, m.mention_text, m.start, m."end" from entity_mentions m join articles a using (article_id)'
    )
    assert len(mentions) > 200
    assert all(row["text"][row["start"] : row["end"]] == row["mention_text"] for row in mentions)


def test_the_commands_it_names_work(demo: Demo, desk: Desk) -> None:
    assert re.search(r"nightdesk --home \S+ search battery", demo.printed)
    for arguments in (("search", "battery", "--json"), ("query", "select count(*) as n from articles", "--json")):
        run = desk.call(demo.home, *arguments)
        assert run.returncode == 0, run.stderr
        assert json.loads(run.stdout)
    brief = desk.call(demo.home, "brief")
    assert brief.returncode == 0
    assert "Nightdesk" in brief.stdout


def test_a_home_that_holds_something_else_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    home = Home(tmp_path)
    (tmp_path / "raw.duckdb").write_bytes(b"years of pages")
    run = desk.call(home, "demo")
    assert run.returncode == EXIT_CONFIGURATION
    assert "is not the demo" in run.stderr
    assert (tmp_path / "raw.duckdb").read_bytes() == b"years of pages"
    assert not (tmp_path / MARK).exists()
