"""A page that says the rest is for subscribers is known, and one that advertises is not."""

import lxml.html
import pytest

from transforms.paywall import MAX_NOTICE, has_notice, is_notice


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe to continue reading",
        "Sign in or register to read this story.",
        "This article is for subscribers only.",
        "You’ve reached your limit of free articles.",
        "Already a subscriber? Log in",
        "Weiterlesen mit Plus",
        "Dieser Artikel ist nur für Abonnenten.",
        "Article réservé aux abonnés",
        "Contenido exclusivo para suscriptores",
    ],
)
def test_a_notice_is_known_in_several_languages(line: str) -> None:
    assert is_notice(line)


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe to our newsletter",
        "The subscribers of the line were cut off when the gate fell.",
        "Sie lasen den Artikel im Zug.",
        "Since winter the readers of the Gazette have had to subscribe to continue reading after the third article.",
        "Subscribe to continue reading " + "and so on " * MAX_NOTICE,
    ],
)
def test_other_lines_and_long_texts_are_none(line: str) -> None:
    assert not is_notice(line)


NOTICE = "Subscribe to continue reading"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (f"<div><p>{NOTICE}</p></div>", True),
        ("<p>Subscribe <b>now</b> to continue reading</p>", True),
        (f"<nav><a href='/s'>{NOTICE}</a></nav>", False),
        (f"<footer><p>{NOTICE}</p></footer>", False),
        (f"<div style='display : NONE'><p>{NOTICE}</p></div>", False),
        (f"<div hidden><p>{NOTICE}</p></div>", False),
        (f"<div aria-hidden='true'><span>{NOTICE}</span></div>", False),
        (f"<template><p>{NOTICE}</p></template>", False),
        ("<p>The gate fell.</p>", False),
    ],
)
def test_a_page_says_it_where_a_reader_sees_it(body: str, found: bool) -> None:
    assert has_notice(lxml.html.document_fromstring(f"<html><body>{body}</body></html>")) is found
