"""A gist and key points: sentences of the text word for word, in reading order, each different from the others."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.transforms.written import Written
from transforms.candidates import Candidate, candidates
from transforms.reader.reading import Document, Span
from transforms.summary import MOST_COMPARED, MOST_POINTS, Summary, paragraphs, points_for, ranked, summarise
from transforms.worth import worth

Make = Callable[..., Written]

FACTS = (
    "The lock gate at Brannock failed shortly after midnight on Tuesday.",
    "Eleven barges with grain and gravel wait below the town.",
    "Engineers from Erlangen expect to lift the broken hinge by Friday.",
    "The harbour office puts the cost at 2.4 million euros.",
    "Grain prices in the valley rose by four percent on the day.",
    "A museum offered its historic crane free of charge.",
    "Schools along the towpath stayed closed for safety reasons.",
)
FURNITURE = ("Read more: ten locks you must see.", "Photo: A. Berg / Reuters", "Will it hold?", "Ha!")


def of(made: Written, trusts_salience: bool = True) -> Summary:
    return summarise(made.document, made.reading, (), trusts_salience)


def shown(made: Written, trusts_salience: bool = True) -> list[str]:
    return [line.text for line in of(made, trusts_salience).key_points]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(FACTS + FURNITURE), st.floats(0, 1)), max_size=25), st.booleans())
def test_every_line_is_a_stretch_of_the_text_in_order_and_within_bounds(
    written: Make, lines: list[tuple[str, float]], trusts_salience: bool
) -> None:
    made = written(*(line for line, _ in lines), salience=[salience for _, salience in lines])
    found = of(made, trusts_salience)
    assert found == of(made, trusts_salience)
    for line in (*found.key_points, *([found.gist] if found.gist else [])):
        assert made.document.text[line.start : line.end] == line.text
        assert line.text in FACTS
        assert 0 <= line.score <= 1
        assert line.support == 1
    places = [(line.start, line.end) for line in found.key_points]
    assert places == sorted(set(places))
    assert found.candidates == len({line for line, _ in lines} & set(FACTS))
    assert min(3, found.candidates) <= len(found.key_points) <= MOST_POINTS
    assert (found.gist is None) == (found.candidates == 0)
    assert found.dropped == 0


def test_what_the_reader_holds_salient_is_shown(written: Make) -> None:
    salience = [0.01, 0.01, 0.01, 0.99, 0.01, 0.01, 0.01]
    assert FACTS[3] in shown(written(*FACTS, salience=salience))
    assert FACTS[3] not in shown(written(*FACTS))


def test_in_a_language_it_does_not_know_the_readers_salience_counts_for_nothing(written: Make) -> None:
    one = written(*FACTS, salience=[0.01] * 5 + [0.99] * 2)
    other = written(*FACTS, salience=[0.99] * 2 + [0.01] * 5)
    assert shown(one, trusts_salience=False) == shown(other, trusts_salience=False)
    assert shown(one) != shown(other)


def test_what_was_said_is_not_said_again(written: Make) -> None:
    again = "The lock gate at Brannock failed shortly after midnight on Tuesday, officials said."
    found = shown(written(FACTS[0], again, *FACTS[1:4], FACTS[0]))
    assert found == [FACTS[0], *FACTS[1:3]]


def test_the_gist_is_the_opening_where_nothing_speaks_against_it(written: Make) -> None:
    gist = of(written(*FACTS)).gist
    assert gist is not None
    assert gist.text == FACTS[0]


def test_a_sentence_that_names_a_main_entity_is_worth_more(written: Make) -> None:
    made = written(*FACTS)
    found = candidates(made.document)
    first, second = ({"salience": salience, "mentions": []} for salience in (1.0, 0.5))
    named = {"mentions": [{"start": made.document.text.index("museum")}]}
    worths = [
        worth(found, made.reading, entities, True)[5]
        for entities in ([first, {**second, **named}], [{**first, **named}, second], [])
    ]
    assert worths[1] > worths[0] > worths[2]
    assert worth(found, made.reading, [{**first, **named}], False)[5] == worth(found, made.reading, [], False)[5]


@pytest.mark.parametrize(
    ("sentences", "words", "points"), [(0, 10, 0), (2, 20, 2), (9, 10, 3), (9, 50, 4), (60, 60, 5)]
)
def test_longer_articles_have_more_points_up_to_five(sentences: int, words: int, points: int) -> None:
    assert points_for([Candidate(n, Span(0, 1), "", words, 0.0) for n in range(sentences)]) == points


def test_a_text_of_furniture_has_no_summary(written: Make) -> None:
    assert of(written(*FURNITURE)) == Summary(None, (), 0, 0)
    assert of(written()) == Summary(None, (), 0, 0)


def test_a_trim_cites_the_whole_of_its_sentence(written: Make) -> None:
    made = written("However, the lock gate (built in 1931) failed after midnight.", *FACTS[1:3])
    first = of(made).key_points[0]
    assert first.text == "The lock gate failed after midnight."
    assert (
        made.document.text[first.start : first.end] == "However, the lock gate (built in 1931) failed after midnight."
    )


def test_a_trim_that_the_gate_refuses_is_shown_whole(written: Make) -> None:
    line = "Brannock gate (of the upper valley towns) failed (in the first hard winter frosts) rather badly."
    assert line in shown(written(*FACTS[:2], line))


def test_a_dateline_is_not_part_of_the_line(written: Make) -> None:
    first = of(written("BRANNOCK, March 10 (Reuters) - " + FACTS[0], *FACTS[1:3])).key_points[0]
    assert first.text == FACTS[0]


def test_each_candidate_is_ranked_once_also_where_there_are_too_many_to_compare() -> None:
    chance = np.random.default_rng(3)
    count = MOST_COMPARED + 50
    vectors = chance.normal(size=(count, 8))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    value = chance.random(count)
    order = ranked(value, vectors)
    assert sorted(order) == list(range(count))
    assert order[0] == int(value.argmax())
    rest = order[MOST_COMPARED:]
    assert rest == sorted(rest, key=lambda place: -value[place])
    assert max(value[rest]) <= min(value[order[:MOST_COMPARED]])


def test_of_two_long_paragraphs_both_are_heard(written: Make) -> None:
    first = [
        f"The lock gate at Brannock {verb} in the flood of March." for verb in ("failed", "broke", "burst", "gave")
    ]
    other = ["A second gate is wanted by the town.", "Its cost is not known.", "The state may pay for it one day."]
    made = written(*first[:3], first[3] + "\n", *other)
    assert paragraphs(made.document, candidates(made.document)).tolist() == [0, 0, 0, 0, 1, 1, 1]
    vectors = np.eye(7)
    value = np.array([0.9, 0.8, 0.75, 0.7, 0.65, 0.2, 0.1])
    assert ranked(value, vectors, np.array([0, 0, 0, 0, 1, 1, 1]))[:3] == [0, 4, 1]
    assert ranked(value, vectors, np.array([-1] * 7))[:3] == [0, 1, 2]
    assert ranked(value, vectors, np.zeros(7, dtype=np.int64)) == ranked(value, vectors)


def test_short_paragraphs_stand_for_nothing_of_their_own(written: Make) -> None:
    made = written(FACTS[0] + "\n", FACTS[1], FACTS[2] + "\n", FACTS[3])
    assert set(paragraphs(made.document, candidates(made.document)).tolist()) == {-1}


def test_a_huge_text_is_summed_up_in_bounds(written: Make) -> None:
    made = written(*(FACTS[n % 7].replace("Brannock", f"Brannock{n}") for n in range(4_000)))
    assert len(made.document.text) > 200_000
    assert len(of(made).key_points) == MOST_POINTS


def test_a_sentence_of_one_endless_word_is_no_candidate(written: Make) -> None:
    made = written(*FACTS[:1])
    long = "The gate of " + "x" * 5_000 + " failed again today."
    document = replace(made.document, text=long, sentences=(Span(0, len(long)),))
    assert candidates(document) == []
    assert len(candidates(Document(FACTS[0], (Span(0, len(FACTS[0])),)))) == 1
