"""The phrases that give a page away, and sentences of news that use the same words."""

import re

import pytest

from transforms.verdict_phrases import BLOCKED, CONSENT, ERROR_TEXT, ERROR_TITLE, VIDEO_TEXT, VIDEO_TITLE, anywhere

FOUND = [
    (ERROR_TITLE, ["404", "Error 404 – Page", "Page not found", "503 Service Unavailable", "Seite nicht gefunden"]),
    (ERROR_TITLE, ["This story is no longer available", "Page introuvable", "Fehler"]),
    (
        ERROR_TEXT,
        ["We can’t find that page.", "The article has been removed.", "Dieser Artikel ist nicht mehr verfügbar"],
    ),
    (BLOCKED, ["Are you a robot?", "Just a moment...", "Access denied", "Sind Sie ein Mensch?"]),
    (CONSENT, ["We use some cookies", "Alle akzeptieren", "your privacy choices", "Wir verwenden Cookies"]),
    (VIDEO_TITLE, ["Video: The gate", "The gate [Video]", "Watch | Five saves", "The gate – Video"]),
    (VIDEO_TEXT, ["Your browser does not support the video tag", "Watch the full video", "Video abspielen"]),
]
PASSED = [
    (
        ERROR_TITLE,
        ["404 jobs to go at the yard", "A page of history", "Errors of the harbour office", "500 years of tea"],
    ),
    (ERROR_TEXT, ["The page boy could not find his cap.", "He moved the article to page two."]),
    (BLOCKED, ["A robot that welds gates", "The moment the gate fell"]),
    (CONSENT, ["She baked cookies for the crew.", "The court accepted the settlement."]),
    (VIDEO_TITLE, ["Videos of the gate divide the town", "Watchmakers of the valley"]),
    (VIDEO_TEXT, ["The video shows the gate as it falls."]),
]


@pytest.mark.parametrize(("pattern", "line"), [(pattern, line) for pattern, lines in FOUND for line in lines])
def test_a_phrase_is_found(pattern: re.Pattern[str], line: str) -> None:
    assert pattern.search(line)


@pytest.mark.parametrize(("pattern", "line"), [(pattern, line) for pattern, lines in PASSED for line in lines])
def test_news_in_the_same_words_passes(pattern: re.Pattern[str], line: str) -> None:
    assert not pattern.search(line)


def test_any_of_several_phrases_is_found_in_any_case() -> None:
    assert anywhere("gate", "lo.k").findall("GATE, lock, loft") == ["GATE", "lock"]
