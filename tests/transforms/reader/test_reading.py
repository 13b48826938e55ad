"""What the shipped weights make of plain sentences: no figure, but what anybody would call broken if it failed."""

from collections.abc import Callable

import numpy as np
import pytest

from transforms.reader.reader import Reader
from transforms.reader.reading import Document, Span

NEGATIVE, POSITIVE = 0, 2


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Angela Merkel met Barack Obama in Berlin on Friday.",
            {("Angela Merkel", "PER"), ("Barack Obama", "PER"), ("Berlin", "LOC")},
        ),
        ("Deutsche Bank sued the European Commission.", {("Deutsche Bank", "ORG"), ("European Commission", "ORG")}),
        ("Shares of Microsoft Corp fell in New York.", {("Microsoft Corp", "ORG"), ("New York", "LOC")}),
        ("nothing here has a name, and the weather is fine.", set()),
    ],
)
def test_plain_names(
    reader: Reader, document: Callable[[str], Document], text: str, names: set[tuple[str, str]]
) -> None:
    assert {(text[m.start : m.end], m.type) for m in reader.read([document(text)])[0].mentions} == names


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The company reported record profits and raised its dividend.", POSITIVE),
        ("Shares plunged after the group warned of heavy losses.", NEGATIVE),
        ("The award-winning charity was praised for its brave rescue work.", POSITIVE),
        ("The minister was accused of lying and faces charges of fraud.", NEGATIVE),
    ],
)
def test_plain_tones(reader: Reader, document: Callable[[str], Document], text: str, label: int) -> None:
    assert reader.read([document(text)])[0].sentence_sentiment[0].argmax() == label


# Who fares well, then who fares badly, in one sentence: hard for a small reader, so that it is judged over all of them.
CONTRASTS = (
    ("Siemens", "Philips", "Siemens shares soar on record profits, while Philips shares plunge on heavy losses."),
    ("Siemens", "Philips", "Philips shares plunge on heavy losses, while Siemens shares soar on record profits."),
    ("Apple", "Microsoft", "Apple gained 5% but Microsoft fell 3% after a weak forecast."),
    ("Nokia", "Ericsson", "Nokia won the contract and Ericsson lost it."),
    ("Airbus", "Boeing", "Boeing was fined; Airbus won praise."),
    ("Obama", "Trump", "Critics attacked Trump and praised Obama."),
    ("Obama", "Trump", "Critics praised Obama and attacked Trump."),
)


def test_the_tone_is_of_the_thing_named(reader: Reader, document: Callable[[str], Document]) -> None:
    leads = []
    for well, badly, text in CONTRASTS:
        tones = {text[m.start : m.end]: m.sentiment for m in reader.read([document(text)])[0].mentions}
        leads.append((tones[well][POSITIVE] - tones[badly][POSITIVE], tones[badly][NEGATIVE] - tones[well][NEGATIVE]))
    assert float(np.mean([positive for positive, _ in leads])) > 0.05
    assert float(np.mean([negative for _, negative in leads])) > 0.1


def test_texts_on_one_thing_are_nearer_than_texts_on_two(reader: Reader, articles: list[Document]) -> None:
    merger, harvest, strike, _ = (reading.vector for reading in reader.read(articles))
    text = "A lender agrees to take over a rival's finance arm, and investors sell its shares."
    asked = reader.read([Document(text, (Span(0, len(text)),))])[0].vector
    assert merger @ asked > max(harvest @ asked, strike @ asked) + 0.1
    assert float(np.linalg.norm(asked)) == pytest.approx(1, abs=1e-4)


def test_salience_tells_sentences_apart(reader: Reader, articles: list[Document]) -> None:
    reading = reader.read(articles[:1])[0]
    assert reading.sentence_salience[0] == reading.sentence_salience.max()
    assert np.ptp(reading.sentence_salience) > 0.1
