"""What was built in `<home>/replay` takes the place of what is there, part by part, by renames.

From the moment at which the mark lies there the swap will be done: a kill in its midst leaves each part whole, the old
one or the new one, and `finish_swap` does the rest. Readers have the database and the files of marts, which are
replaced one by one without a moment in which they are missing.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from flows.paths import Home

MARK = "whole"  # all that is to be swapped in is there
FOLDERS = ("columns", "briefs")


def swap_in(home: Home) -> None:
    """Everything in `<home>/replay` is whole: take it over. With the run lock held. Raises OSError."""
    (home.replay / MARK).touch()
    finish_swap(home)


def finish_swap(home: Home) -> None:
    """Do what is left of a swap that was begun; without the mark, nothing."""
    beside = Home(home.replay)
    if not (beside.root / MARK).exists():
        return
    old = beside.root / "old"
    for name in FOLDERS:
        _exchange(beside.root / name, home.root / name, old / name)
    _replace_files(beside.marts, home.marts)
    if beside.database.exists():
        beside.database.replace(home.database)
    (beside.root / MARK).unlink()
    shutil.rmtree(beside.root)


def _exchange(new: Path, place: Path, old: Path) -> None:
    if not new.exists():
        return
    if place.exists():
        shutil.rmtree(old, ignore_errors=not old.exists())
        old.parent.mkdir(parents=True, exist_ok=True)
        place.rename(old)
    new.rename(place)


def _replace_files(new: Path, place: Path) -> None:
    place.mkdir(parents=True, exist_ok=True)
    for file in sorted(new.glob("*.parquet")):
        file.replace(place / file.name)
