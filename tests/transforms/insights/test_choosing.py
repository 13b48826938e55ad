"""Which questions an article keeps, and which sentence answers them."""

import re
from collections.abc import Callable

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.transforms.written import Written, bag_of_words
from transforms.candidates import candidates
from transforms.entities import rows
from transforms.insights.article import Article
from transforms.insights.choosing import MOST_OF_FACET, MOST_OPEN, MOST_QUESTIONS, Asked, Inquiry

Make = Callable[..., Written]

CLOSED = "[ORG Acme] closed the mine at [LOC Rome] on Monday."
BECAUSE = "The mine at Rome closed because the pumps of the mine had failed."
HURT = "Nobody was hurt when the lights of the town went out."
PROMISED = "[ORG Acme] will reopen the mine in March."
FINED = "[ORG Acme] was fined 3 million euros after the flood of last year."
PRICES = "Prices for copper rose 4.1 percent as investors bought, and suppliers welcomed the rise."
LINES = (CLOSED, BECAUSE, HURT, PROMISED, FINED, PRICES, "[PER Ann Lee], who runs the mine, wept.", "Read more: Acme.")


def asked(made: Written, title: str = "Acme") -> tuple[list[Asked], int]:
    article = Article(made.document, title, rows(made.document, made.reading, title))
    inquiry = Inquiry(article, made.reading, candidates(made.document))
    return inquiry.chosen(inquiry.answered([bag_of_words(each.text) for each in inquiry.searching]))


def shown(made: Written) -> dict[str, str | None]:
    """Each question with its answer."""
    text = made.document.text
    kept, _ = asked(made)
    return {each.question.text: text[each.span.start : each.span.end] if each.span else None for each in kept}


def test_the_reason_answers_and_not_the_sentence_that_is_only_said_again(written: Make) -> None:
    found = shown(written(CLOSED, HURT, BECAUSE))
    asked_why = [answer for question, answer in found.items() if question.startswith("Why") and "close" in question]
    assert asked_why == [BECAUSE]


def test_a_sentence_that_gives_the_reason_itself_answers(written: Make) -> None:
    found = shown(written("[ORG Acme] closed the mine because the pumps had failed.", HURT))
    assert found["Why did Acme close the mine?"] == "Acme closed the mine because the pumps had failed."


def test_without_a_reason_the_question_stays_open(written: Make) -> None:
    assert shown(written(CLOSED, HURT))["Why did Acme close the mine at Rome?"] is None


def test_one_answer_answers_one_question_of_the_same_words(written: Make) -> None:
    found = shown(written("[ORG Acme] closed the mine on Monday because the pumps had failed.", HURT))
    assert [question for question, answer in found.items() if answer and "clos" in question] == [
        "Why did Acme close the mine?"
    ]


def test_when_it_will_be_is_answered_by_the_day_that_is_named(written: Make) -> None:
    found = shown(written("[ORG Acme] will reopen the mine on Sunday.", HURT))
    assert found["When will Acme reopen the mine?"] == "Acme will reopen the mine on Sunday."


def test_of_what_merely_happened_nothing_is_left_open(written: Make) -> None:
    found = shown(written("[PER Ann Lee] overtook [PER Bo Ray].", HURT))
    assert not [question for question, answer in found.items() if answer is None and question.startswith("Why")]


def test_an_answer_that_leans_brings_the_sentence_before_it(written: Make) -> None:
    found = shown(written(CLOSED, "It closed the mine at Rome because the pumps had failed.", HURT))
    assert found["Why did Acme close the mine at Rome?"] == (
        "Acme closed the mine at Rome on Monday. It closed the mine at Rome because the pumps had failed."
    )


def test_an_answer_leans_on_nothing_beyond_its_paragraph(written: Make) -> None:
    found = shown(written(CLOSED + "\n", "It closed the mine at Rome because the pumps had failed.", HURT))
    assert found["Why did Acme close the mine at Rome?"] is None


def test_a_date_is_found_and_the_rest_of_the_sentence_may_hold_it(written: Make) -> None:
    assert shown(written(PROMISED, HURT))["When will Acme reopen the mine?"] == "Acme will reopen the mine in March."


def test_a_question_names_only_what_stands_where_it_was_built(written: Make) -> None:
    made = written(CLOSED, HURT)
    article = Article(made.document, "", [])
    inquiry = Inquiry(article, made.reading, candidates(made.document))
    invented = Asked(
        Inquiry(Article(made.document, "Acme", rows(made.document, made.reading, "Acme")), made.reading, inquiry.found)
        .questions[0],
        np.zeros(384, np.float32), None, 0.0, 1.0,
    )  # fmt: skip
    swapped = type(invented.question)(**{**vars(invented.question), "text": "Why did Bolt pay 9 million euros?"})
    assert inquiry.chosen([Asked(swapped, invented.vector, None, 0.0, 1.0)]) == ([], 1)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(LINES), max_size=14))
def test_answers_are_the_text_word_for_word_and_questions_few_and_different(written: Make, lines: list[str]) -> None:
    made = written(*lines)
    kept, refused = asked(made)
    again, _ = asked(made)
    assert [(each.question, each.span, each.score) for each in kept] == [
        (each.question, each.span, each.score) for each in again
    ]
    assert refused == 0
    text, ends = made.document.text, {span.end for span in made.document.sentences}
    for each in kept:
        if each.span:
            assert each.span.end in ends
            assert text[each.span.start : each.span.end].strip() == text[each.span.start : each.span.end] != ""
            assert 0 < each.score <= 1
            assert each.support == 1
    questions = [each.question.text for each in kept]
    facets = [each.question.facet for each in kept]
    assert len(set(questions)) == len(questions) <= MOST_QUESTIONS
    assert all(facets.count(facet) <= MOST_OF_FACET for facet in facets)
    assert sum(each.span is None for each in kept) <= MOST_OPEN
    assert all(re.search("[a-z]", question) for question in questions)
