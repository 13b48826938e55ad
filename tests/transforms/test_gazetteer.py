"""The snapshot of companies answers by every name it should, with the listing the market data states."""

import pytest

from transforms.ambiguous_names import COMMON_WORDS, NEVER_ALONE
from transforms.gazetteer import companies, company_of_listing, possessive_names
from transforms.names import name_key


@pytest.mark.parametrize(
    ("name", "ticker", "exchange", "country"),
    [
        ("Siemens", "SIE", "ETR", "DE"),
        ("Nestlé", "NESN", "SWX", "CH"),
        ("NVIDIA Corp.", "NVDA", "NASDAQ", "US"),
        ("google", "GOOGL", "NASDAQ", "US"),
        ("VW", "VOW3", "ETR", "DE"),
        ("Aviva", "AV", "LON", "GB"),
    ],
)
def test_a_company_is_known_with_its_home_listing(name: str, ticker: str, exchange: str, country: str) -> None:
    key = name_key(name)
    known = (companies().get(key) or companies()[key.removesuffix(" corp")])[0].company
    assert (known.ticker, known.exchange, known.country) == (ticker, exchange, country)
    assert company_of_listing()[(ticker, exchange)] == known


def test_companies_of_a_name_come_strongest_first_and_each_once() -> None:
    assert len(companies()) > 2_000
    for key, known in companies().items():
        strengths = [each.strength for each in known]
        assert key == name_key(key)
        assert strengths == sorted(strengths, reverse=True)
        assert 0 < min(strengths) <= max(strengths) < 1
        assert len({each.company.company_id for each in known}) == len(known)


def test_nearly_every_company_has_an_exchange_and_a_country() -> None:
    known = {each.company.company_id: each.company for group in companies().values() for each in group}
    assert sum(company.exchange is None for company in known.values()) < 0.15 * len(known)
    assert sum(company.country is None for company in known.values()) < 0.01 * len(known)


def test_a_word_that_is_left_of_a_longer_name_is_no_name() -> None:
    assert "american international group" in companies()
    assert not NEVER_ALONE & companies().keys()


def test_every_common_word_is_some_companys_name() -> None:
    assert companies().keys() >= COMMON_WORDS


def test_names_that_have_a_possessive_of_their_own() -> None:
    assert {"moody", "mcdonald", "lowe"} <= possessive_names()
    assert "siemens" not in possessive_names()
