"""Companies by their names, from pytickersymbols' snapshot of about 1800 members of stock indices.

It is loaded at the first question. Each name has a strength: how surely it alone means the company. What a name means
besides is in `ambiguous_names`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import unquote

from pytickersymbols import PyTickerSymbols

from transforms.ambiguous_names import NEVER_ALONE
from transforms.geography import geonames
from transforms.listings import country_of, listing_of
from transforms.names import name_key, without_descriptor, without_legal_form

# Names in daily use that the index lists do not carry: name -> the company's name there.
_SPOKEN = {
    "google": "Alphabet Inc.", "facebook": "Meta Platforms", "jpmorgan": "JPMorgan Chase",
    "jp morgan": "JPMorgan Chase", "jp morgan chase": "JPMorgan Chase", "jpmorgan chase and co": "JPMorgan Chase",
    "goldman": "Goldman Sachs", "gm": "General Motors", "vw": "Volkswagen Group", "disney": "The Walt Disney Company",
    "exxon": "ExxonMobil", "exxon mobil": "ExxonMobil", "citi": "Citigroup", "bofa": "Bank of America",
    "berkshire": "Berkshire Hathaway", "p and g": "Procter & Gamble", "rolls royce": "Rolls-Royce Holdings",
    "ge": "GE Aerospace", "general electric": "GE Aerospace", "amex": "American Express",
    "aig": "American International Group", "lockheed": "Lockheed Martin", "j and j": "Johnson & Johnson",
    "m and s": "Marks & Spencer", "british petroleum": "BP", "royal dutch shell": "Shell plc",
}  # fmt: skip

_POSSESSIVE_NAME = re.compile(r"([^\W\d_]+)['’]s\b")


@dataclass(frozen=True)
class Company:
    """company_id: the home ticker as market data writes it, "META", "SIE.DE"; `own:` and the name for a user's own.

    country: ISO 3166 code where known.
    """

    company_id: str
    name: str
    ticker: str | None
    exchange: str | None
    country: str | None


@dataclass(frozen=True)
class KnownAs:
    """A company under one of its names. strength: how surely the name alone means the company, 0 to 1."""

    company: Company
    strength: float


def _company_names(stock: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """The keys of every name a company goes by, each with its strength."""
    stated = stock["name"].partition("(")[0].strip()
    page = unquote((stock.get("metadata") or {}).get("wikipedia_url") or "").rpartition("/wiki/")[2]
    for name, strength in ((stated, 0.98), (page.partition("(")[0].replace("_", " ").partition("#")[0].strip(), 0.9)):
        key = name_key(name)
        if key:
            yield key, strength
            shorter = ((without_legal_form(key), min(strength, 0.95)), (without_descriptor(key), 0.85))
            for short, weaker in shorter:  # "Moody's" of "Moody's Corporation"
                if name_key(short) not in NEVER_ALONE:
                    yield name_key(short), weaker


@cache
def companies() -> Mapping[str, tuple[KnownAs, ...]]:
    """Companies by the keys of their names, the strongest first."""
    countries = {name_key(country["name"]): code for code, country in geonames().get_countries().items()}
    states = {name_key(state["name"]) for state in geonames().get_us_states().values()}
    found: dict[str, dict[str, KnownAs]] = defaultdict(dict)
    by_name: dict[str, Company] = {}
    for stock in sorted(PyTickerSymbols().get_all_stocks(), key=lambda stock: str(stock["name"])):
        listing = listing_of(stock)
        if listing is None:
            continue
        country = country_of(stock, countries, states)
        company = Company(listing.company_id, stock["name"], listing.ticker, listing.exchange, country)
        by_name.setdefault(company.name, company)
        for key, strength in _company_names(stock):
            known = found[key].get(company.company_id)
            if known is None or known.strength < strength:
                found[key][company.company_id] = KnownAs(company, strength)
    for key, name in _SPOKEN.items():
        if name in by_name:
            found[key][by_name[name].company_id] = KnownAs(by_name[name], 0.9)
    return {key: _strongest_first(known.values()) for key, known in found.items()}


@cache
def possessive_names() -> frozenset[str]:
    """The keys of names with a possessive of their own: "moody" of "Moody's", "dick" of "Dick's Sporting Goods"."""
    names = {known.company.name for group in companies().values() for known in group}
    return frozenset(name_key(found[1]) for name in names if (found := _POSSESSIVE_NAME.match(name)))


@cache
def company_of_listing() -> Mapping[tuple[str, str], Company]:
    """Companies by (ticker, exchange)."""
    return {
        (each.company.ticker, each.company.exchange): each.company
        for known in companies().values()
        for each in known
        if each.company.ticker and each.company.exchange
    }


def _strongest_first(known: Iterable[KnownAs]) -> tuple[KnownAs, ...]:
    return tuple(sorted(known, key=lambda each: (-each.strength, each.company.company_id)))
