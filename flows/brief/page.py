"""The brief as one HTML page that needs nothing else: no script, no request, light and dark, printable.

All text is escaped by the template engine; links are http and https alone; a content policy forbids the rest.
"""

from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from flows.brief.content import Brief
from flows.brief.display import (
    counted,
    day_in_words,
    figure_in_words,
    moment_in_words,
    reason_in_words,
    tone_in_words,
    visible,
)
from flows.brief.tally import headline, nothing_known

_HERE = Path(__file__).parent


def render_html(brief: Brief) -> str:
    """The page, whole, in UTF-8 text."""
    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    environment.filters.update(
        visible=visible,
        counted=counted,
        day_in_words=day_in_words,
        reason_in_words=reason_in_words,
        tone=tone_in_words,
        figure=figure_in_words,
        moment=partial(moment_in_words, time_zone=brief.time_zone, day=brief.day),
        bar_start=bar_start,
        bar_width=bar_width,
    )
    style = Markup((_HERE / "page.css").read_text("utf-8"))  # noqa: S704 - our own file
    return environment.get_template("page.html.j2").render(
        brief=brief, style=style, headline=headline(brief), nothing=nothing_known(brief)
    )


def bar_start(score: float) -> float:
    """Where the bar of a tone begins, in percent of its track, whose middle is 0."""
    return round(50 + 50 * min(0.0, max(-1.0, score)), 1)


def bar_width(score: float) -> float:
    """How long the bar is, in percent of its track."""
    return round(50 * min(1.0, abs(score)), 1)
