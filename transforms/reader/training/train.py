"""Trains the reader. `python -m transforms.reader.training.train --data DIR --out DIR --seed 13`

Writes OUT/train.log, OUT/teacher.npz (cache), OUT/checkpoint.pt every few minutes (run again to go on from it) and
OUT/model.pt at the end.
"""

import argparse
import logging
import math
import random
import time
from dataclasses import dataclass, replace
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


def with_teacher(
    sets: dict[str, list[Example]], out: Path, device: torch.device
) -> tuple[dict[str, list[Example]], torch.Tensor]:
    """The sets of DISTILLED with the row of each sentence's teacher vector, and the vectors."""
    texts = sorted({text for name in DISTILLED for example in sets[name] for text in example.texts})
    vectors = teach(texts, out / "teacher.npz", device)
    rows = {text: row for row, text in enumerate(texts)}
    taught = {
        name: [replace(e, teacher=np.array([rows[text] for text in e.texts])) for e in found]
        if name in DISTILLED
        else found
        for name, found in sets.items()
    }
    return taught, torch.from_numpy(vectors).to(device)


@dataclass(frozen=True)
class Pace:
    """How fast and how long: the learning rates' factor, the planned steps, the seconds at most."""

    rates: float
    steps: int
    seconds: float

    def progress(self, step: int, spent: float) -> float:
        """The share of the training that is done, by steps or by time, whichever is further."""
        return max(step / self.steps, spent / self.seconds)

    def factor(self, step: int, spent: float) -> float:
        """The rates' factor at a step: up in a line, then down in a line."""
        done = self.progress(step, spent)
        return self.rates * min((step + 1) / max(1, self.steps * WARM_UP), max(0.02, (1 - done) / (1 - WARM_UP)))


def prepare(out: Path, seed: int, threads: int) -> torch.device:
    """Log to OUT/train.log and the screen, seed, and choose the device: a GPU where torch sees one."""
    out.mkdir(parents=True, exist_ok=True)
    handlers: list[logging.Handler] = [logging.FileHandler(out / "train.log"), logging.StreamHandler()]
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", handlers=handlers)
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def run(data: Path, out: Path, seed: int, share: float, device: torch.device, start: Path | None, given: Pace) -> None:
    """Train from the base or from `start`, or go on from OUT/checkpoint.pt, and write OUT/model.pt."""
    tokenizer = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    sets, taught = with_teacher(training_sets(data, tokenizer), out, device)
    batches = plan(sets, seed, share)
    log.info("%d steps on %s; %s", len(batches), device, {name: len(found) for name, found in sets.items()})
    model = ReaderModel()
    load_base(model.encoder, base_folder())
    if start:
        model.load_state_dict(torch.load(start, weights_only=True))
    model.to(device).train()
    optimizer = make_optimizer(model)
    first, before = restore(model, optimizer, out / "checkpoint.pt")
    pace = replace(given, steps=len(batches))
    seen: dict[str, list[float]] = {}
    saved = started = time.monotonic()
    for step in range(first, len(batches)):
        spent = before + time.monotonic() - started
        if pace.progress(step, spent) >= 1:
            log.info("time is up after %d steps", step)
            break
        rng = random.Random(f"{seed} {step}")
        batch = collate([recased(sets[name][index], rng) for name, index in batches[step]]).to(device)
        found = losses(model, batch, taught)
        weighted(found).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for group, rate in zip(optimizer.param_groups, (RATE, HEAD_RATE), strict=True):
            group["lr"] = rate * pace.factor(step, spent)
        optimizer.step()
        optimizer.zero_grad()
        for name, value in found.items():
            seen.setdefault(name, []).append(float(value.detach()))
        if (step + 1) % LOG_EVERY == 0:
            log.info("step %d/%d %.0f s %s", step + 1, len(batches), spent, means(seen))
            seen = {}
        if time.monotonic() - saved > SAVE_EVERY_SECONDS:
            save(model, optimizer, step + 1, spent, out / "checkpoint.pt")
            saved = time.monotonic()
    torch.save(model.cpu().state_dict(), out / "model.pt")
    log.info("done in %.0f s", before + time.monotonic() - started)


def means(seen: dict[str, list[float]]) -> dict[str, float]:
    """The mean of each loss since the last line."""
    return {name: round(sum(values) / len(values), 4) for name, values in sorted(seen.items())}


def save(model: ReaderModel, optimizer: torch.optim.AdamW, step: int, spent: float, path: Path) -> None:
    """Write a checkpoint in one move."""
    state = {
        "model": model.state_dict(),
        "optimizer": optimizer.state_dict(),
        "step": step,
        "spent": spent,
        "rng": torch.get_rng_state(),
    }
    torch.save(state, path.with_suffix(".tmp"))
    path.with_suffix(".tmp").replace(path)


def restore(model: ReaderModel, optimizer: torch.optim.AdamW, path: Path) -> tuple[int, float]:
    """Load a checkpoint where there is one; returns the step to go on with and the seconds spent before."""
    if not path.exists():
        return 0, 0.0
    state = torch.load(path, weights_only=True, map_location="cpu")
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    torch.set_rng_state(state["rng"])
    return int(state["step"]), float(state["spent"])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--share", type=float, default=1.0, help="of the planned rounds; 0.05 for a first try")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--start", type=Path, help="an earlier run's model.pt, to go on from")
    parser.add_argument("--pace", type=float, default=1.0, help="factor of the learning rates")
    parser.add_argument("--minutes", type=float, default=math.inf, help="stop, well rounded off, after so long")
    given = parser.parse_args()
    place = prepare(given.out, given.seed, given.threads)
    pace = Pace(given.pace, 0, given.minutes * 60)
    run(given.data, given.out, given.seed, given.share, place, given.start, pace)
