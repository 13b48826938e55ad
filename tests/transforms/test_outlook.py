"""The outlook that a writer announces has a place among five key points; what merely sounds like one has none."""

from collections.abc import Callable

import pytest

from tests.transforms.written import Written
from transforms.candidates import candidates
from transforms.gate import judge
from transforms.outlook import is_announced, with_outlook
from transforms.summary import MOST_POINTS, points_for, summarise

Make = Callable[..., Written]

EARLIER = (
    "The ferry line Holmvik sold both of its older ships to a yard in Gdansk on Monday morning.",
    "The yard pays nine million euros for them and takes over the crews until the end of May.",
    "Its new owner wants to turn one ship into a floating workshop for the wind parks of the coast.",
    "Unions in three harbours had asked for the sale to be stopped and collected four thousand names.",
    "The ministry found no fault with the price and let the deadline for objections pass in silence.",
    "Passengers paid a fifth more for the crossing last summer than in the year before the pandemic.",
    "Two rival lines have ordered electric ferries that need neither a stoker nor a second engineer.",
    "The harbour of Sandnes lost its last night crossing in October and has not been given another.",
    "Freight drivers now take the bridge at Lund, which costs them two hours and a toll each time.",
)
OUTLOOK = "Looking ahead, the coast is likely to be split between a state line and a private one."
AFTER = "Regulators in Oslo keep a list of routes that nobody serves without a grant from the state."


def points(made: Written, count: int = MOST_POINTS) -> list[str]:
    return [line.text for line in summarise(made.document, made.reading, (), True, count).key_points]


@pytest.mark.parametrize(
    "sentence",
    [
        OUTLOOK,
        "But looking further ahead, growers see no end of the drought.",
        "Looking ahead to the next season, the club has no keeper.",
        "Going forward, every permit will be public.",
        "What happens next depends on the court in Lund.",
        "The next big test is the vote in May.",
        "Its next step will be a plant in Gdansk.",
        "In the months ahead, two of the yards may close.",
        "Over the next five years the line wants to double its fleet.",
        "The outlook for barley is poor.",
        "Whether the dam holds through the spring remains to be seen.",
        "It remains to be seen who pays.",
        "In den kommenden Monaten soll die Werft zwei Schiffe bauen.",
        "Ob das Geld reicht, bleibt abzuwarten.",
        "Der nächste Schritt ist die Abstimmung im Mai.",
    ],
)
def test_an_outlook_is_announced_at_the_head_of_its_sentence(sentence: str) -> None:
    assert is_announced(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor is looking forward to the vote.",
        "Looking forward to the summer, the family packed early.",
        "Looking back, the merger was a mistake.",
        "Over the next five years he lost both of his farms.",
        "The next step took them to Lund.",
        "Its next move surprised the town.",
        "The next big question is …",
        "The Outlook mailbox of the mayor was empty.",
        "“Looking ahead, we see rain,” said Ida Holm.",
        "The pilot, looking ahead, saw the mast.",
        "In den nächsten Jahren verlor er zwei Höfe.",
    ],
)
def test_what_is_told_of_the_past_or_said_by_others_is_no_announcement(sentence: str) -> None:
    assert not is_announced(sentence)


def test_of_five_points_one_is_the_outlook(written: Make) -> None:
    made = written(*EARLIER, OUTLOOK, AFTER, salience=[0.9] * 9 + [0.01, 0.5])
    found = points(made)
    assert found[-1] == OUTLOOK
    assert len(found) == MOST_POINTS
    assert all(judge(line, line).passed for line in found)
    plain = written(*EARLIER, OUTLOOK.replace("Looking ahead, the", "The"), AFTER, salience=[0.9] * 9 + [0.01, 0.5])
    assert len(set(points(plain)) & set(found)) == MOST_POINTS - 1


def test_where_there_is_room_for_three_the_best_three_stay(written: Make) -> None:
    made = written(*EARLIER, OUTLOOK, AFTER, salience=[0.9] * 9 + [0.01, 0.5])
    assert OUTLOOK not in points(made, 3)
    assert points_for(candidates(made.document)) == 3
    assert OUTLOOK not in [line.text for line in summarise(made.document, made.reading, (), True).key_points]


def test_an_outlook_in_the_first_half_is_a_sentence_like_others(written: Make) -> None:
    made = written(*EARLIER[:3], OUTLOOK, *EARLIER[3:], AFTER)
    order = [0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 3]
    assert with_outlook(order, 5, candidates(made.document), made.document, [-1] * 11) == order


def test_the_place_is_given_up_by_a_second_voice_of_a_paragraph_else_by_the_last(written: Make) -> None:
    made = written(*EARLIER, OUTLOOK, AFTER)
    found = candidates(made.document)
    order = [0, 1, 3, 6, 8, 2, 4, 5, 7, 9, 10]
    alone = [-1] * 11
    assert with_outlook(order, 5, found, made.document, alone) == [0, 1, 3, 6, 9, 8, 2, 4, 5, 7, 10]
    paragraph = [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3]
    assert with_outlook(order, 5, found, made.document, paragraph) == [0, 1, 3, 6, 9, 8, 2, 4, 5, 7, 10]
    paragraph = [0, 0, 0, 1, 1, 1, 2, 2, 4, 3, 3]
    assert with_outlook(order, 5, found, made.document, paragraph) == [0, 3, 6, 8, 9, 1, 2, 4, 5, 7, 10]
    among = [0, 1, 9, 3, 6, 8, 2, 4, 5, 7, 10]
    assert with_outlook(among, 5, found, made.document, paragraph) == among
