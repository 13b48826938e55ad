"""Which place of a name is meant: its share of the people who live in places of that name, among what the text names.

A text that speaks of Scotland means another Perth than one that speaks of Australia; "Paris, Texas" says it itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from transforms.geography import Place, country_of_people, geonames, places
from transforms.names import name_key
from transforms.regions import EXONYMS

CONTEXT_WEIGHT = 8.0  # a place in a country that the text names elsewhere, against one that is not
STATE_WEIGHT = 20.0  # a place in a US state that the text names, and a state where it names another one
OTHER_NAME_WEIGHT = 0.1  # of a city under a name that is not its first one
NEIGHBOUR_WEIGHT = 5.0  # a country beside one that the text names
CAPITAL_WEIGHT = 12.0
COUNTRY_WEIGHT = 10.0
PEOPLE = {"continent": 1e10, "state": 3e6, "region": 1.5e6, "county": 1e5}  # where the tables carry no population
LARGE = 300_000  # people: a city that speaks for its country
CLEAR = 8.0  # times as likely as any other place of its name: then it does
GREAT = 1_000_000  # people: a city that is meant whatever stands after the comma
SMALL_TOWN = 300_000  # people: a town that is doubtful where nothing speaks for its country
HAMLET = 50_000  # people: a town that is doubtful even where no other country is named
UNPLACED = 0.75  # what a small town is worth in a text that names no country
ELSEWHERE = 0.45  # and in one that names others


@dataclass(frozen=True)
class Surroundings:
    """What a text names without doubt: countries and US states by their codes."""

    countries: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()

    @classmethod
    def of(cls, named: Iterable[tuple[Sequence[str], str, Sequence[str]]]) -> "Surroundings":
        """The surroundings of entities, each with its forms, its type and what follows it after a comma."""
        countries: set[str] = set()
        states: set[str] = set()
        for forms, kind, within in named:
            for key in {name_key(form) for form in (*forms, *within)} if kind in ("LOC", "MISC") else ():
                if people := country_of_people(key):
                    countries.add(people)
                elif kind == "LOC" and (place := _without_doubt(key)):
                    countries.add(place.country or "")
                    states.add(place.region or "")
        return cls(frozenset(countries - {""}), frozenset(states - {""}))


def _candidates(key: str) -> Sequence[Place]:
    """The places of a name; a country and its city of that name (Singapore, Mexico) are the country."""
    known = places().get(key, ())
    nations = {place.country for place in known if place.kind == "country"}
    return [place for place in known if place.kind == "country" or place.country not in nations]


def _without_doubt(key: str) -> Place | None:
    """The one country, state, region or large city of a name that has no other place of any size."""
    known = _candidates(key)
    if not known:
        return None
    heaviest = max(known, key=lambda place: (_own_weight(place), place.place_id))
    if heaviest.kind == "city" and heaviest.population < LARGE:
        return None
    others = [place for place in known if place is not heaviest]
    if any(place.kind in ("country", "state") for place in others):
        return None  # Georgia
    return heaviest if all(_own_weight(heaviest) >= CLEAR * _own_weight(place) for place in others) else None


def _own_weight(place: Place) -> float:
    people = PEOPLE.get(place.kind, float(max(place.population, 1)))
    if place.kind == "country":
        people = max(people, 1e6) * COUNTRY_WEIGHT
    return people * (CAPITAL_WEIGHT if place.is_capital else 1.0)


@cache
def _neighbours() -> dict[str, frozenset[str]]:
    return {
        code: frozenset(filter(None, row["neighbours"].split(","))) for code, row in geonames().get_countries().items()
    }


def _weight(key: str, place: Place, around: Surroundings) -> float:
    weight = _own_weight(place)
    if place.kind == "city" and not name_key(place.name).startswith((key, EXONYMS.get(key, key))):
        weight *= OTHER_NAME_WEIGHT
    if place.country in around.countries:
        weight *= CONTEXT_WEIGHT
    elif place.kind == "country" and _neighbours()[place.country or ""] & around.countries:
        weight *= NEIGHBOUR_WEIGHT
    is_in_state = place.region in around.states or (place.kind == "state" and around.states)
    return weight * (STATE_WEIGHT if is_in_state else 1.0)


def _lies_in(place: Place, whole: Place) -> bool:
    if whole.kind in ("state", "county"):
        return place.region == whole.region and place.place_id != whole.place_id
    return place.country == whole.country and place.kind in ("city", "region", "county", "state")


def is_small_town(place: Place) -> bool:
    """Whether a place is a town that a word of the language may well be meant instead of."""
    return place.kind == "city" and place.population < SMALL_TOWN


def likeliest_place(key: str, around: Surroundings, within: Sequence[str] = ()) -> tuple[Place, float] | None:
    """The likeliest place of a name and its share, 0 to 1; None where no place is known by it.

    within: names that follow it after a comma. Where one of its places lies in one of them, the others are out; where
    none does, a smaller place is meant than we know of.
    """
    known = _candidates(key)
    wholes = [whole for name in within for whole in places().get(name_key(name), ()) if whole.kind != "city"]
    is_state = any(place.kind == "state" for place in known)  # "Michigan, Indiana": two states, no Michigan City
    stated = [
        place
        for place in known
        if any(_lies_in(place, whole) for whole in wholes) and (name_key(place.name) == key or not is_state)
    ]
    weights = [_weight(key, place, around) for place in stated or known]
    if not weights:
        return None
    weight, place = max(zip(weights, stated or known, strict=True), key=lambda pair: (pair[0], pair[1].place_id))
    share = weight / sum(weights)
    if stated or place.kind != "city":
        return place, share
    if wholes and place.population < GREAT:
        return None
    if is_small_town(place) and place.country not in around.countries:
        share *= ELSEWHERE if around.countries or place.population < HAMLET else UNPLACED
    return place, share
