"""What may be shown of text from the web: the characters, the links, the words for a date and a tone."""

import unicodedata
from datetime import date, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

URL_LIMIT = 2000  # characters; longer ones are traps or data, not addresses
# Embeddings, overrides and isolates turn the reading order of what follows them, so a title could rewrite the page.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

REASON_WORDS = {
    "empty_page": "empty page",
    "extraction_failed": "not readable",
    "too_short": "too short",
    "cookie_wall": "cookie wall",
    "index_page": "index page",
    "video_page": "video page",
    "error_page": "error page",
    "bot_check": "check for robots",
    "login_wall": "only after a log-in",
    "paywall_only": "nothing before the paywall",
    "too_slow": "takes too long to read",
    "too_big": "too big to read",
    "duplicate_url": "same article at another address",
}


def visible(text: str) -> str:
    """The text on one line, without control characters (escape sequences among them) and without turning marks."""
    kept = (
        " " if character.isspace() else character
        for character in text
        if character.isspace() or (unicodedata.category(character) not in ("Cc", "Cs") and character not in _TURNING)
    )
    return " ".join("".join(kept).split())


def safe_url(url: str | None) -> str | None:
    """The URL where it is an http or https address with a host and no odd character, else None."""
    if not url or len(url) > URL_LIMIT or any(c.isspace() or unicodedata.category(c)[0] == "C" for c in url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and host else None


def day_in_words(day: date) -> str:
    """Tuesday 24 November 2026."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def moment_in_words(moment: datetime, time_zone: str, day: date) -> str:
    """24 Nov, 06:40 in the zone; the time alone on `day` itself, the year too where it is another."""
    local = moment.astimezone(ZoneInfo(time_zone))
    if local.date() == day:
        return f"{local:%H:%M}"
    year = f" {local.year}" if local.year != day.year else ""
    return f"{local.day} {local:%b}{year}, {local:%H:%M}"


def counted(count: int, one: str, many: str | None = None) -> str:
    """1 article, 2 articles, 12,400 articles."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def reason_in_words(reason: str) -> str:
    """The words for a reason of the quality column, or the reason itself."""
    return REASON_WORDS.get(reason, reason.replace("_", " "))


def figure_in_words(text: str, direction: str | None) -> str:
    """The figure with an arrow before it where it went up or down: "↑ 5%"."""
    arrow = _ARROWS.get(direction or "")
    return f"{arrow} {text}" if arrow else text


_ARROWS = {"up": "\u2191", "down": "\u2193"}


def tone_in_words(label: str | None, score: float | None) -> str:
    """positive +0.62; empty where no tone was read."""
    if label is None:
        return ""
    return label if score is None else f"{label} {score:+.2f}".replace("-", "\u2212")
