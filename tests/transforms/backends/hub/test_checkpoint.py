"""What a checkpoint must be to be run, and what is said of one that is not."""

import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.checkpoints import change_config
from transforms.backends.hub.checkpoint import Checkpoint, CheckpointUnusable, load
from transforms.backends.hub.labels import tags, tones

Of = Callable[[str], Checkpoint]
NOWHERE = Checkpoint("entities", "tiny/none", "0" * 40, Path("nowhere"))


def copy_of(own: Checkpoint, folder: Path) -> Checkpoint:
    shutil.copytree(own.folder, folder / "copy")
    return replace(own, folder=folder / "copy")


def test_without_torch_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(CheckpointUnusable, match="torch") as caught:
        load(NOWHERE)
    assert "nightdesk[hub]" in caught.value.hint


def test_one_that_was_not_fetched_says_how_to() -> None:
    pytest.importorskip("torch", reason="torch is not installed (the extra hub)")
    with pytest.raises(CheckpointUnusable, match=r"tiny/none at 0000.* is not here") as caught:
        load(NOWHERE)
    assert caught.value.hint == "Fetch it: `nightdesk models pull entities`."


def test_code_of_its_own_is_never_run(checkpoint: Of, tmp_path: Path) -> None:
    own = copy_of(checkpoint("sentiment"), tmp_path)
    (own.folder / "own.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    change_config(own.folder, auto_map={"AutoModelForSequenceClassification": "own.Model"})
    with pytest.raises(CheckpointUnusable, match="code of its own"):
        load(own)
    assert not (tmp_path / "ran").exists()


def test_weights_in_another_format_are_not_read(checkpoint: Of, tmp_path: Path) -> None:
    own = copy_of(checkpoint("sentiment"), tmp_path)
    (own.folder / "model.safetensors").rename(own.folder / "pytorch_model.bin")
    with pytest.raises(CheckpointUnusable, match="no safetensors"):
        load(own)


@pytest.mark.parametrize("column", ["entities", "summary"])
def test_a_model_for_something_else_is_refused_not_made_up(checkpoint: Of, column: str, tmp_path: Path) -> None:
    own = checkpoint("sentiment")
    with pytest.raises(CheckpointUnusable, match=f"is a BertForSequenceClassification: it cannot write {column}"):
        load(replace(own, column=column))
    unnamed = copy_of(own, tmp_path)
    change_config(unnamed.folder, architectures=None, num_labels=5, id2label=dict.fromkeys(range(5), "O"))
    with pytest.raises(CheckpointUnusable, match=r"has no weights for classifier|cannot be loaded for"):
        load(replace(unnamed, column=column))


def test_damaged_weights_are_a_sentence(checkpoint: Of, tmp_path: Path) -> None:
    own = copy_of(checkpoint("sentiment"), tmp_path)
    weights = own.folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(CheckpointUnusable, match="cannot be loaded for sentiment"):
        load(own)


def test_a_device_that_is_not_there_is_named(checkpoint: Of) -> None:
    with pytest.raises(CheckpointUnusable, match="no mps on this machine"):
        load(replace(checkpoint("sentiment"), device="mps"))


def test_common_labels_are_understood() -> None:
    assert tags(NOWHERE, ["O", "B-PER", "I-ORG", "S-GPE", "DATE", "LOC"]) == (
        ["O", "B", "I", "S", "O", "I"],
        ["", "PER", "ORG", "LOC", "", "LOC"],
    )
    assert tones(NOWHERE, ["Bearish", "neu", "POSITIVE"]).tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    assert tones(NOWHERE, [f"{stars} stars" for stars in range(1, 6)]).sum(axis=0).tolist() == [2, 1, 2]


def test_labels_that_say_nothing_are_asked_for_and_then_taken() -> None:
    names = ["LABEL_0", "LABEL_1"]
    with pytest.raises(CheckpointUnusable, match="'LABEL_0' of tiny/none") as caught:
        tones(NOWHERE, names)
    assert "[hub.entities.labels]" in caught.value.hint
    stated = replace(NOWHERE, labels={"LABEL_0": "positive", "LABEL_1": "negative"})
    assert tones(stated, names).tolist() == [[0, 0, 1], [1, 0, 0]]
    with pytest.raises(CheckpointUnusable, match="'B-DISH'"):
        tags(NOWHERE, ["O", "B-DISH"])
    assert tags(replace(NOWHERE, labels={"DISH": "none"}), ["O", "B-DISH"])[1] == ["", ""]


def test_labels_without_good_or_bad_are_no_tones() -> None:
    with pytest.raises(CheckpointUnusable, match="no good or no bad tone"):
        tones(NOWHERE, ["neutral", "positive"])
