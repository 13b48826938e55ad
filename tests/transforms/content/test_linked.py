"""Linked data as pages write it, broken in the ways in which they break it."""

import json

import pytest

from tests.transforms.pages import URL, linked_data, page
from transforms.content.linked import MAX_OBJECTS, is_article, kinds, main_article, resolved, values
from transforms.content.page import Page, parse_page

ARTICLE = {"@type": "NewsArticle", "headline": "The gate"}


def parsed(*scripts: str, body: str = "x", url: str = URL) -> Page:
    return parse_page(page(body, "".join(linked_data(script) for script in scripts)), url)


def test_objects_come_outer_ones_first_and_broken_scripts_are_passed_by() -> None:
    found = parsed(
        '{"@type": "WebPage", "mainEntity": {"@type": "NewsArticle", "headline": "Lines\nbroken"}};',
        '{"@type": ',
        '[{"@type": ["https://schema.org/Person"]}, 7, null]',
    ).linked_data
    assert [kinds(item) for item in found] == [("WebPage",), ("NewsArticle",), ("Person",)]
    assert [is_article(item) for item in found] == [False, True, False]


@pytest.mark.parametrize(
    "script",
    [
        json.dumps(ARTICLE),
        f"<!-- {json.dumps(ARTICLE)} -->",
        f"/*<![CDATA[*/ {json.dumps(ARTICLE)} /*]]>*/",
        f"//<![CDATA[\n{json.dumps(ARTICLE)}\n//]]>",
        json.dumps(ARTICLE)[:-1] + ",}",
        json.dumps([ARTICLE])[:-1] + " , ]",
        json.dumps(ARTICLE).replace('"', "&quot;"),
        json.dumps({"@type": "WebSite"}) + json.dumps(ARTICLE),
        json.dumps({"@graph": [{"@type": "WebSite"}, ARTICLE]}),
        json.dumps(ARTICLE)[:-1] + ', "articleBody": "She said "no" and left',
        json.dumps({**ARTICLE, "@type": ["schema:Thing", "schema:NewsArticle"]}),
    ],
)
def test_an_article_is_found_however_its_script_is_broken(script: str) -> None:
    found = parsed(script).article
    assert (found.get("headline"), is_article(found)) == ("The gate", True)


@pytest.mark.parametrize(
    "script", ["", "{", "[" * 100_000, '{"@type": "Person", "name": "A', "undefined", '"x' * 9_000]
)
def test_what_cannot_be_read_is_nothing(script: str) -> None:
    assert values(script) == []


def test_the_article_of_a_page_is_the_one_with_its_address() -> None:
    other = {"@type": "NewsArticle", "headline": "Other", "url": "https://paper.example/news/other"}
    own = {
        "@type": "NewsArticle",
        "headline": "Own",
        "mainEntityOfPage": {"@id": "http://www.paper.example/news/lock-gate/"},
    }
    unplaced = {"@type": "NewsArticle", "headline": "Somewhere"}
    assert main_article([other, own, unplaced], URL)["headline"] == "Own"
    assert main_article([other, unplaced], URL)["headline"] == "Somewhere"
    assert (
        main_article([{"@type": "Article", "@id": "#a"}, {"@type": "Article", "headline": "Full"}], URL)["headline"]
        == "Full"
    )
    assert main_article([other], URL)["headline"] == "Other"
    assert main_article([{"@type": "WebPage"}], URL) == {}


def test_references_are_followed_once_and_rings_end() -> None:
    people = [{"@id": "#ana", "@type": "Person", "name": "Ana Ruiz"}, {"@id": "#loop"}]
    assert resolved([{"@id": "#ana"}, "Bo Lind"], people) == [people[0], "Bo Lind"]
    assert resolved({"@id": "#loop"}, people) == {"@id": "#loop"}
    assert resolved({"@id": "#gone"}, people) == {"@id": "#gone"}
    script = {"@graph": [{**ARTICLE, "author": {"@id": "#ana"}}, people[0]]}
    assert parsed(json.dumps(script)).of_article("author") == people[0]


def test_objects_are_counted() -> None:
    assert len(parsed(json.dumps([{}] * (2 * MAX_OBJECTS))).linked_data) == MAX_OBJECTS
