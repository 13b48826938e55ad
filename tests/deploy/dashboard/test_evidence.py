"""The article page's pieces: what is claimed leads to its sentence, and only web addresses lead out."""

import re

import pytest

from deploy.dashboard.evidence import article_head, article_text, key_points, lineage_panel, points_of, tone_panel
from deploy.dashboard.tables import Row
from tests.deploy.dashboard.marts import article_row
from tests.deploy.dashboard.night import PIECES

RAIL: Row = article_row(PIECES[0])
HOSTILE: Row = article_row(next(piece for piece in PIECES if piece.source == "hostile"))


def test_every_citation_leads_to_a_marked_sentence_and_none_is_given_twice() -> None:
    cited = re.findall(r'href="#(cited-\d+)"', key_points(RAIL))
    assert cited == ["cited-1", "cited-2", "cited-3", "cited-4"]
    assert re.findall(r'<mark id="(cited-\d+)"', article_text(RAIL, [])) == cited
    gist = {"start": RAIL["gist_start"], "end": RAIL["gist_end"], "text": RAIL["gist"], "score": 1.0, "support": 1.0}
    repeated = {**RAIL, "key_points": [gist, *RAIL["key_points"]]}
    assert key_points(repeated) == key_points(RAIL)


def test_a_point_that_the_text_does_not_bear_out_leads_nowhere() -> None:
    first, *others = RAIL["key_points"]
    wrong = {**RAIL, "gist": None, "key_points": [{**first, "text": "Siemens lost the order."}, *others]}
    assert [point.cited is None for point in points_of(wrong)[1]] == [True, False, False]
    assert re.findall(r"#cited-(\d)", key_points(wrong)) == ["2", "3"]
    assert article_text(wrong, []).count("<mark") == 2
    trimmed = {**RAIL, "key_points": [{**first, "text": first["text"].split(",")[0]}, *others]}
    assert all(point.cited for point in points_of(trimmed)[1])


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//x.example/", "http://", "nonsense"]
)
def test_only_web_addresses_are_linked(url: str) -> None:
    assert "href" not in article_head({**RAIL, "url": url}, "UTC")


def test_a_web_address_is_linked_and_escaped() -> None:
    head = article_head({**RAIL, "url": 'https://a.example/?a=1&b="'}, "UTC")
    assert 'href="https://a.example/?a=1&amp;b=&quot;" target="_blank" rel="noopener noreferrer nofollow"' in head


def test_what_a_reader_should_know_is_said_in_the_zone_of_the_settings() -> None:
    flags = {"is_paywalled": True, "is_partial": True, "is_edited": True, "revisions": 2}
    head = article_head({**RAIL, **flags}, "Asia/Tokyo")
    assert "4 Mar 2026, 02:40" in head  # 17:40 UTC on the 3rd
    assert all(words in head for words in ("paywalled", "partial", "edited", "2 versions kept"))
    assert "undated, found 4 Mar 2026" in article_head({**RAIL, "published_at": None}, "UTC")


def test_a_tone_that_was_not_read_is_not_made_up() -> None:
    assert "positive 58%" in tone_panel(RAIL)
    german = article_row(next(piece for piece in PIECES if piece.language == "de"))
    assert "not read yet" in tone_panel(german)
    assert "%" not in tone_panel(german)


def test_no_piece_of_the_page_lets_an_article_write_markup() -> None:
    made = article_head(HOSTILE, "UTC") + key_points(HOSTILE) + article_text(HOSTILE, []) + lineage_panel(HOSTILE)
    assert set(re.findall(r"<(\w+)", made)) <= {
        *("header", "p", "span", "time", "h1", "section", "sup", "a", "ul", "li", "mark"),
        *("details", "summary", "table", "thead", "tbody", "tr", "th", "td", "dl", "div", "dt", "dd", "code"),
    }
    assert not re.search(r"<[^>]*\son\w+=", made)
