"""What the words around a name say of it: that a company is meant, or that none is.

Cues decide where the name alone does not: "shares of Target", "Target said", "(NASDAQ: META)" against "target price",
"the Amazon rainforest", "meta-analysis". English, with the few German words that stand beside company names.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.listings import WRITTEN_EXCHANGES
from transforms.mentions import Named

BEFORE, AFTER = 48, 32  # characters looked at on either side of a mention
MOST_MENTIONS = 24  # of one name that are looked at

_TRADED_BEFORE = re.compile(
    r"(?:\b(?:shares?|stocks?|stakes?|investors?|bonds?|options?) (?:of|in)"
    r"|\b(?:ceo|cfo|chief executive(?: officer)?|chairman|chairwoman|co-?founder|founder) (?:of|at))(?: the)? $",
    re.IGNORECASE,
)
_TRADED_AFTER = re.compile(
    r"^(?:['’]s?)?(?: \([A-Z.:\s]{1,14}\))?,? (?:shares?|stocks?|ceo|cfo|chief executive|co-?founder|earnings|profits?"
    r"|revenues?|investors?|shareholders?|stockholders?|inc|corp|plc|ltd|aktien?|q[1-4]|quarterly"
    r"|net (?:profit|loss))\b",
    re.IGNORECASE,
)
_COMPANY_BEFORE = re.compile(
    r"(?:\b(?:boss|executives?|employees?|president|spokes(?:man|woman|person)|analysts?|engineers?|workers|managers?"
    r"|director|owner|subsidiary|division|arm|maker|competitors?|rivals?|suppliers?|customers?|scientists?|researchers?)"
    r" (?:of|at|for|to|from|like)"
    r"|\b(?:company|companies|firms?|retailers?|giants?|makers?|chain|rivals?|competitors?|brands?|lender|carmaker"
    r"|automaker|insurer|operator|konzern|unternehmen|hersteller)(?:,? such as|,? like|,? including|,)?"
    r"|\b(?:owned|acquired|bought|purchased|made|run|sold|sued|backed|developed|launched|built) by"
    r"|\b(?:works?|worked|working|employed|departed|resigned|fired) (?:for|at|from)"
    r"|\b(?:buys?|sells?|acquires?|acquired|sues?|sued|upgrades?|downgrades?|joined|quit|buying|selling))(?: the)? $",
    re.IGNORECASE,
)
_COMPANY_AFTER = re.compile(
    r"^(?:['’]s?)? (?:stores?|chief|boss|sales|executives?|employees|spokes(?:man|woman|person)|board|customers|users"
    r"|engineers|warehouses?|said|announced|announces|reported|reports|posted|posts|unveiled|unveils|launched|launches"
    r"|agreed|hired|hires|acquired|acquires|raised|raises|forecasts?|(?:has|had|have|is|was|will be) (?:agreed"
    r"|announced|reported|sued|suing|investing|buying|hiring|laying|valued|accused)|plans to|expects|jumps?|slumps?"
    r"|surges?|beats?|misses|owns?|operates|employs|makes|sells|introduced|introduces|will (?:invest|buy|sell|launch"
    r"|cut|pay)|paid|pays|teilte|meldete)\b",
    re.IGNORECASE,
)
_TICKER = re.compile(rf"^,? ?\((?:(?:{WRITTEN_EXCHANGES})(?: ?: ?|, ?| ))?([A-Z][A-Z0-9.]{{0,5}})\)")
_OTHER_BEFORE = re.compile(r"\b(?:an?|this|that|his|her|my|your|our|some|any|every|each|no|the) $", re.IGNORECASE)
_NO_NOUN_AFTER = re.compile(
    r"^(?:[.,;:!?)]|$| (?:is|was|are|were|has|had|and|or|in|on|at|of|to|for|from|by|with|as|that|which|where|when"
    r"|who)\b)"
)
_OTHER_AFTER = re.compile(
    r"^(?:[-‑](?!owned|backed|led|listed|built|made|based|designed|branded|funded)[a-z]"
    r"|['’]?s? (?:river|rain ?forest|basin|jungle|forest|delta|trees?|juice|pie|orchards?|cider|peel|groves?|county"
    r"|applications?|holders?|waiver|waivers|casings?|years?|prices?|audience|range|practice|analysis|street|bay|beach"
    r"|planet|fruit|blossom|soldiers?|insects?|animals?|tribes?|warrior|women|river's|500|composite|index|100)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Cues:
    """How many mentions stand beside words that go with a company, and beside words that speak against one.

    traded: those beside words of the stock market, a part of `company`. tickers: what stands in brackets after a
    mention, as in "(NASDAQ: META)".
    """

    company: int = 0
    traded: int = 0
    other: int = 0
    tickers: frozenset[str] = frozenset()


NO_CUES = Cues()


def cues_of(text: str, mentions: Sequence[Named]) -> Cues:
    """The cues around the mentions of one name."""
    company = traded = other = 0
    tickers: set[str] = set()
    for mention in mentions[:MOST_MENTIONS]:
        before = text[max(mention.start - BEFORE, 0) : mention.start]
        after = text[mention.end : mention.end + AFTER]
        if found := _TICKER.match(after):
            tickers.add(found[1])
        is_traded = bool(_TRADED_AFTER.match(after) or _TRADED_BEFORE.search(before))
        if _OTHER_AFTER.match(after):
            other += 1
        elif is_traded or _COMPANY_AFTER.match(after) or _COMPANY_BEFORE.search(before):
            company += 1
            traded += is_traded
        elif _OTHER_BEFORE.search(before) and _NO_NOUN_AFTER.match(after):
            other += 1
    return Cues(company, traded, other, frozenset(tickers))


def written_small(text: str, name: str, most: int = 12) -> int:
    """How often a name stands in the text without its capital, as the word it also is; counted up to `most`."""
    small = name[:1].lower() + name[1:]
    if small == name:
        return 0
    found = re.finditer(rf"(?<![\w@#./-]){re.escape(small)}(?![\w@/]|\.\w)", text)
    return sum(1 for _ in zip(range(most), found, strict=False))
