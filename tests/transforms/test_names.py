"""Two spellings of one name share a key; two names do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.names import (
    initials_of,
    is_acronym_of,
    name_key,
    trimmed,
    without_descriptor,
    without_honorific,
    without_legal_form,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The U.S.", "US"),
        ("Meta's", "Meta"),
        ("Meta’s", "meta"),
        ("Siemens’", "Siemens"),
        ("Société Générale", "Societe Generale"),
        ("Procter & Gamble", "Procter and Gamble"),
        ("Apple  Inc.", "Apple Inc"),
        ("Air France-KLM", "air france klm"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_different_names_keep_different_keys() -> None:
    assert name_key("Siemens") != name_key("Siemens Energy")
    assert name_key("Ross") != name_key("Ros")


def test_legal_forms_and_descriptors_go_but_never_the_name_itself() -> None:
    assert without_legal_form("siemens ag") == "siemens"
    assert without_legal_form("deere and co") == "deere"
    assert without_legal_form("inc") == "inc"
    assert without_descriptor("meta platforms inc") == "meta"
    assert without_descriptor("siemens energy ag") == "siemens energy"
    assert without_honorific("president trump") == "trump"
    assert without_honorific("mr") == "mr"


@pytest.mark.parametrize(
    ("given_name", "bare"),
    [
        ("“Meta’s”", "Meta"),
        ("Apple Inc.", "Apple Inc."),
        ("U.S.", "U.S."),
        ("(AMI)", "AMI"),
        ("LeCun.", "LeCun"),
        ("Siemens’", "Siemens"),
        ("McDonald's", "McDonald"),
        ("…", ""),
    ],
)
def test_trimming_leaves_the_bare_name(given_name: str, bare: str) -> None:
    start, end = trimmed(given_name, 0, len(given_name))
    assert given_name[start:end] == bare


@given(st.text(max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_trimming_stays_within_the_span(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    first, last = trimmed(text, start, end)
    assert start <= first <= last <= end


@given(st.text(max_size=60))
def test_any_text_has_a_key_without_outer_blanks(text: str) -> None:
    assert name_key(text) == name_key(text).strip()


def test_acronyms_are_made_of_initials() -> None:
    assert initials_of("Bank of England") == "BE"
    assert is_acronym_of("AMI", "Advanced Machine Intelligence Labs")
    assert is_acronym_of("ECB", "European Central Bank")
    assert is_acronym_of("LLMs", "Large Language Models")
    assert not is_acronym_of("ECB", "Bank of England")
    assert not is_acronym_of("IBM", "Ibm")
    assert not is_acronym_of("AI", "Advanced Machine Intelligence Labs")
