"""The figures of each task, of any maker. A baseline stands beside a figure where a simple way has one."""

from collections.abc import Iterator, Sequence
from statistics import mean

import numpy as np

from transforms.evaluation.figure import Figure, Reliability
from transforms.evaluation.makers import Chances, Maker, OfReader, sentences_of
from transforms.evaluation.measures import (
    accuracy,
    auc,
    average_precision,
    balanced_accuracy,
    commonest,
    macro_f1,
    names_f1,
    precision_recall,
)
from transforms.evaluation.overlap import MEASURES, Scorer
from transforms.evaluation.recognise import Checked
from transforms.gate import LEAST_SUPPORT, REWORDED_SUPPORT, judge
from transforms.reader.training.articles import Article, with_oracle
from transforms.reader.training.calibration import Judgements, calibration_error, reliability
from transforms.reader.training.labelled import Labelled

Found = Iterator[Figure | Reliability]
CORE = ("PER", "ORG", "LOC")  # what sets of names have in common
NEUTRAL = 1
POINTS = 3  # key points against as many first sentences


def of_names(maker: Maker, data: str, items: Sequence[Labelled]) -> Found:
    """Names right in borders and type; the first figures over PER, ORG and LOC alone, then each type of the set."""
    wanted = [{(name.start, name.end, name.type) for name in item.names or ()} for item in items]
    kinds = sorted({name[2] for names in wanted for name in names})
    found = [{name for name in names if name[2] in {*CORE, *kinds}} for names in maker.names(items)]
    core = [[{name for name in names if name[2] in CORE} for names in side] for side in (found, wanted)]
    count = sum(map(len, core[1]))
    values = names_f1(*core)
    yield Figure("names", data, count, "names", "F1 PER, ORG, LOC", values["all"])
    for measure, value in zip(("precision", "recall"), precision_recall(*core), strict=True):
        yield Figure("names", data, count, "names", measure, value)
    yield Figure("names", data, count, "names", "F1 of borders alone", values["borders"])
    for kind in kinds:
        of_kind = sum(name[2] == kind for names in wanted for name in names)
        yield Figure("names", data, of_kind, "names", f"F1 {kind}", names_f1(found, wanted)[kind])


def of_labels(task: str, data: str, chances: Chances, wanted: Sequence[int]) -> Found:
    """Accuracy, macro F1 and calibration of three labels; where nothing is said, neutral is what a reader sees."""
    said = ~np.isnan(chances).any(axis=1)
    labels = np.where(said, np.nan_to_num(chances).argmax(axis=1), NEUTRAL).tolist()
    for measure, score in (("macro F1", macro_f1), ("accuracy", accuracy)):
        base = score(commonest(wanted), wanted)
        yield Figure(task, data, len(wanted), "labels", measure, score(labels, wanted), base, "commonest label")
    if not said.all():
        yield Figure(task, data, len(wanted), "labels", "share answered", float(said.mean()))
    if said.any():
        logits = np.log(np.maximum(chances[said], 1e-9)).astype(np.float32)
        bins = reliability(Judgements(logits, np.array(wanted, np.int64)[said]))
        yield Figure(task, data, int(said.sum()), "labels", "calibration error", calibration_error(bins))
        yield Reliability(task, data, tuple(bins))


def of_targets(maker: Maker, data: str, items: Sequence[Labelled]) -> Found:
    """The sentiment towards targets whose places are given, and how many of them the maker names by itself."""
    wanted = [target.label for item in items for target in item.targets]
    yield from of_labels("sentiment towards names", data, maker.towards(items), wanted)
    named = [
        any(start < target.end and target.start < end for start, end, _ in names)
        for item, names in zip(items, maker.names(items), strict=True)
        for target in item.targets
    ]
    yield Figure("sentiment towards names", data, len(wanted), "targets", "share named by itself", mean(named))


def of_sentences(maker: Maker, data: str, items: Sequence[Labelled]) -> Found:
    """The sentiment of single sentences."""
    wanted = [label for item in items for label in item.sentiments if label is not None]
    yield from of_labels("sentiment of sentences", data, maker.tones(items), wanted)


def of_points(maker: Maker, data: str, articles: Sequence[Article], scorer: Scorer) -> Found:
    """Three key points against the first three sentences, by ROUGE F with the highlights."""
    shown = [" \n".join(points) for points in maker.points(articles, POINTS)]
    lead = []
    for article in articles:
        item = sentences_of(article)
        lead.append(" \n".join(item.text[s.start : s.end] for s in item.sentences[:POINTS]))
    wanted = [article.highlights for article in articles]
    ours, base = ([scorer(text, given) for text, given in zip(side, wanted, strict=True)] for side in (shown, lead))
    against = f"first {POINTS} sentences"
    for place, measure in enumerate(MEASURES):
        value, of_lead = (float(np.mean([row[place] for row in side])) for side in (ours, base))
        yield Figure("key points", data, len(articles), "articles", measure, value, of_lead, against)
    words, of_lead = (mean(len(text.split()) for text in side) for side in (shown, lead))
    yield Figure("key points", data, len(articles), "articles", "words shown", words, of_lead, against)


def of_reading(maker: OfReader, data: str, articles: Sequence[Article]) -> Found:
    """What the reader alone has: the salience of sentences, and vectors that find an article by its highlights."""
    rankings, vectors = [], []
    for item, reading in maker.readings([with_oracle(article) for article in articles]):
        vectors.append(reading.vector)
        chosen = np.array(item.salience) > 0
        if chosen.any() and not chosen.all():
            early = -np.arange(len(chosen), dtype=np.float64)
            both = (reading.sentence_salience.astype(np.float64), early)
            rankings.append([measure(s, chosen) for measure in (auc, average_precision) for s in both])
    if rankings:
        values = np.mean(rankings, axis=0).tolist()
        for place, measure in enumerate(("AUC", "average precision")):
            ours, base = values[2 * place : 2 * place + 2]
            yield Figure("salience", data, len(rankings), "articles", measure, ours, base, "earlier is better")
    asked = maker.readings([sentences_of(Article(article.highlights, "")) for article in articles])
    near = np.stack([reading.vector for _, reading in asked]) @ np.stack(vectors).T
    right = float((near.argmax(axis=1) == np.arange(len(vectors))).mean())
    yield Figure(
        "embedding", data, len(vectors), "articles", "found by its highlights", right, 1 / len(vectors), "chance"
    )


def of_gate(data: str, lines: Sequence[Checked]) -> Found:
    """How well the gate tells lines that an article bears out from those that it does not: as it judges who copies, and
    as it judges who writes in words of his own."""
    true = [each.is_borne_out for each in lines]
    for writer, least_support in (("", LEAST_SUPPORT), (", reworded", REWORDED_SUPPORT)):
        passed = [judge(each.line, each.article, least_support).passed for each in lines]
        balanced = balanced_accuracy(passed, true)
        yield Figure("gate", data, len(lines), "lines", f"balanced accuracy{writer}", balanced, 0.5, "chance")
        kept = [ok for ok, good in zip(passed, true, strict=True) if good]
        refused = [not ok for ok, good in zip(passed, true, strict=True) if not good]
        for measure, flags in (("share of borne out lines kept", kept), ("share of others refused", refused)):
            if flags:
                yield Figure("gate", data, len(flags), "lines", f"{measure}{writer}", mean(flags))
