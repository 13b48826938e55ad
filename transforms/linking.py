"""Which company or place a name means, with a confidence, and an honest None where it could mean something else.

A company link needs a name typed ORG, a place link a name typed LOC. A company called by a common word ("Target",
"Gap") needs more: a high score at a place where the word is capitalised for being a name, or its full name.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from transforms.gazetteer import KnownAs, Place, companies, places
from transforms.names import name_key, without_descriptor, without_legal_form, word_set

LEAST_CONFIDENCE = 0.5  # below it there is no link
FIRM_SCORE = 0.8  # how sure the reader must be of one mention before a common word is a company
COMPANY_LEAD = 0.05  # how much stronger the best company of a shared name must be
DESCRIPTOR_STRENGTH = 0.85  # of a company known by this name without a word like Motor or Group
CONTEXT_WEIGHT = 20.0  # a place in a country that the text names elsewhere, against one that is not
CAPITAL_WEIGHT = 5.0
COUNTRY_WEIGHT = 10.0
STATE_PEOPLE = 5_000_000  # the state tables carry no population

# Company names that are words or other people's names as well.
COMMON_WORDS = word_set(
    "admiral albany alphabet amazon american apple arm ball block booking box brady brinker buckle cactus canon "
    "caterpillar chevron city compass continental corning cummins dell deluxe diploma disco douglas dover eaton edison "
    "employers energizer everest ford fox garmin gates general gibraltar griffon harmonic hawkins hayward hilltop hub "
    "ichor indus integer intel interface knowles linde lindsay lumen match matthews mercury meta minerals news next "
    "noble norma now olympus oracle orange orion oxford partners patrick pearson persimmon phoenix pool powell "
    "progressive prudential puma rational recruit rogers rollins roper sabre sage salesforce scholastic screen sharp "
    "shell shift snap southern sprinklr square stride target tapestry tidewater trinity tyler unity universal verve "
    "visa waters wiley worthington zebra gap ross block progress"
)


@dataclass(frozen=True)
class Evidence:
    """What the text says of one entity.

    forms: its names as written. score: mean probability of its mentions. agreement: share of its mentions' weight that
    has its type. best_firm: the best score of a mention that is capitalised in the middle of a sentence, 0 if none.
    """

    forms: tuple[str, ...]
    type: str
    score: float
    agreement: float
    best_firm: float


@dataclass(frozen=True)
class Link:
    """kind: company|place. country: ISO 3166. confidence: 0 to 1."""

    kind: str
    id: str
    ticker: str | None
    exchange: str | None
    country: str | None
    confidence: float


def _clear_winner(known: Sequence[KnownAs]) -> KnownAs | None:
    """The strongest company of a name, unless another is as strong."""
    if len(known) > 1 and known[0].strength - known[1].strength < COMPANY_LEAD:
        return None
    return known[0] if known else None


def _known(key: str) -> Sequence[KnownAs]:
    """The companies of a name as written, else without its legal form, else, less surely, without words like Group."""
    for bare in (key, without_legal_form(key)):
        if bare in companies():
            return companies()[bare]
    spoken = without_descriptor(key)
    if spoken in COMMON_WORDS:
        return ()
    return [KnownAs(each.company, each.strength * DESCRIPTOR_STRENGTH) for each in companies().get(spoken, ())]


def link_company(evidence: Evidence) -> Link | None:
    """The company that the entity's names mean; None where no name is known, or where they disagree."""
    if evidence.type != "ORG":
        return None
    keys = {name_key(form) for form in evidence.forms}
    winners = {key: winner for key in sorted(keys) if (winner := _clear_winner(_known(key)))}
    ids = {winner.company.company_id for winner in winners.values()}
    if len(ids) != 1:
        return None
    best_key, best = max(winners.items(), key=lambda item: (item[0] not in COMMON_WORDS, item[1].strength, item[0]))
    if best_key in COMMON_WORDS and evidence.best_firm < FIRM_SCORE:
        return None
    confidence = best.strength * evidence.agreement * (0.5 + 0.5 * evidence.score)
    if confidence < LEAST_CONFIDENCE:
        return None
    company = best.company
    return Link("company", company.company_id, company.ticker, company.exchange, company.country, confidence)


def _weight(place: Place, context: Collection[str]) -> float:
    people = {"continent": 1e10, "state": float(STATE_PEOPLE)}.get(place.kind, float(max(place.population, 1)))
    if place.kind == "country":
        people = max(people, 1e6) * COUNTRY_WEIGHT
    if place.is_capital:
        people *= CAPITAL_WEIGHT
    return people * (CONTEXT_WEIGHT if place.country in context else 1.0)


def link_place(evidence: Evidence, context: Collection[str] = ()) -> Link | None:
    """The place that the entity's names most likely mean; `context` holds the countries named in the same text.

    The likelihood of a place is its share of the people who live in places of that name.
    """
    if evidence.type != "LOC":
        return None
    best: Link | None = None
    for key in sorted({name_key(form) for form in evidence.forms}):
        known = places().get(key, ())
        weights = [_weight(place, context) for place in known]
        if not known:
            continue
        share, place = max(zip(weights, known, strict=True), key=lambda pair: (pair[0], pair[1].place_id))
        confidence = share / sum(weights) * evidence.agreement * (0.5 + 0.5 * evidence.score)
        if confidence >= LEAST_CONFIDENCE and (best is None or confidence > best.confidence):
            best = Link("place", place.place_id, None, None, place.country, confidence)
    return best


def link_all(entities: Sequence[Evidence]) -> list[Link | None]:
    """A link or None for each entity of one text. Countries named without doubt decide between places of one name."""
    context = {
        place.country
        for evidence in entities
        if evidence.type == "LOC"
        for form in evidence.forms
        for place in places().get(name_key(form), ())[:1]
        if place.kind == "country" and place.country and len(places()[name_key(form)]) == 1
    }
    return [link_company(evidence) or link_place(evidence, context) for evidence in entities]
