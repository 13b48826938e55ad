"""Which spelling is short for which, by rules that look up instead of comparing all with all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.mentions import Named
from transforms.names import name_key, without_honorific
from transforms.short_forms import Unit, acronyms, people_of, same_firms, short_firms


def units(kind: str, *names: str) -> dict[Unit, list[Named]]:
    """One mention a name, in this order."""
    made: dict[Unit, list[Named]] = {}
    for place, name in enumerate(names):
        key = name_key(name)
        made.setdefault((key, kind), []).append(
            Named(place * 100, place * 100 + len(name), name, kind, 0.9, key, place)
        )
    return made


def spelled(pairs: list[tuple[Unit, Unit]]) -> list[tuple[str, str]]:
    return [(short[0], full[0]) for short, full in pairs]


def test_a_firm_may_lack_its_legal_form_or_a_word_like_group() -> None:
    firms = units("ORG", "Brannock", "Brannock Group plc", "Brannock Energy", "Lock Ltd")
    assert spelled(same_firms(firms)) == [("brannock", "brannock group plc")]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("Brannock Lock Works", "Brannock"), [("brannock", "brannock lock works")]),
        (("Brannock", "Brannock Lock Works"), []),  # not introduced yet
        (("Brannock Lock Works", "Brannock Energy", "Brannock"), []),  # could be either
        (("Siemens Lock Works", "Siemens"), []),  # a company of its own
    ],
)
def test_the_first_words_of_one_longer_name_stand_for_it(
    names: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    assert spelled(short_firms(units("ORG", *names))) == expected


def test_an_acronym_stands_for_the_name_whose_initials_it_has() -> None:
    text = "Brannock Lock Works (BLW) met the Brannock Harbour Office."
    firms = units("ORG", "Brannock Lock Works", "BLW", "BHO", "Brannock Harbour Office", "XYZ")
    assert spelled(acronyms(text, firms)) == [("blw", "brannock lock works"), ("bho", "brannock harbour office")]
    assert acronyms(text, units("PER", "Brannock Lock Works", "BLW")) == []


WORDS = st.sampled_from(["Anna", "Karl", "Berg", "Lind", "Mr", "President", "J."])
PEOPLE = st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=12)


@given(PEOPLE)
def test_a_surname_has_the_full_names_that_end_in_it_and_are_no_short_forms_themselves(names: list[str]) -> None:
    people = units("PER", *names)
    bare = {unit: without_honorific(unit[0]) for unit in people}
    found = people_of(people)
    for unit in people:
        ending = [other for other in people if bare[other].endswith(" " + bare[unit])]
        longest = [one for one in ending if not any(bare[other].endswith(" " + bare[one]) for other in people)]
        if ending:
            assert list(found.full_names(unit)) == longest
        assert unit not in found.full_names(unit)
    assert all(short in people and full in people and short != full for short, full in found.pairs())
