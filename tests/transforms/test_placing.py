"""Which place of a name is meant, by what else the text names."""

import pytest

from tests.transforms.test_linking import loc, place
from transforms.linking import Evidence
from transforms.placing import Surroundings, likeliest_place


@pytest.mark.parametrize(
    ("form", "country"),
    [
        ("U.S.", "US"),
        ("UK", "GB"),
        ("Paris", "FR"),
        ("London", "GB"),
        ("München", "DE"),
        ("Texas", "US"),
        ("Kenya", "KE"),
        ("Singapore", "SG"),
    ],
)
def test_places_get_their_country(form: str, country: str) -> None:
    link = place(loc(form))
    assert link is not None
    assert (link.kind, link.country, link.ticker) == ("place", country, None)


def test_a_continent_has_no_country() -> None:
    link = place(loc("Europe"))
    assert link is not None
    assert link.country is None


def test_countries_named_elsewhere_decide_between_places_of_one_name() -> None:
    british, american = place(loc("Cambridge"), loc("Britain")), place(loc("Cambridge"), loc("United States"))
    assert british is not None
    assert american is not None
    assert (british.country, american.country) == ("GB", "US")


def test_a_people_named_elsewhere_speaks_for_its_country() -> None:
    link = place(loc("Georgia"), loc("Florida"), Evidence(("British",), "MISC", 0.9, 1.0))
    assert link is not None
    assert link.country == "US"
    link = place(loc("Georgia"), Evidence(("Georgian",), "MISC", 0.9, 1.0), loc("U.S."))
    assert link is not None
    assert link.country == "GE"


def test_a_city_is_not_meant_by_an_old_name_of_another() -> None:
    link = place(loc("Manchester"), loc("Britain"))
    assert link is not None
    assert link.name == "Manchester"
    swiss = place(loc("Geneva"), loc("Switzerland"), loc("U.S."))
    assert swiss is not None
    assert swiss.country == "CH"


def test_what_follows_a_comma_decides_alone() -> None:
    assert likeliest_place("paris", Surroundings(), ("Texas",)) is not None
    texan = place(loc("Paris", within=("Texas",)), loc("France"))
    assert texan is not None
    assert texan.country == "US"
    assert place(loc("Bergen", within=("New Jersey",)), loc("Norway")) is None, "a smaller one than we know of"


def test_a_list_of_states_names_no_city_in_the_next_one() -> None:
    listed = place(loc("Michigan", within=("Indiana",)), loc("Wisconsin"), loc("Indiana"))
    assert listed is not None
    assert listed.name == "Michigan"
    town = place(loc("Delaware", within=("Ohio",)), loc("Ohio"))
    assert town is not None
    assert (town.name, town.id) == ("Delaware", "5151891")


def test_a_small_town_far_from_all_the_text_names_stays_open() -> None:
    assert place(loc("Yarmouth"), loc("Isle of Wight"), loc("Hampshire")) is None
    link = place(loc("Erlangen"), loc("Germany"))
    assert link is not None
    assert link.country == "DE"


def test_spellings_of_one_place_have_one_id() -> None:
    ids = {link.id if (link := place(loc(form))) else None for form in ("U.S.", "US", "USA", "United States")}
    assert len(ids) == 1
    assert None not in ids
