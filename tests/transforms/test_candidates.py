"""Furniture is never shown; what leans on another sentence is shown at a cost."""

from collections.abc import Callable
from typing import Protocol

import pytest

from transforms.candidates import CONNECTED_COST, LEANING_COST, MOST_INSIDE, candidates
from transforms.reader.reading import Document, Span


class Made(Protocol):
    """What the fixture gives."""

    document: Document


Make = Callable[..., Made]


def shown(made: Made) -> list[str]:
    return [made.document.text[found.span.start : found.span.end] for found in candidates(made.document)]


@pytest.mark.parametrize(
    "furniture",
    [
        "Photo: the harbour of Rotterdam at dawn on Tuesday.",
        "A ferry leaves the harbour at dawn. (Photo by Ida Holm)",
        "The harbour at dawn, seen from the tower. Getty Images",
        "The views expressed in this commentary are solely those of Ida Holm.",
        "Opinions expressed here are the author's own and nobody else's.",
        "Two minds: Ida Holm (left) talks to the mayor of Rotterdam.",
        "Closing time: the harbour master, pictured in May, has no key.",
        "Ida Holm (right) hands the key of the harbour to Jonas Ferrer (left).",
        "The harbour has a new gate; pictured is the old one in Rotterdam.",
        "Ida Holm is pictured with the key of the harbour of Rotterdam.",
        "By Ida Holm and Jonas Ferrer in Rotterdam.",
        "Reporting by Ida Holm, editing by Jonas Ferrer.",
        "Subscribe to our newsletter for more stories like this.",
        "Sign up for the morning briefing and never miss a story.",
        "Will the harbour ever be open to ships again?",
        "The harbour reopens to ships from the north",
        "Explore more exclusive stories on our pages today.",
        "Read more about the harbour from the Courier.",
        "Watch how officials talk about the harbour ».",
        "Share your thoughts on the harbour with Ida Holm.",
        "Email your ideas for the harbour to the town hall.",
        "Follow @harbourfair to hear about it first.",
        "Read more: the harbour and the ships that missed it.",
        "It rained.",
        "Scroll down for video of the harbour.",
        "“The harbour is open to ships again at last.”",
        "“The harbour is open to ships again.",
        "10.5 | 11.2 | 12.8 | 13.1 | 14.9 | 15.0.",
    ],
)
def test_furniture_is_never_a_candidate(written: Make, furniture: str) -> None:
    real = "The harbour of Rotterdam reopened to ships on Tuesday."
    assert shown(written(real, furniture)) == [real]


@pytest.mark.parametrize(
    "news",
    [
        "Ida Holm said that the harbour (pictured) reopened.",
        "The views expressed by the judges on Tuesday could not differ more.",
        "The ministry had pictured a harbour without a single crane.",
        "Watch towers along the harbour of Rotterdam were sold on Tuesday.",
        "Northline offers free calls to all who sign up to broadband in December.",
        "Harbour tax: The council will vote on it on Tuesday.",
    ],
)
def test_news_that_reads_a_little_like_furniture_is_news(written: Make, news: str) -> None:
    assert shown(written(news)) == [news]


def test_news_about_newsletters_is_news(written: Make) -> None:
    long = (
        "The publisher said that its newsletter, which had grown to two million readers in four years, would from the "
        "autumn be written in three languages, edited in Lisbon and Nairobi and sold to other papers in the region."
    )
    assert shown(written(long)) == [long]


@pytest.mark.parametrize(
    ("sentence", "bare"),
    [
        ("NextFin News - In a move that shook the valley, he left.", "In a move that shook the valley, he left."),
        ("LONDON, Jan 26 (Northline) - The bank raised its rates.", "The bank raised its rates."),
        ("LONDON (Northline)  -- The bank raised its rates.", "The bank raised its rates."),
        ("(CNN)The barrier closed before the surge came.", "The barrier closed before the surge came."),
        ("Rotterdam (CNN)The barrier closed before the surge.", "The barrier closed before the surge."),
        ("Northline (NLN) said that its chief will leave.", "Northline (NLN) said that its chief will leave."),
        ("ROTTERDAM — The barrier closed before the surge came.", "The barrier closed before the surge came."),
        ("Air France-KLM said that its chief will leave.", "Air France-KLM said that its chief will leave."),
        ("The bank - the oldest one - raised its rates.", "The bank - the oldest one - raised its rates."),
    ],
)
def test_a_dateline_is_left_out_of_the_span(written: Make, sentence: str, bare: str) -> None:
    assert shown(written(sentence)) == [bare]


@pytest.mark.parametrize(
    ("sentence", "cost"),
    [
        ("The barrier closed before the surge came.", 0.0),
        ("He closed the barrier before the surge came.", LEANING_COST),
        ("This closed the barrier before the surge came.", LEANING_COST),
        ("In the second, the barrier closed before the surge.", LEANING_COST),
        ("Other changes at the barrier came before the surge.", LEANING_COST),
        ("Today, it closed the barrier before the surge came.", LEANING_COST),
        ("“The barrier closed in time for the surge,” she said.", LEANING_COST),
        ("Ida Holm said: “The barrier closed in time.", LEANING_COST),
        ("Therefore the barrier closed before the surge came.", CONNECTED_COST),
        ("However, the barrier closed before the surge came.", 0.0),
        ("As a result, the barrier closed before the surge.", CONNECTED_COST),
        ("“The barrier closed in time,” said Ida Holm.", 0.0),
    ],
)
def test_a_sentence_that_does_not_stand_alone_costs(written: Make, sentence: str, cost: float) -> None:
    assert [found.cost for found in candidates(written(sentence).document)] == [pytest.approx(cost)]


def test_what_stands_inside_a_longer_quotation_has_no_speaker_and_is_not_shown(written: Make) -> None:
    made = written(
        "“The barrier closed in good time, said the mayor of the town.",
        "The ships waited outside until the morning.”",
        "The town was dry when the morning came.",
    )
    assert shown(made) == ["The town was dry when the morning came."]


def test_a_quotation_left_open_ends_with_its_paragraph(written: Make) -> None:
    made = written("Mayor Berg spoke of “a wall of water in the night.\n", "The town was dry when the morning came.")
    assert len(shown(made)) == 2


def test_a_quotation_left_open_ends_after_some_sentences(written: Make) -> None:
    lines = [f"The gauge number {n} was dry in the morning." for n in range(MOST_INSIDE + 3)]
    found = shown(written("Mayor Berg spoke of “a wall of water in the night.", *lines))
    assert found[1:] == lines[-len(found) + 1 :]
    assert len(found) > 1


def test_the_shown_words_of_a_candidate_are_its_trim(written: Make) -> None:
    [found] = candidates(written("But the barrier (built in 1997) closed in time.").document)
    assert found.shown == "The barrier closed in time."
    assert found.words == 5
    assert found.span == Span(0, 47)
