"""`nightdesk sources check` against a press that is partly down."""

from datetime import UTC, datetime

import pytest

from flows.clock import Clock
from flows.errors import ConfigurationError
from flows.press.server import Press
from flows.settings import Settings
from flows.sources.check import check_home
from flows.sources.files import scan_sources


def test_who_answers_is_marked_verified_and_who_does_not_is_not(settings: Settings, press: Press) -> None:
    press.write_sources(settings.paths.sources)
    results, faults = check_home(settings, Clock())
    assert not faults
    by_id = {result.source_id: result for result in results}
    assert len(by_id) >= 6
    down = by_id.pop("savannahdispatch")
    assert not down.is_reachable
    assert down.message
    assert all(result.is_reachable and result.items > 0 for result in by_id.values())
    assert by_id["harbourcourier"].newest_at is not None
    today = datetime.now(UTC).date()
    marked = {source.source_id: source.verified_on for source in scan_sources(settings.paths.sources).sources}
    assert marked.pop("savannahdispatch") is None
    assert set(marked.values()) == {today}


def test_nothing_is_written_but_the_mark(settings: Settings, press: Press) -> None:
    press.write_sources(settings.paths.sources)
    file = settings.paths.sources / "touchline.yml"
    before = "# my own remark\n" + file.read_text("utf-8")
    file.write_text(before, "utf-8")
    check_home(settings, Clock(), ("touchline",))
    after = file.read_text("utf-8")
    assert after == f"{before}verified_on: {datetime.now(UTC).date()}\n"
    assert {path.name for path in settings.home.iterdir()} == {"sources"}


def test_one_broken_file_is_a_fault_and_the_others_are_asked(settings: Settings, press: Press) -> None:
    press.write_sources(settings.paths.sources)
    (settings.paths.sources / "broken.yml").write_text("name: [", "utf-8")
    results, faults = check_home(settings, Clock(), ("touchline", "broken"))
    assert [result.source_id for result in results] == ["touchline"]
    assert [fault.file.name for fault in faults] == ["broken.yml"]


def test_a_name_that_no_file_has_is_refused_with_those_that_there_are(settings: Settings, press: Press) -> None:
    press.write_sources(settings.paths.sources)
    with pytest.raises(ConfigurationError) as caught:
        check_home(settings, Clock(), ("nowhere",))
    assert "nowhere" in caught.value.message
    assert "touchline" in caught.value.hint


def test_an_empty_home_says_how_to_begin(settings: Settings) -> None:
    with pytest.raises(ConfigurationError) as caught:
        check_home(settings, Clock())
    assert "nightdesk init" in caught.value.hint
