"""Marked text: whatever the text and the spans are, the words stay, and nothing of them becomes markup."""

from html.parser import HTMLParser
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from deploy.dashboard.marking import Cited, Mention, line, marked_text

WORDS = "ab \n<>&\"'/=é漢"


class Shown(HTMLParser):
    """What a browser would show: the tags, the text, the text under the marks of each number, the anchors."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.anchors: list[str] = []
        self.text = ""
        self.marked: dict[int, str] = {}
        self.ended: list[int] = []
        self._open: list[int] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.anchors += [found["id"]] if "id" in found else []
        if tag == "mark":
            self._open = [int(number) for number in found["data-cited"].split()]
            self.ended += [int(number) for number in found.get("data-ends", "").split()]

    def handle_endtag(self, tag: str) -> None:
        if tag == "mark":
            self._open = []

    def handle_data(self, data: str) -> None:
        self.text += data
        for number in self._open:
            self.marked[number] = self.marked.get(number, "") + data


spans = st.tuples(st.integers(-3, 45), st.integers(-3, 45))


@given(
    st.text(WORDS, max_size=40), st.lists(spans, max_size=5), st.lists(spans, max_size=6), st.lists(st.integers(0, 40))
)
def test_text_marks_and_tags_are_what_was_asked_whatever_the_spans(
    text: str, cited: list[tuple[int, int]], names: list[tuple[int, int]], cuts: list[int]
) -> None:
    places = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    paragraphs = list(pairwise(places))
    asked = [Cited(start, end, number) for number, (start, end) in enumerate(cited)]
    sound = [one for one in asked if 0 <= one.start < one.end <= len(text)]
    html = marked_text(text, paragraphs, asked, [Mention(*span, "ORG", '"><b>') for span in names])
    shown = Shown(html.replace("</p>\n<p", "</p><p"))
    assert shown.text == text
    assert shown.tags <= {"p", "mark", "span"}
    assert shown.marked == {one.number: text[one.start : one.end] for one in sound}
    assert sorted(shown.anchors) == sorted(f"cited-{one.number}" for one in sound)
    assert sorted(shown.ended) == [one.number for one in sound]


def test_names_are_underlined_inside_and_outside_of_marked_sentences() -> None:
    text = "Acme sank. Rome slept."
    mentions = [Mention(0, 4, "ORG", "Acme Corp · ACM"), Mention(11, 15, "LOC", "Rome"), Mention(2, 4, "PER", "me")]
    assert marked_text(text, [(0, 22)], [Cited(0, 10, 1)], mentions) == (
        '<p dir="auto"><mark id="cited-1" data-cited="1" data-ends="1">'
        '<span class="name ORG" title="Acme Corp · ACM">Acme</span> sank.</mark>'
        ' <span class="name LOC" title="Rome">Rome</span> slept.</p>'
    )


def test_signs_that_turn_the_reading_order_and_control_characters_are_not_shown() -> None:
    turning = "pay \u202egnihton\u202c to\x1b[31m us\x00"
    assert Shown(marked_text(turning, [], [], [])).text == "pay gnihton to[31m us"
    assert line(turning + "\n<b>") == "pay gnihton to[31m us &lt;b&gt;"
