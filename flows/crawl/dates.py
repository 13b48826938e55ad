"""Moments as feeds and sitemaps state them: ISO 8601, RFC 5322 and what is written in their place.

Read from parts, wherever they stand: the year, the month by number or by name in a dozen languages, the day, the clock
and the zone. What could mean two days (03/04/2026) is not read at all.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone

STATED_LIMIT = 100  # characters

_MONTHS = (
    "jan january januar janner janvier enero ene gennaio gen janeiro januari januarie styczen stycznia sty leden ledna"
    " ocak ianuarie ianuarios yanvarya yanvar",
    "feb february februar fevrier fev fevr febrero febbraio fevereiro februari luty lutego unor unora subat februarie",
    "mar march mars marz maerz mrz marzo marco maart mrt marzec marca brezen brezna mart martie",
    "apr april avril avr abril abr aprile kwiecien kwietnia kwi duben dubna nisan aprilie",
    "may mai mayo maggio mag maio mei maj maja kveten kvetna mayis",
    "jun june juni juin junio giugno giu junho czerwiec czerwca cze cerven cervna haziran iunie",
    "jul july juli juillet juil julio luglio lug julho lipiec lipca lip cervenec cervence temmuz iulie",
    "aug august aout agosto ago augusti augustus sierpien sierpnia sie srpen srpna agustos",
    "sep sept september septembre septiembre settembre set setembro wrzesien wrzesnia wrz zari eylul septembrie",
    "oct october okt oktober octobre octubre ottobre ott outubro out pazdziernik pazdziernika paz rijen rijna ekim"
    " octombrie",
    "nov november novembre noviembre novembro listopad listopada lis listopadu kasim noiembrie",
    "dec december dez dezember decembre diciembre dic dicembre dezembro grudzien grudnia gru prosinec prosince aralik"
    " decembrie",
)
_CYRILLIC = dict(
    enumerate(["янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"], 1)
)  # how they begin
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_ZONES = {  # hours; names that several zones bear mean the one whose press writes them
    **dict.fromkeys(("z", "ut", "utc", "gmt", "wet"), 0.0),
    **dict.fromkeys(("cet", "mez", "bst", "west", "wat", "met"), 1.0),
    **dict.fromkeys(("cest", "mesz", "eet", "cat", "sast"), 2.0),
    **dict.fromkeys(("eest", "msk", "eat", "trt"), 3.0),
    **{"gst": 4.0, "pkt": 5.0, "ist": 5.5, "npt": 5.75, "wib": 7.0, "ict": 7.0, "hkt": 8.0, "sgt": 8.0, "pht": 8.0},
    **{"awst": 8.0, "jst": 9.0, "kst": 9.0, "acst": 9.5, "aest": 10.0, "aedt": 11.0, "nzst": 12.0, "nzdt": 13.0},
    **{"brt": -3.0, "art": -3.0, "ndt": -2.5, "nst": -3.5, "adt": -3.0, "ast": -4.0, "edt": -4.0, "est": -5.0},
    **{"et": -5.0, "cdt": -5.0, "cst": -6.0, "mdt": -6.0, "mst": -7.0, "pdt": -7.0, "pst": -8.0, "hst": -10.0},
}
_CLOCK = re.compile(
    r"(?<![\d.:])([01]?\d|2[0-4])\s?[:h]\s?([0-5]\d)(?:\s?:\s?([0-5]\d|60)(?:[.,]\d+)?)?"
    r"\s*(?:([ap])\.?\s?m\b\.?)?(?![\d:])",
    re.IGNORECASE,
)
_OFFSET = re.compile(
    r"(?:\b(?:gmt|utc)\s*|(?<=[\d\s(.m]))([+-]|\u2212)\s?(\d{1,2})(?::?([0-5]\d))?(?![\d:])", re.IGNORECASE
)
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|(\d{2})(\d{2}))(?!\d)")
_YEAR_OR_MONTH = re.compile(r"\s*(\d{4})(?:-(\d{2}))?\s*")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_NAMED = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|\.|º|er)?[\s./-]*(?:de\s+)?([^\W\d_]{3,})\.?,?[\s./-]*(?:de\s+|')?(\d{4}|\d{2})(?!\d)"
)
_NAME_FIRST = re.compile(r"([^\W\d_]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(?:[a-z]{1,5}\s+)?(\d{4})(?!\d)")
_EAST_ASIAN = re.compile(r"[年月년월]\s*")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")


def moment(stated: str | None) -> datetime | None:
    """A stated moment in UTC; without a zone it is taken as UTC, without a clock as midnight. None where unclear."""
    if not stated:
        return None
    text = stated.strip()[:STATED_LIMIT]
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    try:
        found = found or _of_parts(text)
        if found is None:
            return None
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _of_parts(text: str) -> datetime | None:
    if _EPOCH.fullmatch(text):
        number = float(text)
        return datetime.fromtimestamp(number / 1000 if number >= 1e12 else number, UTC)
    clock = _CLOCK.search(text)
    before, after = (text[: clock.start()], text[clock.end() :]) if clock else (text, "")
    if before[-1:] in ("T", "t") and before[-2:-1].isdigit():
        before = before[:-1]
    day = _day(before) or _day(f"{before} {_without_zone(after)}")
    if day is None:
        return None
    if clock is None:
        return datetime(*day, tzinfo=UTC)
    hour, minute, second = int(clock[1]), int(clock[2]), min(int(clock[3] or 0), 59)
    if clock[4]:
        hour = hour % 12 + 12 * (clock[4] in "pP")
    midnight = datetime(*day, tzinfo=_zone(after))
    return midnight + timedelta(hours=hour, minutes=minute, seconds=second)


def _day(text: str) -> tuple[int, int, int] | None:
    plain = _folded(text)
    if match := _NAMED.search(plain):
        month = _month(match[2])
        if month:
            return _year(match[3]), month, int(match[1])
    if match := _NAME_FIRST.search(plain):
        month = _month(match[1])
        if month:
            return int(match[3]), month, int(match[2])
    if match := _DAY_FIRST.search(plain):
        first, second = int(match[1]), int(match[3])
        if match[2] == "." or first > 12 or first == second:
            return _year(match[4]), second, first
        return (_year(match[4]), first, second) if second > 12 else None
    if match := _YEAR_FIRST.search(plain):
        return int(match[1]), int(match[2] or match[4]), int(match[3] or match[5])
    match = _YEAR_OR_MONTH.fullmatch(plain)
    return (int(match[1]), int(match[2] or 1), 1) if match else None


def _month(name: str) -> int | None:
    if name in _MONTH_OF:
        return _MONTH_OF[name]
    starts = (number for number, start in _CYRILLIC.items() if name.startswith(start))
    return next(starts, None)


def _year(digits: str) -> int:
    """Two digits as RFC 5322 reads them."""
    number = int(digits)
    return number if len(digits) == 4 else number + (2000 if number < 50 else 1900)


def _zone(after: str) -> timezone:
    """Of what follows the clock; an offset counts before a name."""
    if match := _OFFSET.search(f" {after}"):
        minutes = 60 * int(match[2]) + int(match[3] or 0)
        if minutes <= 14 * 60:
            return timezone(timedelta(minutes=minutes if match[1] == "+" else -minutes))
    names = (_ZONES.get(word) for word in re.findall(r"[a-z]+", after.lower()))
    hours = next((found for found in names if found is not None), 0.0)
    return timezone(timedelta(hours=hours))


def _without_zone(after: str) -> str:
    return re.sub(r"[+-]\d{2}:?\d{2}", " ", after)


def _folded(text: str) -> str:
    """Small letters without accents, and the signs of East Asian dates as hyphens."""
    lower = _EAST_ASIAN.sub("-", text.lower().replace("ı", "i").replace("ł", "l"))
    return "".join(char for char in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(char))
