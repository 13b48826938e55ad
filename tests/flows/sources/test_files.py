"""The folder of source files: all the good ones, every fault of the others."""

import datetime as dt
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.errors import ConfigurationError, HomeUnusable
from flows.raw import SOURCES
from flows.sources.document import DocumentError
from flows.sources.files import (
    SourceSet,
    facts_hash,
    read_sources,
    record_verified,
    scan_sources,
    source_rows,
    source_text,
    write_source,
)
from flows.sources.source import Discover, Selectors, Source

GOOD = """\
name: The Harbour Post
home_url: https://harbour-post.example/
language: en
discover:
  - kind: feed
    url: https://harbour-post.example/feed.xml
"""


def good(name: str) -> str:
    return GOOD.replace("harbour-post", name)


def folder_of(tmp_path: Path, **texts: str | bytes) -> Path:
    for name, text in texts.items():
        file = tmp_path / name.replace("__", ".").replace("_", "-")
        file.write_bytes(text.encode() if isinstance(text, str) else text)
    return tmp_path


def only_fault(found: SourceSet) -> tuple[int | None, str | None, str, str]:
    (fault,) = found.faults
    return fault.line, fault.key, fault.message, fault.hint


def test_good_sources_come_ordered_by_id(tmp_path: Path) -> None:
    (tmp_path / "world").mkdir()
    folder_of(tmp_path / "world", a_mail__yml=good("a-mail"))
    found = read_sources(folder_of(tmp_path, b_post__yml=good("b-post")))
    assert [source.source_id for source in found.sources] == ["a-mail", "b-post"]
    assert found.files["a-mail"] == tmp_path / "world" / "a-mail.yml"
    assert found.faults == ()


def test_one_broken_file_leaves_the_others(tmp_path: Path) -> None:
    found = read_sources(folder_of(tmp_path, a__yml=good("a"), b__yml="name: [", c__yml=good("c")))
    assert [source.source_id for source in found.sources] == ["a", "c"]
    (fault,) = found.faults
    assert fault.file == tmp_path / "b.yml"
    assert fault.sentence.startswith(f"{tmp_path / 'b.yml'}:1: not valid YAML")


def test_every_fault_of_a_file_is_named(tmp_path: Path) -> None:
    text = GOOD.replace("language: en", "language: english\nlangauge: en").replace("name:", "nmae:")
    found = scan_sources(folder_of(tmp_path, a__yml=text))
    assert {(fault.line, fault.key) for fault in found.faults} == {
        (1, "nmae"), (1, "name"), (3, "language"), (4, "langauge"),
    }  # fmt: skip
    assert found.sources == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GOOD + "topcs: [world]\n", (7, "topcs", "unknown key `topcs`", "Did you mean `topics`?")),
        (GOOD + "    inclde: x\n", (7, "inclde", "unknown key `inclde`", "Did you mean `include`?")),
        (
            GOOD + "    zzz: x\n",
            (7, "zzz", "unknown key `zzz`", "Known keys: kind, url, include, exclude."),
        ),
        (
            GOOD.replace("language: en\n", ""),
            (1, "language", "`language` is missing", "Add a line `language: ...`."),
        ),
        (GOOD + "source_id: x\n", (7, "source_id", "the file's name is the id", "Delete this line.")),
    ],
)
def test_a_fault_has_line_key_and_hint(
    tmp_path: Path, text: str, expected: tuple[int | None, str | None, str, str]
) -> None:
    assert only_fault(scan_sources(folder_of(tmp_path, a__yml=text))) == expected


@pytest.mark.parametrize(
    ("text", "line", "key", "hint"),
    [
        (GOOD.replace("The Harbour Post", "2026"), 1, "name", "quotes"),
        (GOOD + "topics: world\n", 7, "topics", "list"),
        (GOOD + "delay_seconds: soon\n", 7, "delay_seconds", ""),
        (GOOD + "enabled: perhaps\n", 7, "enabled", ""),
        (GOOD.replace("kind: feed", "kind: rss"), 5, "kind", ""),
        (GOOD.replace("discover:\n", "discover: x\nother:\n"), 4, "discover", "list"),
        (GOOD.split("discover:")[0] + "discover: []\n", 4, "discover", "at least one"),
        (GOOD + "selectors:\n  body: 'div[['\n", 8, "body", "style sheet"),
        (GOOD + "selectors:\n  remove: [.ad, 'p >']\n", 8, "remove", "style sheet"),
        (GOOD + "selectors:\n  bdoy: article\n", 8, "bdoy", "`body`"),
        (GOOD + "selectors: article\n", 7, "selectors", ""),
        (GOOD + "1: x\n", None, None, ""),
    ],
)
def test_a_wrong_type_is_explained(tmp_path: Path, text: str, line: int | None, key: str | None, hint: str) -> None:
    found = scan_sources(folder_of(tmp_path, a__yml=text))
    assert found.sources == ()
    if key is not None:
        assert (line, key) in {(fault.line, fault.key) for fault in found.faults}
        assert any(hint in fault.hint for fault in found.faults if fault.key == key)


