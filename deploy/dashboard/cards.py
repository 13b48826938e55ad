"""Lists as HTML: stories, search results, the night. Whatever comes from the web is escaped here."""

from collections.abc import Sequence
from datetime import date, datetime
from urllib.parse import urlencode

from deploy.dashboard.marking import line
from deploy.dashboard.tables import Row
from flows.brief.display import counted, moment_in_words, reason_in_words, tone_in_words
from flows.ledger import is_missing

TONES = ("negative", "neutral", "positive")
FLAGS = {"is_paywalled": "paywalled", "is_partial": "partial", "is_edited": "edited"}
NAMES_SHOWN = 5
STATES = {"running": "still running", "green": "complete", "amber": "with gaps", "red": "no result", "killed": "killed"}
ANY_DAY = date.min  # no moment is on it, so every moment is shown with its date and year


def inside(words: str, css: str = "", **parameters: str) -> str:
    """A link to a page of the dashboard. `words` is HTML."""
    marked = f' class="{css}"' if css else ""
    return f'<a{marked} href="?{line(urlencode(parameters))}" target="_self">{words}</a>'


def story_card(story: Row, time_zone: str, day: date) -> str:
    """One entry of the list: source and time, title, gist, tone, names, flags, exact copies."""
    gist = f'<p class="gist" dir="auto">{line(story["gist"])}</p>' if story["gist"] else ""
    names = "".join(f'<span class="chip">{line(name)}</span>' for name in (story["main_entities"] or ())[:NAMES_SHOWN])
    copies = ", ".join(inside(line(copy["source_name"]), article=copy["article_id"]) for copy in story["copies"])
    also = f'<p class="also">Word for word in {copies}</p>' if copies else ""
    return (
        f'<article class="story"{language_of(story)}>{kicker(story, time_zone, day)}'
        f'<h3 dir="auto">{inside(title_of(story), article=story["article_id"])}</h3>{gist}'
        f'<p class="chips">{tone_chip(story["sentiment_label"], story["sentiment_score"])}{names}</p>{also}</article>'
    )


def hit_card(hit: Row, time_zone: str) -> str:
    """One result of a search: the sentence that has most of the words."""
    return (
        f'<article class="story">{kicker(hit, time_zone, ANY_DAY)}'
        f'<h3 dir="auto">{inside(title_of(hit), article=hit["article_id"])}</h3>'
        f'<p class="gist" dir="auto">{line(hit["snippet"])}</p></article>'
    )


def kicker(row: Row, time_zone: str, day: date, *more: str) -> str:
    """Source, time and what a reader should know before reading. `more` is HTML."""
    flags = (f'<span class="flag">{words}</span>' for name, words in FLAGS.items() if row.get(name))
    parts = [f'<span class="source">{line(row["source_name"])}</span>', moment_of(row, time_zone, day), *more, *flags]
    return f'<p class="kicker">{" ".join(part for part in parts if part)}</p>'


def moment_of(row: Row, time_zone: str, day: date) -> str:
    """When it was published; where nobody says, when it became known."""
    published: datetime | None = row["published_at"]
    moment = published or row.get("known_at")
    if moment is None:
        return "<span>undated</span>"
    found = "" if published else "undated, found "
    return f'<time datetime="{moment.isoformat()}">{found}{moment_in_words(moment, time_zone, day)}</time>'


def title_of(row: Row) -> str:
    """The title, escaped; a page without one is untitled."""
    return line(row["title"]) or "Untitled"


def language_of(row: Row) -> str:
    """The attribute that tells a browser, and a screen reader, the language."""
    return f' lang="{line(row["language"])}"' if row["language"] else ""


def tone_chip(label: str | None, score: float | None) -> str:
    """The tone as a chip; nothing where it was not read."""
    return f'<span class="chip tone {label}">{tone_in_words(label, score)}</span>' if label in TONES else ""


def night_panel(night: Row | None) -> str:
    """What the night's runs did, in numbers that add up, and how its sources fared."""
    if night is None:
        return "<h2>The night</h2><p>No run of this date has left a report.</p>"
    state = STATES.get(night["status"], line(night["status"]))
    runs = f", {night['runs']} runs" if night["runs"] > 1 else ""
    counts = [("New addresses", night["due"], "total")]
    counts += [(name.capitalize(), night[name], "") for name in ("fetched", "refused", "deferred", "failed")]
    counts += [("Kept as articles", night["articles"], "total"), ("Rejected", night["rejected"], "total")]
    counts += [(line(reason_in_words(reason)).capitalize(), n, "") for reason, n in night["rejected_by_reason"].items()]
    counts += [("Asked for again", night["rechecked"], "total"), ("Changed since", night["revised"], "")]
    listed = "".join(f'<div class="{css}"><dt>{name}</dt><dd>{count:,}</dd></div>' for name, count, css in counts)
    return (
        f'<h2>The night</h2><p class="state {line(night["status"])}"><b>{state}</b>{runs}</p>'
        f'<dl class="counts">{listed}</dl>{sources_panel(night["sources"])}'
    )


def sources_panel(sources: Sequence[Row]) -> str:
    """Sources that gave nothing, each with its reason, then all of them folded away."""
    if not sources:
        return ""
    out = [one for one in sources if is_missing(one)]
    troubles = "".join(
        f"<li><b>{line(one['name'])}</b> {line(one['reason']) or line(one['status'])}</li>" for one in out
    )
    rows = [
        (line(one["name"]), f"{one['new_items']:,}", f"{one['fetched']:,}", f"{one['failed']:,}")
        for one in sorted(sources, key=lambda one: str(one["name"]).casefold())
    ]
    reached = f"{sum(one['status'] == 'ok' for one in sources)} of {counted(len(sources), 'source')} reached"
    return (
        f"<h2>Sources</h2>{f'<ul class=troubles>{troubles}</ul>' if troubles else ''}"
        f"<details><summary>{reached}</summary>{table(('', 'new', 'fetched', 'failed'), rows)}</details>"
    )


def table(head: Sequence[str], rows: Sequence[Sequence[str]], css: str = "counts") -> str:
    """An HTML table of cells that are HTML."""
    titles = "".join(f"<th>{title}</th>" for title in head)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f'<table class="{css}"><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>'
