"""Questions to the published database: answered while runs go on, shut in, and clear when they are wrong."""

import threading
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import settings as settings_of_hypothesis
from hypothesis import strategies as st

from flows.errors import EXIT_NOTHING_THERE, EXIT_USAGE, NightdeskError, NothingThere
from flows.query import QueryError, create_search_index, open_published, query, search
from flows.settings import Settings

ARTICLES = [
    ("a1", "Battery plant opens in Leipzig", "The weather was fine. Batteries will be made from May. Nobody was late."),
    ("a2", "Rates stay where they are", "The bank kept its rate. A battery plant was not mentioned."),
    ("a3", "Ставка растёт", "Банк поднял ставку до 5 процентов."),
    ("a4", None, "The 5G auction raised café society's eyebrows. " + "Word " * 100 + "and the auction ended."),
    ("a5", "Nothing", ""),
]


def publish(settings: Settings, articles: list[tuple[str, str | None, str]] = ARTICLES, *, index: bool = True) -> None:
    """A database as a night leaves it, swapped in by rename."""
    home = settings.paths
    home.build.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(home.build_database)) as connection:
        connection.execute(
            "create table articles (article_id varchar, title varchar, text varchar, source_name varchar, url varchar,"
            ' published_at timestamptz, sentences struct(start integer, "end" integer)[])'
        )
        for article_id, title, text in articles:
            spans, start = [], 0
            for sentence in text.split(". "):
                end = min(start + len(sentence) + 1, len(text))
                spans.append({"start": start, "end": end})
                start = end + 1
            connection.execute(
                "insert into articles values (?, ?, ?, 'The Post', ?, '2026-03-04 05:00:00+00', ?)",
                [article_id, title, text, f"https://a.example/{article_id}", spans if text else []],
            )
        if index:
            create_search_index(connection)
    home.build_database.replace(home.database)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


@pytest.fixture
def published(settings: Settings) -> Settings:
    publish(settings)
    return settings


def test_rows_come_back(published: Settings) -> None:
    table = query(published, "select article_id, length(text) as characters from articles order by 1 limit 2")
    assert table.to_pylist() == [{"article_id": "a1", "characters": 71}, {"article_id": "a2", "characters": 58}]


def test_before_the_first_night_there_is_nothing(settings: Settings) -> None:
    for ask in (query, search):
        with pytest.raises(NothingThere) as caught:
            ask(settings, "select 1")
        assert caught.value.exit_code == EXIT_NOTHING_THERE
        assert "nightdesk run" in caught.value.hint


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("select * from artcles", "Did you mean"),
        ("select titel from articles", "titel"),
        ("selekt 1", "syntax error"),
        ("", "no rows"),
        ("select 1/", "syntax error"),
        ("select 'a'::int", "Could not convert"),
    ],
)
def test_a_wrong_question_is_one_sentence_and_lists_the_tables(published: Settings, sql: str, words: str) -> None:
    with pytest.raises(QueryError) as caught:
        query(published, sql)
    assert words in caught.value.message
    assert "\n" not in caught.value.message
    assert caught.value.exit_code == EXIT_USAGE
    assert "articles" in caught.value.hint or "SELECT" in caught.value.hint


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_text('{file}')",
        "select * from '{file}'",
        "copy articles to '{out}'",
        "attach '{out}' as other",
        "export database '{out}'",
        "insert into articles (article_id) values ('x')",
        "drop table articles",
        "create table here (a int)",
        "set enable_external_access = true",
        "set lock_configuration = false; set enable_external_access = true; select * from read_text('{file}')",
        "install httpfs; load httpfs",
        "select 1; copy articles to '{out}'",
    ],
)
def test_a_query_neither_writes_nor_reads_other_files(published: Settings, tmp_path: Path, sql: str) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("name,word\na,b\n")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(QueryError):
        query(published, sql.format(file=secret, out=tmp_path / "out"))
    assert sorted(tmp_path.rglob("*")) == before
    assert query(published, "select count(*) as n from articles").to_pylist() == [{"n": len(ARTICLES)}]


