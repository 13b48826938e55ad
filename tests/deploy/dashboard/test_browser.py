"""The pages in a real browser, served by the command that users type.

The fixture `page` fails a test whose page met a script error, a complaint or an address outside this machine.
"""

from typing import Any

import pytest

from flows.settings import Settings
from tests.deploy.dashboard.marts import DAY, Piece, article_row, publish_pieces
from tests.deploy.dashboard.night import PIECES, publish_night

pytestmark = pytest.mark.browser
RAIL = article_row(PIECES[0])
HOSTILE = article_row(next(piece for piece in PIECES if piece.source == "hostile"))


def open_stories(page: Any, address: str) -> list[str]:
    """The titles of the latest day."""
    page.goto(address)
    page.wait_for_selector("article.story h3")
    titles: list[str] = page.locator("article.story h3").all_inner_texts()
    return titles


def test_the_list_shows_the_stories_of_the_latest_day_copies_once(page: Any, address: str) -> None:
    titles = open_stories(page, address)
    assert sorted(titles) == sorted({article_row(piece)["title"] for piece in PIECES if piece.known_at.date() == DAY})
    assert "Word for word in Alpine Ledger" in page.inner_text("body")


def test_a_click_opens_the_article_and_its_points_lead_to_the_marked_sentences(page: Any, address: str) -> None:
    open_stories(page, address)
    page.get_by_role("link", name=RAIL["title"]).first.click()
    page.wait_for_selector(".text mark")
    cited = [RAIL["gist"], *(point["text"] for point in RAIL["key_points"])]
    assert page.locator(".text mark").all_inner_texts() == cited
    assert "\n".join(page.locator(".text p").all_inner_texts()) == RAIL["text"]
    last = page.locator(".key a.cite").last
    assert last.inner_text() == str(len(cited))
    last.click()
    assert page.locator(".text mark:target").inner_text() == cited[-1]
    rows = page.locator("table.entities tbody tr")
    assert rows.first.inner_text().split() == ["Siemens", "SIE", "organisation", "positive", "+0.66"]
    assert page.locator(".text .name.LOC").all_inner_texts() == ["Nairobi", "Kenya", "Nairobi"]
    assert page.get_by_role("link", name="Read it at the source").get_attribute("href") == RAIL["url"]


def test_search_finds_a_word_of_the_text_and_keeps_it_in_the_address(page: Any, address: str) -> None:
    open_stories(page, address)
    box = page.get_by_label("Search")
    box.fill("accelerators")
    box.press("Enter")
    page.wait_for_selector("text=1 match")
    page.wait_for_function("document.querySelectorAll('article.story').length === 1")
    assert page.locator("article.story h3").all_inner_texts() == ["Nvidia books Dresden plant's output for six years"]
    assert "q=accelerators" in page.url
    page.reload()
    page.wait_for_selector("text=1 match")
    assert page.get_by_label("Search").input_value() == "accelerators"


def test_a_hostile_article_is_only_text(page: Any, address: str) -> None:
    page.goto(f"{address}/?article={HOSTILE['article_id']}")
    page.wait_for_selector(".text mark")
    assert page.title() == "Nightdesk"
    assert page.inner_text("h1") == HOSTILE["title"]
    assert "\n".join(page.locator(".text p").all_inner_texts()) == HOSTILE["text"]
    assert HOSTILE["source_name"] in page.inner_text(".kicker")
    drawn = ".head, .key, .text, .rail"
    assert page.locator(drawn).locator("img, svg, style, script, b, .katex").count() == 0
    assert page.locator('a[href^="javascript"], a[href*="tracker.example"]').count() == 0


def test_hostile_names_are_only_text_in_lists_and_choices(page: Any, address: str) -> None:
    assert HOSTILE["title"] in open_stories(page, address)
    page.get_by_label("Source").click()
    page.get_by_role("option", name=HOSTILE["source_name"]).click()
    page.wait_for_function("document.querySelectorAll('article.story').length === 1")
    tag = page.locator('[data-testid="stMultiSelect"]').first
    assert HOSTILE["source_name"] in tag.inner_text()
    assert tag.locator("b").count() == 0


def test_a_phone_shows_an_article_without_scrolling_sideways_in_the_dark(page: Any, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.emulate_media(color_scheme="dark")
    page.goto(f"{address}/?article={RAIL['article_id']}")
    page.wait_for_selector(".text mark")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor") == "rgb(23, 22, 19)"


def test_a_night_published_meanwhile_is_seen_on_reload(page: Any, address: str, settings: Settings) -> None:
    assert len(open_stories(page, address)) > 1
    publish_pieces(
        settings.paths, [Piece("wire", "A tram line opens in Ghent", ("It runs from the station to the sea.",))]
    )
    try:
        assert open_stories(page, address) == ["A tram line opens in Ghent"]
    finally:
        publish_night(settings.paths)
