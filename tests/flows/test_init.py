"""A new home: complete, explained, and never written over what is there."""

import tomllib
from pathlib import Path

import pytest

from flows.errors import EXIT_HOME, ConfigurationError, HomeUnusable
from flows.init import NOT_LINES, init_home, packs, settings_text
from flows.paths import Home
from flows.settings import Settings, load_settings
from flows.sources.files import read_sources


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "a" / "home")


def uncommented(text: str) -> dict[str, object]:
    """The settings file with every default in force; the tables at its end are examples."""
    text = text.partition("# [backends]")[0]
    lines = [line.removeprefix("# ") if line.startswith("# ") and " = " in line else line for line in text.split("\n")]
    return tomllib.loads("\n".join(line for line in lines if " = " in line))


def test_a_new_home_has_settings_sources_and_a_guide(home: Home) -> None:
    written = init_home(home, ("world", "finance"))
    assert home.settings_file in written
    assert home.root / "README.md" in written
    found = read_sources(home.sources)
    assert found.faults == ()
    assert len(found.sources) == len(written) - 2
    assert {file.parent.name for file in found.files.values()} == {"world", "finance"}


def test_the_settings_file_names_every_setting_with_its_default_and_description() -> None:
    text = settings_text()
    values = uncommented(text)
    for name, field in Settings.model_fields.items():
        if name in NOT_LINES:
            assert name not in values
            continue
        assert values[name] == field.default, name
        assert (field.description or "") in " ".join(text.replace("\n# ", " ").split()), name
    assert set(values) == set(Settings.model_fields) - set(NOT_LINES)


def test_the_settings_file_changes_nothing_until_it_is_edited(home: Home) -> None:
    init_home(home, ())
    assert load_settings(home.root) == Settings(home=home.root)


def test_the_defaults_written_out_are_valid_settings(home: Home) -> None:
    init_home(home, ())
    home.settings_file.write_text(
        "\n".join(f"{key} = {value!r}" for key, value in uncommented(settings_text()).items())
    )
    assert load_settings(home.root) == Settings(home=home.root)


def test_the_contact_is_in_force(home: Home) -> None:
    init_home(home, (), 'https://example.org/"me"')
    assert load_settings(home.root).contact == 'https://example.org/"me"'


def test_a_contact_of_two_lines_is_refused(home: Home) -> None:
    with pytest.raises(ConfigurationError):
        init_home(home, (), "me\nX-Header: yes")
    assert not home.root.exists()


def test_a_second_time_writes_nothing(home: Home) -> None:
    first = init_home(home, packs())
    before = {file: file.read_bytes() for file in first}
    assert init_home(home, packs()) == []
    assert {file: file.read_bytes() for file in first} == before


def test_what_the_user_wrote_stays(home: Home) -> None:
    home.root.mkdir(parents=True)
    home.settings_file.write_text("delay_seconds = 9.0\n")
    init_home(home, ("technology",))
    moved = home.sources / "mine"
    moved.mkdir()
    file = home.sources / "technology" / "heise.yml"
    file.rename(moved / "heise.yml")
    assert init_home(home, ("technology",)) == [], "a source that was moved is not brought back"
    assert load_settings(home.root).delay_seconds == 9.0


def test_another_pack_can_be_added_later(home: Home) -> None:
    init_home(home, ("world",))
    assert {file.parent.name for file in init_home(home, ("finance",))} == {"finance"}


def test_an_unknown_pack_is_refused_before_anything_is_written(home: Home) -> None:
    with pytest.raises(ConfigurationError, match="sport") as caught:
        init_home(home, ("world", "sport"))
    assert "technology" in caught.value.hint
    assert not home.root.exists()


def test_a_home_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(HomeUnusable, match="cannot be written") as caught:
        init_home(Home(tmp_path / "file" / "home"), packs())
    assert caught.value.exit_code == EXIT_HOME


def test_the_packs_are_those_of_the_issue() -> None:
    assert packs() == ("finance", "technology", "world")
