"""Pages as real newspapers build them: the article somewhere in the middle of everything that is not the article."""

import json

import pytest
from lxml import html

from flows.press.dates import article_path, dated
from flows.press.editions import Article, Editions, Paper
from flows.press.pages import article_page, listing_page, notice_page
from tests.flows.press.conftest import ANCHOR

PAPERS = ("circuitandfield", "harbourcourier", "meridianledger", "northlinewire", "openorbit", "pacificmorning",
          "rheinbote", "savannahdispatch", "touchline", "uppervalleyherald")  # fmt: skip


def plain(paper: Paper) -> list[Article]:
    return [article for article in paper.visible(3) if article.serve == "article"]


def page_of(paper: Paper, article: Article, night: int = 3) -> html.HtmlElement:
    return html.fromstring(article_page(paper, article, ANCHOR, night).decode(paper.charset))


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("paper_id", PAPERS)
def test_a_page_holds_its_article_whole_and_in_order(editions: Editions, paper_id: str) -> None:
    paper = editions.by_id[paper_id]
    for article in plain(paper):
        body = squeezed(page_of(paper, article).text_content())
        written = dated(article, paper, ANCHOR)
        places = [body.find(paragraph.removeprefix("## ")) for paragraph in written.paragraphs]
        assert -1 not in places, article.slug
        assert places == sorted(places)
        assert written.title in body
        assert all(name in body for name in article.authors)


@pytest.mark.parametrize("paper_id", PAPERS)
def test_a_page_is_full_of_what_is_not_its_article(editions: Editions, paper_id: str) -> None:
    paper = editions.by_id[paper_id]
    for article in plain(paper):
        page = page_of(paper, article)
        links = page.xpath("//a/@href")
        assert sum(link.startswith("/section/") for link in links) >= len(paper.sections)  # navigation
        assert sum(link.startswith(f"http://{paper.domain}/") for link in links) >= 1  # related articles
        own = f"http://{paper.domain}{article_path(article, paper, ANCHOR)}"
        assert own not in links
        around = len(squeezed(page.text_content())) - sum(len(text) for text in article.paragraphs)
        assert around > 300


def test_some_papers_describe_themselves_to_machines_and_others_do_not(editions: Editions) -> None:
    pages = {paper.paper_id: page_of(paper, plain(paper)[0]) for paper in editions.papers}
    has = {
        "json_ld": '//script[@type="application/ld+json"]',
        "open_graph": '//meta[@property="og:title"]',
        "microdata": '//*[@itemprop="datePublished"]',
        "dublin_core": '//meta[@name="DC.title"]',
        "article_tag": "//article",
        "canonical": '//link[@rel="canonical"]',
    }
    for way, path in has.items():
        found = {name for name, page in pages.items() if page.xpath(path)}
        assert found, way
        assert found != set(PAPERS), way


def test_json_ld_says_what_the_page_says(editions: Editions) -> None:
    paper = editions.by_id["harbourcourier"]
    for article in plain(paper):
        page = page_of(paper, article)
        (block,) = (json.loads(text) for text in page.xpath('//script[@type="application/ld+json"]/text()'))
        assert block["headline"] == article.title == page.xpath("//h1")[0].text_content()
        assert [block["datePublished"]] == page.xpath("//time/@datetime")
        assert [person["name"] for person in block["author"]] == list(article.authors)


def test_text_is_escaped_not_markup(editions: Editions) -> None:
    paper = editions.by_id["harbourcourier"]
    hostile = "</script><script>alert(1)</script> & <b>"
    article = Article("x", 1, "10:00", hostile, "World", hostile, (hostile,), authors=(hostile,), tags=(hostile,))
    page = article_page(paper, article, ANCHOR, 1).decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    listing = listing_page(paper, ANCHOR, 1, hostile).decode()
    assert "<script>alert" not in listing
    assert "<b>" not in notice_page(paper, hostile, hostile).decode()


def test_what_a_charset_lacks_becomes_a_reference(editions: Editions) -> None:
    paper = editions.by_id["touchline"]
    article = Article("x", 1, "10:00", "Łódź – 大阪", "Football", "€", ("“Łódź”",))
    sent = article_page(paper, article, ANCHOR, 1)
    assert sent.decode("iso-8859-1").isprintable() or b"&#" in sent
    assert "“Łódź”" in html.fromstring(sent.decode("iso-8859-1")).text_content()


def test_a_section_lists_its_own_articles(editions: Editions) -> None:
    paper = editions.by_id["harbourcourier"]
    page = html.fromstring(listing_page(paper, ANCHOR, 3, "City", "City"))
    shown = [link.text_content() for link in page.xpath("//h3/a")]
    assert shown == [article.title for article in paper.visible(3) if article.section == "City"]


def test_one_engine_changes_around_the_text_every_night(editions: Editions) -> None:
    paper = editions.by_id["circuitandfield"]
    article = next(a for a in paper.articles if a.slug == "apple-opens-its-repair-benches")
    nights = [article_page(paper, article, ANCHOR, night) for night in (1, 2, 3)]
    assert len(set(nights)) == 3
    bodies = {html.fromstring(page).xpath('string(//section[@class="post-content"])') for page in nights}
    assert len(bodies) == 1
