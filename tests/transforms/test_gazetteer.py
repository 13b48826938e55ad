"""The snapshots of companies and places answer by every name they should, and rank what shares a name."""

import re

import pytest

from transforms.gazetteer import companies, places
from transforms.names import name_key


@pytest.mark.parametrize(
    ("name", "ticker", "exchange", "country"),
    [
        ("Siemens", "SIE", "ETR", "DE"),
        ("Nestlé", "NESN", "SWX", "CH"),
        ("NVIDIA Corp.", "NVDA", "NASDAQ", "US"),
        ("google", "GOOGL", "NASDAQ", "US"),
        ("VW", "VOW3", "ETR", "DE"),
    ],
)
def test_a_company_is_known_with_its_home_listing(name: str, ticker: str, exchange: str, country: str) -> None:
    key = name_key(name)
    known = (companies().get(key) or companies()[key.removesuffix(" corp")])[0].company
    assert (known.ticker, known.exchange, known.country) == (ticker, exchange, country)


def test_companies_of_a_name_come_strongest_first_and_each_once() -> None:
    assert len(companies()) > 2_000
    for key, known in companies().items():
        strengths = [each.strength for each in known]
        assert key == name_key(key)
        assert strengths == sorted(strengths, reverse=True)
        assert 0 < min(strengths) <= max(strengths) < 1
        assert len({each.company.company_id for each in known}) == len(known)


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
        ("New York", "city", "US"),
    ],
)
def test_a_place_is_known_by_the_names_in_use(name: str, kind: str, country: str | None) -> None:
    first = places()[name_key(name)][0]
    assert (first.kind, first.country) == (kind, country)


def test_countries_come_before_towns_of_their_name_and_larger_towns_first() -> None:
    assert [place.kind for place in places()["georgia"]][:2] == ["country", "state"]
    assert len(places()["paris"]) > 1
    for known in places().values():
        towns = [place.population for place in known if place.kind in ("city", "state")]
        assert towns == sorted(towns, reverse=True)


def test_capitals_are_marked_and_few() -> None:
    assert places()["nairobi"][0].is_capital
    assert not places()["mombasa"][0].is_capital
    capitals = {place.place_id for known in places().values() for place in known if place.is_capital}
    assert 150 < len(capitals) < 300


def test_places_bear_the_ids_of_geonames_and_country_codes() -> None:
    for known in places().values():
        for place in known:
            assert re.fullmatch(r"[1-9]\d*", place.place_id), place
            assert place.country is None or re.fullmatch("[A-Z]{2}", place.country), place
