"""Whether the trained reader still tells what a text is about as well as its untouched base: texts on one event.

    python tests/benchmarks/bench_meaning.py --data DATA [--python INTERPRETER]

DATA holds uci-news-aggregator (headlines, labelled by story) and ecbplus (articles, labelled by event, two alike in
each topic). Of each: the mean average precision with which a text finds the others on its event, and the B-cubed F1
(Bagga and Baldwin 1998) of groups made in one pass, each text joining the nearest group above a threshold. That is
chosen on one half of the events, the figure is of the other, both ways round, and the mean of the two is given.
The base needs torch and its package: INTERPRETER is a Python that has both; without one it is skipped by name.
"""

import argparse
import csv
import hashlib
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from transforms.reader.heads import unit
from transforms.reader.reader import load_reader
from transforms.reader.reading import Document, Span
from transforms.sentences import sentence_spans

Floats = NDArray[np.float32]
Labelled = list[tuple[tuple[str, ...], str]]  # the sentences of a text, and its event
THRESHOLDS = [step / 50 for step in range(10, 46, 2)]
FEWEST = 2  # texts on an event


def headlines(folder: Path) -> Labelled:
    """Headlines in the order they were published, with their story."""
    (path,) = (folder / "uci-news-aggregator").glob("*.csv")
    with path.open(encoding="utf-8", newline="") as file:
        whole = [row for row in csv.DictReader(file) if row["TIMESTAMP"]]  # the file may be cut in its last row
    rows = sorted(whole, key=lambda row: int(row["TIMESTAMP"]))
    return often([((row["TITLE"],), row["STORY"]) for row in rows])


def articles(folder: Path) -> Labelled:
    """Articles without what stands before their text, with their event."""
    with (folder / "ecbplus" / "ecbplus_docs.jsonl").open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return often([(tuple(s for s in row["sentences"] if "http" not in s), row["subtopic"]) for row in rows])


def often(texts: Labelled) -> Labelled:
    """Those of events with several texts, each text once."""
    once = list(dict.fromkeys(texts))
    counts = Counter(event for _, event in once)
    return [(text, event) for text, event in once if text and counts[event] >= FEWEST]


def by_reader(texts: Labelled) -> Floats:
    """A vector a text, as the column `embedding` has it."""
    reader = load_reader()
    documents = []
    for sentences, _ in texts:
        text = " ".join(sentences)
        documents.append(Document(text, tuple(Span(*span) for span in sentence_spans(text, [(0, len(text))]))))
    return np.stack([reader.read([document])[0].vector for document in documents])


def by_base(python: str, texts: Labelled) -> Floats:
    """A vector a text by the base: the mean of its sentences' vectors, as the reader's."""
    flat = [sentence for sentences, _ in texts for sentence in sentences]
    with tempfile.TemporaryDirectory() as scratch:
        code = (
            "import json, sys, numpy\nfrom pathlib import Path\nfrom transforms.reader.training.teacher import teach\n"
            "numpy.save(sys.argv[1], teach(json.load(sys.stdin), Path(sys.argv[2]), 'cpu').astype('float32'))"
        )
        made = Path(scratch) / "vectors.npy"
        given = [python, "-c", code, str(made), str(Path(scratch) / "cache.npz")]
        root = Path(__file__).resolve().parents[2]
        subprocess.run(given, input=json.dumps(flat), text=True, check=True, cwd=root)
        vectors = unit(np.load(made))
    ends = np.cumsum([len(sentences) for sentences, _ in texts])
    parts = np.split(vectors, ends[:-1])
    return unit(np.stack([part.sum(axis=0) for part in parts]))


def average_precision(vectors: Floats, events: NDArray[np.str_]) -> float:
    """Mean over the texts of how high the others on its event stand among all others."""
    values = []
    for place, row in enumerate(vectors @ vectors.T):
        order = np.argsort(-row, kind="stable")
        hits = (events[order] == events[place])[order != place]
        ranks = np.flatnonzero(hits) + 1
        values.append(float((np.arange(1, len(ranks) + 1) / ranks).mean()))
    return float(np.mean(values))


def grouped(vectors: Floats, threshold: float) -> list[int]:
    """The number of each text's group: the nearest one so far by its mean, or a new one."""
    sums, means = np.zeros_like(vectors), np.zeros_like(vectors)
    groups: list[int] = []
    count = 0
    for vector in vectors:
        near = means[:count] @ vector
        best = int(near.argmax()) if count else 0
        if not count or near[best] < threshold:
            best, count = count, count + 1
        sums[best] += vector
        means[best] = sums[best] / np.linalg.norm(sums[best])
        groups.append(best)
    return groups


def b_cubed(groups: Sequence[int], events: Sequence[str]) -> float:
    """F1 of the means over the texts: how pure a text's group is, and how whole its event in it."""
    together: dict[tuple[int, str], int] = defaultdict(int)
    in_group: dict[int, int] = defaultdict(int)
    in_event: dict[str, int] = defaultdict(int)
    for pair in zip(groups, events, strict=True):
        together[pair] += 1
        in_group[pair[0]] += 1
        in_event[pair[1]] += 1
    precision = sum(n * n / in_group[group] for (group, _), n in together.items()) / len(events)
    recall = sum(n * n / in_event[event] for (_, event), n in together.items()) / len(events)
    return 2 * precision * recall / (precision + recall)


def of_groups(vectors: Floats, events: NDArray[np.str_]) -> float:
    """B-cubed F1 at the threshold that is best on the other half of the events; the mean of both halves."""
    is_left = np.array([hashlib.sha256(event.encode()).digest()[0] % 2 == 0 for event in events])
    values = []
    for half in (is_left, ~is_left):
        scores = {at: b_cubed(grouped(vectors[~half], at), events[~half].tolist()) for at in THRESHOLDS}
        best = max(scores, key=lambda at: scores[at])
        values.append(b_cubed(grouped(vectors[half], best), events[half].tolist()))
    return float(np.mean(values))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="the folder with the two sets")
    parser.add_argument("--python", help="a Python with torch and the base's weights")
    given = parser.parse_args()
    if not given.data:
        print("skipped: --data names no folder of labelled stories")
        return 0
    if not given.python:
        print("the base is skipped: --python names no interpreter that has it")
    for name, texts in (("headlines by story", headlines(given.data)), ("articles by event", articles(given.data))):
        events = np.array([event for _, event in texts])
        print(f"{name}: {len(texts)} texts, {len(set(events.tolist()))} events")
        makers = {"reader": by_reader(texts), **({"base": by_base(given.python, texts)} if given.python else {})}
        for maker, vectors in makers.items():
            found, groups = average_precision(vectors, events), of_groups(vectors, events)
            print(f"  {maker:6}  average precision {found:.3f}  groups, B-cubed F1 {groups:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
