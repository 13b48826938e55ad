import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.reader.reading import Span
from transforms.reader.training.companies import (
    company_names,
    headline_renamed,
    plain_sentences,
    renamed,
    renamed_all,
    short_name,
)
from transforms.reader.training.labelled import Labelled, Name, Target

TEXT = "Acme met Lyon and Acme again"
ITEM = Labelled(TEXT, (Span(0, len(TEXT)),), (Name(0, 4, "ORG"), Name(9, 13, "LOC"), Name(18, 22, "ORG")))


@given(st.integers(), st.lists(st.text("ab .", min_size=1, max_size=9), min_size=1))
def test_organisations_get_other_names_and_the_rest_stays(seed: int, companies: list[str]) -> None:
    item = renamed(ITEM, companies, random.Random(seed))
    first, place, second = (item.text[name.start : name.end] for name in item.names or ())
    assert item.text == f"{first} met Lyon and {second} again"
    assert place == "Lyon"
    assert item.sentences == (Span(0, len(item.text)),)


def test_sentences_without_an_organisation_are_left_out_and_the_seed_decides() -> None:
    plain = Labelled("Lyon", (Span(0, 4),), (Name(0, 4, "LOC"),))
    unread = Labelled("Lyon", (Span(0, 4),))
    assert len(renamed_all([plain, unread, ITEM], 5)) == 1
    assert renamed_all([ITEM] * 9, 5) == renamed_all([ITEM] * 9, 5)
    assert renamed_all([ITEM] * 9, 5) != renamed_all([ITEM] * 9, 6)


@pytest.mark.parametrize(
    ("listed", "short"),
    [
        ("Meta Platforms, Inc.", "Meta"),
        ("Anglo American plc", "Anglo American"),
        ("Mitsui & Co.", "Mitsui"),
        ("Nissan", "Nissan"),
        ("Holdings Group Inc", "Holdings"),
    ],
)
def test_the_short_name(listed: str, short: str) -> None:
    assert short_name(listed) == short


def test_there_are_many_companies_and_each_has_a_name() -> None:
    names = company_names()
    assert len(set(names)) == len(names) > 1000
    assert all(short_name(name).strip() for name in names)


def test_plain_sentences_name_one_company_each() -> None:
    items = plain_sentences(20, 7)
    assert len({item.text for item in items}) == len(items) == 20 + 8 * 5
    for item in items:
        (name,) = item.names or ()
        shown = item.text[name.start : name.end]
        assert shown.strip() == shown
        assert "{" not in item.text


def test_a_headline_s_companies_are_renamed_with_their_tone_and_what_is_no_name_stays() -> None:
    text = "Acme gains as gold slips, Berg Ltd falls"
    targets = (Target(26, 34, 0), Target(0, 4, 2), Target(14, 18, 0))
    item = Labelled(text, (Span(0, len(text)),), targets=targets)
    shares = {"acme": 0.0, "berg": 0.0, "ltd": 0.05, "gold": 0.8}
    made = headline_renamed(item, ["Longname Holdings plc"], shares, random.Random(2))
    assert made is not None
    shown = [made.text[t.start : t.end] for t in made.targets]
    assert shown[1] == "gold"
    assert {name.partition(" ")[0] for name in shown[::2]} == {"Longname"}
    assert [t.label for t in made.targets] == [2, 0, 0]
    assert [(n.start, n.end) for n in made.names or ()] == [(t.start, t.end) for t in made.targets[::2]]
    assert made.text == f"{shown[0]} gains as gold slips, {shown[2]} falls"
    assert made.is_partial
    assert headline_renamed(item, ["Other"], {}, random.Random(2)) is None, "no target is known to be a name"
    inside = replace(item, targets=(Target(26, 34, 0), Target(26, 30, 0)))
    assert headline_renamed(inside, ["Other"], shares, random.Random(2)) is None
