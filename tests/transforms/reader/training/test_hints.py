import numpy as np

from transforms.reader.decode import LABELS
from transforms.reader.reader import Reader
from transforms.reader.reading import Span
from transforms.reader.training.examples import IGNORED, SOME_NAME, examples_of
from transforms.reader.training.hints import hinted, hints_of, small_shares
from transforms.reader.training.labelled import Labelled, Name, Target

TEXT = "President Ahmed met Bank of Lyon while gold rose on Monday"
SHARES = small_shares([TEXT, "the president of a bank", "Gold and gold", "Ahmed again"])


def target(words: str) -> Target:
    start = TEXT.index(words)
    return Target(start, start + len(words), 2)


def words(spans: tuple[Span, ...]) -> list[str]:
    return [TEXT[span.start : span.end] for span in spans]


def test_only_words_that_are_hardly_ever_small_are_hints() -> None:
    assert words(hints_of(TEXT, target("President Ahmed"), SHARES)) == ["Ahmed"]
    assert words(hints_of(TEXT, target("Bank of Lyon"), SHARES)) == ["Lyon"]
    assert words(hints_of(TEXT, target("gold"), SHARES)) == []
    assert words(hints_of(TEXT, target("Monday"), SHARES)) == [], "a weekday is never small and no name"
    assert words(hints_of(TEXT, target("Ahmed"), {})) == [], "of a word never met nothing is known"


def test_a_text_without_hints_stays_as_nobody_looked() -> None:
    item = Labelled(TEXT, (Span(0, len(TEXT)),), targets=(target("gold"),))
    assert hinted(item, SHARES) is item
    assert item.names is None


def test_hints_are_some_name_small_words_are_none_and_the_rest_is_unknown(reader: Reader) -> None:
    item = hinted(
        Labelled(TEXT, (Span(0, len(TEXT)),), targets=(target("President Ahmed"), target("Bank of Lyon"))), SHARES
    )
    (example,) = examples_of(item, reader.tokenizer)
    shown = {
        str(reader.tokenizer.id_to_token(int(number))): int(label)
        for number, label in zip(example.window.ids, example.labels, strict=True)
    }
    assert {word for word, label in shown.items() if label == SOME_NAME} == {"ahmed", "lyon"}
    assert {word for word, label in shown.items() if label == 0} == {"met", "while", "gold", "rose"}
    assert shown["president"] == shown["bank"] == shown["of"] == shown["monday"] == IGNORED


def test_names_that_are_known_stand_beside_what_is_not(reader: Reader) -> None:
    start = TEXT.index("Lyon")
    item = Labelled(TEXT, (Span(0, len(TEXT)),), (Name(start, start + 4, "ORG"),), is_partial=True)
    (example,) = examples_of(item, reader.tokenizer)
    assert [LABELS[label] for label in example.labels if label > 0] == ["B-ORG"]
    assert np.count_nonzero(example.labels == 0) == 4
