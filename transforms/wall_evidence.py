"""Evidence that a page stands in an article's place, added up: how it is built, what it speaks of, not in which words.

Each function gives points. What a page is about is told by the beginnings of words in the languages of Europe's press;
several of one thing count once, since a wall speaks of many things that an article speaks of one at a time.
"""

from __future__ import annotations

import re

from transforms.content.announced import UNANNOUNCED
from transforms.content.doors import CHOICES, ENTRY, ERROR_MARK, NOT_INDEXED, OFFER, SEARCH, WAY_HOME
from transforms.content.signs import CONSENT_FORM, CONSENT_TEXT, FORWARDING, PASSWORD, PUZZLE
from transforms.seen_page import Seen, density
from transforms.verdict_phrases import ERROR_WORDS, SUBSCRIPTION, anywhere

MANY, SOME = 6, 4  # things that consent texts speak of
DENSE = 0.5  # share of the words shown that stand in lines about it
MAX_SAID = 3_000  # characters

# What a consent text speaks of.
CONSENT_THINGS = (
    anywhere(r"\bcookies?\b", r"track(?:er|ing)", r"traceur", r"rastre", r"tracci\w+"),
    anywhere(r"partner", r"partenaires", r"\bsocios\b", r"parceiros", r"vendors?\b", r"dienst(?:leister|anbieter)",
             r"fornitori", r"fournisseurs", r"third part", r"drittanbiet", r"tiers\b", r"terze parti", r"\bderden\b",
             r"terceir"),
    anywhere(r"advert", r"\bads\b", r"werb(?:ung|efrei)", r"anzeigen", r"publici", r"pubblicit", r"anuncios",
             r"anúncios", r"annonc", r"reclame", r"reklam"),
    anywhere(r"device", r"ger[äa]t\b", r"terminal\b", r"appareil", r"dispositiv", r"apparaat", r"equipamento",
             r"enhet"),
    anywhere(r"consent", r"agree", r"accept", r"permi(?:ssion|so)", r"einwillig", r"zustimm", r"akzept", r"einverstand",
             r"acept", r"accett", r"aceit", r"toestemming", r"akkoord", r"samty", r"zgod"),
    anywhere(r"privacy", r"datens?chutz", r"confidential", r"privacid", r"riservatezza", r"vie privée",
             r"personal data", r"(?:datos|dati|dados) personal", r"données personn", r"personenbezogen",
             r"persoonsgegeven", r"prywatno"),
    anywhere(r"personali[sz]", r"personnalis", r"profil", r"identif", r"interest-based", r"intéress", r"persoonlijk",
             r"preferenc", r"préférenc", r"preferênc"),
    anywhere(r"measur", r"audience", r"statisti", r"mesur", r"messung", r"reichweite", r"medir", r"medi[cç]", r"misur",
             r"meting", r"analy[sz]", r"analis"),
    anywhere(r"withdraw", r"opt out", r"reject", r"refus", r"widerr?uf", r"ablehn", r"retirar", r"rechaz", r"oppos",
             r"oponer", r"rifiut", r"revoc", r"weiger", r"recus", r"change your mind", r"at any time", r"jederzeit",
             r"à tout moment", r"en cualquier momento", r"in qualsiasi momento", r"op elk moment",
             r"a qualquer momento"),
)  # fmt: skip
# What a check for robots speaks of.
ROBOT_THINGS = (
    anywhere(r"human", r"\bumano", r"menschlich", r"\b(?:ein|als) mensch", r"humain", r"real person", r"een mens\b"),
    anywhere(r"\brobot", r"\bbots?\b", r"automat", r"roboter"),
    anywhere(r"captcha", r"puzzle", r"slid(?:e|er)\b", r"(?:press|hold|push)\b.{0,20}\bbutton",
             r"tick (?:the|this) box"),
    anywhere(r"java-?script", r"\bbrowser", r"navigat(?:eu|o)r", r"cookies"),
    anywhere(r"secur", r"sicherheit", r"sécurité", r"segur", r"sicurezza", r"beveilig", r"verif", r"vérif", r"überprüf",
             r"comprob", r"controll?", r"confirm", r"bestätig"),
    anywhere(r"denied", r"blocked", r"forbidden", r"permission", r"verweigert", r"gesperrt", r"blockiert", r"refusé",
             r"bloqu", r"denegad", r"negad", r"negato", r"bloccat", r"geweigerd", r"geblokkeerd"),
)  # fmt: skip
# By which a server finds the request again that it refused.
REQUEST_ID = anywhere(
    r"(?:ray|incident|reference|request|support|event)[ -]?(?:id|number|#)?\W{1,3}(?=[\w.-]*\d)[\w.-]{8,}",
    r"\b(?=[0-9a-f.-]*[a-f])(?=[0-9a-f.-]*\d)[0-9a-f]{6,}(?:[.-][0-9a-f]{2,}){2,}\b",
    r"\b(?:ip|client)[ -]?(?:address)?:?\s*\d{1,3}(?:\.\d{1,3}){3}",
)
# What a page speaks of that is kept from readers elsewhere.
REGION_THINGS = (
    anywhere(r"country", r"region", r"location", r"territor", r"\bland\b", r"\bpays\b", r"\bpaís", r"\bpaese",
             r"europe", r"\b(?:eu|eea|gdpr|dsgvo|rgpd|vpn)\b"),
    anywhere(r"availab", r"access", r"verfügbar", r"disponib", r"disponív", r"beschikbaar", r"zugriff", r"acc[eè]s"),
    anywhere(r"legal", r"\brights", r"licen[cs]", r"regulation", r"rechte", r"lizenz", r"droits",
             r"derechos", r"diritti", r"direitos", r"\blaw\b", r"\b451\b"),
)  # fmt: skip
PRICE = anywhere(
    r"(?:[€$£]|\b(?:eur|usd|gbp|chf))\s?\d", r"\d\s?(?:€|£|\$|euros?\b|pounds?\b|dollars?\b|kr\b|kroner?\b|kronor\b|zł)"
)


