"""Which company or place a name means, with a confidence, and an honest None where it could mean something else.

A company link needs a name typed ORG, or words beside it that go with a company; a place link a name typed LOC. A
company whose name is also a word, a surname or a town ("Target", "Gap", "Ford"), or an acronym of a few letters, needs
points of evidence: capitals where no sentence begins, how sure the reader is, the words around it, its company in the
text. What the user's own gazetteer says comes first.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from transforms.ambiguous_names import COMMON_WORDS, HOUSEHOLD_ACRONYMS, LONGEST_ACRONYM, is_ambiguous
from transforms.cues import NO_CUES, Cues
from transforms.gazetteer import Company, KnownAs, companies
from transforms.geography import Place
from transforms.names import name_key, without_descriptor, without_legal_form
from transforms.own_names import NO_OWN_NAMES, OwnNames
from transforms.placing import Surroundings, is_small_town, likeliest_place

LEAST_CONFIDENCE = 0.5  # below it there is no link
FIRM_SCORE = 0.8  # how sure the reader must be of a mention for a point
OPENING_SCORE = 0.85  # and where its capital may be that of a sentence's first word
OFTEN = 2  # mentions with a capital of their own that make another point
POINTS_NEEDED = 2
OWN_POINTS_NEEDED = 1  # of a common word that the user has listed
MOST_OF_CUES = 3  # points
COMPANY_LEAD = 0.05  # how much stronger the best company of a shared name must be
DESCRIPTOR_STRENGTH = 0.85  # of a company known by this name without a word like Motor or Group
ONLY_JUST = 0.85  # what a link with no more points than it needs is worth
OTHER_TYPE = 0.8  # and one that the reader did not take for an organisation
OF_ANYTHING = ("international", "global", "worldwide")  # what magazines, fairs and films are called as well
SHORTEST_JOINED = 6  # letters of a name that may also be written in one word
MOSTLY = 0.5
OWN_STRENGTH = 0.99
# What the words of the text are worth where the reader is in doubt: from this many points, this much and more a point.
TRUSTED_FROM, TRUST, TRUST_A_POINT, MOST_TRUST = 3, 0.5, 0.08, 0.9


@dataclass(frozen=True)
class Evidence:
    """What the text says of one entity.

    forms: its names as written. score: mean probability of its mentions. agreement: share of its mentions' weight that
    has its type. best: the best score of a mention. best_firm, firm: the best score and the number of mentions that are
    capitalised where no sentence begins. small: how often the name stands in the text as a word without a capital.
    within: what follows its mentions after a comma, as in "Paris, Texas". with_article: the share of its mentions that
    stand behind "the" or "a".
    """

    forms: tuple[str, ...]
    type: str
    score: float
    agreement: float
    best: float = 0.0
    best_firm: float = 0.0
    firm: int = 0
    small: int = 0
    cues: Cues = NO_CUES
    within: tuple[str, ...] = ()
    with_article: float = 0.0


@dataclass(frozen=True)
class Link:
    """kind: company|place. name: as the gazetteer has it. country: ISO 3166. confidence: 0 to 1."""

    kind: str
    id: str
    name: str
    ticker: str | None
    exchange: str | None
    country: str | None
    confidence: float


def _company_link(company: Company, confidence: float) -> Link:
    return Link(
        "company", company.company_id, company.name, company.ticker, company.exchange, company.country, confidence
    )


def _place_link(place: Place, confidence: float) -> Link:
    return Link("place", place.place_id, place.name, None, None, place.country, confidence)


def _clear_winner(known: Sequence[KnownAs], tickers: frozenset[str]) -> KnownAs | None:
    """The strongest company of a name, or the one whose ticker the text states; None where another is as strong."""
    if stated := [each for each in known if each.company.ticker in tickers]:
        return stated[0]
    if len(known) > 1 and known[0].strength - known[1].strength < COMPANY_LEAD:
        return None
    return known[0] if known else None


def _known(form: str, key: str) -> tuple[str, Sequence[KnownAs]]:
    """The companies of a name, and the key that says what else it may mean.

    A name is looked up as written, else without its legal form, which makes it a firm's; else, less surely, without
    words like Group, which other names have too, or without its blanks ("Wal-Mart").
    """
    for bare in (key, without_legal_form(key)):
        if bare in companies():
            return key, companies()[bare]
    spoken = without_descriptor(key)
    if spoken in COMMON_WORDS and any(word[0].islower() for word in form.split()):
        return key, ()  # "Shell companies"
    if spoken not in companies() and len(joined := key.replace(" ", "")) >= SHORTEST_JOINED:
        spoken = joined
    known = [KnownAs(each.company, each.strength * DESCRIPTOR_STRENGTH) for each in companies().get(spoken, ())]
    return spoken if form.rpartition(" ")[2].casefold() in OF_ANYTHING else key, known


def points_needed(form: str, key: str) -> int:
    """How many points make a company of an ambiguous name; one that anybody may bear needs one more: FMC."""
    is_anybodys = len(key) <= LONGEST_ACRONYM and key not in HOUSEHOLD_ACRONYMS
    return POINTS_NEEDED + int(is_anybodys or form.rpartition(" ")[2].casefold() in OF_ANYTHING)


def _is_written_so(form: str, key: str, company: Company) -> bool:
    """Whether a very short name has the capitals of the company's: BT is one, and Bt a bacterium."""
    return len(key) > LONGEST_ACRONYM or form.isupper() or form in re.split(r"\W+", company.name)


