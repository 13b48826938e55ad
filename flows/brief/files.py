"""Briefs on disk: `briefs/YYYY-MM-DD.md` and `.html`, each written whole and then renamed."""

import re
from datetime import date
from pathlib import Path

from flows.brief.content import Brief
from flows.brief.markdown import render_markdown
from flows.brief.page import render_html
from flows.errors import EXIT_USAGE, NightdeskError, NothingThere
from flows.paths import Home

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def write_brief(home: Home, brief: Brief) -> tuple[Path, Path]:
    """The Markdown file and the HTML file, in that order. Raises OSError where the home cannot be written."""
    home.briefs.mkdir(parents=True, exist_ok=True)
    markdown = home.briefs / f"{brief.day.isoformat()}.md"
    page = markdown.with_suffix(".html")
    for file, text in ((page, render_html(brief)), (markdown, render_markdown(brief))):
        temporary = file.with_name(f"{file.name}.tmp")
        temporary.write_text(text, "utf-8")
        temporary.replace(file)
    return markdown, page


def read_brief_text(home: Home, day: str | None = None) -> str:
    """The Markdown of the day's brief, or of the latest one. Raises as `written_day` does."""
    return (home.briefs / f"{written_day(home, day).isoformat()}.md").read_text("utf-8")


def written_day(home: Home, day: str | None = None) -> date:
    """The day asked for, or the latest one that has a brief.

    Raises NothingThere where there is no brief, NightdeskError where `day` is not a date.
    """
    if day is not None and not _is_day(day):
        error = NightdeskError(f"{day!r} is not a date", "Write it as YYYY-MM-DD.")
        error.exit_code = EXIT_USAGE
        raise error
    days = sorted(file.stem for file in home.briefs.glob("*.md") if _is_day(file.stem))
    wanted = day or (days[-1] if days else None)
    if wanted is None or wanted not in days:
        hint = f"There are briefs from {days[0]} to {days[-1]}." if days else "Run a night first: `nightdesk run`."
        raise NothingThere(f"there is no brief of {day}" if day else "there is no brief yet", hint)
    return date.fromisoformat(wanted)


def _is_day(text: str) -> bool:
    try:
        return _DAY.fullmatch(text) is not None and bool(date.fromisoformat(text))
    except ValueError:  # 2026-02-30
        return False
