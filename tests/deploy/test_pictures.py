"""The README's pictures are made by a command."""

import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from deploy.pictures import HEIGHT, WIDTH, take_pictures, telling_article
from flows.settings import Settings
from tests.deploy.dashboard.marts import article_row
from tests.deploy.dashboard.night import PIECES


@pytest.mark.browser
def test_three_pictures_of_a_home(settings: Settings, browser: Any, address: str, tmp_path: Path) -> None:
    taken = take_pictures(settings, tmp_path, browser, address)
    assert [file.name for file in taken] == ["brief.png", "stories.png", "article.png"]
    for file in taken:
        assert struct.unpack(">II", file.read_bytes()[16:24]) == (WIDTH, HEIGHT)
        assert 20_000 < file.stat().st_size < 400_000  # a blank page is smaller


def test_the_article_shown_has_points_a_tone_and_a_ticker(settings: Settings) -> None:
    chip = next(article_row(piece) for piece in PIECES if piece.source == "circuit")
    assert telling_article(settings) == chip["article_id"]


def test_a_home_without_a_night_is_one_sentence(tmp_path: Path) -> None:
    line = [sys.executable, "-m", "deploy.pictures", "--home", str(tmp_path), "--out", str(tmp_path / "out")]
    run = subprocess.run(line, capture_output=True, text=True, check=False)
    assert run.returncode != 0
    assert "Traceback" not in run.stderr
    assert len(run.stderr.splitlines()) == 1
    assert not (tmp_path / "out").exists()