def test_an_address_used_twice_keeps_the_first_file(tmp_path: Path) -> None:
    found = scan_sources(folder_of(tmp_path, a__yml=good("a"), b__yml=good("a").replace("https", "HTTPS").lower()))
    assert [source.source_id for source in found.sources] == ["a"]
    assert {(fault.line, fault.key) for fault in found.faults} == {(2, "home_url"), (6, "url")}
    assert "already in" in found.faults[0].message


def test_a_feed_named_twice_in_one_file_is_a_fault(tmp_path: Path) -> None:
    text = GOOD + "  - kind: feed\n    url: https://harbour-post.example/feed.xml\n"
    assert only_fault(scan_sources(folder_of(tmp_path, a__yml=text)))[:2] == (8, "url")


def test_a_section_page_may_be_the_home_page(tmp_path: Path) -> None:
    text = GOOD + "  - kind: section\n    url: https://harbour-post.example/\n"
    assert scan_sources(folder_of(tmp_path, a__yml=text)).faults == ()


def test_the_same_file_name_in_two_folders_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    folder_of(tmp_path / "x", a__yml=good("other"))
    found = scan_sources(folder_of(tmp_path, a__yml=good("a")))
    assert len(found.sources) == 1
    assert "same file name" in only_fault(found)[2]


def test_the_other_extension_is_a_fault_with_the_right_name(tmp_path: Path) -> None:
    found = scan_sources(folder_of(tmp_path, a__yaml=GOOD))
    assert only_fault(found) == (None, None, "ends in .yaml", "Rename it to a.yml.")


def test_a_bad_file_name_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "Harbour Post.yml").write_text(GOOD)
    line, key, message, hint = only_fault(scan_sources(tmp_path))
    assert (line, key, hint) == (None, "source_id", "Rename the file.")
    assert "lower-case" in message


def test_hidden_files_and_other_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "..data").mkdir()
    folder_of(tmp_path / "..data", a__yml=GOOD)
    folder_of(tmp_path, a__yml=GOOD, __hidden__yml="[", notes__txt="x")
    found = scan_sources(tmp_path)
    assert len(found.sources) == 1
    assert found.faults == ()


def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.yml")
    assert only_fault(scan_sources(tmp_path))[2] == "not a file"


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ({}, "no source in"),
        ({"a__yml": "name: ["}, "a.yml:1: not valid YAML"),
        ({"a__yml": GOOD + "enabled: false\n"}, "enabled: false"),
        ({"a__yml": "name: [", "b__yml": ""}, "1 more fault"),
    ],
)
def test_no_usable_source_stops_the_run(tmp_path: Path, texts: dict[str, str], words: str) -> None:
    with pytest.raises(ConfigurationError, match=words) as caught:
        read_sources(folder_of(tmp_path, **texts))
    assert caught.value.hint


def test_a_folder_that_is_not_there_has_no_source(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no source"):
        read_sources(tmp_path / "none")


names = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=30)
sources = st.builds(
    Source,
    source_id=st.just("a-source"),
    name=names,
    home_url=st.just("https://a.example/"),
    language=st.sampled_from(["en", "no", "zh"]),
    country=st.sampled_from([None, "NO", "GB"]),
    topics=st.lists(st.sampled_from(["world", "no", "on", "2026"]), unique=True).map(tuple),
    discover=st.lists(
        st.builds(
            Discover,
            kind=st.sampled_from(["feed", "sitemap", "section"]),
            url=st.integers(0, 10**6).map(lambda number: f"https://a.example/{number}?a=b&c={{d}}#e"),
            include=st.sampled_from([None, r"^https://[a-z]+\.example/\d{4}: #", "'\"\\"]).filter(
                lambda e: e != "'\"\\"
            ),
            exclude=st.sampled_from([None, "/live/", "no", "1"]),
        ),
        min_size=1,
        max_size=3,
        unique_by=lambda place: place.url,
    ).map(tuple),
    connect_to=st.sampled_from([None, "127.0.0.1:80", "[::1]:8801"]),
    delay_seconds=st.none() | st.floats(0, 3600),
    articles_per_night=st.none() | st.integers(1, 100),
    enabled=st.booleans(),
    verified_on=st.none() | st.dates(dt.date(2000, 1, 1)),
)


