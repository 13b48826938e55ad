"""What a page is built of, whatever it says."""

import pytest

from tests.transforms.pages import STORY, URL, judge, page, paragraphs, read
from transforms.content.page import parse_page
from transforms.content.signs import (
    CONSENT_FORM,
    CONSENT_TEXT,
    FORWARDING,
    NO_SCRIPT,
    PASSWORD,
    PLAYER,
    PUZZLE,
    is_challenge,
    signs_of,
)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<form><input type="PASSWORD"></form>', [PASSWORD]),
        ('<header><form><input type="password"></form></header>', []),
        ('<div class="g-recaptcha"></div>', [PUZZLE]),
        ('<iframe src="https://x.example/captcha/?a=1"></iframe>', [PUZZLE]),
        ('<div id="cmp-container"></div>', [CONSENT_FORM]),
        ('<div class="cookie-banner"></div>', [CONSENT_FORM]),
        ('<p class="cookies-recipe">Butter</p>', []),
        ("<video></video>", [PLAYER]),
        ('<iframe src="https://x.example/embed/1"></iframe>', [PLAYER]),
        ('<a class="player" href="/p">Duarte</a>', []),
        ('<meta http-equiv="refresh" content="0; url=/x">', [FORWARDING]),
        ('<meta http-equiv="refresh" content="900">', []),
        ("<noscript>Enable JavaScript to go on.</noscript>", [NO_SCRIPT]),
        ('<noscript><img src="/pixel.gif"></noscript>', []),
        ("<p>The gate at Brannock fell.</p>", []),
    ],
)
def test_each_sign_is_seen_where_it_means_something(html: str, expected: list[str]) -> None:
    assert signs_of(parse_page(page(html), URL).tree) == expected


CONSENT = '<div class="consent-layer"><p>Small files help us to earn money with advertising.</p><p>You agree?</p></div>'


def test_a_text_that_is_a_consent_forms_is_one_whatever_it_says() -> None:
    asked, told = ["Small files help us to earn money with advertising.", "You agree?"], ["The gate fell on Tuesday."]
    tree = parse_page(page(f"{CONSENT}<p>{told[0]}</p>"), URL).tree
    assert signs_of(tree, asked) == [CONSENT_FORM, CONSENT_TEXT]
    assert signs_of(tree, told) == signs_of(tree) == [CONSENT_FORM]


def test_an_article_in_a_wrapper_that_is_called_so_is_kept() -> None:
    wrapped = page(f'<div class="site consent-container"><article>{paragraphs(*STORY[:2])}</article></div>')
    assert judge(wrapped)["verdict"] == "kept"
    assert judge(page(f"<main>{CONSENT}</main>"))["reason"] == "cookie_wall"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<script src="https://ct.captcha-delivery.com/c.js"></script>', True),
        ('<script src="/cdn-cgi/challenge-platform/h/g/orchestrate/chl_page/v1"></script>', True),
        ('<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>', False),  # on articles too
        ('<script src="https://js.datadome.co/tags.js"></script>', False),
    ],
)
def test_the_script_of_a_check_is_told_from_the_one_that_only_looks_on(source: str, expected: bool) -> None:
    assert is_challenge(page(source)) is expected


def test_a_form_that_is_all_of_a_page_is_read() -> None:
    row = read(page('<form class="consent"><p>May we?</p><button>Yes</button></form>'))
    assert row["shown"] == "May we?"
    assert "May we?" not in (read(page(f"<form><p>May we?</p></form><p>{' '.join(STORY[:2])}</p>"))["shown"] or "")
