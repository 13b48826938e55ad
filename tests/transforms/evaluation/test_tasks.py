from collections.abc import Sequence

import numpy as np
import pytest

from transforms.evaluation.figure import Figure, Reliability
from transforms.evaluation.makers import Chances, OfColumns, OfReader
from transforms.evaluation.measures import Marked
from transforms.evaluation.overlap import rouge_scorer
from transforms.evaluation.recognise import Checked
from transforms.evaluation.tasks import (
    Found,
    of_gate,
    of_labels,
    of_names,
    of_points,
    of_reading,
    of_sentences,
    of_targets,
)
from transforms.models import Models
from transforms.reader.reader import Reader
from transforms.reader.reading import Span
from transforms.reader.training.articles import Article
from transforms.reader.training.labelled import Labelled, Name, Target

TEXT = "Shares in Siemens soared after record profits."
GOOD = Labelled(
    TEXT,
    (Span(0, len(TEXT)),),
    names=(Name(10, 17, "ORG"),),
    targets=(Target(10, 17, 2), Target(0, 6, 0)),
    sentiments=(2,),
)
STORY = (
    f"{TEXT} The workers of the company had asked for more pay in spring. Rivals such as Alstom were surprised by the "
    "size of the gains. It rained in the end, and the annual meeting in Munich moved indoors."
)


def values(found: Found) -> dict[str, float]:
    return {figure.measure: figure.value for figure in found if isinstance(figure, Figure)}


class Says:
    """A maker whose every answer is given."""

    label = "says"

    def __init__(self, names: list[set[Marked]], chances: list[list[float]], points: list[list[str]]) -> None:
        self._names, self._chances, self._points = names, np.array(chances), points

    def names(self, items: Sequence[Labelled]) -> list[set[Marked]]:
        assert len(items) == len(self._names)
        return self._names

    def towards(self, items: Sequence[Labelled]) -> Chances:
        assert items
        return self._chances

    tones = towards

    def points(self, articles: Sequence[Article], count: int) -> list[list[str]]:
        assert len(articles) == len(self._points)
        return [points[:count] for points in self._points]


def test_names_count_over_three_types_and_misc_only_where_the_set_marks_it() -> None:
    marked = Labelled("x" * 40, (), names=(Name(0, 4, "PER"), Name(5, 9, "ORG")))
    found = values(of_names(Says([{(0, 4, "PER"), (5, 9, "LOC"), (20, 24, "MISC")}], [], []), "ours", [marked]))
    assert found == {
        "F1 PER, ORG, LOC": 0.5,
        "precision": 0.5,
        "recall": 0.5,
        "F1 of borders alone": 1,
        "F1 ORG": 0,
        "F1 PER": 1,
    }


def test_what_nobody_answered_counts_as_neutral_and_is_told() -> None:
    nothing = [float("nan")] * 3
    found = list(of_labels("tones", "ours", np.array([[0, 0, 1.0], nothing, nothing]), [2, 1, 0]))
    told = values(iter(found))
    assert told["accuracy"] == pytest.approx(2 / 3)
    assert told["share answered"] == pytest.approx(1 / 3)
    assert told["calibration error"] == pytest.approx(0, abs=1e-5)
    [reliability] = [each for each in found if isinstance(each, Reliability)]
    assert [(each.count, each.right) for each in reliability.bins] == [(1, 1)]


def test_three_points_are_measured_against_the_first_three_sentences() -> None:
    scorer = rouge_scorer()
    assert scorer is not None
    article = Article("One went. Two came. Three saw the running dogs. Four ate. Five slept.", "Five sleeps")
    says = Says([], [], [["Five slept.", "Four ate.", "One went.", "Two came."]])
    figures = {f.measure: f for f in of_points(says, "ours", [article], scorer) if isinstance(f, Figure)}
    assert figures["ROUGE-1 F"].value == pytest.approx(2 / 8)  # "five" of two and six words; slept has another stem
    assert figures["ROUGE-1 F"].baseline == 0
    assert (figures["words shown"].value, figures["words shown"].baseline) == (6, 9)
    assert scorer("the dogs ran", "dog")[0] == pytest.approx(0.5), "stems are compared"


def test_the_gate_is_judged_by_both_kinds_of_lines() -> None:
    text = "Siemens sold 40 trains to Kenya on Monday, the ministry said."
    lines = [
        Checked(text, "Siemens sold 40 trains to Kenya.", True),
        Checked(text, "Siemens sold 90 trains to Kenya.", False),
        Checked(text, "Alstom sold 40 trains to Kenya.", False),
        Checked(text, "A minister resigned over the unrelated scandal in parliament.", True),
        Checked(text, "The ministry said that 40 trains were sold to Kenya by Siemens on Monday.", True),
    ]
    found = values(of_gate("ours", lines))
    assert found["balanced accuracy"] == pytest.approx((1 / 3 + 1) / 2)
    assert found["share of others refused"] == 1
    assert found["balanced accuracy, reworded"] == pytest.approx((2 / 3 + 1) / 2)
    assert found["share of others refused, reworded"] == 1


def test_the_reader_is_told_where_a_target_is_and_its_columns_are_not(reader: Reader) -> None:
    direct = values(of_targets(OfReader("reader", reader), "ours", [GOOD]))
    columns = values(of_targets(OfColumns("columns", Models(reader), {}), "ours", [GOOD]))
    assert direct["share named by itself"] == columns["share named by itself"] == 0.5
    assert "share answered" not in direct
    assert columns["share answered"] == 0.5


def test_reader_and_columns_answer_alike_where_both_answer(reader: Reader) -> None:
    items, article = [GOOD, GOOD], Article(STORY, "Siemens shares soar")
    for maker in (OfReader("reader", reader), OfColumns("columns", Models(reader), {})):
        assert values(of_names(maker, "ours", items))["F1 PER, ORG, LOC"] == 1
        assert values(of_sentences(maker, "ours", items))["accuracy"] == 1
        assert len(maker.points([article], 2)[0]) == 2
    assert {f.task for f in of_reading(OfReader("r", reader), "ours", [article, Article(STORY[::-1], "zzz")])
            if isinstance(f, Figure)} == {"salience", "embedding"}  # fmt: skip
