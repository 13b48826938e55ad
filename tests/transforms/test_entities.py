"""Who an article is about: one row a thing, every mention exact, the most salient first."""

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.transforms.pages import STORY
from tests.transforms.written import Written
from transforms.contract import run_transform
from transforms.entities import ENTITIES, READS, relevance, rows
from transforms.mentions import cleaned
from transforms.models import Models
from transforms.reader.reader import Reader
from transforms.reader.reading import ENTITY_TYPES
from transforms.sentences import sentence_spans

Make = Callable[..., Written]

NAMES = st.sampled_from(
    ["Anna Berg", "Berg", "Mr Berg", "Siemens AG", "Siemens", "Paris", "UBS", "“Ilva”", "Berg's", "...", "É. X", "US"]
)
SENTENCES = st.lists(
    st.lists(st.tuples(st.sampled_from(ENTITY_TYPES), st.floats(0.01, 1), NAMES), max_size=4), min_size=1, max_size=8
)


def found(made: Written, title: str | None = None) -> list[dict[str, Any]]:
    return rows(made.document, made.reading, title)


def by_name(made: Written, title: str | None = None) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in found(made, title)}


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SENTENCES, st.sampled_from([None, "Berg leaves Siemens", ""]))
def test_every_mention_is_exact_and_in_one_entity(
    written: Make, sentences: list[list[tuple[str, float, str]]], title: str | None
) -> None:
    lines = [
        "It was " + " and ".join(f"[{kind}:{score:.2f} {name}]" for kind, score, name in named) + "."
        for named in sentences
    ]
    made = written(*lines)
    entities = found(made, title)
    text = made.document.text
    mentions = [mention for entity in entities for mention in entity["mentions"]]
    assert all(text[mention["start"] : mention["end"]] == mention["text"] for mention in mentions)
    spans = sorted((mention["start"], mention["end"]) for mention in mentions)
    assert spans == [(each.start, each.end) for each in cleaned(text, made.reading.mentions)]
    assert len({entity["entity_id"] for entity in entities}) == len(entities)
    saliences = [entity["salience"] for entity in entities]
    assert saliences == sorted(saliences, reverse=True)
    for entity in entities:
        assert entity["name"] in {mention["text"] for mention in entity["mentions"]}
        assert entity["type"] in ENTITY_TYPES
        assert 0 <= entity["salience"] <= 1
        assert 0 <= entity["score"] <= 1
        assert (entity["linked_id"] is None) == (entity["linked_kind"] is None) == (entity["link_confidence"] is None)
        assert entity["link_confidence"] is None or 0.5 <= entity["link_confidence"] <= 1


def test_a_company_has_one_id_in_every_article_whatever_it_is_called(written: Make) -> None:
    full = found(written("The engineers of [ORG Siemens AG] built it."))[0]
    short = found(written("It was built in Krefeld, where [ORG Siemens] employs 2,000."))[0]
    assert full["entity_id"] == short["entity_id"]
    assert (short["linked_kind"], short["linked_id"], short["ticker"], short["exchange"], short["country"]) == (
        "company",
        "SIE.DE",
        "SIE",
        "ETR",
        "DE",
    )


def test_what_is_not_linked_is_known_by_type_and_name(written: Make) -> None:
    person = found(written("[PER Ilva Brannock] left."))[0]
    place = found(written("They left [LOC Ilva Brannock]."))[0]
    again = found(written("Then [PER ILVA Brannock] came back."))[0]
    assert person["entity_id"] != place["entity_id"]
    assert person["entity_id"] == again["entity_id"]
    assert person["linked_id"] is None


def test_two_spellings_that_link_to_one_company_are_one_entity(written: Make) -> None:
    entities = found(written("The engineers at [ORG Google] met.", "The lawyers of [ORG Alphabet Inc.] did not."))
    assert len(entities) == 1
    assert [mention["text"] for mention in entities[0]["mentions"]] == ["Google", "Alphabet Inc."]


def test_salience_rises_with_the_title_an_early_place_and_number(written: Make) -> None:
    made = written(
        "[PER Anna Berg] spoke to [PER Otto Lind].", "[PER Berg] was calm.", "It rained.", "[PER Max Roth] slept."
    )
    plain = by_name(made, "The gate that would not close")
    assert [row["name"] for row in found(made)] == ["Anna Berg", "Otto Lind", "Max Roth"]
    titled = by_name(made, "Why Max Roth slept")
    assert titled["Max Roth"]["salience"] > plain["Max Roth"]["salience"]
    assert titled["Anna Berg"]["salience"] == plain["Anna Berg"]["salience"]


def test_a_carrying_sentence_lifts_what_it_names(written: Make) -> None:
    lines = ("[PER Anna Berg] came.", "[PER Otto Lind] left.")
    low = by_name(written(*lines, salience=(0.9, 0.1)))["Otto Lind"]["salience"]
    assert by_name(written(*lines, salience=(0.1, 0.9)))["Otto Lind"]["salience"] > low


@pytest.mark.parametrize(
    ("value", "mentions", "in_short_text", "expected"),
    [
        (0.55, 2, False, "main"),
        (0.9, 1, False, "mentioned"),
        (0.9, 1, True, "main"),
        (0.54, 5, True, "mentioned"),
        (0.3, 1, False, "mentioned"),
        (0.29, 2, True, "passing"),
        (0.29, 3, True, "mentioned"),
        (0.9, 0, True, "passing"),
    ],
)
def test_relevance(value: float, mentions: int, in_short_text: bool, expected: str) -> None:
    assert relevance(value, mentions, in_short_text) == expected


