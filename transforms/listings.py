"""Where a company's shares are traded: ticker, exchange and country, as pytickersymbols states them.

Its fields disagree at times ("KO" under OTCMKTS beside "NYSE : KO" in the metadata), so the company's own statement of
where it is traded comes first and the list of market codes second. An exchange that neither names is None.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from transforms.names import name_key

# Exchange codes as the market data writes them, by the suffix of the home ticker.
_EXCHANGE_OF_SUFFIX = {
    "DE": "ETR", "F": "FRA", "L": "LON", "T": "TYO", "PA": "EPA", "AS": "AMS", "MC": "BME", "ST": "STO", "BR": "EBR",
    "HE": "HEL", "SW": "SWX", "MI": "BIT", "CO": "CPH", "LS": "ELI", "VI": "VIE", "OL": "OSL",
}  # fmt: skip
_PREFERRED = (
    "NASDAQ", "NYSE", "LON", "ETR", "TYO", "EPA", "AMS", "BME", "STO", "HEL", "EBR", "SWX", "BIT", "FRA", "OTCMKTS"
)  # fmt: skip
WRITTEN_EXCHANGES = "NYSE|NASDAQ|Nasdaq|LSE|LON|ETR|XETRA|EPA|TYO|AMS"  # as texts have them before a ticker
_US_LISTING = re.compile(r"\b(NYSE|N(?:asdaq|ASDAQ))\b[^:;,]{0,12}:\s*([A-Z][A-Z.\-]{0,6})")


@dataclass(frozen=True)
class Listing:
    """company_id: the home ticker as market data writes it, "META", "SIE.DE"."""

    company_id: str
    ticker: str
    exchange: str | None


def listing_of(stock: Mapping[str, Any]) -> Listing | None:
    """The home listing; where none is stated, the best known other one; None where there is none at all."""
    listed = [
        (entry.get("google") or "").split(":")
        for entry in stock.get("symbols") or []
        if ":" in (entry.get("google") or "")
    ]
    ranked = sorted((_rank(code), code, ticker) for code, ticker in listed)
    home = stock.get("symbol")
    if not home:
        return Listing(f"{ranked[0][1]}:{ranked[0][2]}", ranked[0][2], ranked[0][1]) if ranked else None
    ticker, _, suffix = home.rpartition(".")
    if suffix in _EXCHANGE_OF_SUFFIX and ticker:
        return Listing(home, ticker, _EXCHANGE_OF_SUFFIX[suffix])
    for exchange, traded in _US_LISTING.findall((stock.get("metadata") or {}).get("traded_as") or ""):
        if traded.rstrip(".") == home.replace("-", "."):
            return Listing(home, home, exchange.upper())
    return Listing(home, home, next((code for _, code, ticker in ranked if ticker == home), None))


def _rank(exchange: str) -> int:
    return _PREFERRED.index(exchange) if exchange in _PREFERRED else len(_PREFERRED)


def country_of(stock: Mapping[str, Any], countries: Mapping[str, str], states: set[str]) -> str | None:
    """The ISO code of "Germany", or of a head office such as "Bristol, Tennessee"; else that of its ISIN.

    countries: ISO codes by name_key. states: name_keys of the US states.
    """
    stated = stock.get("country")
    if stated:
        last = name_key(stated.rpartition(",")[2])
        if code := "US" if last in states else countries.get(last):
            return code
    registered = [isin[:2] for isin in stock.get("isins") or [] if isin and isin[:2] in countries.values()]
    return registered[0] if registered else None
