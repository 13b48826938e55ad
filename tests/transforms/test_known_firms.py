"""Listed companies named in two words or more are found without the reader; parts of longer names are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.written import write
from transforms.known_firms import firms_in, with_known


def firms(text: str) -> list[str]:
    return [text[start:end] for start, end in firms_in(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Shares of Northern Oil and Gas fell on Tuesday.", ["Northern Oil and Gas"]),
        ("It sold Deutsche Bank's arm to Procter & Gamble.", ["Deutsche Bank", "Procter & Gamble"]),
        ("Best Buy opened early.", ["Best Buy"]),
        ("It was the best buy of the year, and a general electric storm.", []),
        ("The National Bank of Kuwait bought a mill.", []),
        ("Pakistan International Airlines flies again.", []),
        ("They lost the Capital One Cup.", []),
        ("The Bank\n\nof America", []),
        ("", []),
    ],
)
def test_a_listed_name_is_found_where_it_stands_alone(text: str, found: list[str]) -> None:
    assert firms(text) == found


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Shares of [ORG:0.6 Northern Oil] and Gas fell.", [("ORG", "Northern Oil and Gas")]),
        ("[PER:0.9 Deutsche Bank] paid.", [("PER", "Deutsche Bank")]),  # the reader has it: others judge its type
        ("[ORG Bank of America Merrill Lynch] paid.", [("ORG", "Bank of America Merrill Lynch")]),
        ("On Monday Acme Pumps (NYSE: ACM) fell.", [("ORG", "Acme Pumps")]),
        ("Shares of Visa rose, and Nordea stock fell.", [("ORG", "Visa"), ("ORG", "Nordea")]),
        ("Shares in Germany rose, and a share of oranges fell.", []),
        ("The pumps (NYSE: ACM) fell.", []),
    ],
)
def test_the_readers_mentions_stay_unless_they_are_a_part(sentence: str, found: list[tuple[str, str]]) -> None:
    made = write(sentence)
    text = made.document.text
    known = with_known(text, made.reading.mentions)
    assert [(each.type, text[each.start : each.end]) for each in known] == found


# fmt: off
WORDS = st.sampled_from([
    "Deutsche", "Bank", "of", "America", "and", "the", "Northern", "Oil", "Gas", "Shares", "Visa", "stock", "rose",
    "fell", "Best", "Buy", "&", "(NYSE: AB)", ".", "'s", "Kuwait",
])
# fmt: on


@given(st.lists(WORDS, max_size=16).map(" ".join))
def test_firms_stand_in_order_without_overlap(text: str) -> None:
    last = 0
    for mention in with_known(text, ()):
        assert last <= mention.start < mention.end <= len(text)
        assert text[mention.start].isupper()
        last = mention.end
