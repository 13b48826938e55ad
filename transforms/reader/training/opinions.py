"""Parsers of the sentiment sets."""

import csv
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from transforms.reader.reading import SENTIMENT_LABELS, Span
from transforms.reader.training.labelled import Labelled, Target, fold_of

NEGATIVE, NEUTRAL, POSITIVE = range(3)
NEWSMTSC = {2.0: NEGATIVE, 4.0: NEUTRAL, 6.0: POSITIVE}
TWEETS = {"0": NEGATIVE, "1": POSITIVE, "2": NEUTRAL}  # bearish, bullish, neutral
LINK = re.compile(r"\s*https?://\S+")
LEFT_OUT_OF = 20  # one twentieth of NewsMTSC train, by the text's hash, is what decisions are taken on,
LEFT_OUT_OF_REST = 17  # and a seventeenth of what is not held back of the next two
HELD_BACK_OF = 5  # one fifth of SEntFiN and of the tweets, by the text's hash, is for the figures alone


def agreed(targets: Sequence[Target]) -> int | None:
    """The label all targets share: then, weakly, it is the sentence's too."""
    labels = {target.label for target in targets}
    return labels.pop() if len(labels) == 1 else None


def _whole(text: str, targets: Sequence[Target]) -> Labelled:
    return Labelled(text, (Span(0, len(text)),), targets=tuple(targets), sentiments=(agreed(targets),))


def newsmtsc_row(row: dict[str, Any]) -> Labelled:
    """One line of NewsMTSC: a sentence with targets. Targets with a polarity between the three are left out."""
    text = row["sentence_normalized"]
    targets = [
        Target(t["from"], t["to"], NEWSMTSC[float(t["polarity"])])
        for t in row["targets"]
        if float(t["polarity"]) in NEWSMTSC and 0 <= t["from"] < t["to"] <= len(text)
    ]
    return _whole(text, targets)


def newsmtsc(folder: Path, part: str) -> list[Labelled]:
    """NewsMTSC, part "train", "rw-dev" or "mt-dev"."""
    lines = (folder / "sentiment/newsmtsc" / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
    return [newsmtsc_row(json.loads(line)) for line in lines if line.strip()]


def newsmtsc_to_train(folder: Path, is_left_out: bool) -> list[Labelled]:
    """The sentences of NewsMTSC train that are trained on, or those left out of it."""
    return [row for row in newsmtsc(folder, "train") if (fold_of(row.text, LEFT_OUT_OF) == 0) == is_left_out]


def sentfin_row(row: dict[str, str]) -> Labelled:
    """One headline of SEntFiN with the sentiment towards each entity; each entity's first place in the headline."""
    text = row["Title"]
    targets = []
    for entity, label in json.loads(row["Decisions"]).items():
        start = text.lower().find(entity.lower())
        if start >= 0 and label in SENTIMENT_LABELS:
            targets.append(Target(start, start + len(entity), SENTIMENT_LABELS.index(label)))
    return _whole(text, targets)


def sentfin(folder: Path, held_back: bool) -> list[Labelled]:
    """SEntFiN's headlines: the fifth that is held back, or the rest."""
    with (folder / "sentiment/sentfin/SEntFiN.csv").open(encoding="utf-8", newline="") as lines:
        rows = [sentfin_row(row) for row in csv.DictReader(lines)]
    return [row for row in rows if (fold_of(row.text, HELD_BACK_OF) == 0) == held_back]


def tweet_row(row: dict[str, str], keep_links: bool) -> Labelled:
    """One tweet of the financial news set with its label."""
    text = row["text"] if keep_links else LINK.sub("", row["text"])
    return Labelled(text, (Span(0, len(text)),), sentiments=(TWEETS[row["label"]],))


def tweets(folder: Path, held_back: bool) -> list[Labelled]:
    """Twitter financial news: the fifth that is held back (as written), or the rest (links taken off most)."""
    with (folder / "sentiment/twitter-financial-news/sent_train.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    kept = [row for row in rows if (fold_of(LINK.sub("", row["text"]), HELD_BACK_OF) == 0) == held_back]
    return [tweet_row(row, held_back or fold_of(row["text"] + "link", 4) == 0) for row in kept]


def to_train(items: Sequence[Labelled], is_left_out: bool) -> list[Labelled]:
    """Those of SEntFiN or the tweets that are trained on, or those left out of it."""
    return [i for i in items if (fold_of(LINK.sub("", i.text), LEFT_OUT_OF_REST) == 0) == is_left_out]
