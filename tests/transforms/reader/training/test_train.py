"""What needs torch: run where the extra [train] is installed, skipped by name elsewhere."""

import logging
import math
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from transforms.reader.decode import LABELS
from transforms.reader.training.evaluate import Figure
from transforms.reader.training.examples import IGNORED, SOME_NAME, Example, examples_of

torch = pytest.importorskip("torch", reason="the extra [train] is not installed")


def test_a_hint_is_content_with_any_name_and_unhappy_with_none() -> None:
    from transforms.reader.training.losses import names_loss

    scores = torch.full((1, 2, len(LABELS)), -9.0)

    class Given:
        labels = torch.tensor([[SOME_NAME, IGNORED]])
        has_misc = torch.tensor([True])

    scores[0, 0, 1:] = 9.0
    assert float(names_loss(scores, Given)) < 0.01  # type: ignore[arg-type]
    scores[0, 0, 0] = 30.0
    assert float(names_loss(scores, Given)) > 10  # type: ignore[arg-type]


def test_the_rate_rises_falls_and_ends_low_by_steps_or_by_time() -> None:
    from transforms.reader.training.train import Pace

    for pace, seconds in ((Pace(0.5, 100, math.inf), 1.0), (Pace(0.5, 300, 100.0), 1.0)):
        rates = [pace.factor(step, step * seconds) for step in range(100)]
        top = rates.index(max(rates))
        assert 0.4 < max(rates) <= 0.5
        assert rates == sorted(rates[:top]) + sorted(rates[top:], reverse=True)
        assert 0 < rates[-1] < 0.02
        assert pace.progress(100, 100 * seconds) == 1


def test_a_stopped_training_goes_on_to_the_same_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from transforms.reader.reading import Span
    from transforms.reader.training import train
    from transforms.reader.training.labelled import Labelled, Name

    def sets(_: Path, tokenizer: Tokenizer) -> dict[str, list[Example]]:
        items = [Labelled(f"Acme {n} rose", (Span(0, 11),), (Name(0, 4, "ORG"),)) for n in range(4)]
        return {"uner-ewt": [example for item in items for example in examples_of(item, tokenizer)]}

    monkeypatch.setattr(train, "training_sets", sets)
    monkeypatch.setattr(train, "with_teacher", lambda sets, *_: (sets, torch.zeros(1, 384)))
    monkeypatch.setattr("transforms.reader.training.batches.POSITIONS_A_BATCH", 12)
    monkeypatch.setattr("transforms.reader.training.model.LAYERS", 1)
    monkeypatch.setattr(train, "load_base", lambda *_: None)
    monkeypatch.setattr(logging, "FileHandler", lambda _: logging.NullHandler())

    def trained(out: Path) -> dict[str, np.ndarray]:
        place = train.prepare(out, seed=3, threads=1)
        train.run(tmp_path, out, 3, 1.0, place, None, train.Pace(1.0, 0, math.inf))
        return {name: value.numpy() for name, value in torch.load(out / "model.pt", weights_only=True).items()}

    whole = trained(tmp_path / "whole")
    saved = train.save

    def stopped(model: object, optimizer: object, step: int, spent: float, path: Path) -> None:
        saved(model, optimizer, step, spent, path)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(train, "SAVE_EVERY_SECONDS", -1.0)
        broken.setattr(train, "save", stopped)
        with pytest.raises(KeyboardInterrupt):
            trained(tmp_path / "halves")
    again = trained(tmp_path / "halves")
    assert all(np.array_equal(whole[name], again[name]) for name in whole)


def test_what_int8_costs_is_shown_in_points_and_unlike_figures_are_refused() -> None:
    from transforms.reader.training.precision import table

    whole = [Figure("names", "ours", 9, "names", "F1 all", 0.915)]
    small = [Figure("names", "ours", 9, "names", "F1 all", 0.905)]
    assert table(whole, small).splitlines()[-1] == "| names | ours | F1 all | 0.915 | 0.905 | +1.0 |"
    with pytest.raises(ValueError, match="stands beside"):
        table(whole, [Figure("names", "ours", 9, "names", "F1 PER", 0.905)])


def test_the_teacher_is_asked_only_for_what_it_has_not_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from transforms.reader.training import teacher

    asked: list[str] = []

    def embed_all(texts: list[str], _: object) -> np.ndarray:
        asked.extend(texts)
        return np.array([[len(text)] * 384 for text in texts], dtype=np.float16)

    monkeypatch.setattr(teacher, "embed_all", embed_all)
    place = torch.device("cpu")
    first = teacher.teach(["a", "bcd", "a"], tmp_path / "cache.npz", place)
    again = teacher.teach(["bcd", "ef"], tmp_path / "cache.npz", place)
    assert first[:, 0].tolist() == [1, 3, 1]
    assert again[:, 0].tolist() == [3, 2]
    assert asked == ["a", "bcd", "ef"]
