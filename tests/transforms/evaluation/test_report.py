import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from transforms.evaluation.chart import html, svg
from transforms.evaluation.figure import Figure, Measured, Reliability
from transforms.evaluation.report import NoReport, as_json, read_json, table
from transforms.reader.training.calibration import Bin

OLD = Measured(
    "old <1>",
    [
        Figure("names", "ours & theirs", 9, "names", "F1 PER, ORG, LOC", 0.8),
        Figure("names", "gone", 1, "names", "F1 PER", 1),
    ],
    [Reliability("tones", "ours", (Bin(3, 0.5, 0.4), Bin(7, 0.9, 0.8)))],
    ["a note"],
)
NEW = Measured("new", [Figure("names", "ours & theirs", 9, "names", "F1 PER, ORG, LOC", 0.9, 0.5, "chance")])
SPACE = "{http://www.w3.org/2000/svg}"


def test_models_stand_side_by_side_and_a_figure_that_one_lacks_is_empty() -> None:
    lines = table([NEW, OLD]).splitlines()
    assert lines[2:] == [
        "| names | ours & theirs | 9 names | F1 PER, ORG, LOC | 0.900 | 0.800 | 0.500 (chance) |",
        "| names | gone | 1 names | F1 PER |  | 1.000 |  |",
    ]


def test_a_report_comes_back_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text(as_json([OLD, NEW]), "utf-8")
    assert read_json(tmp_path / "report.json") == [OLD, NEW]
    for text in ("", "{}", "[1]", '[{"label": "x"}]'):
        (tmp_path / "report.json").write_text(text, "utf-8")
        if text == "{}":
            assert read_json(tmp_path / "report.json") == []
            continue
        with pytest.raises(NoReport, match=r"report\.json"):
            read_json(tmp_path / "report.json")


def test_the_chart_is_one_file_with_a_bar_for_each_model_and_a_point_for_each_tenth() -> None:
    drawn = ET.fromstring(svg([OLD, NEW]))  # noqa: S314 - our own drawing
    bars = [float(r.get("width", 0)) for r in drawn.iter(f"{SPACE}rect") if r.get("height") == "13"]
    assert bars[2:] == [0.8 * 420, 0.9 * 420]  # after the two of the legend
    assert len(list(drawn.iter(f"{SPACE}circle"))) == 2
    words = [t.text for t in drawn.iter(f"{SPACE}text")]
    assert "old <1>" in words
    page = html([OLD, NEW])
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "<td>ours &amp; theirs</td>" in page
    assert "<p>a note</p>" in page
