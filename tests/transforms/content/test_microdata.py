"""Articles stated as microdata."""

import lxml.html

from tests.transforms.pages import URL, linked_data, page
from transforms.content.microdata import MAX_SCOPES, microdata
from transforms.content.page import parse_page

SCOPE = (
    '<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">The <b>gate</b></h1>'
    '<span itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">Ana Ruiz</b></span>'
    '<span itemprop="author">Bo Lind</span><time itemprop="datePublished" datetime="2026-03-08">Sunday</time>'
    '<div itemprop="comment" itemscope itemtype="https://schema.org/Comment">'
    '<time itemprop="dateModified" datetime="2026-03-09">Monday</time></div></div>'
)


def test_a_scopes_properties_are_its_own() -> None:
    (found,) = microdata(lxml.html.document_fromstring(SCOPE))
    assert found == {
        "@type": "NewsArticle",
        "headline": "The gate",
        "author": [{"name": "Ana Ruiz"}, "Bo Lind"],
        "datePublished": "2026-03-08",
    }


def test_linked_data_goes_before_microdata() -> None:
    assert parse_page(page(SCOPE), URL).article["headline"] == "The gate"
    stated = linked_data('{"@type": "NewsArticle", "headline": "Linked"}')
    assert parse_page(page(SCOPE, stated), URL).article["headline"] == "Linked"


def test_scopes_without_end_are_bounded() -> None:
    tree = lxml.html.document_fromstring("<div>" + '<i itemscope itemtype="/Article">' * 200 + "</div>")
    assert len(list(microdata(tree))) == MAX_SCOPES
