from hypothesis import given
from hypothesis import strategies as st

from transforms.reader.reading import Span
from transforms.reader.training.labelled import Labelled, Name, fold_of, join

SENTENCES = st.lists(
    st.text("ab c", min_size=1, max_size=8).filter(lambda text: text.strip() == text), min_size=1, max_size=5
)


@given(SENTENCES)
def test_joined_sentences_and_names_keep_their_words(texts: list[str]) -> None:
    parts = [Labelled(text, (Span(0, len(text)),), (Name(0, 1, "ORG"),)) for text in texts]
    joined = join(parts)
    assert [joined.text[s.start : s.end] for s in joined.sentences] == texts
    assert [joined.text[n.start : n.end] for n in joined.names or ()] == [text[0] for text in texts]


@given(st.text(max_size=30), st.integers(2, 30))
def test_a_copy_with_other_spacing_and_case_is_in_the_same_fold(text: str, folds: int) -> None:
    assert 0 <= fold_of(text, folds) < folds
    assert fold_of("Profit falls 3 %", folds) == fold_of("PROFIT FALLS — 3%!", folds)


def test_folds_are_about_equal() -> None:
    sizes = [0] * 5
    for number in range(2000):
        sizes[fold_of(f"headline {number}", 5)] += 1
    assert min(sizes) > 320
