"""Briefs on disk: both files whole, the old one until the new one is there."""

from datetime import date
from pathlib import Path

import pytest

from flows.brief import Brief, read_brief_text, write_brief, written_day
from flows.errors import EXIT_USAGE, NightdeskError, NothingThere
from flows.paths import Home
from tests.flows.brief.conftest import Make, port_piece


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def test_both_files_are_written_and_nothing_else(home: Home, full: Brief) -> None:
    markdown, page = write_brief(home, full)
    assert sorted(home.briefs.iterdir()) == [page, markdown]
    assert (markdown.name, page.name) == ("2026-03-04.md", "2026-03-04.html")
    assert markdown.read_text("utf-8").endswith("\n")
    assert page.read_text("utf-8").rstrip().endswith("</html>")


def test_writing_again_gives_the_same_bytes_and_new_news_replaces_them(home: Home, full: Brief, make: Make) -> None:
    first = [file.read_bytes() for file in write_brief(home, full)]
    assert [file.read_bytes() for file in write_brief(home, full)] == first
    other = [file.read_bytes() for file in write_brief(home, make(port_piece()))]
    assert other != first
    assert len(list(home.briefs.iterdir())) == 2


@pytest.mark.parametrize("blocked", ["2026-03-04.html.tmp", "2026-03-04.md.tmp"])
def test_a_brief_that_cannot_be_written_leaves_the_old_one_whole(
    home: Home, full: Brief, make: Make, blocked: str
) -> None:
    markdown, _ = write_brief(home, make(port_piece()))
    before = markdown.read_bytes()
    (home.briefs / blocked).mkdir()
    with pytest.raises(OSError, match="directory"):
        write_brief(home, full)
    assert markdown.read_bytes() == before
    assert written_day(home) == date(2026, 3, 4)


def test_what_a_broken_write_left_behind_is_replaced(home: Home, full: Brief) -> None:
    home.briefs.mkdir(parents=True)
    (home.briefs / "2026-03-04.md.tmp").write_text("half a br", "utf-8")
    write_brief(home, full)
    assert len(list(home.briefs.iterdir())) == 2


def test_the_latest_brief_or_the_day_asked_for(home: Home) -> None:
    home.briefs.mkdir(parents=True)
    for day in ("2026-03-03", "2025-12-31", "2026-03-04"):
        (home.briefs / f"{day}.md").write_text(f"of {day}", "utf-8")
    for name in ("zz-notes", "9999-99-99"):
        (home.briefs / f"{name}.md").write_text("mine", "utf-8")
    assert read_brief_text(home) == "of 2026-03-04"
    assert read_brief_text(home, "2025-12-31") == "of 2025-12-31"
    with pytest.raises(NothingThere, match="no brief of 2026-01-01") as caught:
        written_day(home, "2026-01-01")
    assert "from 2025-12-31 to 2026-03-04" in str(caught.value.hint)


@pytest.mark.parametrize(
    "day", ["yesterday", "2026-3-4", "../2026-03-04", "2026-03-04.md", "", "2026-02-30", "２０２６-03-04"]
)
def test_a_day_that_is_no_date_is_the_callers_fault(home: Home, day: str) -> None:
    with pytest.raises(NightdeskError) as caught:
        written_day(home, day)
    assert caught.value.exit_code == EXIT_USAGE


def test_no_brief_at_all(home: Home) -> None:
    with pytest.raises(NothingThere, match="no brief yet"):
        read_brief_text(home)
