"""Mentions of one thing become one group, and of two things two."""

from collections.abc import Callable
from typing import Protocol

from hypothesis import given
from hypothesis import strategies as st

from transforms.coreference import Group, grouped, voted_type
from transforms.mentions import cleaned
from transforms.reader.reading import ENTITY_TYPES, Document, Mention, Reading


class Made(Protocol):
    """What the fixture gives."""

    document: Document
    reading: Reading


Make = Callable[..., Made]


def groups(written: Make, *sentences: str) -> list[Group]:
    made = written(*sentences)
    return grouped(made.document.text, made.reading.mentions)


def forms(found: list[Group]) -> list[tuple[str, list[str]]]:
    return [(group.name, [mention.text for mention in group.mentions]) for group in found]


def test_a_surname_follows_the_full_name(written: Make) -> None:
    found = groups(written, "[PER Yann LeCun] left.", "[PER LeCun's] exit hurt.", "[PER LeCun] spoke.")
    assert forms(found) == [("Yann LeCun", ["Yann LeCun", "LeCun", "LeCun"])]


def test_a_surname_of_two_people_goes_to_the_one_named_last(written: Make) -> None:
    found = groups(
        written,
        "[PER Anna Berg] spoke to [PER Karl Berg].",
        "[PER Berg] nodded.",
        "[PER Anna Berg] left, and [PER Berg] slept.",
    )
    assert {group.name: len(group.mentions) for group in found} == {"Anna Berg": 3, "Karl Berg": 2}


def test_titles_and_middle_initials_are_no_other_person(written: Make) -> None:
    found = groups(written, "[PER Donald J. Trump] spoke.", "[PER President Trump] left.", "[PER Donald Trump] won.")
    assert [group.name for group in found] == ["Donald J. Trump"]


def test_a_first_name_alone_follows_the_full_name(written: Make) -> None:
    assert len(groups(written, "[PER Mira Okonkwo] ran.", "[PER Mira] won.")) == 1


def test_a_place_with_a_persons_surname_stays_a_place(written: Make) -> None:
    found = groups(
        written, "[PER Denzel Washington] acts.", "In [LOC Washington] it rains.", "[PER Washington] smiled."
    )
    assert {(group.name, group.type, len(group.mentions)) for group in found} == {
        ("Denzel Washington", "PER", 2),
        ("Washington", "LOC", 1),
    }


def test_possessives_legal_forms_and_quotation_marks_are_the_same_firm(written: Make) -> None:
    found = groups(written, "[ORG Siemens AG] won.", "[ORG Siemens’] shares rose.", "He left [ORG “Siemens”].")
    assert forms(found) == [("Siemens AG", ["Siemens AG", "Siemens", "Siemens"])]


def test_a_country_before_the_name_of_an_office_is_the_same_office(written: Make) -> None:
    assert len(groups(written, "The [ORG Harbour Department] sued.", "The [ORG U.S. Harbour Department] won.")) == 1
    assert len(groups(written, "The [ORG UK Harbour Trust] won.", "The [ORG Harbour Trust] sued.")) == 1
    assert len(groups(written, "[ORG Steel] sued.", "[ORG US Steel] won.")) == 2


def test_a_firm_and_its_namesake_stay_two(written: Make) -> None:
    assert len(groups(written, "[ORG Siemens Energy] fell.", "[ORG Siemens] rose.")) == 2


def test_a_short_form_follows_the_long_one_it_was_introduced_by(written: Make) -> None:
    assert len(groups(written, "[ORG Halden Savings Bank] lends.", "[ORG Halden] grew.")) == 1
    assert len(groups(written, "[ORG Halden] grew.", "[ORG Halden Savings Bank] lends.")) == 2


def test_acronyms_in_brackets_and_by_initials(written: Make) -> None:
    bracketed = groups(written, "[ORG Advanced Machine Intelligence Labs] ([ORG AMI]) opened.", "[ORG AMI] hires.")
    assert forms(bracketed) == [
        ("Advanced Machine Intelligence Labs", ["Advanced Machine Intelligence Labs", "AMI", "AMI"])
    ]
    assert len(groups(written, "The [ORG European Central Bank] met.", "The [ORG ECB] waits.")) == 1
    assert len(groups(written, "The [ORG Bank of England] met.", "The [ORG ECB] waits.")) == 2


