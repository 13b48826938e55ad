"""The starter packs: every file good, nothing claimed that has not been seen."""

from pathlib import Path

import pytest

import flows.sources
from flows.sources.files import scan_sources, source_text

STARTER = Path(flows.sources.__file__).parent / "starter"


def test_every_starter_source_is_good() -> None:
    found = scan_sources(STARTER)
    assert found.faults == ()
    assert len(found.enabled) == len(found.sources) >= 25


def test_no_starter_source_claims_to_be_verified_or_goes_to_loopback() -> None:
    for source in scan_sources(STARTER).sources:
        assert source.verified_on is None, source.source_id
        assert source.connect_to is None, source.source_id


@pytest.mark.parametrize("pack", ["world", "finance", "technology"])
def test_each_pack_is_enough_for_a_brief(pack: str) -> None:
    assert len(scan_sources(STARTER / pack).sources) >= 8


def test_starter_files_look_as_the_program_writes_them() -> None:
    found = scan_sources(STARTER)
    for source in found.sources:
        assert found.files[source.source_id].read_text("utf-8") == source_text(source)
