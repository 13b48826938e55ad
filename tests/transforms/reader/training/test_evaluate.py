from transforms.reader.reader import Reader
from transforms.reader.reading import Span
from transforms.reader.training.articles import Article
from transforms.reader.training.evaluate import of_articles, of_names, of_sentences, of_targets, table
from transforms.reader.training.heldout import sample
from transforms.reader.training.labelled import Labelled, Name, Target

TEXT = "Shares in Siemens soared after record profits."
GOOD = Labelled(
    TEXT,
    (Span(0, len(TEXT)),),
    names=(Name(10, 17, "ORG"),),
    targets=(Target(10, 17, 2), Target(0, 6, 0)),
    sentiments=(2,),
)


def test_a_right_name_and_a_name_that_was_never_there(reader: Reader) -> None:
    figures = {figure.measure: figure for figure in of_names(reader, "ours", [GOOD])}
    assert figures["F1 all"].value == figures["F1 ORG"].value == 1
    missed = Labelled(TEXT, GOOD.sentences, names=(Name(10, 17, "PER"),))
    assert {f.measure: f.value for f in of_names(reader, "ours", [missed])} == {
        "F1 all": 0,
        "F1 borders": 1,
        "F1 PER": 0,
    }


def test_a_target_counts_where_the_reader_named_it(reader: Reader) -> None:
    right, _, share = of_targets(reader, "ours", [GOOD])
    assert (right.value, right.count) == (1, 1)
    assert (share.value, share.count) == (0.5, 2)


def test_every_figure_says_what_it_was_measured_on(reader: Reader) -> None:
    figures = list(of_sentences(reader, "ours", [GOOD, GOOD]))
    text = (
        f"{TEXT} The workers had asked for more. Rivals were surprised by the news of the gains. It rained in the end."
    )
    figures += of_articles(reader, "ours", [Article(text, "Siemens shares soar"), Article(text[::-1], "zzz")])
    assert {figure.task for figure in figures} == {"sentence sentiment", "salience", "key points", "embedding"}
    lines = table(figures).splitlines()
    assert len(lines) == 2 + len(figures)
    assert all(line.count("|") == 7 and "ours" in line for line in lines[2:])


def test_a_sample_is_the_same_each_time_in_order_and_no_larger_than_asked() -> None:
    items = list(range(100))
    assert sample(items, 10, 13) == sorted(sample(items, 10, 13))
    assert len(sample(items, 10, 13)) == 10
    assert sample(items, 10, 13) != sample(items, 10, 14)
    assert sample(items, 500, 13) == items
