"""Datelines: who and where, before the first sentence itself ("LONDON, Jan 26 (Reuters) - ", "NextFin News - ")."""

import re

DATELINE = re.compile(
    r"(?:[A-ZÀ-Þ][\w.'’\-]*[,/]?\s){0,5}(?:\d{1,2}\.?\s)?(?:\([^()]{2,40}\)\s{0,3}|[A-ZÀ-Þ][\w.'’]*\s)[-–—]{1,2}\s+(?=\W?[A-ZÀ-Þ\d])"
    r"|(?:[A-ZÀ-Þ][A-ZÀ-Þ.'’\-]+,?\s){1,4}[-–—]{1,2}\s+(?=\W?[A-ZÀ-Þ\d])"
    r"|(?:[A-ZÀ-Þ][\w.'’\-]*[,/]?\s){0,4}\((?:CNN|AP|AFP|UPI|DPA|Reuters|Bloomberg)\)\s?(?=\W?[A-ZÀ-Þ\d])"
)


def after_dateline(text: str) -> int:
    """Where the news itself begins: after the dateline at the head of the text, or at 0."""
    found = DATELINE.match(text[:120])
    return found.end() if found else 0
