"""The snapshot of places answers by every name it should, and ranks what shares a name."""

import re

import pytest

from transforms.geography import country_of_people, places
from transforms.names import name_key


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("U.S.", "country", "US"),
        ("Britain", "country", "GB"),
        ("Czechia", "country", "CZ"),
        ("North Macedonia", "country", "MK"),
        ("Türkiye", "country", "TR"),
        ("Deutschland", "country", "DE"),
        ("Africa", "continent", None),
        ("Munich", "city", "DE"),
        ("München", "city", "DE"),
        ("Nairobi", "city", "KE"),
        ("Geneva", "city", "CH"),
        ("New York", "city", "US"),
        ("Hampshire", "region", "GB"),
        ("British Columbia", "region", "CA"),
        ("Bergen County", "county", "US"),
    ],
)
def test_a_place_is_known_by_the_names_in_use(name: str, kind: str, country: str | None) -> None:
    first = places()[name_key(name)][0]
    assert (first.kind, first.country) == (kind, country)


def test_countries_come_before_towns_of_their_name_and_larger_towns_first() -> None:
    assert [place.kind for place in places()["georgia"]][:2] == ["country", "state"]
    assert len(places()["paris"]) > 1
    for known in places().values():
        towns = [place.population for place in known if place.kind not in ("country", "continent")]
        assert towns == sorted(towns, reverse=True)


def test_capitals_are_marked_and_few() -> None:
    assert places()["nairobi"][0].is_capital
    assert not places()["mombasa"][0].is_capital
    capitals = {place.place_id for known in places().values() for place in known if place.is_capital}
    assert 150 < len(capitals) < 300


def test_places_bear_ids_and_country_codes() -> None:
    for known in places().values():
        for place in known:
            assert re.fullmatch(r"[1-9]\d*|fips:\d{5}|[A-Z]{2}:.+", place.place_id), place
            assert place.country is None or re.fullmatch("[A-Z]{2}", place.country), place


def test_a_nickname_that_means_something_else_is_no_city() -> None:
    assert "white house" not in places()
    assert places()["casablanca"][0].country == "MA"


@pytest.mark.parametrize(
    ("word", "country"), [("british", "GB"), ("germans", "DE"), ("swiss", "CH"), ("lutheran", None)]
)
def test_demonyms(word: str, country: str | None) -> None:
    assert country_of_people(word) == country
