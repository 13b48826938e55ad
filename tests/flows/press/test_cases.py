"""The table of special cases in the press's README is what the server really does, case by case and night by night."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html

import flows.press
from flows.press.editions import NIGHTS, Editions
from tests.flows.press.conftest import Answer, Get

README = Path(flows.press.__file__).with_name("README.md")
ROW = re.compile(r"^\| ([^|]+?) \| `(http://[^`]+)` \| ([\w ]+?) \| ([^|]+?) \|$", re.MULTILINE)


def cases() -> dict[str, tuple[str, list[int]]]:
    """Case -> (address, the status on each night), as the table says."""
    rows = ROW.findall(README.read_text("utf-8"))
    return {
        case: (url, [0 if word == "closed" else int(word) for word in nights.split()]) for case, url, nights, _ in rows
    }


CASES = cases()


def address(case: str) -> str:
    url, _ = CASES[case]
    return url


def text_of(answer: Answer) -> str:
    return "".join(html.fromstring(answer.body).itertext())


def json_ld(answer: Answer) -> list[Any]:
    found = html.fromstring(answer.body).xpath('//script[@type="application/ld+json"]/text()')
    return [json.loads(text) for text in found]


def test_the_table_names_every_kind_of_page_the_editions_hold(editions: Editions) -> None:
    table = README.read_text("utf-8").partition("## Special cases")[2].partition("\n## ")[0]
    assert len(CASES) == table.count("\n| ") - 1  # no row is lost for being written oddly
    listed = {url for url, _ in CASES.values()}
    special = [article for paper in editions.papers for article in paper.articles if article.serve != "article"]
    assert len(special) >= 7
    for article in special:
        assert any(url.endswith((article.path or "?", f"/{article.slug}")) for url in listed), article.slug


@pytest.mark.parametrize("case", CASES)
def test_each_address_answers_as_the_table_says(get: Get, case: str) -> None:
    url, expected = CASES[case]
    assert [get(night, url).status for night in NIGHTS] == expected


def test_a_correction_owns_up_and_a_silent_edit_does_not(get: Get) -> None:
    first, second, third = (text_of(get(night, address("correction with a note"))) for night in NIGHTS)
    assert "31 ships lay at anchor" in first
    assert "Correction:" not in first
    assert "37 ships lay at anchor" in second
    assert second.count("31 ships") == 1  # in the note alone
    assert "Correction: an earlier version" in second
    assert "37 ships lay at anchor" in third

    before, after = (text_of(get(night, address("silent edit"))) for night in (1, 2))
    assert "grew 3.1 percent" in before
    assert "grew 3.1 percent" not in after
    assert "grew 2.7 percent" in after
    assert not re.search(r"correct|earlier version|update", after, re.IGNORECASE)


def test_the_paywall_shows_two_paragraphs_and_says_so_to_machines(get: Get, editions: Editions) -> None:
    article = next(a for a in editions.by_id["meridianledger"].articles if a.serve == "paywall")
    for night in NIGHTS:
        answer = get(night, address("paywall teaser"))
        shown = [text in text_of(answer) for text in article.paragraphs]
        assert shown == [True, True, False, False]
        assert "for subscribers" in text_of(answer)
        assert [block["isAccessibleForFree"] for block in json_ld(answer)] == [False]


def test_an_article_on_pages_shows_a_part_on_each_and_links_to_all(get: Get, editions: Editions) -> None:
    article = next(a for a in editions.by_id["meridianledger"].articles if a.serve == "pages")
    url = address("article on three pages")
    pages = [get(1, address) for address in (url, f"{url}/2", f"{url}/3")]
    shown = [[text in text_of(page) for text in article.paragraphs] for page in pages]
    assert [sum(each) for each in shown] == [3, 3, 3]
    assert all(map(any, zip(*shown, strict=True)))
    for page in pages:
        links = html.fromstring(page.body).xpath('//div[@class="c-pager"]/a/@href')
        assert [f"http://meridianledger.example{link}" for link in links] == [url, f"{url}/2", f"{url}/3"]
    assert get(1, f"{url}/4").status == 404


def test_pages_that_only_look_like_articles(get: Get) -> None:
    wall = get(2, address("cookie wall"))
    assert "cookies" in text_of(wall)
    assert "tram" not in text_of(wall)

    video = html.fromstring(get(2, address("video page")).body)
    assert video.xpath('//meta[@property="og:type"]/@content') == ["video.other"]
    assert len(video.xpath("//video")) == 1

    index = html.fromstring(get(3, address("index page among the articles")).body)
    assert len(index.xpath('//div[@class="teaser"]//a[@href]')) >= 10
    assert not index.xpath("//article")


def test_the_redirect_leads_to_the_page_and_the_loop_to_itself(get: Get) -> None:
    away = get(1, address("redirect"))
    home = "http://northlinewire.example"
    real = get(1, home + away.headers["location"])
    assert real.status == 200
    canonical = html.fromstring(real.body).xpath('//link[@rel="canonical"]/@href')
    assert canonical == [home + away.headers["location"]]

    start = address("redirect loop")
    there = get(2, start).headers["location"]
    back = get(2, "http://touchline.example" + there)
    assert back.status == 302
    assert "http://touchline.example" + back.headers["location"] == start


def test_a_failed_page_is_mended_for_good(get: Get) -> None:
    url = address("error that heals")
    assert "cable ferry" not in text_of(get(1, url))
    assert "cable ferry" in text_of(get(2, url))
    assert get(2, url).sent == get(2, url).sent


def test_etags_that_lie(get: Get) -> None:
    stuck = address("ETag that never changes")
    tag = get(1, stuck).headers["etag"]
    for night in (2, 3):
        assert get(night, stuck, If_None_Match=tag).status == 304
        assert get(night, stuck).headers["etag"] == tag
    assert len({get(night, stuck).sent for night in NIGHTS}) == 3  # although there is news every night

    restless = address("ETag that always changes")
    twice = [get(2, restless) for _ in range(2)]
    assert twice[0].sent == twice[1].sent
    assert twice[0].headers["etag"] != twice[1].headers["etag"]
    assert get(2, restless, If_None_Match=twice[1].headers["etag"]).status == 200
    for url in (stuck, restless):
        assert "last-modified" not in get(2, url).headers  # the date would give the lie away


def test_the_charset_is_told_in_one_place_only(get: Get) -> None:
    in_markup = get(1, address("charset only in the markup"))
    assert "charset" not in in_markup.headers["content-type"]
    assert b"charset=windows-1252" in in_markup.sent
    tram = get(1, "http://rheinbote.example/artikel/tram-ueber-die-grenze.html").sent
    assert "312 Millionen €".encode("cp1252") in tram
    assert "Mülhausen".encode("cp1252") in tram

    in_header = get(1, address("charset only in the header"))
    assert in_header.headers["content-type"] == "text/html; charset=iso-8859-1"
    assert b"charset=" not in in_header.sent
    assert "Tomás Pereira".encode("latin-1") in in_header.sent


def test_signals_of_reservation_are_in_headers_markup_and_robots(get: Get) -> None:
    page = get(1, "http://circuitandfield.example/stories/a-field-guide-to-dead-keyboards")
    assert page.headers["tdm-reservation"] == "1"
    assert html.fromstring(page.body).xpath('//meta[@name="robots"]/@content') == ["noai, noimageai"]
    assert b"User-agent: GPTBot\nDisallow: /\n" in get(1, address("AI and TDM signals")).body


def test_an_undated_page_shows_no_date_to_machines_or_people(get: Get) -> None:
    page = get(1, address("no date"))
    assert "datetime=" not in page.body.decode()
    (block,) = json_ld(page)
    assert block["@graph"][1]["datePublished"] is None
    assert not re.search(r"\b\d{1,2} March 2026", text_of(page))


def test_the_copy_is_the_agencys_text_word_for_word(get: Get, editions: Editions) -> None:
    agency = next(a for a in editions.by_id["northlinewire"].articles if a.slug == "grid-battery-at-sea-level")
    copy = html.fromstring(get(2, address("exact copy of the agency")).body)
    shown = [p.text_content() for p in copy.xpath('//div[@class="entry-content"]/p')]
    assert shown == list(agency.paragraphs)


def test_only_the_page_with_a_delay_is_slow(delays: dict[str, float]) -> None:
    assert delays == {address("slow page"): 1.5}
