"""Trains the reader. `python -m transforms.reader.training.train --data DIR --out DIR --seed 13`

Writes OUT/train.log, OUT/teacher.npz (cache), OUT/checkpoint.pt every few minutes (run again to go on from it) and
OUT/model.pt at the end.
"""

import argparse
import logging
import random
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from transforms.reader.training.batches import DISTILLED, collate, plan, recased, training_sets
from transforms.reader.training.examples import Example
from transforms.reader.training.losses import losses, weighted
from transforms.reader.training.model import ReaderModel, base_folder, load_base
from transforms.reader.training.teacher import teach

log = logging.getLogger("reader.train")
RATE, HEAD_RATE, WARM_UP, DECAY = 2e-4, 1e-3, 0.06, 0.01
LOG_EVERY, SAVE_EVERY_SECONDS = 100, 180


def make_optimizer(model: ReaderModel) -> torch.optim.AdamW:
    """AdamW; the word table stays as it is (saves a third of a step and keeps rare words where the base put them)."""
    model.encoder.words.weight.requires_grad_(False)
    slow = [p for n, p in model.encoder.named_parameters() if p.requires_grad and not n.startswith(("tags", "casing"))]
    fast = [p for n, p in model.named_parameters() if p.requires_grad and not any(p is s for s in slow)]
    return torch.optim.AdamW(
        [{"params": slow, "lr": RATE}, {"params": fast, "lr": HEAD_RATE}], weight_decay=DECAY, fused=True
    )


def with_teacher(sets: dict[str, list[Example]], out: Path) -> tuple[dict[str, list[Example]], torch.Tensor]:
    """The sets of DISTILLED with the row of each sentence's teacher vector, and the vectors."""
    texts = sorted({text for name in DISTILLED for example in sets[name] for text in example.texts})
    vectors = teach(texts, out / "teacher.npz")
    rows = {text: row for row, text in enumerate(texts)}
    taught = {
        name: [replace(e, teacher=np.array([rows[text] for text in e.texts])) for e in found]
        if name in DISTILLED
        else found
        for name, found in sets.items()
    }
    return taught, torch.from_numpy(vectors)


def factor(step: int, steps: int) -> float:
    """The rate's share at a step: up in a line, down in a line."""
    warm = max(1, int(steps * WARM_UP))
    return min((step + 1) / warm, max(0.02, (steps - step) / max(1, steps - warm)))


def run(data: Path, out: Path, seed: int, share: float, threads: int, start: Path | None, pace: float) -> None:
    """Train from the base or from `start`, or go on from OUT/checkpoint.pt, and write OUT/model.pt."""
    out.mkdir(parents=True, exist_ok=True)
    handlers: list[logging.Handler] = [logging.FileHandler(out / "train.log"), logging.StreamHandler()]
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", handlers=handlers)
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    tokenizer = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    sets, taught = with_teacher(training_sets(data, tokenizer), out)
    batches = plan(sets, seed, share)
    log.info("%d steps; %s", len(batches), {name: len(found) for name, found in sets.items()})
    model = ReaderModel()
    load_base(model.encoder, base_folder())
    if start:
        model.load_state_dict(torch.load(start, weights_only=True))
    optimizer = make_optimizer(model)
    first = restore(model, optimizer, out / "checkpoint.pt")
    model.train()
    seen: dict[str, list[float]] = {}
    saved = started = time.monotonic()
    for step in range(first, len(batches)):
        rng = random.Random(f"{seed} {step}")
        batch = collate([recased(sets[name][index], rng) for name, index in batches[step]])
        found = losses(model, batch, taught)
        weighted(found).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for group, rate in zip(optimizer.param_groups, (RATE, HEAD_RATE), strict=True):
            group["lr"] = pace * rate * factor(step, len(batches))
        optimizer.step()
        optimizer.zero_grad()
        for name, value in found.items():
            seen.setdefault(name, []).append(float(value))
        if (step + 1) % LOG_EVERY == 0:
            means = {name: round(sum(v) / len(v), 4) for name, v in sorted(seen.items())}
            pace = (time.monotonic() - started) / (step + 1 - first)
            log.info("step %d/%d %.2f s/step %s", step + 1, len(batches), pace, means)
            seen = {}
        if time.monotonic() - saved > SAVE_EVERY_SECONDS:
            save(model, optimizer, step + 1, out / "checkpoint.pt")
            saved = time.monotonic()
    torch.save(model.state_dict(), out / "model.pt")
    log.info("done in %.0f s", time.monotonic() - started)


def save(model: ReaderModel, optimizer: torch.optim.AdamW, step: int, path: Path) -> None:
    """Write a checkpoint in one move."""
    state = {
        "model": model.state_dict(),
        "optimizer": optimizer.state_dict(),
        "step": step,
        "rng": torch.get_rng_state(),
    }
    torch.save(state, path.with_suffix(".tmp"))
    path.with_suffix(".tmp").replace(path)


def restore(model: ReaderModel, optimizer: torch.optim.AdamW, path: Path) -> int:
    """Load a checkpoint where there is one; returns the step to go on with."""
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    torch.set_rng_state(state["rng"])
    return int(state["step"])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--share", type=float, default=1.0, help="of the planned rounds; 0.05 for a first try")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--start", type=Path, help="an earlier run's model.pt, to go on from")
    parser.add_argument("--pace", type=float, default=1.0, help="factor of the learning rates")
    given = parser.parse_args()
    run(given.data, given.out, given.seed, given.share, given.threads, given.start, given.pace)
