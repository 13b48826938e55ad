"""What a page states about its article, by rank of where it is stated."""

import json

import pytest

from tests.transforms.pages import URL, linked_data, page
from transforms.content.metadata import MAX_TAGS, Metadata, read_metadata
from transforms.content.page import parse_page

META = (
    '<meta property="og:site_name" content="Brannock &amp;amp; Quay"><meta property="og:type" content="article">'
    '<meta name="keywords" content="barges; Locks, locks,, @post-id:7">'
    '<meta property="article:section" content="Towns">'
    '<meta property="og:image" content="/p.jpg">'
)


def read(head: str, body: str = "x", feed_title: str | None = None) -> Metadata:
    return read_metadata(parse_page(page(body, head), URL), feed_title, None)


def of_article(**stated: object) -> str:
    return linked_data(json.dumps({"@type": "NewsArticle", **stated}))


def test_meta_elements_are_read() -> None:
    found = read(META)
    assert (found.site_name, found.section, found.page_type) == ("Brannock & Quay", "Towns", "article")
    assert found.tags == ("barges", "Locks")
    assert found.lead_image_url == "https://paper.example/p.jpg"


def test_linked_data_of_the_article_goes_first() -> None:
    found = read(META + of_article(keywords=["tide"], articleSection="Harbour", publisher={"name": "Other"}))
    assert (found.tags, found.section, found.page_type) == (("tide",), "Harbour", "NewsArticle")


@pytest.mark.parametrize("image", ["javascript:alert(1)", 7, {"url": None}, [{"url": {}}], None])
def test_an_image_that_is_no_address_is_none(image: object) -> None:
    assert read(of_article(image=image)).lead_image_url is None


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (of_article(isAccessibleForFree=False), False),
        (of_article(isAccessibleForFree="True"), True),
        (of_article(hasPart={"@type": "WebPageElement", "isAccessibleForFree": "http://schema.org/False"}), False),
        (of_article(isAccessibleForFree=True, hasPart={"isAccessibleForFree": False}), True),
        ('<meta property="article:content_tier" content="locked">', False),
        ('<meta property="article:content_tier" content="metered">', None),
        (of_article(isAccessibleForFree={"a": 1}), None),
        ("", None),
    ],
)
def test_whether_it_is_free_is_what_the_structured_data_says(head: str, expected: bool | None) -> None:
    assert read(head).is_free_to_read is expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (linked_data('{"@type": "CollectionPage"}') + '<meta property="og:type" content="website">', "CollectionPage"),
        (linked_data('{"@type": ["VideoObject"]}'), "VideoObject"),
        ('<meta property="og:type" content="website">', "website"),
        (linked_data('{"@type": "Organization"}'), "Organization"),
        ("", None),
    ],
)
def test_the_kind_of_page_is_what_it_says_it_is(head: str, expected: str | None) -> None:
    assert read(head).page_type == expected


def test_hostile_statements_are_bounded() -> None:
    found = read(of_article(keywords=[f"tag {n}" for n in range(500)] + ["x" * 500], articleSection="y" * 5_000))
    assert len(found.tags) == MAX_TAGS
    assert found.section is None


def test_an_author_may_stand_elsewhere_in_the_graph() -> None:
    graph = [
        {"@type": "NewsArticle", "author": [{"@id": "#ana"}], "publisher": {"@id": "#desk"}},
        {"@type": "Person", "@id": "#ana", "name": "Ana Ruiz"},
        {"@type": "Organization", "@id": "#desk", "name": "Quay Press"},
    ]
    found = read(linked_data(json.dumps({"@graph": graph})))
    assert (found.authors, found.site_name) == (("Ana Ruiz",), "Quay Press")
