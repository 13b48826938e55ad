"""Ticker, exchange and country out of market data whose fields disagree."""

from typing import Any

import pytest

from transforms.listings import Listing, country_of, listing_of

US = {"yahoo": "ABC", "google": "ABC"}


@pytest.mark.parametrize(
    ("stock", "expected"),
    [
        # the suffix of the home ticker says it
        ({"symbol": "SIE.DE", "symbols": [{"google": "FRA:SIE"}]}, Listing("SIE.DE", "SIE", "ETR")),
        # what the company states comes before the list of markets
        (
            {
                "symbol": "KO",
                "symbols": [{"google": "OTCMKTS:KO"}],
                "metadata": {"traded_as": "NYSE : KO DJIA component"},
            },
            Listing("KO", "KO", "NYSE"),
        ),
        # the same letters in Frankfurt are not home
        ({"symbol": "PFE", "symbols": [{"google": "FRA:PFE"}, {"google": "NYSE:PFE"}]}, Listing("PFE", "PFE", "NYSE")),
        (
            {"symbol": "BRK-B", "metadata": {"traded_as": "NYSE : BRK.A NYSE : BRK.B"}},
            Listing("BRK-B", "BRK-B", "NYSE"),
        ),
        # another company's listing says nothing
        ({"symbol": "ADEA", "symbols": [US], "metadata": {"traded_as": "NYSE : XPER"}}, Listing("ADEA", "ADEA", None)),
        # no home stated
        ({"symbols": [{"google": "FRA:XYZ"}, {"google": "LON:XY"}]}, Listing("LON:XY", "XY", "LON")),
        ({"symbols": [US]}, None),
        ({}, None),
    ],
)
def test_the_home_listing(stock: dict[str, Any], expected: Listing | None) -> None:
    assert listing_of(stock) == expected


def test_the_country_comes_from_the_head_office_or_the_isin() -> None:
    countries, states = {"germany": "DE", "united states": "US"}, {"tennessee"}
    assert country_of({"country": "Germany"}, countries, states) == "DE"
    assert country_of({"country": "Bristol, Tennessee"}, countries, states) == "US"
    assert country_of({"isins": [None, "DE0007236101"]}, countries, states) == "DE"
    assert country_of({"country": "Atlantis", "isins": ["XS0007236101"]}, countries, states) is None
