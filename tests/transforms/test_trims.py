"""A trim says what its sentence says, in fewer words: nobody's claim becomes a fact, no condition goes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.facts import plain
from transforms.trims import trimmed


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("But the barrier closed in time.", "The barrier closed in time."),
        ("But Berg said: “The gate holds.", "Berg said: “The gate holds."),
        ("• The barrier closed.", "The barrier closed."),
        ("And yet the barrier closed.", "The barrier closed."),
        ("However, iPhone sales fell.", "iPhone sales fell."),
        ("But, if it rains, the barrier closes.", "If it rains, the barrier closes."),
        ("The barrier (built in 1997) closed.", "The barrier closed."),
        ("Shares of Northline (NYSE: NLN) fell 4%.", "Shares of Northline fell 4%."),
        ("Ida Holm (pictured) and the mayor (right) closed it.", "Ida Holm and the mayor closed it."),
        ("The gate holds, the mayor said in a statement on Monday.", "The gate holds, the mayor said."),
        ("“The gate holds,” Berg told reporters at a news conference.", "“The gate holds,” Berg told reporters."),
        ('"The gate holds," said Ida Holm in an interview Friday.', '"The gate holds," said Ida Holm.'),
    ],
)
def test_what_may_go_goes(sentence: str, shown: str) -> None:
    assert trimmed(sentence) == shown


@pytest.mark.parametrize(
    "sentence",
    [
        "The gate holds, the mayor said.",
        "The gate will fail, according to the harbour office.",
        "Twelve people died, police said.",
        "But for the barrier, the town would be under water.",
        "But rather than wait, they left.",
        "Yet another barrier failed.",
        "However hard it rained, the barrier held.",
        "Still waters run deep.",
        "The gate (if it is repaired) opens in May.",
        "The gate (not the bridge) failed.",
        "The cost (about $5 million) is paid by the town.",
        "Advanced Machine Intelligence (AMI) was founded in May.",
        "“But the gate (the old one) holds,” Berg said.",
        "“But the gate (the old one) holds, and I",
        "He asked what she had said on Monday.",
        "The party (Right) and the bank (left-leaning) agreed.",
        "The shop(s) closed.",
        'But the gate holds," said Berg.',
        "Aber die Schleuse hielt.",
    ],
)
def test_what_bears_on_the_meaning_stays(sentence: str) -> None:
    assert trimmed(sentence) == sentence


# fmt: off
PIECES = st.sampled_from([
    "But", "And", "However,", "the gate", "(not yet)", "(built in 1997)", "fell", "said", "“no”", '"', "(", ")", "if",
    "unless", "may", ", Berg said on Monday", "in a statement", ".", "4%", "Yet", "never", ",”", "might",
])
# fmt: on


@given(st.lists(PIECES, max_size=14).map(" ".join))
def test_a_trim_says_nothing_new_and_keeps_what_bears_on_the_meaning(sentence: str) -> None:
    shown = trimmed(sentence)
    words = [word.casefold() for word in re.findall(r"\w+", plain(shown))]
    source = iter(word.casefold() for word in re.findall(r"\w+", plain(sentence)))
    assert all(word in source for word in words)  # the same words in the same order
    for kept in ("not", "never", "no", "if", "unless", "may", "might", "said"):
        assert words.count(kept) == re.findall(r"\w+", plain(sentence).casefold()).count(kept)
    assert trimmed("") == ""
