"""The brief as a page: whole in itself, closed to the web's words, every point tied to its evidence."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import html

from flows.brief import Brief, render_html
from flows.brief.page import bar_start, bar_width
from tests.deploy.dashboard.marts import article_row
from tests.flows.brief.conftest import SHOWN_OF_HOSTILE, Make, amber, night, port_piece


@pytest.fixture
def page(full: Brief) -> Any:
    return html.document_fromstring(render_html(full))


def test_it_asks_nobody_for_anything(full: Brief, page: Any) -> None:
    assert not page.xpath("//script | //img | //iframe | //object | //embed | //form | //video | //audio | //base")
    assert page.xpath("//@src | //@srcset | //@background | //@action | //@poster") == []
    assert page.xpath("//link/@href") == ["data:,"]
    (style,) = page.xpath("//style/text()")
    assert not re.search(r"url\(|@import|expression|</", style)
    (policy,) = page.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert not {"script-src", "connect-src", "font-src"} & rules.keys()
    assert page.xpath('//meta[@name="referrer"]/@content') == ["no-referrer"]
    assert not re.search(r"\son\w+\s*=\s*[\"']", re.sub(r"&[^;]+;", "", render_html(full)))


def test_what_a_stranger_wrote_is_text(full: Brief, page: Any) -> None:
    titles = [heading.text_content() for heading in page.xpath("//h3")]
    assert any(title.startswith(SHOWN_OF_HOSTILE) for title in titles)
    assert not page.xpath("//b | //u | //i")
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e]", render_html(full))
    chips = [chip.text_content() for chip in page.xpath('//dd[@class="chip"]')]
    assert "<b>Bold</b> & [Co](x) <i>" in chips


def test_links_lead_to_the_web_or_to_a_place_on_the_page(page: Any) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for link in page.xpath("//a"):
        target = link.get("href")
        if target.startswith("#"):
            assert target[1:] in ids
        else:
            assert urlsplit(target).scheme in ("http", "https")
            assert link.get("rel") == "noopener noreferrer"
    assert not [link for link in page.xpath("//a/@href") if "evil.example" in link or "javascript" in link]


def test_every_point_leads_to_its_sentence_and_back(full: Brief, page: Any) -> None:
    texts = {row["revision_id"]: row["text"] for row in map(article_row, night())}
    cites = page.xpath('//a[@class="cite"]')
    assert len(cites) == sum(len(story.key_points) + (story.gist is not None) for story in full.stories) > 20
    for cite in cites:
        place = page.get_element_by_id(cite.get("href")[1:])
        start, end = int(place.get("data-start")), int(place.get("data-end"))
        claimed = cite.xpath("string(ancestor::li | ancestor::p[@class='gist'])").removesuffix(cite.text)
        original = texts[place.get("data-revision")][start:end]
        if "\x1b" not in original:  # of the hostile text only what may be shown is shown
            assert claimed == original == place.xpath("string(.//mark)")
        assert place.xpath("string(.//a[@class='back']/@href)") == f"#{cite.get('id')}"


def test_a_story_shows_source_time_tone_names_copies_and_flags(make: Make) -> None:
    story = html.document_fromstring(render_html(make(port_piece(more={"is_edited": True})))).xpath("//article")[0]
    text = " ".join(story.text_content().split())
    assert text.startswith("courier 3 Mar, 20:40 edited Port closes The port of Rotterdam closed at dawn.")
    assert "Tone negative −0.40" in text
    assert "Maersk MAERSK-B" in text
    assert story.xpath("string(.//h3/a/@href)") == "http://courier.example/2026/03/04/port-closes"


def test_a_story_without_anything_read_is_still_a_story(make: Make) -> None:
    bare = port_piece(title=None, url="javascript:x", gist=None, points=(), names=(), tone=None, language="de")
    (story,) = html.document_fromstring(render_html(make(bare))).xpath("//article")
    assert story.get("lang") == "de"
    assert story.xpath("string(.//h3)") == "Untitled"
    assert not story.xpath(".//h3/a | .//details | .//sup | .//dl/div")


@pytest.mark.parametrize(
    ("score", "start", "width"), [(0.0, 50, 0), (0.5, 50, 25), (-0.5, 25, 25), (-1, 0, 50), (7, 50, 50), (-7, 0, 50)]
)
def test_the_bar_of_a_tone_stays_on_its_track(score: float, start: float, width: float) -> None:
    assert (bar_start(score), bar_width(score)) == (start, width)


def test_failures_come_first_and_an_empty_day_is_told(full: Brief, make: Make, page: Any) -> None:
    (note,) = page.xpath('//aside[@role="note"]')
    assert "signal (<i>timeout</i> after [20] s)." in note.text_content()
    assert page.xpath("//body/*")[1] is note
    empty = html.document_fromstring(render_html(make(report=amber() | {"sources": []})))
    assert "No article became known on Wednesday 4 March 2026 (UTC)." in empty.text_content()
    assert not empty.xpath("//article | //aside")
    assert full.chosen == len(page.xpath("//article"))
