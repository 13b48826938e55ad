"""What kinds of question there are, and by which words of a sentence it may answer one of them."""

import re
from dataclasses import dataclass

FACETS = (
    "concept", "origins", "impact", "market_trend", "reactions", "latest_updates", "policy", "recent_developments",
    "outlook", "long_term", "challenges", "controversies", "alternatives", "competitors", "precedents", "stakes",
)  # fmt: skip


@dataclass(frozen=True)
class Need:
    """What an answer must have. strong: words that nearly always carry one. weak: words that often do, or None."""

    name: str
    strong: re.Pattern[str]
    weak: re.Pattern[str] | None = None

    def cue(self, text: str) -> float:
        """1 where the text has a strong word, a half where it has a weak one, else 0."""
        if self.strong.search(text):
            return 1.0
        return 0.5 if self.weak and self.weak.search(text) else 0.0


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


REASON = Need(
    "reason",
    _words(
        r"because|due to|owing to|thanks to|as a result of|caused by|the reasons?|reasons|blam(?:e|es|ed|ing)|"
        r"attribut\w+|driven by|prompted by|so that|in order to|in response to|explain\w*|which is why|that is why|"
        r"led to|stems? from|contribut\w+ to|on the back of|"
        r"(?:sustained|suffered) an? (?:\w+ ){0,2}injury|follows (?:a|an|the|months|weeks|years)|citing|cited|"
        r"(?:it|this|that) (?:is|was) about|fear(?:s|ed)? of"
    ),
    _words(
        r"(?<!days )(?<!weeks )(?<!months )(?<!years )(?<!hours )(?<!minutes )(?<!century )"
        r"(?<!decade )(?<!year )(?<!week )(?<!month )(?<!day )(?<!shortly )(?<!soon )"
        r"after (?!\d|that\b)|"
        r"as (?:it|they|its|their|demand|prices|shoppers|customers|investors)|for fear|following|amid|on concern|"
        r"to (?:avoid|prevent|help|protect|keep|save|reduce|avert|allow|make|work|meet|become|cut|win|end|stop|give|"
        r"let|find|build)|in an attempt"
    ),
)
EFFECT = Need(
    "effect",
    _words(
        r"means? that|as a result|consequen\w+|forc(?:es|ed|ing)|affect\w*|impact\w*|lead(?:s|ing)? to|therefore|"
        r"no longer|from now on|mean(?:s|t)"
    ),
    _words(r"will|would|could|leav(?:es|ing)|rise|rises|rose|fell|falls?|drop\w*|gain\w*|cost\w*|lost|loses?|now"),
)
REACTION = Need(
    "reaction",
    _words(
        r"welcom\w+|critici[sz]\w+|praised?|reacted|reaction|responded|response|answered|rejected|"
        r"dismissed|called|shares|investors|objected|protest\w*|applaud\w*|doubt\w*|complain\w*|asked|"
        r"demanded|warned"
    ),
    _words(r"said|says|told|thinks?|wants?|hopes?|fears?"),
)
SPEECH = Need(
    "speech",
    re.compile(
        r"[\"“„]|\b(?:said|says|told|argued?s?|warn(?:s|ed)|calls?|called|thinks?|believes?|expects?|asserts?|claims?|"
        r"wants?|insist(?:s|ed)|pointed out|notes?|noted|added|admit(?:s|ted)|hopes?|agrees?|doubts?|according to)\b",
        re.IGNORECASE,
    ),
)
AMOUNT = Need("amount", re.compile(r"[$€£¥%]|\d"))
FUTURE = Need(
    "future",
    _words(
        r"will|expect(?:s|ed)?|plans? to|planned|aims? to|is to|are to|forecasts?|"
        r"next (?:week|month|year|spring|summer|autumn|winter|season)|by 20\d\d|due to|intends?|hopes? to|"
        r"scheduled|going to|are due|is due|start(?:s)? in"
    ),
    _words(r"would|could|may|might|should|until|tomorrow"),
)
TIME = Need(
    "time",
    re.compile(
        r"\b(?:[Mm]on|[Tt]ues|[Ww]ednes|[Tt]hurs|[Ff]ri|[Ss]atur|[Ss]un)day\b|"
        r"\b(?:January|February|March|April|May|June|July|August|September|"
        r"October|November|December)\b|\b(?:19|20)\d\d\b|\b(?:[Nn]ext|[Tt]his|[Ll]ast) (?:week|month|year|"
        r"spring|summer|autumn|winter|season|quarter)\b|"
        r"\b(?:[Ii]n|[Ww]ithin|[Ff]or) [\w-]+ (?:days|weeks|months|years)\b|\b[Tt]omorrow\b|\b[Tt]onight\b",
    ),
)
LONG_RUN = Need(
    "long run",
    _words(
        r"by 20[3-9]\d|by the (?:middle|end) of the (?:century|decade)|long[- ]term|in the long run|"
        r"(?:for|over|in|within) (?:the (?:next|coming)|another) (?:[\w-]+ )?(?:years|decades?)|for generations"
    ),
)
DEFINITION = Need("definition", re.compile(r",|\(|\b(?:is|are|was|were|called|known as|means)\b"))
TROUBLE = Need(
    "trouble",
    _words(
        r"problems?|trouble\w*|difficult\w*|risks?|catch|doubts?|cautions?|obstacles?|worr(?:y|ies|ied)|"
        r"threat\w*|unclear|late|delay(?:s|ed)?|stuck|short of|shortages?|challenges?|lacks?|struggl\w+|"
        r"fail(?:s|ed|ure)?|limits?|uncertain\w*|concerns?|warn(?:s|ed|ing)?|cannot|hurdles?|setbacks?"
    ),
)
OPPOSITION = Need(
    "opposition",
    _words(
        r"critic\w*|oppos\w+|object(?:s|ed|ions?)|disput\w+|protest\w*|petition|lawsuit|sued?|accus\w+|"
        r"controvers\w+|against|disagree\w*|reject(?:s|ed)|debate|argument|union|complain\w*|denie[sd]|"
        r"rift"
    ),
)
RIVALS = Need(
    "rivals",
    _words(
        r"(?:its|their|other|larger|smaller|American|Chinese|European|local|main|biggest|nearest|chief) rivals?|"
        r"rivals? (?:such|like|have|has|are|is|[A-Z]\w+)|competitors|compet(?:e|es|ing) with|in competition with"
    ),
)
PAST = Need("past", _words(r"(?:first|last) time (?:since|in)|not since|most since|since (?:19|20)\d\d"))
STAKE = Need(
    "stake",
    _words(
        r"at stake|depends? on|hangs? on|litmus test|bets? on|betting on|stands? to (?:lose|gain|win)|"
        r"(?:could|would) lose|success or failure|crucial|decisive"
    ),
)
NEWS = Need(
    "news",
    _words(
        r"now|latest|this week|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|again|"
        r"since then|so far|has|have"
    ),
)
ALTERNATIVE = Need(
    "alternative",
    _words(
        r"instead of|rather than|alternatives?|(?:other|another|second) (?:options?|ways?|plans?|possibilit(?:y|ies))|"
        r"options|could have|should have|considered"
    ),
)
SUCCESSION = Need(
    "succession",
    _words(
        r"replac(?:e|es|ed|ing|ement)|succeed(?:s|ed|ing)?|success(?:or|ion)|takes? over|took over|predecessors?|"
        r"interim|acting|steps? in|candidates?"
    ),
)
OTHERS = Need("others", _words(r"also|others?|another|more|two|three|four|five|six|seven|eight|nine|ten|along with"))
TRIAL = Need("trial", _words(r"trial|hearing|(?:in|before|to) court|court date|arraign\w*"))
STAFF = Need("staff", _words(r"\d[\d,.]* (?:\w+ )?(?:people|workers|jobs|employees|staff|men|women|miners|engineers)"))
HURT = Need(
    "hurt",
    _words(
        r"(?:nobody|no one|no-one|none|[\d,]+|one|two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds|"
        r"scores)\b"
        r"[^.;]{0,60}?\b(?:hurt|injured|wounded|killed|dead|died|casualties|injuries)|"
        r"(?:killed|killing|injured|injuring|wounded|wounding|hurt) (?:at least |about |some |more than )?"
        r"(?:[\d,]+|one|two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds|nobody)"
    ),
)
IN_FORCE = Need(
    "in force", _words(r"(?:takes?|took|taking|come|comes|came|go|goes|went) (?:into )?(?:effect|force)|effective|from")
)
AFFECTED = Need("affected", _words(r"affect(?:s|ed|ing)?|appl(?:y|ies) to|hits?|covers?|exempt\w*|aimed at|targets?"))
TERMS = Need(
    "terms",
    _words(r"terms|worth|valued|under the (?:deal|agreement|contract)|includes?|(?:would|will) (?:pay|get|receive)"),
)
FINDINGS = Need(
    "findings", _words(r"found|finds|findings|conclud\w+|reveal\w+|shows?|showed|evidence|established|uncovered")
)
BEHIND = Need(
    "behind",
    _words(r"claimed responsibility|responsib\w+|blam(?:e|es|ed|ing)|suspect\w*|arrested|carried out by|behind"),
)
EXPECTATION = Need(
    "expectation",
    _words(r"analysts?|economists?|forecasts?|forecast|expect(?:s|ed)?|predict(?:s|ed)?|outlook|estimates?"),
)
STATED = Need("stated", re.compile(r"\S"))
MEANS = Need(
    "means",
    _words(r"by \w+ing|using|with the help of|thanks to|through|helped by|because"),
    _words(r"with"),
)
PREVIOUS = Need(
    "previous",
    _words(r"previous(?:ly)?|last time|since (?:19|20)\d\d|in (?:19|20)\d\d|earlier|years ago|a year ago|before"),
)

NEEDS = {
    need.name: need
    for need in (
        REASON, EFFECT, REACTION, SPEECH, AMOUNT, FUTURE, TIME, LONG_RUN, DEFINITION, TROUBLE, OPPOSITION, RIVALS, PAST,
        STAKE, NEWS, ALTERNATIVE, SUCCESSION, OTHERS, TRIAL, STAFF, HURT, IN_FORCE, AFFECTED, TERMS, FINDINGS, BEHIND,
        PREVIOUS, STATED, MEANS, EXPECTATION,
    )
}  # fmt: skip
