"""What is written with digits and is no figure: dates, times, ages, scores, versions, addresses, numbers of a list."""

import re

from transforms.facts import MONTH

_MONTHS = rf"{MONTH}|januar|februar|märz|mai|juni|juli|oktober|dezember"
_LABELS = (  # what they number is a name, not a count
    "no|nos|nr|number|numbers|page|pages|pp|chapter|section|sections|article|articles|item|paragraph|annex|rule"
    "|resolution|"
    "route|highway|interstate|flight|figure|table|unit|block|district|area|version|release|level|phase|stage|grade"
    "|room|"
    "gate|line|platform|terminal|reactor|round|week|day|game|match|season|episode|volume|vol|issue|part|act|step|tier|"
    "category|type|class|title|schedule|form|channel|studio|hall|pier|lot|runway|exit|junction|formula|group of"
    "|class of|"
    "top|size|bus|train|apartment|apt|suite|building|lane|seed|ranked|rank|artikel|paragraf|seite|platz|nummer|kapitel|"
    "absatz|gruppe|formel|stufe|klasse|gleis|halle|linie|haus|tor|runde|folge|jahrgang|jahr|jahre|jahren|year|years"
    "|aged|ages?|age of|aged between|ages between|turn|turns|turned|anfang|mitte|ende"
)
_AFTER_NO_LABEL = r"[%,]\d|%| ?(?:percent|per cent|million|billion|bn|people|points|places|degrees)\b"
_AFTER_NO_YEAR = (
    "people|workers|employees|jobs|staff|million|billion|MW|km|kg|tonnes|tons|barrels|miles|points|soldiers|troops"
    "|homes|"
    "houses|men|women|children|metres|meters|acres|Menschen|Mitarbeiter|Arbeitsplätze|Stellen|Beschäftigte|Tonnen"
    "|Meter|"
    "Kilometer|Wohnungen"
)
_CLOCK = r"a\.?m\b|p\.?m\b|o'clock|hrs\b|GMT|UTC|ET\b|CET|BST|EST|Uhr\b"
_STREETS = (
    "Streets?|St\\.?|Avenue|Ave\\.?|Roads?|Rd\\.?|Lane|Boulevard|Blvd\\.?|Drive|Square|Way|Place|Court|Terrace|Parkway"
)

_BEFORE = re.compile(
    rf"\b(?:{_LABELS})\.?[ -](?:the )?#?(?:\d+(?:, |-| to | and | bis | und ))?$"
    rf"|(?<![a-z])(?:{_MONTHS})\.? $"
    r"|\bunder-$|[#§] ?$|\bv$|(?:straße|strasse|allee|weg) $|\b(?:call|tel\.?|phone|dial|isbn)(?: on| at)? $"
    r"|(?-i:\b[A-Z]{2,6}: ?$)",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"(?:st|nd|rd|th)?\.? (?:of )?(?:{_MONTHS})(?![a-z])|(?:[:.]\d\d){{0,2}} ?(?:{_CLOCK})"
    r"|(?:-to-\d+)?[- ](?:years?[- ]olds?|jährige)|-(?:to|vs)-\d|/\d|:\d|\.\d+\.|\.[A-Z]{1,3}\b"
    rf"|(?-i: (?:[A-Z][\w'.-]+ ){{1,3}}(?:{_STREETS})\b)|(?-i:p\b(?! ))"
    r"|m (?:race|final|sprint|freestyle|hurdles|butterfly|relay|dash|breaststroke|backstroke)\b|k (?:race|run)\b"
    r"|\. (?=(?:Platz|Runde|Mal|Tag|Stock|Liga|Jahrestag|Geburtstag|Jahrhundert))",
    re.IGNORECASE,
)
_LONG_AGO = re.compile(r"\b(?:in|from|since|of|until|circa|early|late) (?:the )?$", re.IGNORECASE)
_OLD_YEAR = re.compile(rf"1[4-8]\d\d(?![\d%]|[.,]\d|[ -](?:[a-z]*s|{_AFTER_NO_YEAR})\b)")
_AT_HOUR = re.compile(r"\bat $")
_HOUR = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d(?![\d%,]|[.]\d| [a-z]*s\b)")
_YEAR = re.compile(rf"(?:19|20)\d\d(?:[-/](?:19|20)?\d\d)?(?![\d%]|[.,]\d|[ -](?:{_AFTER_NO_YEAR})\b)")
_SEASON = re.compile(r"(?:19|20)\d\d[-/]$")
_SERIAL = re.compile(  # telephones, dates in digits
    r"(?:\+|\b00?)\d{1,3}[ -]?(?:\(0\) ?)?\d[\d /-]{5,}\d|\(\d{3,5}\) ?\d{3}[- ]?\d{3,4}|\b\d{3}[- ]\d{3,4}[- ]\d{4}\b"
    r"|\b\d{3}-\d{4}\b(?! [a-z])|\b\d{3,}(?:[ -]\d{3,}){2,}\b(?! ?%)|\b\d{1,4}([./-])\d{1,2}\1\d{1,4}\b"
)
_LISTED = re.compile(r"\W*\d{1,2}[.)] \S")


def serials(flat: str) -> list[tuple[int, int]]:
    """Where a sentence has telephone numbers, dates in digits and the like."""
    return [match.span() for match in _SERIAL.finditer(flat)]


def is_excluded(flat: str, start: int, end: int) -> bool:
    """Whether what stands before or after the digits [start, end) makes them no figure."""
    digits, before = flat[start:end], flat[max(0, start - 24) : start]
    if _AFTER.match(flat, end) or (_YEAR.match(flat, start) and not before.endswith("$")) or _SEASON.search(before):
        return True
    if (_OLD_YEAR.match(flat, start) and _LONG_AGO.search(before)) or (
        _HOUR.match(flat, start) and _AT_HOUR.search(before)
    ):
        return True
    if _BEFORE.search(before) and not re.match(_AFTER_NO_LABEL, flat[end : end + 10]):
        return True
    if len(digits) > 3:
        return False
    if start < 4 and _LISTED.match(flat):
        return True
    is_bracketed = before.endswith("(") and flat.startswith(")", end)
    is_age = re.search(r"[a-zé], $", before) and re.match(r", | ?\.$", flat[end:])
    return bool(is_bracketed or is_age)
