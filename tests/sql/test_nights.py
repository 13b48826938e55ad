"""The models on the three nights of nights.py: what is read of an edit, an alias, a copy and a late failure."""

from typing import Any

import duckdb
import pytest

from flows.raw import short_hash
from tests.sql.conftest import Built
from tests.sql.nights import COLUMNS, NEW, NIGHTS, OLD, READ_AFTER, STEADY, article_id, url_of


def rows(database: duckdb.DuckDBPyConnection, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    return database.execute(sql, values).fetchall()


def test_plain_dbt_builds_everything_and_every_test_passes(built: Built) -> None:
    assert built.dbt.code == 0, built.dbt.output[-3000:]
    assert set(built.dbt.statuses.values()) == {"success", "pass"}
    kinds = {unique_id.split(".")[0] for unique_id in built.dbt.statuses}
    assert kinds == {"model", "test", "unit_test"}


def test_an_edited_article_is_one_row_at_its_latest_text_even_if_a_later_request_failed(
    database: duckdb.DuckDBPyConnection,
) -> None:
    found = rows(
        database,
        "select text, revisions, is_edited, source_id, first_seen_at, fetched_at, known_at from articles "
        "where article_id = ?",
        article_id("edited"),
    )
    assert found == [(NEW, 2, True, "alpha", NIGHTS[0], NIGHTS[1], NIGHTS[1] + READ_AFTER)]
    mentioned = rows(
        database, "select distinct revision_id from entity_mentions where article_id = ?", article_id("edited")
    )
    assert mentioned == [(short_hash(NEW),)]


def test_an_edit_is_two_texts_compared_sentence_by_sentence(database: duckdb.DuckDBPyConnection) -> None:
    [found] = rows(
        database,
        "select article_id, added, removed, sentences_kept, is_title_changed, is_correction, before_seen_at, "
        "edited_at, known_at from article_edits",
    )
    article, added, removed, *others = found
    assert (article, others) == (article_id("edited"), [0, False, False, *NIGHTS[:2], NIGHTS[1] + READ_AFTER])
    assert [NEW[one["start"] : one["end"]] for one in added] == [one["text"] for one in added]
    assert [OLD[one["start"] : one["end"]] for one in removed] == [one["text"] for one in removed]
    assert " ".join(one["text"] for one in added) == NEW


def test_exact_copies_share_a_group_and_an_alias_is_a_rejection(database: duckdb.DuckDBPyConnection) -> None:
    copies = rows(database, "select url from articles where copy_group_id = ? order by url", short_hash(STEADY))
    assert copies == [(url_of("steady"),), (url_of("copy"),)]
    rejected = rows(database, "select url, reason, duplicate_of from rejections order by url")
    assert rejected == [
        (url_of("wall"), "cookie_wall", None),
        (url_of("alias"), "duplicate_url", article_id("steady")),
    ]


def test_a_later_version_of_a_transform_counts_and_leaves_the_time_of_knowing(
    database: duckdb.DuckDBPyConnection,
) -> None:
    found = rows(
        database,
        "select sentiment_label, known_at, processed_at, "
        "list_transform(list_filter(lineage, lambda made: made.transform = 'sentiment'), "
        "lambda made: made.transform_version) from articles where article_id = ?",
        article_id("steady"),
    )
    assert found == [("positive", NIGHTS[0] + READ_AFTER, NIGHTS[2] + READ_AFTER, [COLUMNS["sentiment"].version + 1])]


def test_offsets_count_code_points_as_python_does(database: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        database,
        'select mention_text, start, "end", sentence_text from entity_mentions where article_id = ? order by start',
        article_id("steady"),
    )
    assert [(text, sentence) for text, _, _, sentence in found] == [
        ("Acme", "⚓🚢 Zoë Östberg leads Acme."),
        ("Rome", "Rome waited 🙂 long."),
    ]
    assert [STEADY[start:end] for _, start, end, _ in found] == ["Acme", "Rome"]


def test_a_day_of_an_entity_counts_copies_once_and_a_tone_only_where_there_is_one(
    database: duckdb.DuckDBPyConnection,
) -> None:
    found = rows(
        database,
        "select entity_id, known_date, articles, distinct_texts, sources, mentions, negative_articles, sentiment_mean "
        "from entity_daily order by all",
    )
    first, second = NIGHTS[0].date(), NIGHTS[1].date()
    assert [day[:7] for day in found] == [
        ("acme", first, 1, 1, 1, 1, 1),
        ("acme", second, 3, 3, 2, 3, 3),
        ("rome", first, 1, 1, 1, 1, 0),
        ("rome", second, 1, 1, 1, 1, 0),
    ]
    assert [day[7] for day in found] == [pytest.approx(-0.6), pytest.approx(-0.6), None, None]


def test_a_url_counts_once_for_its_first_source_by_its_state_today(database: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        database,
        "select source_id, seen_date, discovered, fetched, refused, deferred, failed, articles, rejected, "
        "rejected_cookie_wall, rejected_duplicate_url, polls from source_daily order by all",
    )
    dates = [night.date() for night in NIGHTS]
    assert found == [
        ("alpha", dates[0], 7, 4, 1, 1, 1, 3, 1, 1, 0, 1),
        ("alpha", dates[1], 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
        ("alpha", dates[2], 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
        ("beta", dates[0], 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
        ("beta", dates[1], 2, 2, 0, 0, 0, 1, 1, 0, 1, 1),
        ("beta", dates[2], 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
    ]
    mended = rows(database, "select fetched_at, text from articles where article_id = ?", article_id("mended"))
    assert mended == [(NIGHTS[1], OLD)]


def test_one_query_says_why_a_page_was_read_or_not_on_a_day(database: duckdb.DuckDBPyConnection) -> None:
    asked = "select seen_date, decision, reason, pages, pages_had, is_new from consents where list_contains(urls, ?)"
    first, second, third = (night.date() for night in NIGHTS)
    assert rows(database, f"{asked} order by all", url_of("forbidden")) == [
        (first, "refused", "robots_disallowed", 1, 0, True),
        (third, "refused", "robots_disallowed", 1, 0, True),  # on the second night nothing was refused
    ]
    assert rows(database, f"{asked} order by all", url_of("edited")) == [
        (first, "allowed", None, 5, 3, True),
        (second, "allowed", None, 3, 3, False),
        (third, "allowed", None, 1, 0, False),
    ]


def test_a_run_is_a_row_even_if_it_was_killed(database: duckdb.DuckDBPyConnection) -> None:
    found = rows(database, "select run_id, status, due, seconds, rejected_by_reason from runs order by run_id")
    assert found == [("run-1", "green", 6, 1800.0, {"cookie_wall": 1}), ("run-2", "killed", 0, None, {})]


def test_a_question_is_answered_by_its_text_or_later_by_the_archive_and_is_open_until_then(
    database: duckdb.DuckDBPyConnection,
) -> None:
    found = rows(
        database,
        "select question_id, answer, cited_article_id, is_from_archive, known_at from questions where article_id = ? "
        "order by rank",
        article_id("steady"),
    )
    assert found == [
        ("steady-here", "⚓🚢 Zoë Östberg leads Acme.", article_id("steady"), False, NIGHTS[0] + READ_AFTER),
        ("steady-open", "Acme said it would close the mine.", article_id("mended"), True, NIGHTS[1] + READ_AFTER),
    ]
    left = rows(database, "select question_id from open_questions order by 1")
    assert left == [("copy-open",), ("edited-open",), ("mended-open",)]


def test_a_figure_is_one_of_the_text_of_today(database: duckdb.DuckDBPyConnection) -> None:
    found = rows(database, "select article_id, figure_text, value, unit, owner, sentence_text, known_at from figures")
    told = ("Two people", 2.0, "people", None, "Two people were hurt.", NIGHTS[1] + READ_AFTER)
    assert found == [(article_id("edited"), *told)]
