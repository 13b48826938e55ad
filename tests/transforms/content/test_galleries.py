"""Galleries: the captions are the article."""

import json

from tests.transforms.pages import STORY, linked_data, page, paragraphs, read

GALLERY = linked_data('{"@type": "ImageGallery"}')
FIGURES = "".join(
    f"<figure><img src='/{n}.jpg'><figcaption>{line}</figcaption></figure>" for n, line in enumerate(STORY)
)


def test_captions_are_the_text_of_a_gallery_in_page_order_each_once() -> None:
    row = read(page(f"<main><h1>The lock</h1>{FIGURES}{FIGURES}</main>", GALLERY))
    assert row["form"] == "gallery"
    assert [row["text"].count(line) for line in STORY] == [1] * len(STORY)
    assert sorted(STORY, key=row["text"].index) == list(STORY)


def test_captions_in_the_linked_data_stand_in_where_the_markup_has_none() -> None:
    pictures = [{"@type": "ImageObject", "caption": line} for line in STORY[:3]]
    head = linked_data(json.dumps({"@type": "ImageGallery", "associatedMedia": pictures}))
    assert read(page("<main><h1>The lock</h1><div id=slides></div></main>", head))["text"] == "\n\n".join(STORY[:3])


def test_an_article_that_holds_a_gallery_keeps_its_own_text() -> None:
    head = linked_data('{"@type": "NewsArticle", "headline": "x", "hasPart": {"@type": "ImageGallery"}}')
    row = read(page(f"<article>{paragraphs(*STORY[:3])}<aside>{FIGURES}</aside></article>", head))
    assert (row["form"], row["text"]) == ("article", "\n\n".join(STORY[:3]))
