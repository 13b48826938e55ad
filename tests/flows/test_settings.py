"""Settings: where a value comes from, and what a bad one says."""

from pathlib import Path

import pytest

from flows.errors import ConfigurationError
from flows.settings import Settings, load_settings, quiet_environment


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"NIGHTDESK_{name.upper()}", raising=False)
    monkeypatch.setenv("NIGHTDESK_HOME", "unset")  # so that what load_settings leaves behind is undone


def test_the_file_of_the_home_outranks_the_defaults_and_the_environment_outranks_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nightdesk.toml").write_text('delay_seconds = 7.0\ncontact = "https://example.org"\n')
    monkeypatch.setenv("NIGHTDESK_DELAY_SECONDS", "9")
    settings = load_settings(tmp_path)
    assert (settings.delay_seconds, settings.contact, settings.redirect_limit) == (9.0, "https://example.org", 5)
    assert "+https://example.org" in settings.user_agent


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("delai_seconds = 3", r"nightdesk.toml:2: unknown setting 'delai_seconds'"),
        ("delay_seconds = -1", r"nightdesk.toml:2: delay_seconds: .*greater than or equal to 0"),
        ('cron = "every night"', r"nightdesk.toml:2: cron: .*not a cron schedule"),
        ('time_zone = "Mars/Base"', r"nightdesk.toml:2: time_zone: .*not an IANA time zone"),
        ("delay_seconds = ", r"nightdesk.toml: not valid TOML.*line 2"),
        ('[backends]\nembedding = "hub"', r"nightdesk.toml:3: there is no choice of backend for a column 'embedding'"),
        ('[backends]\nsummary = "gpt"', r"nightdesk.toml:3: there is no backend 'gpt' for summary"),
        ('[backends]\nsummary = "hub"', r"nightdesk.toml:3: summary is to be read by a checkpoint, but none is named"),
        ('backends.summary = "llm"', r"nightdesk.toml:2: summary is to be written by an endpoint, but none is named"),
        ('[hub.summary]\nmodel = "a/b"', r"nightdesk.toml:2: hub.summary.revision: Field required"),
        ('[hub.summary]\nmodel = "a/b"\nrevision = "main"', r"nightdesk.toml:4: hub.summary.revision: String should"),
        (f'[hub.content]\nmodel = "a/b"\nrevision = "{"0" * 40}"', r"nightdesk.toml:2: no checkpoint writes 'content'"),
        ("[llm]\n\nkey = 'secret'", r"nightdesk.toml:4: unknown setting 'llm.key'"),
    ],
)
def test_a_bad_file_names_file_line_and_key(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "nightdesk.toml").write_text(f"# settings\n{line}\n")
    with pytest.raises(ConfigurationError, match=message):
        load_settings(tmp_path)


def test_a_bad_variable_is_named_as_a_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIGHTDESK_BODY_LIMIT_BYTES", "many")
    with pytest.raises(ConfigurationError, match="NIGHTDESK_BODY_LIMIT_BYTES: body_limit_bytes"):
        load_settings(tmp_path)


def test_a_backend_can_be_chosen_by_a_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIGHTDESK_BACKENDS", '{"summary": "llm"}')
    monkeypatch.setenv("NIGHTDESK_LLM", '{"base_url": "http://127.0.0.1:1/v1", "model": "m"}')
    settings = load_settings(tmp_path)
    assert [settings.backend_of(column) for column in ("summary", "entities")] == ["llm", "reader"]
    monkeypatch.setenv("NIGHTDESK_BACKENDS", "llm")
    with pytest.raises(ConfigurationError, match="NIGHTDESK_"):
        load_settings(tmp_path)


def test_settings_do_not_change_once_read(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings(tmp_path).delay_seconds = 1.0  # type: ignore[misc]  # that is the test


def test_libraries_keep_their_files_inside_the_home(tmp_path: Path) -> None:
    for name, value in quiet_environment(load_settings(tmp_path)).items():
        if name.endswith(("_HOME", "_DIR", "_PATH")):
            assert value.startswith(str(tmp_path)), name