def points(evidence: Evidence, company_id: str, beside: Collection[str]) -> int:
    """The points that speak for a company, less those that speak against one."""
    found = int(evidence.firm > 0) + int(evidence.firm >= OFTEN) + int(bool(beside)) + 2 * int(company_id in beside)
    found += int(evidence.best_firm >= FIRM_SCORE or evidence.best >= OPENING_SCORE)
    found += min(evidence.cues.company + evidence.cues.traded, MOST_OF_CUES) + 3 * len(evidence.cues.tickers)
    if evidence.cues.other > evidence.cues.company:
        found -= 2
    if evidence.small and evidence.small >= evidence.firm:
        found -= 2
    return found


def link_company(evidence: Evidence, beside: Collection[str] = ()) -> Link | None:
    """The company that the entity's names mean; None where no name is known, or where they disagree.

    beside: the ids of the companies that the same text names without doubt.
    """
    is_organisation = evidence.type == "ORG" or bool(evidence.cues.tickers)  # "(NASDAQ: META)" says so
    if not is_organisation and (not evidence.cues.company or evidence.cues.other or evidence.best >= OPENING_SCORE):
        return None
    keys: dict[str, str] = {}
    winners: dict[str, KnownAs] = {}
    for form in sorted(evidence.forms, key=name_key):
        key, known = _known(form, name_key(form))
        winner = _clear_winner(known, evidence.cues.tickers)
        if winner and _is_written_so(form, key, winner.company):
            keys[key], winners[key] = form, winner
    if len({winner.company.company_id for winner in winners.values()}) != 1:
        return None
    clear = {key: winner for key, winner in winners.items() if not is_ambiguous(keys[key], key)}
    _, best = max((clear or winners).items(), key=lambda item: (item[1].strength, item[0]))
    found = points(evidence, best.company.company_id, beside)
    needed = 0 if clear else min(points_needed(keys[key], key) for key in winners)
    if found < needed or (needed and not is_organisation):
        return None
    if not is_organisation and evidence.small:
        return None
    certainty = 1.0 if is_organisation else OTHER_TYPE
    if needed and found == needed:
        certainty = ONLY_JUST
    confidence = best.strength * certainty * max(_reader_trust(evidence), _text_trust(found))
    return _company_link(best.company, confidence) if confidence >= LEAST_CONFIDENCE else None


def _reader_trust(evidence: Evidence) -> float:
    """How far the reader's own scores say that the entity is what its type says."""
    return (evidence.agreement if evidence.type == "ORG" else 1.0) * (0.5 + 0.5 * evidence.score)


def _text_trust(found: int) -> float:
    return min(TRUST + TRUST_A_POINT * found, MOST_TRUST) if found >= TRUSTED_FROM else 0.0


def link_place(evidence: Evidence, surroundings: Surroundings) -> Link | None:
    """The place that the entity's names most likely mean, among what else the text names."""
    if evidence.type != "LOC":
        return None
    best: Link | None = None
    for key in sorted({name_key(form) for form in evidence.forms}):
        if likely := likeliest_place(key, surroundings, evidence.within):
            place, share = likely
            if evidence.with_article > MOSTLY and is_small_town(place) and not place.name.startswith("The "):
                continue  # "the Delta"
            confidence = share * evidence.agreement * (0.5 + 0.5 * evidence.score)
            if confidence >= LEAST_CONFIDENCE and (best is None or confidence > best.confidence):
                best = _place_link(place, confidence)
    return best


def _own_link(evidence: Evidence, own: OwnNames) -> tuple[bool, Link | None]:
    """Whether the user's gazetteer speaks of the entity, and the link it says, if any."""
    said = [own.names[key] for key in sorted({name_key(form) for form in evidence.forms}) if key in own.names]
    if not said:
        return False, None
    meant = next((each for each in said if each is not None), None)
    confidence = OWN_STRENGTH * (0.5 + 0.5 * evidence.score)
    if meant is None or confidence < LEAST_CONFIDENCE:
        return True, None
    if isinstance(meant, Place):
        return evidence.type == "LOC", _place_link(meant, confidence) if evidence.type == "LOC" else None
    if evidence.type not in ("ORG", "MISC") and not evidence.cues.company:
        return False, None
    is_word = any(name_key(form) in COMMON_WORDS for form in evidence.forms)
    if is_word and points(evidence, meant.company_id, ()) < OWN_POINTS_NEEDED:
        return True, None
    return True, _company_link(meant, confidence)


def link_all(entities: Sequence[Evidence], own: OwnNames = NO_OWN_NAMES) -> list[Link | None]:
    """A link or None for each entity of one text: the clear ones first, which then speak for the unclear ones."""
    surroundings = Surroundings.of([(each.forms, each.type, each.within) for each in entities])
    said = [_own_link(each, own) for each in entities]
    links = [link if spoken else link_company(each) for each, (spoken, link) in zip(entities, said, strict=True)]
    known = {link.id for link in links if link and link.kind == "company"}
    for place, evidence in enumerate(entities):
        if links[place] is None and not said[place][0]:
            found = link_company(evidence, known) if known else None
            links[place] = found or link_place(evidence, surroundings)
    return links
