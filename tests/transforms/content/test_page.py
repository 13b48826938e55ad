"""A page is parsed within its limits, and what it states is found."""

import pytest

from tests.transforms.pages import URL, article, linked_data, page
from transforms.content import page as limits
from transforms.content.page import UnreadablePage, parse_page


def test_meta_elements_are_found_by_each_of_their_names_in_page_order() -> None:
    head = (
        '<meta property="og:title" content=" One "><meta name="OG:Title" content="Two">'
        '<meta itemprop="headline" name="title" content="Three"><meta name="empty" content="">'
    )
    found = parse_page(page("x", head), URL)
    assert list(found.stated("title", "og:title", "headline", "empty")) == ["Three", "One", "Two", "Three"]


def test_scripts_are_left_out_but_for_linked_data_and_an_open_one_hides_no_limit() -> None:
    html = page("<p>seen</p><script>var p = '<p>unseen</p>'</script><style>p {color: red}</style>", linked_data("{}"))
    tree = parse_page(html, URL).tree
    assert "unseen" not in tree.text_content()
    assert [script.get("type") for script in tree.iter("script")] == ["application/ld+json"]


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("  \n ", "empty"),
        ("<!-- a comment -->", "empty"),
        ("x" * (limits.MAX_CHARACTERS + 1), "characters, limit"),
        ("<p>" + "y" * (limits.MAX_PAGE_TEXT + 1), "characters of text"),
        ("<i>" * 2 + "<br>" * limits.MAX_ELEMENTS, "elements"),
        ("<p " + "".join(f'a{n}="=" ' for n in range(2 * limits.MAX_ATTRIBUTES)) + ">x", "attributes"),
    ],
)
def test_what_is_over_a_limit_is_refused_with_its_reason(html: str, reason: str) -> None:
    with pytest.raises(UnreadablePage, match=reason):
        parse_page(html, URL)


def test_a_long_attribute_value_is_not_taken_for_many_attributes() -> None:
    tree = parse_page(page(f'<p title="{"a=b " * 9_000}">seen</p>'), URL).tree
    assert len(tree.find(".//p").get("title")) == 36_000


def test_control_characters_are_no_text() -> None:
    found = parse_page(article("A\x00B\x0b said \ud800so."), URL)
    assert "AB said so." in found.tree.text_content()
