import numpy as np

from transforms.reader.decode import LABELS
from transforms.reader.reader import Reader
from transforms.reader.reading import Span
from transforms.reader.training.examples import IGNORED, Aimed, examples_of
from transforms.reader.training.labelled import Labelled, Name, Target

TEXT = "Bergström joined Acme. It is glad."
ITEM = Labelled(
    TEXT,
    (Span(0, 22), Span(23, 34)),
    names=(Name(0, 9, "PER"), Name(17, 21, "ORG")),
    targets=(Target(17, 21, 2), Target(90, 95, 0)),
    sentiments=(1, None),
    salience=(1.0, 0.0),
)


def test_targets_stand_at_the_positions_of_their_words(reader: Reader) -> None:
    (example,) = examples_of(ITEM, reader.tokenizer)
    words = [str(reader.tokenizer.id_to_token(int(number))) for number in example.window.ids]
    labelled = {words[place]: LABELS[label] for place, label in enumerate(example.labels) if label > 0}
    assert labelled == {"berg": "B-PER", "ac": "B-ORG"}
    continued = [place for place, word in enumerate(words) if word.startswith("##")]
    assert continued
    assert (example.labels[continued] == IGNORED).all()
    acme = words.index("ac")
    assert example.aimed == (Aimed(acme, acme + 2, 0, 2),), "a target outside the text is left out"


def test_sentences_are_numbered_within_the_window(reader: Reader) -> None:
    (example,) = examples_of(ITEM, reader.tokenizer)
    assert example.texts == ("Bergström joined Acme.", "It is glad.")
    assert sorted(set(example.owner.tolist())) == [-1, 0, 1]
    assert example.sentiments.tolist() == [1, IGNORED]
    assert example.salience.tolist() == [1, 0]
    assert example.places.shape[0] == 2


def test_what_nobody_looked_for_is_ignored(reader: Reader) -> None:
    (example,) = examples_of(Labelled(TEXT, ITEM.sentences), reader.tokenizer)
    assert (example.labels == IGNORED).all()
    assert (example.sentiments == IGNORED).all()
    assert np.isnan(example.salience).all()


def test_a_long_text_gives_several_windows_and_the_first_few_are_kept(reader: Reader) -> None:
    sentence = "The committee met again and put off its decision once more. "
    count = 90
    spans = tuple(Span(n * len(sentence), (n + 1) * len(sentence) - 1) for n in range(count))
    item = Labelled(sentence * count, spans, salience=tuple(float(n == 50) for n in range(count)))
    every = examples_of(item, reader.tokenizer)
    assert len(every) > 2
    assert sum(len(example.texts) for example in every) == count
    assert sum(float(example.salience.sum()) for example in every) == 1
    assert [e.texts for e in examples_of(item, reader.tokenizer, 2)] == [e.texts for e in every[:2]]
    firsts = [example.places[0, 3] for example in every]
    assert firsts == [1] + [0] * (len(every) - 1), "places are of the article, not of the window"
