"""The clauses of a sentence, as far as words alone tell them apart, and what opens them."""

import re
from dataclasses import dataclass

_SAYING = (
    r"(?:said|says?|believes?|thinks?|reckons?|argues?|told \w+|announced|estimates?|estimated|reported that|sagte"
    r"|teilte mit|erklärte)(?: on)?"
    r"(?: (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)?(?: that)?(?= (?!it |on |in |at |to |by |the company)[A-Za-z])"
)
_NOUNS_OF_THEIR_OWN = (
    "unemployment|inflation|oil|gold|crude|brent|bitcoin|ether|copper|the dollar|the euro|the yen|the index|wages"
    "|house prices"
    "|consumer prices|prices|gdp|the economy|exports|imports|retail sales|interest rates"
)
_BOUNDARY = re.compile(
    r"(?P<relative>,? (?:which|who|whose|welche[rs]?)(?= ))"
    r"|[;:]|, (?:and|but|while|as|where|whereas|although|though|after|because|with|when|since|compared|aber|während"
    r"|wobei)(?= )"
    r"| (?:that|while|whereas|although|because|if|when|after|before|but|where|dass|weil|obwohl|nachdem)(?= )"
    rf"| (?:and|und)(?= (?:the )?(?:{_NOUNS_OF_THEIR_OWN})\b)"
    rf"| {_SAYING}",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"\b(?:in|at|on|from|by|with|for|against|into|during|near|to|under|among|between|amid|across|despite|than|like|via"
    r"|through|since|versus|von|bei|aus|mit|für|gegen|nach|auf|durch|zwischen|über|vor)"
    r" (?:(?:the|its|their|a|an|his|her|der|den|dem|die|das|\") ?)?(?:[a-z-]+ ){0,2}\"?$",
    re.IGNORECASE,
)
_ADJUNCT = re.compile(
    r"\b(?:following|after|amid|under|in|part of|since|before|despite|through|via|during|with|for) (?:a|an|its|the"
    r"|their) (?:\w+ )?$",
    re.IGNORECASE,
)
ATTRIBUTION = re.compile(r" (?:said|reported|announced|says)\b")

# What a firm has: a clause about it goes on with the firm spoken of.
_HAS = (
    "revenues?|profits?|sales|earnings|shares?|stock|income|net|margins?|turnover|output|deliveries|shipments|costs?"
    "|orders?"
    "|dividends?|guidance|loss|losses|debt|operating|backlog|headcount|workforce|spending|cash|capital|production"
    "|capacity"
    "|bookings|assets|deposits|expenses|comparable|like-for-like|adjusted|pre-tax|pretax|quarterly|full-year"
    "|market value"
    "|umsatz|gewinn|aktien?|ergebnis|erlöse|absatz|auftragseingang|verlust|belegschaft"
)
_FIRM = (
    "company|group|firm|bank|lender|carmaker|automaker|retailer|airline|manufacturer|startup|start-up|maker|operator"
    "|insurer"
    "|chipmaker|producer|government|country|agency|ministry|city|club|union|university|giant|konzern|unternehmen"
    "|hersteller"
)
_PRONOUN = "it|its|they|their|that|this|he|she|his|her|es|er|sie|ihre?[nmrs]?|seine?[nmrs]?"
_CARRIES = re.compile(rf"\b(?:{_PRONOUN}|{_HAS}|(?:the|der|die|das) (?:\w+ )?(?:{_FIRM}))\b", re.IGNORECASE)
_OPENING_PRONOUN = re.compile(
    r"\W*(?:(?:and|but|so|then|yet|still|now|also)\W+)?(?:it|its|he|she|his|they|their)\b"
    r"(?! (?:had|has|is|was) (?:been )?(?:expected|thought|hoped|believed|estimated|likely|reported|said)\b)",
    re.IGNORECASE,
)
_THE_FIRM = re.compile(rf"\b(?:the|der|die|das) (?:[\w-]+ )?(?:{_FIRM})\b", re.IGNORECASE)
_OF_THE_FIRM = re.compile(rf"(?: or more)? of the (?:{_FIRM})(?:'s?)?(?![\w-])")
DESCRIBED = re.compile(rf" (?:[a-z-]+ ){{0,2}}(?:{_FIRM}|market|economy|airline|rival)\b")
_PERSON = re.compile(r"\b(?:he|she|his|her|him)\b", re.IGNORECASE)
_FRAGMENT = re.compile(
    r"\W*(?:(?:and|or|but|while|as|with|after|when|since|compared|because|that|if)\b\W*)*"
    r"(?:\w+ing|up|down|from|to|against|about|nearly|or|including|than|almost|more|roughly|for|some|at|over|by|was"
    r"|were|had|has|an?|the)?\b(?= |$)",
    re.IGNORECASE,
)
CARRYING_WORDS = 6

