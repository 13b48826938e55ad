"""The brief as a reader opens it: in a real browser, on a phone and on a desk, by day and by night."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deploy.browser import NO_BROWSER, find_chromium, open_browser
from flows.brief import render_html
from tests.flows.brief.conftest import Make, amber, night, port_piece

pytestmark = pytest.mark.browser

PHONE, TABLET, DESK = 390, 800, 1280
READABLE = 4.5  # WCAG 2.2, 1.4.3: the contrast of text
COLOURS = """() => [...document.querySelectorAll('body *')].filter(element => element.checkVisibility()).filter(
    element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())
).map(element => {
    let behind = element;
    const colour = () => getComputedStyle(behind).backgroundColor;
    while (colour() === 'rgba(0, 0, 0, 0)' && behind.parentElement) behind = behind.parentElement;
    return [element.tagName + '.' + element.className, getComputedStyle(element).color, colour()];
})"""


@pytest.fixture(scope="module")  # playwright holds an event loop, which the tests of other modules need for themselves
def browser() -> Iterator[Any]:
    executable = find_chromium()
    if executable is None:
        pytest.skip(f"no Chromium on this machine. {NO_BROWSER}")
    with open_browser(executable) as opened:
        yield opened


@pytest.fixture
def file(make: Make, tmp_path: Path) -> Path:
    """A brief with everything in it that could break a page, on disk."""
    endless = port_piece("endless", "Donaudampfschifffahrt" * 9, paragraphs=("W" * 400 + " ends.",), points=())
    path = tmp_path / "brief.html"
    path.write_text(render_html(make(*night(), endless, report=amber())), "utf-8")
    return path


@pytest.fixture
def faults() -> Iterator[list[str]]:
    """What the page did that a still page does not do: it must stay empty."""
    found: list[str] = []
    yield found
    assert found == []


def opened(browser: Any, file: Path, faults: list[str], width: int = DESK, scheme: str = "light") -> Any:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)

    def stop(dialog: Any) -> None:
        faults.append(dialog.message)
        dialog.dismiss()

    def note(request: Any) -> None:
        if not request.url.startswith(("file:", "data:")):
            faults.append(request.url)

    page.on("console", lambda said: faults.append(said.text))
    page.on("dialog", stop)
    page.on("request", note)
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize("width", [320, PHONE, TABLET, DESK])
def test_nothing_runs_over_the_edge(browser: Any, file: Path, faults: list[str], width: int) -> None:
    with opened(browser, file, faults, width) as page:
        page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        rights = page.evaluate(
            "[...document.querySelectorAll('h1, h3, p, li, dd')].map(e => e.getBoundingClientRect().right)"
        )
        assert max(rights) <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_can_be_read_by_day_and_by_night(browser: Any, file: Path, faults: list[str], scheme: str) -> None:
    with opened(browser, file, faults, scheme=scheme) as page:
        page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
        paper = luminance(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        assert (paper < 0.1) == (scheme == "dark")
        words = page.evaluate(COLOURS)
        assert len(words) > 100
        assert [word for word in words if contrast(*word[1:]) < READABLE] == []


def test_a_number_leads_to_its_sentence_and_back(browser: Any, file: Path, faults: list[str]) -> None:
    with opened(browser, file, faults, PHONE) as page:
        place = page.locator("details li").first
        assert not place.is_visible()
        page.locator(".cite").first.click()
        assert place.is_visible()
        assert place.evaluate("element => element.matches(':target')")
        place.locator(".back").click()
        assert page.evaluate("document.querySelector('.cite').matches(':target')")


def test_the_first_screen_holds_the_day_and_the_first_points(browser: Any, file: Path, faults: list[str]) -> None:
    with opened(browser, file, faults) as page:
        assert page.locator("h1").inner_text() == "Wednesday 4 March 2026"
        for first in ("h1", "h3", ".gist", ".points li", ".tone", ".names"):
            assert page.locator(first).first.bounding_box()["y"] < 800, first


def luminance(colour: str) -> float:
    """Relative luminance of `rgb(r, g, b)`, by WCAG 2.2."""
    parts = [int(part) / 255 for part in colour[4:-1].split(",")]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
