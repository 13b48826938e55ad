from pathlib import Path

import pytest

from tests.transforms.evaluation.written_sets import write_sets
from transforms.evaluation.sets import NothingToMeasure, sets_of


def test_every_form_is_known_by_what_stands_in_it(tmp_path: Path) -> None:
    sets = sets_of(write_sets(tmp_path))
    named = {
        name: [f"{item.text[n.start : n.end]} {n.type}" for item in items for n in item.names or ()]
        for name, items in sets.names.items()
    }
    assert named == {
        "one.txt": ["Siemens ORG", "Angela Merkel PER", "Paris LOC"],
        "two.iob2": ["Siemens ORG", "Kenya LOC"],
    }
    assert [t.label for t in sets.towards["three.jsonl"][0].targets] == [2, 0]
    assert [t.label for t in sets.towards["four.csv"][0].targets] == [2]
    assert {name: [item.sentiments for item in items] for name, items in sets.tones.items()} == {
        "five.csv": [(2,), (0,)],
        "four.csv": [(2,)],  # its targets agree; those of three.jsonl do not
    }
    assert sets.summaries["six.csv"][0].highlights == "Siemens sells"
    assert [each.is_borne_out for each in sets.checked["seven.jsonl"]] == [True, False]
    assert sets.skipped == ["notes/README.md", "notes/broken.jsonl"]


def test_one_file_alone_and_nothing_at_all(tmp_path: Path) -> None:
    write_sets(tmp_path)
    assert list(sets_of(tmp_path / "five.csv").tones) == ["five.csv"]
    for path in (tmp_path / "notes", tmp_path / "missing"):
        with pytest.raises(NothingToMeasure, match=path.name):
            sets_of(path)


def test_a_draw_is_the_same_each_time_and_no_larger_than_asked(tmp_path: Path) -> None:
    (tmp_path / "many.csv").write_text("text,label\n" + "".join(f"text {n},{n % 3}\n" for n in range(90)), "utf-8")
    sets = sets_of(tmp_path)
    assert sets.sampled(9, 13).tones == sets.sampled(9, 13).tones != sets.sampled(9, 14).tones
    assert len(sets.sampled(9, 13).tones["many.csv"]) == 9
    assert sets.sampled(500, 13).tones == sets.tones
