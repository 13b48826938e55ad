"""Companies and places: the sure ones are linked, the unsure ones honestly are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.gazetteer import companies, places
from transforms.linking import LEAST_CONFIDENCE, Evidence, Link, link_all, link_company, link_place


def org(*forms: str, score: float = 0.95, agreement: float = 1.0, best_firm: float = 0.95) -> Evidence:
    return Evidence(forms, "ORG", score, agreement, best_firm)


def loc(*forms: str) -> Evidence:
    return Evidence(forms, "LOC", 0.95, 1.0, 0.95)


@pytest.mark.parametrize(
    ("form", "ticker", "exchange", "country"),
    [
        ("Meta", "META", "NASDAQ", "US"),
        ("Meta Platforms Inc.", "META", "NASDAQ", "US"),
        ("Apple", "AAPL", "NASDAQ", "US"),
        ("Siemens AG", "SIE", "ETR", "DE"),
        ("Siemens Energy", "ENR", "ETR", "DE"),
        ("Google", "GOOGL", "NASDAQ", "US"),
        ("Next plc", "NXT", "LON", "GB"),
        ("Toyota Motor Corporation", "7203", "TYO", "JP"),
    ],
)
def test_companies_get_ticker_exchange_and_country(form: str, ticker: str, exchange: str, country: str) -> None:
    link = link_company(org(form))
    assert link is not None
    assert (link.kind, link.ticker, link.exchange, link.country) == ("company", ticker, exchange, country)
    assert LEAST_CONFIDENCE <= link.confidence <= 1


def test_a_home_listing_comes_before_a_foreign_one() -> None:
    link = link_company(org("BMW"))
    assert link is not None
    assert (link.id, link.exchange) == ("BMW.DE", "ETR")


@pytest.mark.parametrize("form", ["Target", "Apple", "Meta", "Visa", "Gap", "Next"])
def test_a_common_word_needs_a_capital_of_its_own(form: str) -> None:
    assert link_company(org(form, best_firm=0.0)) is None


def test_a_full_name_is_evidence_enough_for_a_common_word() -> None:
    assert link_company(org("Target", "Target Corporation", best_firm=0.0)) is not None


@pytest.mark.parametrize("kind", ["PER", "LOC", "MISC"])
def test_only_organisations_are_companies(kind: str) -> None:
    assert link_company(Evidence(("Siemens",), kind, 0.99, 1.0, 0.99)) is None


def test_only_locations_are_places() -> None:
    assert link_place(org("Paris")) is None


def test_unknown_and_contradicting_names_stay_unlinked() -> None:
    assert link_company(org("Advanced Machine Intelligence Labs")) is None
    assert link_company(org("Siemens", "Apple")) is None
    assert link_place(loc("Silicon Valley")) is None


def test_a_doubtful_type_lowers_the_confidence_until_there_is_no_link() -> None:
    sure, unsure = link_company(org("Siemens")), link_company(org("Siemens", agreement=0.7))
    assert sure is not None
    assert unsure is not None
    assert unsure.confidence < sure.confidence
    assert link_company(org("Siemens", agreement=0.4)) is None


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
    ],
)
def test_places_get_their_country(form: str, country: str) -> None:
    link = link_place(loc(form))
    assert link is not None
    assert (link.kind, link.country, link.ticker) == ("place", country, None)


def test_a_continent_has_no_country() -> None:
    link = link_place(loc("Europe"))
    assert link is not None
    assert link.country is None


def test_countries_named_elsewhere_decide_between_places_of_one_name() -> None:
    assert link_place(loc("Cambridge")) is None
    british = link_all([loc("Cambridge"), loc("Britain")])[0]
    american = link_all([loc("Cambridge"), loc("United States")])[0]
    assert british is not None
    assert american is not None
    assert (british.country, american.country) == ("GB", "US")


def test_spellings_of_one_place_have_one_id() -> None:
    ids = {link.id if (link := link_place(loc(form))) else None for form in ("U.S.", "US", "USA", "United States")}
    assert len(ids) == 1
    assert None not in ids


@given(st.text(max_size=30), st.sampled_from(["PER", "ORG", "LOC", "MISC"]), st.floats(0, 1), st.floats(0, 1))
def test_any_name_gives_a_confident_link_or_none(form: str, kind: str, score: float, agreement: float) -> None:
    link: Link | None = link_all([Evidence((form,), kind, score, agreement, score)])[0]
    assert link is None or LEAST_CONFIDENCE <= link.confidence <= 1


def test_the_gazetteers_hold_what_they_promise() -> None:
    assert len(companies()) > 1500
    assert len(places()) > 20_000
    assert all(0 < known.strength <= 1 for group in companies().values() for known in group)
    assert all(place.place_id for group in places().values() for place in group)
