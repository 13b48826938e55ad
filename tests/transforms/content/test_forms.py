"""What form a page says that its article has."""

import pytest

from tests.transforms.pages import URL, linked_data, page
from transforms.content.forms import FORMS, form_of
from transforms.content.page import parse_page


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ("", "x", "article"),
        (linked_data('{"@type": "NewsArticle", "headline": "a"}'), "<video></video>", "article"),
        (linked_data('{"@type": "NewsArticle", "headline": "a", "video": {"@type": "VideoObject"}}'), "x", "article"),
        (linked_data('[{"@type": "NewsArticle", "headline": "a"}, {"@type": "LiveBlogPosting"}]'), "x", "live_blog"),
        ("", '<div itemscope itemtype="http://schema.org/LiveBlogPosting">x</div>', "live_blog"),
        (linked_data('{"@type": "MediaGallery"}'), "x", "gallery"),
        ('<meta property="og:type" content="video.other">', "x", "video"),
        (linked_data('{"@type": "VideoObject"}'), "x", "video"),
        (linked_data('{"@type": "PodcastEpisode"}'), "x", "audio"),
        (linked_data('{"@type": "VideoObject"}') + '<meta property="og:type" content="article">', "x", "article"),
    ],
)
def test_a_form_is_what_the_page_as_a_whole_says_of_itself(head: str, body: str, expected: str) -> None:
    found = form_of(parse_page(page(body, head), URL))
    assert found == expected
    assert found in FORMS