def test_a_query_works_while_a_run_builds_and_sees_the_new_file_after_the_swap(published: Settings) -> None:
    with duckdb.connect(str(published.paths.build_database)) as building:
        building.execute("create table articles as select 'new' as article_id")
        building.execute("begin")
        building.execute("insert into articles values ('newer')")
        assert query(published, "select min(article_id) as first from articles").to_pylist() == [{"first": "a1"}]
        building.execute("commit")
    with open_published(published.paths) as reader:
        published.paths.build_database.replace(published.paths.database)
        assert reader.execute("select count(*) from articles").fetchone() == (len(ARTICLES),), "the old file, whole"
    assert query(published, "select max(article_id) as last from articles").to_pylist() == [{"last": "newer"}]


def test_threads_may_ask_at_once(published: Settings) -> None:
    failures: list[BaseException] = []

    def ask() -> None:
        try:
            for _ in range(5):
                assert search(published, "battery").num_rows == 2
                assert query(published, "select count(*) as n from articles").num_rows == 1
        except BaseException as error:  # carried into the test's own thread
            failures.append(error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_damaged_database_is_named(settings: Settings) -> None:
    settings.paths.root.mkdir()
    settings.paths.database.write_bytes(b"not a database" * 1000)
    with pytest.raises(NightdeskError, match=r"nightdesk\.duckdb cannot be opened"):
        query(settings, "select 1")


def test_search_finds_title_and_text_best_first(published: Settings) -> None:
    rows = search(published, "battery plant").to_pylist()
    assert [row["article_id"] for row in rows] == ["a1", "a2"]
    assert rows[0]["score"] > rows[1]["score"] > 0
    assert rows[0]["source_name"] == "The Post"
    assert rows[0]["url"] == "https://a.example/a1"
    assert rows[0]["published_at"].isoformat() == "2026-03-04T05:00:00+00:00"


def test_the_snippet_is_the_sentence_with_the_words(published: Settings) -> None:
    rows = search(published, "battery plant").to_pylist()
    assert rows[0]["snippet"] == "Batteries will be made from May."
    assert rows[1]["snippet"] == "A battery plant was not mentioned."


@pytest.mark.parametrize(("words", "found"), [("5g", "a4"), ("CAFE", "a4"), ("банк", "a3"), ("leipzig", "a1")])
def test_digits_accents_and_other_scripts_are_words(published: Settings, words: str, found: str) -> None:
    assert [row["article_id"] for row in search(published, words).to_pylist()] == [found]


def test_a_long_sentence_is_shortened_around_the_match(published: Settings) -> None:
    (row,) = search(published, "ended").to_pylist()
    assert "auction ended" in row["snippet"]
    assert row["snippet"].startswith("… ")
    assert len(row["snippet"]) <= 284


def test_search_keeps_to_the_limit_and_finds_nothing_quietly(published: Settings) -> None:
    assert search(published, "battery", 1).num_rows == 1
    assert search(published, "zeppelin").num_rows == 0
    assert search(published, "the").num_rows == 0, "a stop word"


@pytest.mark.parametrize("words", ["", "  ", "?!", "'"])
def test_a_search_without_a_word_is_refused(published: Settings, words: str) -> None:
    with pytest.raises(QueryError, match="no word"):
        search(published, words)


def test_a_database_without_index_says_so(settings: Settings) -> None:
    publish(settings, index=False)
    with pytest.raises(NothingThere, match="search index"):
        search(settings, "bank")
    assert query(settings, "select count(*) as n from articles").num_rows == 1


def test_an_empty_mart_can_be_indexed_and_searched(settings: Settings) -> None:
    publish(settings, [])
    assert search(settings, "bank").num_rows == 0


def test_the_index_can_be_made_twice(published: Settings) -> None:
    with duckdb.connect(str(published.paths.database)) as connection:
        connection.execute("insert into articles (article_id, title, text) values ('a6', 'Zeppelin', '')")
        create_search_index(connection)
    (row,) = search(published, "zeppelin").to_pylist()
    assert row["snippet"] == ""


def test_asking_leaves_no_file_behind(published: Settings) -> None:
    search(published, "bank")
    assert [file.name for file in published.paths.root.rglob("*") if file.is_file()] == ["nightdesk.duckdb"]


@settings_of_hypothesis(max_examples=40)
@given(words=st.text(max_size=60))
def test_any_words_are_searched_or_refused(words: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.getbasetemp() / "any-words"
    settings = Settings(home=folder)
    if not settings.paths.database.exists():
        publish(settings)
    try:
        table = search(settings, words, 3)
    except QueryError:
        assert not any(character.isalnum() for character in words)
    else:
        assert table.num_rows <= 3