_GROUPS = (
    "rivals|competitors|analysts|economists|investors|regulators|shareholders|creditors|lenders|banks|companies|firms"
    "|tech giants|giants|carmakers|retailers|airlines|hospitals|schools|universities|voters|consumers|households|users"
    "|researchers|scientists|prosecutors|lawmakers|unions|farmers|manufacturers|exporters|insurers|startups|start-ups"
    "|hedge funds|funds|private equity firms|suppliers|customers|buyers|donors|members|countries|nations|states"
    "|rescuers|officials|police|authorities|residents|refugees|students|workers|employees"
)
_GROUP = re.compile(
    rf"(?:^\W*|(?P<by>\bby )|\b(?:among|for|of|to) )(?:(?:the|some|many|other|several|its|most|all|two|three) )?"
    rf"(?P<words>(?:\"[^\"]{{2,40}}\" )?(?:(?!by|the|of)[a-z-]+ ){{0,1}}?(?:{_GROUPS}))\b(?! (?:of|at|in|for) [A-Z])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Clause:
    """Characters [start, end) of a sentence; `opens` is where the words that open it stand."""

    start: int
    end: int
    opens: int = 0
    is_relative: bool = False


@dataclass(frozen=True)
class Group:
    """People or firms spoken of as many. is_agent: it is they who act ("lured by rivals")."""

    start: int
    end: int
    is_agent: bool


def clause_at(flat: str, position: int) -> Clause:
    """The clause of a sentence that holds a position."""
    start, opens, is_relative, end = 0, 0, False, len(flat)
    for match in _BOUNDARY.finditer(flat):
        if match.end() > position:
            end = match.start()
            break
        start, opens, is_relative = match.end(), match.start(), match["relative"] is not None
    return Clause(start, max(end, position), opens, is_relative)


def is_governed(flat: str, position: int) -> bool:
    """Whether a preposition stands before the name at `position`."""
    return _PREPOSITION.search(flat, max(0, position - 50), position) is not None


def is_adjunct(flat: str, position: int) -> bool:
    """Whether the figure stands in a circumstance of what happened: "following a $14 billion deal"."""
    return _ADJUNCT.search(flat, max(0, position - 40), position) is not None


def group_before(flat: str, clause: Clause, position: int) -> Group | None:
    """The last group of people or firms in a clause before a position."""
    found = list(_GROUP.finditer(flat[clause.start : position]))
    if not found:
        return None
    last = found[-1]
    return Group(clause.start + last.start("words"), clause.start + last.end("words"), last["by"] is not None)


def has_own_subject(flat: str, clause: Clause, position: int) -> bool:
    """Whether a clause without a name speaks of something of its own ("unemployment fell to 4%")."""
    told = flat[clause.start : position].strip()
    if _CARRIES.search(" ".join(told.split()[: CARRYING_WORDS + 3])):
        return False
    return clause.start == 0 or not told or not _FRAGMENT.fullmatch(told)


def opens_with_pronoun(flat: str, clause: Clause, position: int) -> bool:
    """Whether a clause goes on about whom was spoken of: "It will cut 300 jobs in Kenya"."""
    return _OPENING_PRONOUN.match(flat, clause.start, position) is not None


def firm_spoken_of(flat: str, start: int, end: int) -> bool:
    """Whether [start, end) speaks of "the company", "the bank" and the like."""
    return _THE_FIRM.search(flat, start, end) is not None


def is_of_the_firm(flat: str, position: int) -> bool:
    """Whether "of the airline's staff" follows."""
    return _OF_THE_FIRM.match(flat, position) is not None


def is_about_a_person(flat: str, clause: Clause, position: int) -> bool:
    """Whether the clause goes on about a he or a she."""
    return _PERSON.search(flat[clause.start : position]) is not None