def said(page: Seen) -> str:
    """What the page says in an article's place: its text, or where that is next to nothing, all that it shows."""
    return (page.shown if page.is_thin else page.text)[:MAX_SAID]


def things(text: str, kinds: tuple[re.Pattern[str], ...]) -> int:
    """How many of the things the text speaks of."""
    return sum(1 for kind in kinds if kind.search(text))


def points_of_an_article(page: Seen) -> int:
    """What speaks for an article: that it is called as its feed called it, and says of itself that it is one."""
    return 2 * page.is_announced + 3 * page.states_article


def consents(page: Seen) -> int:
    """Points for consent text. A form that asks counts whole where the text is within it, and else only where there is
    next to no text: articles have one above them."""
    text = said(page)
    spoken = things(text, CONSENT_THINGS)
    if spoken < SOME - 1:
        return 0
    asks = 2 * (CONSENT_TEXT in page.signs) or (CONSENT_FORM in page.signs and page.is_thin)
    much = (spoken >= SOME) + (spoken >= MANY) + (density(text, CONSENT_THINGS) >= DENSE)
    chosen = (CHOICES in page.signs) + (UNANNOUNCED in page.signs)
    return asks + much + chosen - points_of_an_article(page)


def errors(page: Seen) -> int:
    """Points for a notice that there is no such page, or none now. Words tell nothing beside a text, and ways out
    nothing alone."""
    # That no word of the headline is there is enough: of 179 real ones 7 share none with the first 140 words of their
    # text, and a page shows its headline besides.
    strong = 2 * (ERROR_MARK in page.signs) + 3 * (UNANNOUNCED in page.signs)
    if not page.is_thin and not strong:
        return 0
    shown = f"{page.title}\n{said(page)}"
    words = bool(ERROR_WORDS.search(shown)) + (things(shown, REGION_THINGS) == len(REGION_THINGS))
    weak = words + (NOT_INDEXED in page.signs) + (FORWARDING in page.signs)
    out = (WAY_HOME in page.signs) + (SEARCH in page.signs)
    return strong + weak + out - points_of_an_article(page) if strong or weak else 0


def robots(page: Seen) -> int:
    """Points for a check for robots: how many of its things a page speaks of, where it hardly speaks of another. Where
    there is more than next to no text, something that is no word must say so too: articles are written about them."""
    shown = f"{page.title}\n{said(page)}"
    if density(shown, ROBOT_THINGS) < DENSE:
        return 0
    built = (PUZZLE in page.signs) + (UNANNOUNCED in page.signs) + bool(REQUEST_ID.search(page.shown))
    if not page.is_thin and not built:
        return 0
    return things(shown, ROBOT_THINGS) + (0 if page.is_thin else built) - points_of_an_article(page)


def lets_in(page: Seen) -> bool:
    """Whether it has a way to log in or register and is not what the feed announced, with less than an article."""
    if page.states_article:
        return False
    return (ENTRY in page.signs and page.is_poor) or (
        UNANNOUNCED in page.signs and bool({ENTRY, PASSWORD} & page.signs)
    )


def sells(page: Seen) -> bool:
    """Whether next to no text stands beside an offer to subscribe: two of a link, a price and a word of it."""
    shown = f"{page.title}\n{page.shown}"
    offered = (OFFER in page.signs) + bool(PRICE.search(shown)) + bool(SUBSCRIPTION.search(shown))
    return page.is_thin and UNANNOUNCED not in page.signs and offered >= 2
