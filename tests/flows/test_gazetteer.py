"""The user's gazetteer on its way from the home to the entities column, and into the lineage."""

from datetime import date
from pathlib import Path

import pytest

from flows.backends import chosen_transforms
from flows.clock import Clock
from flows.doctor import check_gazetteer
from flows.errors import ConfigurationError
from flows.gazetteer import read_own_names
from flows.night import open_night
from flows.progress import silent
from flows.settings import load_settings
from transforms.contract import parameters_hash
from transforms.own_names import NO_OWN_NAMES

GOOD = "name,ticker,exchange,country\nHalden Lock,HLK,OSL,NO\n"


def write(home: Path, content: str | bytes, name: str = "gazetteer.csv") -> Path:
    home.mkdir(exist_ok=True)
    (home / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return home


def entities_hash(home: Path) -> str:
    with chosen_transforms(load_settings(home), Clock(), date(2026, 3, 4)) as chosen:
        return parameters_hash(next(each for each in chosen.transforms if each.name == "entities"))


def test_a_home_without_one_has_no_names_of_its_own(tmp_path: Path) -> None:
    assert read_own_names(load_settings(tmp_path)) == NO_OWN_NAMES
    assert [finding.level for finding in check_gazetteer(load_settings(tmp_path))] == ["ok"]


def test_its_content_shows_in_the_lineage_of_the_entities(tmp_path: Path) -> None:
    without = entities_hash(tmp_path)
    contents = (GOOD, GOOD.replace("HLK", "HLX"), GOOD)
    hashes = [without, *(entities_hash(write(tmp_path, content)) for content in contents)]
    assert len(set(hashes)) == 3
    assert hashes[1] == hashes[3]


def test_the_setting_names_another_file_which_then_must_be_there(tmp_path: Path) -> None:
    write(tmp_path, b'gazetteer = "mine.csv"\n', "nightdesk.toml")
    with pytest.raises(ConfigurationError, match=r"mine\.csv is not there"):
        read_own_names(load_settings(tmp_path))
    write(tmp_path, GOOD, "mine.csv")
    assert read_own_names(load_settings(tmp_path)).rows == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("name,country\nMeta,US\nShell,Britain\n", r"gazetteer\.csv:3: country 'Britain'"),
        (b"name\nMeta\nNestl\xe9\n", r"gazetteer\.csv:3: not UTF-8"),
    ],
)
def test_a_wrong_file_is_named_with_its_line_before_anything_is_crawled(
    tmp_path: Path, content: str | bytes, said: str
) -> None:
    settings = load_settings(write(tmp_path, content))
    with pytest.raises(ConfigurationError, match=said) as raised:
        open_night(settings, Clock(), silent)
    assert raised.value.hint
    found = list(check_gazetteer(settings))
    assert [(finding.level, finding.what, finding.mend) for finding in found] == [
        ("fail", raised.value.message, raised.value.hint)
    ]


def test_the_doctor_says_how_many_rows_it_has(tmp_path: Path) -> None:
    found = list(check_gazetteer(load_settings(write(tmp_path, GOOD + "OpenAI,,,US\n"))))
    assert [finding.level for finding in found] == ["ok"]
    assert "2 rows" in found[0].what