@pytest.mark.parametrize(
    ("line", "name", "said"),
    [
        ("([ORG XNN]) -- Nobody came to the harbour fair.", "XNN", "passing"),
        ("([ORG CNN])Nobody came to the harbour fair.", "CNN", "passing"),
        ("[ORG Halden News] - Nobody came to the harbour fair.", "Halden News", "passing"),
        ("By [PER Ilva Brannock]. Nobody came to the harbour fair.", "Ilva Brannock", "passing"),
        ("[LOC Rotterdam] ([ORG XNN]) -- Nobody came to the harbour fair.", "Rotterdam", "main"),
        ("[ORG Halden News] lost its editor.", "Halden News", "main"),
        ("[PER Ilva Brannock] – a pilot of the harbour – has left it.", "Ilva Brannock", "main"),
        ("The [MISC Russian] harbour fair was empty.", "Russian", "mentioned"),
        ("The [MISC European] harbour fair was empty.", "European", "mentioned"),
        ("[MISC Muslims] met at the harbour fair.", "Muslims", "mentioned"),
    ],
)
def test_who_reports_is_not_what_is_reported_and_an_adjective_no_subject(
    written: Make, line: str, name: str, said: str
) -> None:
    assert by_name(written(line))[name]["relevance"] == said


def test_a_known_firm_that_is_read_now_as_this_and_now_as_that_is_the_firm(written: Make) -> None:
    votes = ("They left [LOC:0.8 Meta].", "Then [PER:0.6 Meta] paid.", "The head of [ORG:0.7 Meta] spoke.")
    assert by_name(written(*votes))["Meta"]["type"] == "ORG"
    somebody = by_name(written("[PER:0.9 Ana Meta] sang.", *votes))
    assert len(somebody["Ana Meta"]["mentions"]) > 1


@pytest.mark.parametrize(
    ("line", "type"),
    [
        ("They sold [PER:0.95 Avery Dennison] in May.", "ORG"),  # two words that are a listed company's
        ("They sold [PER:0.7 Marubeni] in May.", "ORG"),
        ("They sold [MISC:0.7 Accenture] in May.", "ORG"),
        ("They met [PER:0.95 Marubeni] in May.", "PER"),  # the reader is sure
        ("They met [PER:0.7 McDonald] in May.", "PER"),  # the company has an s
        ("They met [PER:0.7 Ford] in May.", "PER"),  # and this is a name of many
    ],
)
def test_what_bears_a_listed_name_is_the_company_unless_it_may_be_another(written: Make, line: str, type: str) -> None:
    assert [row["type"] for row in found(written(line))] == [type]


def test_a_story_of_a_man_who_leaves_his_company(written: Make) -> None:
    made = written(
        "Halden News - [PER Yorick Lemond] has left [ORG:0.5 Meta] to found a firm of his own.",
        "The rift at [ORG:0.4 Meta] grew after the release of [ORG:0.5 Llama] 4.",
        "[PER Mark Zuckerberg] lost patience.",
        "[ORG:0.6 Lemond] then worked under [PER Alec Wang], who had joined [ORG:0.4 Meta] in June.",
        "[ORG:0.7 Lemond's] view of [ORG:0.5 AI] differs from that of [PER Wang] and of [PER:0.6 Zuckerberg].",
    )
    told = {row["name"]: (row["type"], len(row["mentions"]), row["ticker"], row["exchange"]) for row in found(made)}
    assert told == {
        "Yorick Lemond": ("PER", 3, None, None),
        "Meta": ("ORG", 3, "META", "NASDAQ"),
        "Llama": ("MISC", 1, None, None),
        "Mark Zuckerberg": ("PER", 2, None, None),
        "Alec Wang": ("PER", 2, None, None),
    }


def test_what_is_linked_has_the_gazetteers_name_and_type_besides(written: Make) -> None:
    row = found(written("Shares of [MISC:0.6 Siemens] fell while investors in [MISC:0.6 Siemens] slept."))[0]
    assert (row["name"], row["linked_name"], row["type"]) == ("Siemens", "Siemens", "ORG")
    row = found(written("Exports to the [LOC U.S.] fell."))[0]
    assert (row["name"], row["linked_name"], row["country"]) == ("U.S.", "United States", "US")


def test_a_text_of_thousands_of_names_is_read_in_bounds(written: Make) -> None:
    lines = [f"[{ENTITY_TYPES[n % 3]} Name{n} Of{n % 7} Brannock{n}] was there with the others." for n in range(4_000)]
    made = written(*lines)
    assert len(made.document.text) > 200_000
    assert len(found(made, "Name1 Of1 Brannock1")) == 4_000


def test_the_shipped_reader_finds_the_people_places_and_firms_of_a_story(reader: Reader) -> None:
    text = " ".join(STORY)
    spans = [{"start": start, "end": end} for start, end in sentence_spans(text, [(0, len(text))])]
    row = {"article_id": "a", "revision_id": "r", "text": text, "sentences": spans, "title": None}
    made = run_transform(ENTITIES, pa.Table.from_pylist([row], schema=READS), Models(reader))
    types = {entity["name"]: entity["type"] for entity in made.to_pylist()[0]["entities"]}
    assert types["Marta Oyelaran"] == "PER"
    assert types["Rotterdam"] == types["Erlangen"] == "LOC"
    assert types["Siemens Energy"] == "ORG"
