"""What a page is built of beside its text, as far as it tells what kind of page it is in any language: a field for a
password, a puzzle for robots, a player, a form that asks for consent. An article may have any of them; they mean
something where there is hardly a text."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import Any

from transforms.content.blocks import SILENT_IN_FORMS, block_lines
from transforms.content.boilerplate import key

PASSWORD, PUZZLE, PLAYER, CONSENT_FORM, CONSENT_TEXT, FORWARDING, NO_SCRIPT = SIGNS = (
    "password_field", "puzzle", "player", "consent_form", "consent_text", "forwarding", "asks_for_scripts",
)  # fmt: skip
PUZZLES = re.compile(
    r"captcha|turnstile|challenge[_-]?(?:form|running|stage|platform|error|container|body)|cf[_-](?:chl|wrapper|error|browser)"
    r"|_incapsula_|sec-(?:if-)?cpt|aws-?waf|geetest|arkose|funcaptcha|px-(?:block|captcha)|bot[_-]?(?:check|detect|protection|challenge)|human[_-]?(?:check|verif|challenge)",
    re.IGNORECASE,
)
CONSENTING = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|cmp|gdpr|dsgvo|rgpd|privacy)[_-]?(?:wall|banner|consent|message|dialog|modal|notice|"
    r"layer|popup|overlay|container|settings|manager|form|box|bar|gate|page)|sp_message|sp_choice|consent|didomi|onetrust"
    r"|cybot|cookiebot|usercentrics|iubenda|qc-cmp|cmpbox|truste|axeptio|tarteaucitron|klaro|osano|termly|cmplz|borlabs"
    r"|contentpass|(?:^|[\s_-])(?:cky|cp|pg|cmp)-(?:wall|root|box|modal|container)",
    re.IGNORECASE,
)
# What the source of a challenge has and that of an article on the same network has not.
CHALLENGING = re.compile(
    r"geo\.captcha-delivery\.com|//ct\.captcha-delivery\.com|challenge-platform/h/\w/orchestrate|_cf_chl_opt|awsWafCookie"
    r"|gokuProps|_Incapsula_Resource\?SWUDNSAI|/_sec/cp_challenge|sucuri_cloudproxy|window\._pxAppId|px-captcha"
    r"|within\.website/x/cmd/anubis|ddos-guard/check|/_guard/|errors\.edgesuite\.net",
    re.IGNORECASE,
)
PLAYING = re.compile(
    r"video[_-]?(?:player|js|container|embed|wrapper)|(?:^|[\s_-])(?:jw|media|html5)?player", re.IGNORECASE
)
PLAYING_FRAME = re.compile(r"/(?:embed|player|video)s?[/?.]", re.IGNORECASE)
SCRIPTS = re.compile(r"java-?script|cookies", re.IGNORECASE)
OUTSIDE = frozenset(("nav", "header", "footer", "aside", "dialog"))
QUICK = 30  # seconds before a forwarding; a page that reloads itself now and then has more
MAX_NOTE = 600  # characters
MOST = 0.6  # of a text, that is nothing but what a form says
MAX_FORMS = 10  # the outermost come first


def signs_of(tree: Any, lines: Sequence[str] = ()) -> list[str]:
    """The SIGNS that a page shows, sorted. lines: what was read of it as its text, if that is little."""
    found = set()
    for element in tree.iter():
        if isinstance(element.tag, str):
            found.update(signs(element))
    if CONSENT_FORM in found and within_consent(tree, lines) >= MOST:
        found.add(CONSENT_TEXT)
    return sorted(found)


def is_challenge(html: str) -> bool:
    """Whether the page's source, scripts included, is that of a check for robots."""
    return CHALLENGING.search(html) is not None


def within_consent(tree: Any, lines: Sequence[str]) -> float:
    """The share of the lines' characters that stand in forms that ask for consent, 0 to 1."""
    total = sum(map(len, lines))
    if not total:
        return 0.0
    places = tree.iter("div", "section", "dialog", "aside", "form")
    forms = (each for each in places if CONSENTING.search(f"{each.get('class') or ''} {each.get('id') or ''}"))
    asked = {key(line) for form in islice(forms, MAX_FORMS) for line in block_lines(form, SILENT_IN_FORMS)}
    return sum(len(line) for line in lines if key(line) in asked) / total


def signs(element: Any) -> list[str]:
    """The SIGNS of one element."""
    tag = element.tag
    marks = " ".join(element.get(name) or "" for name in ("class", "id", "name"))
    found = []
    if tag == "input" and (element.get("type") or "").lower() == "password" and not is_margin(element):
        found.append(PASSWORD)
    if PUZZLES.search(marks) or (tag in ("iframe", "form") and PUZZLES.search(address(element))):
        found.append(PUZZLE)
    if CONSENTING.search(marks):
        found.append(CONSENT_FORM)
    is_frame = tag == "iframe" and PLAYING_FRAME.search(address(element))
    if tag == "video" or is_frame or (tag in ("div", "section", "figure") and PLAYING.search(marks)):
        found.append(PLAYER)
    if tag == "meta" and (element.get("http-equiv") or "").lower() == "refresh":
        seconds = re.match(r"\s*(\d+)", element.get("content") or "")
        found += [FORWARDING] if seconds and int(seconds[1][:6]) <= QUICK else []
    if tag == "noscript" and SCRIPTS.search((element.text or "")[:MAX_NOTE] + " ".join(element.itertext())[:MAX_NOTE]):
        found.append(NO_SCRIPT)
    return found


def address(element: Any) -> str:
    """Where an element leads or what it shows."""
    return (element.get("src") or element.get("action") or "")[:500]


def is_margin(element: Any) -> bool:
    """Whether it stands in a margin of the page."""
    return any(around.tag in OUTSIDE for around in element.iterancestors())
