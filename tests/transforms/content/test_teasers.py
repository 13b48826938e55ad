"""Cards that lead to other pages of the site are told from sections of an article."""

import pytest

from tests.transforms.pages import STORY, URL, page, paragraphs
from transforms.content.page import parse_page
from transforms.content.teasers import MAX_CARD, teaser_share, teaser_texts

LINE = "A workshop in Lagos prints ear moulds overnight."


def card(href: str, line: str = LINE, headline: str = "Ears by the gram") -> str:
    return f'<div><h3><a href="{href}">{headline}</a></h3><p>{line}</p></div>'


def share(body: str, *lines: str) -> float:
    return teaser_share(lines, teaser_texts(parse_page(page(body), URL)))


@pytest.mark.parametrize("href", ["/stories/ears", "https://www.paper.example/stories/ears"])
def test_a_card_of_another_page_of_the_site_is_a_teaser(href: str) -> None:
    assert share(card(href), LINE) == 1.0
    assert share(card(href), "Ears by the gram!", LINE) == 1.0


@pytest.mark.parametrize(
    "body",
    [
        card(URL),
        card("#ears"),
        card("https://elsewhere.example/ears"),
        card("javascript:0"),
        card("/stories/ears", LINE + " More of it." * MAX_CARD),
        f"<div><h3>Ears by <a href='/gram'>the gram</a></h3><p>{LINE}</p></div>",
        f"<div><h3>Ears by the gram</h3><p>{LINE}</p></div>",
        f"<body><h3><a href='/stories/ears'>Ears</a></h3><p>{LINE}</p></body>",
    ],
)
def test_other_sections_are_not(body: str) -> None:
    assert share(body, LINE) == 0.0


def test_cards_beside_an_article_take_only_their_own_share() -> None:
    body = f"<article>{paragraphs(*STORY)}{card('/a')}{card('/b', 'Another line of eight words for this.')}</article>"
    assert 0.0 < share(body, *STORY, LINE) < 0.1
    assert share(body, *STORY) == 0.0


def test_a_text_without_words_has_no_share() -> None:
    assert share(card("/a")) == share(card("/a"), "–") == 0.0
