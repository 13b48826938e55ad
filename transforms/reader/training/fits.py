"""Fits what is better fitted after the export, on what the shipped encoder makes of texts.

`python -m transforms.reader.training.fits --data DIR --folder WEIGHTS --cache FILE`

In this order: the map to embeddings, the salience head, the temperatures of both sentiment heads. Changes heads.npz and
config.json in WEIGHTS; run twice, it fits the same again. --cache keeps the teacher's vectors between runs.
"""

import argparse
import json
import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from transforms.reader.reader import Reader, load_reader
from transforms.reader.reading import Document
from transforms.reader.training import calibration, salience
from transforms.reader.training.articles import articles, with_oracle
from transforms.reader.training.batches import runs
from transforms.reader.training.export import seal
from transforms.reader.training.heldout import aimed, toned
from transforms.reader.training.labelled import Labelled
from transforms.reader.training.meaning import fit_map
from transforms.reader.training.names import conllpp_to_train
from transforms.reader.training.opinions import newsmtsc_to_train, sentfin, to_train
from transforms.reader.training.teacher import teach

log = logging.getLogger("reader.fits")
Arrays = dict[str, NDArray[np.float32]]
States = salience.States
TEMPERED = ("entity_sentiment", "sentence_sentiment")


def change(folder: Path, fitted: Arrays) -> None:
    """Put the fitted arrays in the place of those of the same names. Raises ValueError for a name that is not there."""
    with np.load(folder / "heads.npz", allow_pickle=False) as arrays:
        heads = {name: arrays[name] for name in arrays.files}
    if missing := fitted.keys() - heads.keys():
        raise ValueError(f"{folder / 'heads.npz'} has no {sorted(missing)}")
    np.savez(folder / "heads.npz", **(heads | fitted))
    seal(folder, json.loads((folder / "config.json").read_text(encoding="utf-8"))["precision"])


def states(reader: Reader, items: Sequence[Labelled], size: int = 64) -> list[States]:
    """The mean state of each sentence of each text, and the sentences' sizes."""
    found: list[States] = []
    for start in range(0, len(items), size):
        some = items[start : start + size]
        encoded = reader.encode_documents([Document(item.text, item.sentences) for item in some])
        found += [each.sentence_means(len(item.sentences)) for item, each in zip(some, encoded, strict=True)]
    return found


def short_texts(data: Path) -> list[Labelled]:
    """Sentences and short runs of them, of the sets that are trained on."""
    news = [run for document in conllpp_to_train(data, is_left_out=False) for run in runs(document)]
    headlines = to_train(sentfin(data, held_back=False), is_left_out=False)
    return [*news, *newsmtsc_to_train(data, is_left_out=False), *headlines]


def fit_meaning(reader: Reader, items: Sequence[Labelled], encoded: Sequence[States], cache: Path) -> Arrays:
    """The map to embeddings, from all sentences of the texts."""
    means = np.concatenate([rows for rows, _ in encoded])
    texts = [item.text[s.start : s.end] for item in items for s in item.sentences]
    kept = np.flatnonzero(np.abs(means).sum(axis=1) > 0)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    taught = teach([texts[place] for place in kept], cache, device).astype(np.float32)
    fitted, nearness = fit_map(means[kept], taught, reader.heads.embedding)
    log.info("meaning, %d sentences: cosine with the teacher %s", len(kept), nearness)
    return {"embedding.weight": fitted}


def calibrate(data: Path, reader: Reader, folder: Path) -> Arrays:
    """Both sentiment heads, cooled by what the left-out parts of the training sets say."""
    sets = {**aimed(data, "validation"), **toned(data, "validation")}
    targets = [item for found in aimed(data, "validation").values() for item in found]
    rest = [item for name, found in sets.items() if name not in aimed(data, "validation") for item in found]
    judged = dict(zip(TEMPERED, calibration.judge(reader, [*targets, *rest]), strict=True))
    found = {head: calibration.temperature(each) for head, each in judged.items()}
    for head, each in judged.items():
        after = calibration.Judgements(each.logits / np.float32(found[head]), each.wanted)
        errors = [calibration.calibration_error(calibration.reliability(j)) for j in (each, after)]
        log.info("%s, %d labels: temperature %.3f, error %.3f, then %.3f", head, len(each.wanted), found[head], *errors)
    with np.load(folder / "heads.npz", allow_pickle=False) as arrays:
        return calibration.cooled({name: arrays[name] for name in arrays.files}, found)


def fit(data: Path, folder: Path, cache: Path, seed: int) -> None:
    """Every fit, for the reader in `folder`, written there."""
    reader = load_reader(folder=folder)
    long = [with_oracle(article) for article in articles(data, "train")]
    encoded = states(reader, long)
    change(folder, salience.fit(salience.judged(long, encoded), seed))
    short = short_texts(data)
    change(folder, fit_meaning(reader, [*long, *short], [*encoded, *states(reader, short)], cache))
    change(folder, calibrate(data, reader, folder))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True, help="of an exported reader")
    parser.add_argument("--cache", type=Path, required=True, help="where the teacher's vectors are kept")
    parser.add_argument("--seed", type=int, default=13)
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    fit(given.data, given.folder, given.cache, given.seed)
