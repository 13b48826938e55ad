"""What stands before an article or in its place, as far as it is built and not worded: choices, ways to log in,
offers, lists of headlines, the marks by which systems name their error pages. Articles have some of it; `quality` adds
it up."""

import re
from typing import Any
from urllib.parse import urlsplit

from transforms.content.addresses import domain
from transforms.content.page import Page
from transforms.content.stated import text_of

CHOICES, ENTRY, OFFER, HEADLINES, RECORDING, ERROR_MARK, NOT_INDEXED, WAY_HOME, SEARCH = DOORS = (
    "choices", "entry", "offer", "headlines", "recording", "error_mark", "not_indexed", "way_home", "search_field",
)  # fmt: skip
OUTSIDE = frozenset(("nav", "header", "footer", "aside"))
MARGIN = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|header|footer|topbar|masthead|sidebar|newsletter|comments?)(?:$|[\s_-])",
    re.IGNORECASE,
)
# The whole name of a class or an id: parts of it ("error-message") belong to the forms of any page.
ERRORS = re.compile(
    r"^(?:(?:page|error|body|http|status|template|route|is|type|single)[_-]*)*(?:40[0-9]|410|451|50[0-4])(?:[_-]*"
    r"(?:page|error|content|wrapper|container|template|body|not[_-]?found))*$"
    r"|^(?:page|content|error)?[_-]*not[_-]*found(?:[_-]*(?:page|content|wrapper|container|error))*$"
    r"|^error[_-]*page(?:[_-]*(?:content|wrapper|container))?$|^page[_-]*(?:introuvable|error|missing)$"
    r"|^maintenance(?:[_-]*(?:page|mode|wrapper|container))?$|^(?:seite|artikel)[_-]*nicht[_-]*gefunden$",
    re.IGNORECASE,
)
ENTERING = re.compile(
    r"log-?in|log-?on|sign-?in|sign-?up|regist(?:er|r)|auth(?:[/._-]|$)|sso|account|anmeld|konto|connexion|inscri|membre"
    r"|compte|acceder|entrar|sesion|session|cuenta|cadastr|conta(?:[/._-]|$)|accedi|utente|inloggen|aanmelden|members?(?:hip|\b)"
    r"|passwor|identif|identity|keycloak|logga|bruker|logowanie",
    re.IGNORECASE,
)
BUYING = re.compile(
    r"subscri|abonn|(?:^|[/._?&=-])abos?(?:$|[/._?&=-])|suscri|assin|abbon|prenumer|offers?\b|offres?\b|angebot|planes"
    r"|plans?\b|checkout|membership|join\b|paywall|tinypass|tp-modal|premium|plus-?abo|digital-?abo|piano|pelcro|poool",
    re.IGNORECASE,
)
LOOKS_PRESSED = re.compile(r"(?:^|[\s_-])(?:btn|button|cta)(?:$|[\s_-])", re.IGNORECASE)
NO_DOOR = re.compile(
    r"newsletter|subscribe-?(?:form|mail)|mailchimp|list-manage|search|suche|recherche|busca|cerca", re.I
)
HEADLINE_WORDS, MIN_HEADLINES = 4, 5
MAX_MARKS = 300  # characters of an element's class and id
MAX_LABEL = 500


def doors(page: Page) -> list[str]:
    """The DOORS of a page, each once."""
    found: set[str] = set()
    pressed = headlines = 0
    outside = _margins(page.tree)
    for element in page.tree.iter():
        if not isinstance(element.tag, str) or element in outside:
            continue
        found.update(of_element(element, page.url))
        pressed += is_pressed(element)
        headlines += is_headline(element)
    found.update([CHOICES] if pressed >= 2 else [])
    found.update([HEADLINES] if headlines >= MIN_HEADLINES else [])
    if any("noindex" in value.lower() for value in page.stated("robots")):
        found.add(NOT_INDEXED)
    return sorted(found)


def _margins(tree: Any) -> frozenset[Any]:
    """The elements that stand in the margins of the page; one pass, since margins nest."""
    found: set[Any] = set()
    for element in tree.iter():
        above = element.getparent()
        is_margin = element.tag in OUTSIDE or (
            element.tag not in ("html", "body", "main") and MARGIN.search(marks(element)) is not None
        )
        if is_margin or above in found:
            found.add(element)
    return frozenset(found)


def marks(element: Any) -> str:
    """Class and id of an element."""
    return f"{(element.get('class') or '')[:MAX_MARKS]} {(element.get('id') or '')[:MAX_MARKS]}"


def of_element(element: Any, url: str) -> list[str]:
    """The DOORS of one element outside the margins."""
    tag, named = element.tag, marks(element)
    found = [ERROR_MARK] if tag not in ("input", "form", "label", "span") and any(map(is_error, named.split())) else []
    if tag == "audio" or ("-" in tag and re.search(r"video|player", tag)):
        found.append(RECORDING)
    elif tag == "input":
        found += _of_field(element)
    elif tag in ("a", "form", "button"):
        found += _of_address(element, url, named)
    elif tag in ("div", "section") and re.search(r"paywall|tp-modal|piano-|poool", named, re.IGNORECASE):
        found.append(OFFER)
    return found


def is_error(name: str) -> bool:
    """Whether a system calls its error page so."""
    return ERRORS.match(name) is not None


def _of_field(element: Any) -> list[str]:
    """ENTRY for a field that asks who somebody is, in a form that lets in; SEARCH for one that seeks."""
    kind, name = (element.get("type") or "").lower(), (element.get("name") or "").lower()
    if kind == "search" or name in ("s", "q", "query", "search"):
        return [SEARCH]
    form = next(element.iterancestors("form"), None)
    around = "" if form is None else f"{marks(form)} {(form.get('action') or '')[:MAX_LABEL]}"
    asks = kind == "email" or name in ("email", "username", "login", "user")
    return [ENTRY] if asks and ENTERING.search(around) and not NO_DOOR.search(around) else []


def _of_address(element: Any, url: str, named: str) -> list[str]:
    """What an address leads to: the front page, a way in, an offer."""
    address = (element.get("href") or element.get("action") or element.get("formaction") or "")[:MAX_LABEL]
    try:
        target = urlsplit(address)
    except ValueError:  # no address at all
        return []
    is_front = element.tag == "a" and (target.path == "/" or (target.path == "" and target.netloc != ""))
    if is_front and (not target.netloc or domain(address) == domain(url)):
        return [WAY_HOME] if text_of(element, MAX_LABEL).strip() else []
    way = f"{target.path}?{target.query} {named}"
    return [OFFER] if BUYING.search(way) and not NO_DOOR.search(way) else []


def is_pressed(element: Any) -> bool:
    """Whether a reader may press it to decide something: a button with a word, or a link that looks like one."""
    tag = element.tag
    if tag == "input":
        return (element.get("type") or "").lower() in ("submit", "button")
    looks = tag == "a" and (element.get("role") == "button" or LOOKS_PRESSED.search(marks(element)) is not None)
    return (tag == "button" or looks) and bool(text_of(element, MAX_LABEL).strip())


def is_headline(element: Any) -> bool:
    """Whether it is a link as long as a headline."""
    return (
        element.tag == "a" and bool(element.get("href")) and len(text_of(element, MAX_LABEL).split()) >= HEADLINE_WORDS
    )