def test_the_type_is_voted_by_score(written: Make) -> None:
    found = groups(written, "[ORG:0.9 Meta] grew.", "[LOC:0.5 Meta] fell.", "[ORG:0.8 Meta] hired.")
    assert [(group.type, round(group.agreement, 3)) for group in found] == [("ORG", round(1.7 / 2.2, 3))]


def test_a_surname_is_the_person_whatever_the_reader_takes_it_for(written: Make) -> None:
    found = groups(
        written, "[PER Yann LeCun] left.", "[ORG LeCun] spoke.", "[ORG LeCun's] exit hurt.", "[PER Wang] won."
    )
    assert [(group.name, group.type, len(group.mentions)) for group in found] == [
        ("Yann LeCun", "PER", 3),
        ("Wang", "PER", 1),
    ]


def test_a_firm_named_in_full_is_nobody_by_the_first_word_of_its_name(written: Make) -> None:
    found = groups(
        written, "[ORG Tidewell Air] grew.", "[PER Tidewell] flies to Porto.", "[PER:0.6 Tidewell's] jets wait."
    )
    assert [(group.name, group.type, len(group.mentions)) for group in found] == [("Tidewell Air", "ORG", 3)]
    before = groups(written, "[PER Tidewell] spoke.", "[ORG Tidewell Air] grew.")
    assert [group.type for group in before] == ["PER", "ORG"]
    named = groups(written, "[ORG Tidewell Air] grew.", "[PER Rosa Tidewell] left.", "[PER Tidewell] spoke.")
    assert [(group.name, len(group.mentions)) for group in named] == [("Tidewell Air", 1), ("Rosa Tidewell", 2)]


def test_a_surname_that_is_a_firms_name_as_well_stays_split(written: Make) -> None:
    found = groups(
        written, "[PER Henry Halden] founded [ORG Halden Works].", "[ORG Halden] grew.", "[PER Halden] died."
    )
    assert forms(found) == [("Henry Halden", ["Henry Halden", "Halden"]), ("Halden Works", ["Halden Works", "Halden"])]


def test_a_persons_name_is_a_place_where_a_word_says_so(written: Make) -> None:
    found = groups(written, "[PER Tom Holland] acts.", "[LOC Holland] trained hard.", "He was in [LOC Holland] in May.")
    assert forms(found) == [("Tom Holland", ["Tom Holland", "Holland"]), ("Holland", ["Holland"])]


def test_a_shortened_first_name_is_the_same_person(written: Make) -> None:
    assert len(groups(written, "[PER Bradley Edwards] sued.", "[PER Brad Edwards] won.")) == 1
    assert len(groups(written, "[PER Anna Edwards] sued.", "[PER Brad Edwards] won.")) == 2


def test_the_last_word_of_an_organisation_follows_it_unless_it_means_any(written: Make) -> None:
    assert len(groups(written, "[ORG Halden Rovers] won.", "The [ORG Rovers] cheered.")) == 1
    assert len(groups(written, "[ORG Halden Bank] lends.", "The [ORG Bank] grew.")) == 2
    assert len(groups(written, "[ORG Halden Rovers] met [ORG Brannock Rovers].", "[ORG Rovers] won.")) == 3


NAMES = [
    "Anna Berg",
    "Berg",
    "Karl Berg",
    "Meta",
    "Meta's",
    "Meta Platforms",
    "AMI",
    "US",
    "U.S.",
    "Mr Berg",
    "“X”",
    "-",
]


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(ENTITY_TYPES), st.floats(0, 1)), max_size=12))
def test_every_mention_is_in_exactly_one_group_with_exact_offsets(parts: list[tuple[str, str, float]]) -> None:
    text, mentions = "", []
    for name, kind, score in parts:
        mentions.append(Mention(len(text), len(text) + len(name), kind, score, (0.2, 0.5, 0.3)))
        text += name + " and "
    found = grouped(text, mentions)
    placed = sorted((mention.start, mention.end) for group in found for mention in group.mentions)
    assert placed == [(mention.start, mention.end) for mention in cleaned(text, mentions)]
    for group in found:
        assert all(text[mention.start : mention.end] == mention.text for mention in group.mentions)
        assert group.name in group.forms
        assert group.type == voted_type(group.mentions)[0]
    assert grouped(text, mentions) == found
