"""The swap of a replay: whatever moment a kill picks, every part is there, the old one or the new one."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.columns import sweep
from flows.paths import Home
from flows.swap import MARK, finish_swap, swap_in

PARTS = ("columns/a.parquet", "briefs/2026-01-05.md", "marts/articles.parquet", "nightdesk.duckdb")


def put(root: Path, text: str) -> None:
    for part in PARTS:
        (root / part).parent.mkdir(parents=True, exist_ok=True)
        (root / part).write_text(text, "utf-8")


def texts(root: Path) -> set[str]:
    return {(root / part).read_text("utf-8") for part in PARTS}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    put(home.root, "old")
    (home.marts / "of_another.parquet").write_text("stays", "utf-8")
    (home.columns / "gone").mkdir()
    put(home.replay, "new")
    return home


def test_everything_is_taken_over_and_nothing_is_left(home: Home) -> None:
    swap_in(home)
    assert texts(home.root) == {"new"}
    assert not home.replay.exists()
    assert not (home.columns / "gone").exists()


def test_without_the_mark_nothing_is_touched(home: Home) -> None:
    finish_swap(home)
    assert texts(home.root) == {"old"}
    assert texts(home.replay) == {"new"}


class Killed(BaseException):
    pass


@pytest.mark.parametrize("step", range(9))
def test_a_swap_killed_at_any_step_is_finished_by_the_next_run(
    step: int, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = iter(range(step))

    def until_killed(work: Callable[..., object]) -> Callable[..., object]:
        def once(*given: object, **named: object) -> object:
            if next(left, None) is None:
                raise Killed
            return work(*given, **named)

        return once

    with monkeypatch.context() as dying:
        for name in ("rename", "replace", "unlink"):
            dying.setattr(Path, name, until_killed(getattr(Path, name)))
        dying.setattr(shutil, "rmtree", until_killed(shutil.rmtree))
        with pytest.raises(Killed):
            swap_in(home)
    assert (home.replay / MARK).exists() or texts(home.root) == {"new"}
    sweep(home)
    assert texts(home.root) == {"new"}
    if (home.replay / MARK).exists():
        pytest.fail("the swap was not finished")
