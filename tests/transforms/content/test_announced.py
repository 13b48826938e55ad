"""A page is compared with what its feed announced: the same, another, or not to be told."""

import pytest

from tests.transforms.pages import STORY, URL, article, page
from transforms.content.announced import ANNOUNCED, UNANNOUNCED, announcement
from transforms.content.page import parse_page

TITLE = "Lock gate at Brannock fails again"
GONE = page("<main><h1>Oh dear</h1><p>Nothing lives here any more.</p></main>", "<title>Quay Press</title>")


@pytest.mark.parametrize(
    ("html", "title", "summary", "expected"),
    [
        (article(title=TITLE), TITLE, None, [ANNOUNCED]),
        (article(title=f"{TITLE} - Quay Press"), TITLE, None, [ANNOUNCED]),
        (article(title="Barges wait below the town"), TITLE, None, []),  # rewritten, and about the same
        (GONE, TITLE, None, [UNANNOUNCED]),
        (GONE, None, None, []),
        (GONE, "It is on", None, []),  # words that stand anywhere
        (GONE, TITLE, "Nothing lives here.", []),
        (GONE, TITLE, STORY[0], [UNANNOUNCED]),
        (GONE, "水門がまた壊れた", None, []),  # no blanks between words
        (page("<h1>Pénurie d’œufs à Étretat</h1>"), "PENURIE d'œufs à Etretat", None, [ANNOUNCED]),
    ],
)
def test_a_page_is_known_by_the_words_of_its_announcement(
    html: str, title: str | None, summary: str | None, expected: list[str]
) -> None:
    assert announcement(parse_page(html, URL), title, summary) == expected
