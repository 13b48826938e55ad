"""Lines that are no part of the article go; lines that only look so stay."""

import pytest

from transforms.content.boilerplate import key, without_boilerplate

PROSE = "The lock gate failed shortly after midnight, and eleven barges were left waiting below it."
MORE = "Two of them carried grain, which does not keep."
LINK = "Why the harbour is always late"


def kept(*lines: str, titles: tuple[str, ...] = (), links: tuple[str, ...] = ()) -> list[str]:
    return without_boilerplate(lines, titles, frozenset(map(key, links)))


@pytest.mark.parametrize(
    "line",
    ["By Marta Oyelaran", "Von Martha Ohlendorf", "March 3, 2026", "Updated 4 March 2026, 10:40", "The Gate, Again!"],
)
def test_title_byline_and_date_go_from_the_top_alone(line: str) -> None:
    assert kept(line, PROSE, titles=("The gate again",)) == [PROSE]
    middle = [PROSE, MORE, PROSE, MORE, line, PROSE]
    assert kept(*middle, titles=("The gate again",)) == middle


@pytest.mark.parametrize(
    "line",
    [
        "Read more: " + LINK,
        "Lesen Sie auch",
        "Advertisement",
        "Share this",
        "Photo: A. Lindqvist / Brannock Press",
        "Sign up for our morning letter",
        "© 2026 Brannock Press",
    ],
)
def test_notices_go_wherever_they_stand(line: str) -> None:
    assert kept(PROSE, MORE, line, PROSE, *[MORE] * 8) == [PROSE, MORE, PROSE, *[MORE] * 8]


@pytest.mark.parametrize(
    "line",
    [
        "Related work in Leeds found the same of steel hinges.",
        "By the time help came, the water had come instead.",
        "Subscribe to that view and you will pay for a new gate.",
        "Contact us, the barge masters had written on a sheet.",
    ],
)
def test_a_sentence_that_opens_like_a_notice_is_prose(line: str) -> None:
    assert kept(PROSE, line, *[MORE] * 8) == [PROSE, line, *[MORE] * 8]


def test_the_links_under_a_label_and_at_the_end_go() -> None:
    assert kept(PROSE, "Related", LINK, MORE, LINK, links=(LINK,)) == [PROSE, MORE]
    assert kept(LINK, links=(LINK,)) == [LINK]


def test_a_sentence_at_the_end_that_is_a_link_is_prose() -> None:
    assert kept(PROSE, MORE, links=(MORE,)) == [PROSE, MORE]
