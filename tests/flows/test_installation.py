"""The installation's own checks, on this installation and on parts that are not there."""

import sys
from pathlib import Path

import duckdb
import pytest

from flows.findings import Finding, findings_of
from flows.installation import (
    check_compiled,
    check_dbt,
    check_packages,
    check_python,
    check_reader,
    check_search,
    installation_checks,
)
from transforms.reader import reader


def only(findings: object) -> Finding:
    (finding,) = list(findings)  # type: ignore[call-overload]  # any iterator of findings
    return finding  # type: ignore[no-any-return]


def test_this_python_and_these_packages_are_right() -> None:
    assert only(check_python()).level == "ok"
    finding = only(check_packages())
    assert finding.level == "ok"
    assert int(finding.what.split()[0]) > 25


def test_compiled_packages_load_and_a_missing_one_is_named() -> None:
    assert only(check_compiled()).level == "ok"
    finding = only(check_compiled(("numpy", "no_such_module_here")))
    assert finding.level == "fail"
    assert "no_such_module_here" in finding.what
    assert finding.mend


def test_a_package_in_the_wrong_version_or_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "broken_example-1.0.dist-info"
    folder.mkdir()
    folder.joinpath("METADATA").write_text(
        "Metadata-Version: 2.1\nName: broken-example\nVersion: 1.0\n"
        "Requires-Dist: duckdb<0.1\nRequires-Dist: never-released-package\nRequires-Dist: numpy\n"
        "Requires-Dist: only-in-an-extra; extra == 'train'\n"
    )
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    findings = list(check_packages("broken-example"))
    assert [finding.level for finding in findings] == ["fail", "fail", "ok"]
    assert f"duckdb is {duckdb.__version__}" in findings[0].what
    assert "never-released-package is not installed" in findings[1].what
    assert findings[2].what.startswith("1 package")


def test_the_search_extension_loads() -> None:
    assert only(check_search()).level == "ok"


def test_dbt_that_does_not_start_gives_its_last_words() -> None:
    script = "import sys; print('first', file=sys.stderr); sys.exit('no module named dbt')"
    finding = only(check_dbt((sys.executable, "-c", script)))
    assert finding.level == "fail"
    assert "no module named dbt" in finding.what
    assert only(check_dbt(("/no/such/program",))).level == "fail"


def test_dbt_starts() -> None:
    assert only(check_dbt()).level == "ok"


def test_a_reader_without_weights_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader.load_reader, "__defaults__", (2, tmp_path))
    finding = only(check_reader())
    assert finding.level == "fail"
    assert str(tmp_path) in finding.what


@pytest.mark.skipif(not (reader.WEIGHTS / "encoder.onnx").exists(), reason="the reader's weights are not in this tree")
def test_the_reader_reads() -> None:
    assert only(check_reader()).level == "ok"


def test_a_check_that_breaks_is_a_finding_and_the_next_goes_on() -> None:
    def broken() -> list[Finding]:
        raise ZeroDivisionError("first line\nsecond line")

    first, second = findings_of([("the moon", broken), ("the sun", lambda: [Finding("ok", "it shines")])])
    assert first.level == "fail"
    assert first.what == "the moon could not be looked at: ZeroDivisionError: first line"
    assert second == Finding("ok", "it shines")


def test_every_part_is_looked_at() -> None:
    assert {name for name, _ in installation_checks()} >= {"Python", "the packages", "the reader", "dbt", "search"}
