"""Companies and places: the sure ones are linked, the unsure ones honestly are not."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.linking_cases import cases, judged
from transforms.cues import Cues
from transforms.linking import LEAST_CONFIDENCE, Evidence, Link, link_all, link_company
from transforms.own_names import own_names

LEAST_PRECISION, LEAST_RECALL = 0.97, 0.95


def org(*forms: str, **said: Any) -> Evidence:
    return Evidence(
        forms, "ORG", **{"score": 0.95, "agreement": 1.0, "best": 0.95, "best_firm": 0.95, "firm": 2, **said}
    )


def loc(*forms: str, within: tuple[str, ...] = ()) -> Evidence:
    return Evidence(forms, "LOC", 0.95, 1.0, within=within)


def place(*entities: Evidence) -> Link | None:
    return link_all(entities)[0]


def test_names_that_mean_several_things_are_linked_as_their_texts_mean_them() -> None:
    labelled = cases()
    assert len(labelled) >= 80
    figures = judged(labelled)
    wrong = [f"{case.name} is {case.means}, not {said}: {' '.join(case.sentences)}" for case, said in figures.wrong]
    assert figures.precision >= LEAST_PRECISION, wrong
    assert figures.recall >= LEAST_RECALL, wrong


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


@pytest.mark.parametrize("form", ["Target", "Apple", "Meta", "Visa", "Ford", "Next", "BP"])
def test_a_name_that_is_a_word_needs_evidence(form: str) -> None:
    doubtful = {"best": 0.5, "best_firm": 0.0, "firm": 0, "score": 0.5}
    assert link_company(org(form, **doubtful)) is None
    for evidence in ({"cues": Cues(company=1, traded=1)}, {"firm": 2}, {"cues": Cues(tickers=frozenset({"XX"}))}):
        assert link_company(org(form, **{**doubtful, "score": 0.9, **evidence})) is not None
    assert link_company(org(form, firm=1, small=5)) is None
    assert link_company(org(form, cues=Cues(other=2))) is None


def test_an_acronym_that_anybody_may_bear_needs_more_than_a_household_one() -> None:
    said = {"firm": 1, "best": 0.9, "best_firm": 0.9}
    assert link_company(org("UBS", **said)) is not None
    assert link_company(org("FMC", **said)) is None
    assert link_company(org("FMC", **said, cues=Cues(company=1, traded=1))) is not None


def test_a_full_name_is_evidence_enough_for_a_common_word() -> None:
    assert link_company(org("Target", "Target Corporation", best_firm=0.0, best=0.6, firm=0)) is not None


def test_the_words_of_the_text_carry_a_link_where_the_reader_is_in_doubt() -> None:
    unsure = {"score": 0.35, "agreement": 0.6, "best": 0.5, "best_firm": 0.5}
    assert link_company(org("Boeing", **unsure, firm=0)) is None
    assert link_company(org("Boeing", **unsure, firm=3, cues=Cues(company=2))) is not None


def test_another_company_in_the_text_speaks_for_a_doubtful_one() -> None:
    doubtful = org("Apple", best=0.5, best_firm=0.5, firm=1)
    assert link_all([doubtful]) == [None]
    assert [link and link.ticker for link in link_all([doubtful, org("Microsoft")])] == ["AAPL", "MSFT"]


@pytest.mark.parametrize("kind", ["PER", "LOC", "MISC"])
def test_only_organisations_are_companies(kind: str) -> None:
    assert link_company(Evidence(("Siemens",), kind, 0.99, 1.0, 0.99, 0.99, 3)) is None
    doubtful = Evidence(("Siemens",), kind, 0.6, 0.6, 0.7, 0.7, 3, cues=Cues(company=2, traded=1))
    assert link_company(doubtful) is not None, "what is bought and sold is a company, whatever the reader thinks"


def test_only_locations_are_places() -> None:
    assert place(org("Paris")) is None


def test_unknown_and_contradicting_names_stay_unlinked() -> None:
    assert link_company(org("Advanced Machine Intelligence Labs")) is None
    assert link_company(org("Siemens", "Apple")) is None
    assert place(loc("Brannock Valley")) is None


def test_a_doubtful_type_lowers_the_confidence_until_there_is_no_link() -> None:
    sure, unsure = link_company(org("Siemens", firm=0)), link_company(org("Siemens", agreement=0.7, firm=0))
    assert sure is not None
    assert unsure is not None
    assert unsure.confidence < sure.confidence
    assert link_company(org("Siemens", agreement=0.4, firm=0)) is None


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("name,ticker,exchange,country\nHalden Lock,HLK,OSL,NO\n", "Halden Lock", ("HLK", "OSL", "NO")),
        ("name\nOpenAI\n", "OpenAI", (None, None, None)),
        ("name,aliases,ticker,exchange\nInstagram,Insta|IG,META,NASDAQ\n", "Insta", ("META", "NASDAQ", "US")),
        ("name,ticker,exchange,country\nSiemens,XXX,NYSE,US\n", "Siemens", ("XXX", "NYSE", "US")),
    ],
)
def test_the_users_own_names_come_first(text: str, form: str, expected: tuple[str | None, ...]) -> None:
    link = link_all([org(form)], own_names(text))[0]
    assert link is not None
    assert (link.ticker, link.exchange, link.country) == expected


def test_a_name_that_the_user_wants_never_linked_is_not() -> None:
    own = own_names("name,kind,country\nSiemens,none,\nBrannock,place,GB\n")
    siemens, brannock, org_brannock = link_all([org("Siemens"), loc("Brannock"), org("Brannock")], own)
    assert siemens is None
    assert brannock is not None
    assert (brannock.kind, brannock.country) == ("place", "GB")
    assert org_brannock is None


def test_the_users_company_is_still_no_ordinary_word() -> None:
    own = own_names("name,ticker,exchange\nTarget,TGT,NYSE\n")
    assert link_all([org("Target", firm=0, best_firm=0.0, best=0.5, small=3)], own) == [None]


@given(st.text(max_size=30), st.sampled_from(["PER", "ORG", "LOC", "MISC"]), st.floats(0, 1), st.floats(0, 1))
def test_any_name_gives_a_confident_link_or_none(form: str, kind: str, score: float, agreement: float) -> None:
    link: Link | None = link_all([Evidence((form,), kind, score, agreement, score, score, 1)])[0]
    assert link is None or LEAST_CONFIDENCE <= link.confidence <= 1
