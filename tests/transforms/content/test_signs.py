"""What a page is built of, whatever it says."""

import pytest

from tests.transforms.pages import URL, page
from transforms.content.page import parse_page
from transforms.content.signs import CONSENT_FORM, FORWARDING, NO_SCRIPT, PASSWORD, PLAYER, PUZZLE, signs_of


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
