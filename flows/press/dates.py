"""Dates of the sample press: every date is counted from the date of night 3, so the news is never old."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone

from flows.press.editions import Article, Paper

_LAST_NIGHT = 3
_WORD = re.compile(r"\{(day|date|month|year)([+-]\d+)?\}")
_DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
}
_MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "de": [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
}


def night_date(anchor_date: date, night: int) -> date:
    """The date of a night: `anchor_date` is that of night 3."""
    return anchor_date - timedelta(days=_LAST_NIGHT - night)


def published_at(article: Article, anchor_date: date) -> datetime:
    """The moment an article carries, aware, UTC. An undated one has it too (for sorting), and never shows it."""
    hour, minute = article.at.split(":")
    day = night_date(anchor_date, article.date_night)
    return datetime.combine(day, time(int(hour), int(minute)), UTC)


def modified_at(article: Article, anchor_date: date, night: int) -> datetime:
    """The moment of the last change up to that night, aware, UTC. Never later than the night's own date for edits."""
    nights = [revision.night for revision in article.revisions if 0 < revision.night <= night]
    if not nights:
        return published_at(article, anchor_date)
    return datetime.combine(night_date(anchor_date, max(nights)), time(5, 30), UTC)


def local(moment: datetime, paper: Paper) -> datetime:
    """The same moment in the paper's own offset from UTC."""
    return moment.astimezone(timezone(timedelta(hours=paper.utc_offset_hours)))


def long_date(day: date, language: str) -> str:
    """`24 November 2026`, or `24. November 2026` in German."""
    dot = "." if language == "de" else ""
    return f"{day.day}{dot} {_MONTHS[language][day.month - 1]} {day.year}"


def calendar_words(text: str, day: date, language: str) -> str:
    """`text` with `{day+1}` (weekday), `{date-3}` (day and month), `{month}` and `{year}` written out.

    The number counts days from `day`, the date of the article.
    """

    def written(match: re.Match[str]) -> str:
        kind, shift = match.group(1), int(match.group(2) or 0)
        that = day + timedelta(days=shift)
        if kind == "day":
            return _DAYS[language][that.weekday()]
        if kind == "month":
            return str(_MONTHS[language][that.month - 1])
        if kind == "year":
            return str(that.year)
        return long_date(that, language).rsplit(" ", 1)[0]

    return _WORD.sub(written, text)


def dated(article: Article, paper: Paper, anchor_date: date) -> Article:
    """The article with its date words written out."""
    day = night_date(anchor_date, article.night if article.dated == 9 else article.date_night)

    def words(text: str) -> str:
        return calendar_words(text, day, paper.language)

    return replace(
        article,
        title=words(article.title),
        feed_title=words(article.feed_title),
        summary=words(article.summary),
        caption=words(article.caption),
        paragraphs=tuple(words(paragraph) for paragraph in article.paragraphs),
        comments=tuple((name, words(text)) for name, text in article.comments),
    )


def article_path(article: Article, paper: Paper, anchor_date: date) -> str:
    """The path of the article's page, the same on every night."""
    if article.path:
        return article.path
    day = published_at(article, anchor_date)
    section = article.section.lower().replace(" & ", "-").replace(" ", "-")
    return paper.path_pattern.format(
        slug=article.slug, section=section, yyyy=f"{day:%Y}", mm=f"{day:%m}", dd=f"{day:%d}"
    )
