"""From spans to names: exact borders, one name where the reader saw two, none where nobody is named."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.written import Written
from transforms.mentions import cleaned
from transforms.reader.reading import ENTITY_TYPES, Mention

Make = Callable[..., Written]


def names(made: Written) -> list[tuple[str, str]]:
    found = cleaned(made.document.text, made.reading.mentions)
    assert all(made.document.text[each.start : each.end] == each.text for each in found)
    return [(each.type, each.text) for each in found]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # borders
        ("[PER LeCun's] exit.", [("PER", "LeCun")]),
        ("The actress [PER Lupita Nyong]'o won.", [("PER", "Lupita Nyong'o")]),
        ("[PER Craig Eccleston]-Todd drove.", [("PER", "Craig Eccleston-Todd")]),
        ("[PER Craig Eccleston]-[PER Todd] drove.", [("PER", "Craig Eccleston-Todd")]),
        ("[PER Seth Rogen]-[PER James Franco] laughed.", [("PER", "Seth Rogen"), ("PER", "James Franco")]),
        ("[ORG Moody]'s cut the rating.", [("ORG", "Moody's")]),
        ("[ORG Siemens]'s boss left.", [("ORG", "Siemens")]),
        ("[ORG Hollin]'s said it shut six shops.", [("ORG", "Hollin's")]),
        ("[ORG Hollin]'s shops shut. [ORG Hollin's] has six.", [("ORG", "Hollin's"), ("ORG", "Hollin's")]),
        ("[ORG Hollin]'s has left. [ORG Hollin] regrets it.", [("ORG", "Hollin"), ("ORG", "Hollin")]),
        ("[ORG Hollin]'s plans are out.", [("ORG", "Hollin")]),
        ("[PER Kessler] & Sons of [LOC Marl] built it.", [("ORG", "Kessler & Sons"), ("LOC", "Marl")]),
        ("[PER Holm] & [ORG Sons] built it.", [("ORG", "Holm & Sons")]),
        ("[PER Holm] and sons of his built it.", [("PER", "Holm")]),
        ("[LOC MARL] ([LOC Northline]) - The barrier closed.", [("LOC", "MARL"), ("ORG", "Northline")]),
        ("The barrier ([LOC Marl]) closed.", [("LOC", "Marl")]),
        ("On Monday Acme Pumps (NYSE: ACM) fell.", [("ORG", "Acme Pumps")]),
        ("[PER Meta] (NASDAQ: META) fell.", [("PER", "Meta")]),
        ("[PER Ida Holm]'s said it all.", [("PER", "Ida Holm")]),
        ("He took a [ORG London Midland service] home.", [("ORG", "London Midland")]),
        ("[ORG Radico Khaitan Q3] net fell.", [("ORG", "Radico Khaitan")]),
        ("The [ORG Muslim Educational Centre of] met.", [("ORG", "Muslim Educational Centre")]),
        ("The [ORG 2nd Harbour Brigade and] met.", [("ORG", "2nd Harbour Brigade")]),
        ("[ORG Bayer] Crop Science sells seed.", [("ORG", "Bayer Crop Science")]),
        ("[PER Louis van Gaal] spoke.", [("PER", "Louis van Gaal")]),
        # what a name's other half says
        ("[MISC Moscow-based] analysts.", [("LOC", "Moscow")]),
        ("The [MISC Turing Award-winning] scientist.", [("MISC", "Turing Award")]),
        ("[MISC Miss Titley] drove.", [("PER", "Miss Titley")]),
        ("[ORG Nestle] [LOC:0.5 India] fell.", [("ORG", "Nestle India")]),
        ("[ORG Nestle] [LOC:0.95 India] fell.", [("ORG", "Nestle"), ("LOC", "India")]),
        # one name that the reader cut in two, and two names
        ("The [ORG:0.6 Coastal] [ORG Harbour Trust] met.", [("ORG", "Coastal Harbour Trust")]),
        ("The [ORG:0.6 Coastal] [ORG:0.5 Harbour] [ORG:0.9 Trust] met.", [("ORG", "Coastal Harbour Trust")]),
        ("[PER:0.6 Ida] [PER Holm] sang.", [("PER", "Ida Holm")]),
        ("[ORG Lumo] [LOC Marsh] met. [ORG Lumo Marsh] won.", [("ORG", "Lumo Marsh"), ("ORG", "Lumo Marsh")]),
        ("[ORG Lumo]-[PER Holm] met. [ORG Lumo-Holm] won.", [("ORG", "Lumo-Holm"), ("ORG", "Lumo-Holm")]),
        ("The [ORG Harbour] [MISC:0.5 Democrats] met.", [("ORG", "Harbour Democrats")]),
        ("The [ORG Airbus] [MISC:0.5 A300] flew.", [("ORG", "Airbus"), ("MISC", "A300")]),
        ("The [ORG Harbour] [MISC:0.9 Democrats] met.", [("ORG", "Harbour"), ("MISC", "Democrats")]),
        ("[PER:0.6 Ida Holm] [PER Per Lund] sang.", [("PER", "Ida Holm"), ("PER", "Per Lund")]),
        ("The [ORG Coastal] [ORG Harbour Trust] met.", [("ORG", "Coastal"), ("ORG", "Harbour Trust")]),
        ("From [LOC:0.6 Paris] [LOC Texas] it flew.", [("LOC", "Paris"), ("LOC", "Texas")]),
        ("Of [LOC:0.6 Greater] [LOC Holmvik] alone.", [("LOC", "Greater Holmvik")]),
        ("[ORG:0.6 Siemens] [ORG BASF] fell.", [("ORG", "Siemens"), ("ORG", "BASF")]),
        ("The [ORG:0.6 Coastal], [ORG Harbour Trust] met.", [("ORG", "Coastal"), ("ORG", "Harbour Trust")]),
        ("A [MISC:0.6 French] [MISC Alpine] goat.", [("MISC", "French"), ("MISC", "Alpine")]),
        # products and their numbers
        ("After [PER:0.5 Llama] 4 came [ORG:0.5 GPT]-4.", [("MISC", "Llama"), ("MISC", "GPT-4")]),
        ("The [MISC Tern]-7b and [MISC Tern]-2.5 sailed.", [("MISC", "Tern-7b"), ("MISC", "Tern-2.5")]),
        ("[MISC Tern]-3-4 and [MISC Tern]-2% stay.", [("MISC", "Tern"), ("MISC", "Tern")]),
        ("[ORG:0.5 Boeing] 4% down, [ORG:0.5 Arsenal] 2 points up.", [("ORG", "Boeing"), ("ORG", "Arsenal")]),
        # what names nobody
        ("[PER A] man sat.", []),
        ("[ORG AI] and [ORG LLMs] cost [MISC Rs] 500.", []),
        ("[PER:0.5 President] [PER Trump] and the [ORG:0.6 CEO].", [("PER", "Trump")]),
        ("The [ORG:0.5 diocese] in the [LOC:0.5 north] spent [MISC £200].", []),
        ("stocks in [LOC:0.9 india] fell, [ORG:0.9 adidas] rose.", [("LOC", "india"), ("ORG", "adidas")]),
        ("[LOC 東京] grew.", [("LOC", "東京")]),
        ("A [MISC --] here.", []),
    ],
)  # fmt: skip
def test_names(written: Make, sentence: str, expected: list[tuple[str, str]]) -> None:
    assert names(written(sentence)) == expected


PARTS = st.sampled_from(
    ["Anna", "Berg", "'s", "-", "based", " ", "’o", "of", "Q3", "AI", "Mr ", "4", "%", "(", "É", "india"]
)


@given(st.lists(st.tuples(st.lists(PARTS, min_size=1, max_size=6).map("".join), st.sampled_from(ENTITY_TYPES))))
def test_any_spans_give_names_in_order_without_overlap_inside_the_text(parts: list[tuple[str, str]]) -> None:
    text, mentions = "", []
    for name, kind in parts:
        mentions.append(Mention(len(text), len(text) + len(name), kind, 0.7, (0.2, 0.5, 0.3)))
        text += name + " "
    found = cleaned(text, mentions)
    assert all(text[each.start : each.end] == each.text and each.key for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(mentions[each.source].start <= each.start < mentions[each.source].end for each in found)