@given(source=sources)
def test_what_is_written_is_read_back(source: Source, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("sources")
    file = write_source(folder, source)
    found = scan_sources(folder)
    assert found.faults == ()
    assert found.sources == (source,)
    assert file.read_text("utf-8") == source_text(found.sources[0])


def test_a_source_file_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "world").mkdir()
    folder_of(tmp_path / "world", a__yml=GOOD)
    source = scan_sources(tmp_path).sources[0]
    with pytest.raises(ConfigurationError, match="already there"):
        write_source(tmp_path, source)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    source = scan_sources(folder_of(tmp_path, a__yml=GOOD)).sources[0]
    with pytest.raises(HomeUnusable, match="cannot be written"):
        write_source(tmp_path / "file" / "sources", source)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (GOOD, GOOD + "verified_on: 2026-11-24\n"),
        (GOOD.rstrip("\n"), GOOD + "verified_on: 2026-11-24\n"),
        ("verified_on: null  # not yet\n" + GOOD, "verified_on: 2026-11-24  # not yet\n" + GOOD),
        ("verified_on:\n" + GOOD, "verified_on: 2026-11-24\n" + GOOD),
        ("verified_on: # later\n" + GOOD, "verified_on: 2026-11-24 # later\n" + GOOD),
        (GOOD + "verified_on: 2025-01-01\n# end\n", GOOD + "verified_on: 2026-11-24\n# end\n"),
        (
            "\ufeff# é\r\n" + GOOD.replace("\n", "\r\n"),
            "\ufeff# é\r\n" + (GOOD + "verified_on: 2026-11-24\n").replace("\n", "\r\n"),
        ),
    ],
)
def test_verified_on_changes_and_nothing_else_does(tmp_path: Path, before: str, after: str) -> None:
    file = tmp_path / "a.yml"
    file.write_bytes(before.encode())
    file.chmod(0o640)
    assert record_verified(file, dt.date(2026, 11, 24))
    assert file.read_bytes().decode() == after
    assert file.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["a.yml"]


def test_a_layout_without_room_for_the_date_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    file.write_text("{name: A, home_url: 'https://a.example/'}\n")
    assert not record_verified(file, dt.date(2026, 11, 24))
    assert file.read_text() == "{name: A, home_url: 'https://a.example/'}\n"


def test_a_file_broken_meanwhile_is_not_written(tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    file.write_text("name: [")
    with pytest.raises(DocumentError):
        record_verified(file, dt.date(2026, 11, 24))


def test_rows_have_the_shape_of_raw_sources(tmp_path: Path) -> None:
    text = GOOD + "topics: [world, banks]\n"
    table = source_rows(scan_sources(folder_of(tmp_path, b__yml=good("b"), a__yml=text)).sources)
    assert table.schema == SOURCES
    assert table["source_id"].to_pylist() == ["a", "b"]
    assert table["topics"].to_pylist() == ["world,banks", ""]
    assert source_rows([]).num_rows == 0


def test_the_hash_follows_the_facts_alone(tmp_path: Path) -> None:
    source = scan_sources(folder_of(tmp_path, a__yml=GOOD)).sources[0]
    same = source.model_copy(update={"verified_on": dt.date(2026, 1, 1), "connect_to": "127.0.0.1:9"})
    other = source.model_copy(update={"name": "Another"})
    assert facts_hash(same) == facts_hash(source)
    assert facts_hash(other) != facts_hash(source)


def test_selectors_are_read_with_or_without_a_list_and_written_again(tmp_path: Path) -> None:
    text = GOOD + "selectors:\n  body: article .tale\n  remove: [.ad, '#more']\n"
    (source,) = scan_sources(folder_of(tmp_path, a__yml=text)).sources
    assert source.selectors == Selectors(body=("article .tale",), remove=(".ad", "#more"))
    assert scan_sources(folder_of(tmp_path, a__yml=source_text(source))).sources == (source,)
    assert facts_hash(source) != facts_hash(source.model_copy(update={"selectors": None}))
