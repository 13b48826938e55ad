"""Pieces of the pages as HTML. Whatever comes from an article is escaped here, and only http and https are linked."""

from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from urllib.parse import quote, urlsplit

from deploy.dashboard.marking import Cited, Mention, marked_text
from deploy.dashboard.tables import Row

TONES = ("negative", "neutral", "positive")
FLAGS = {"is_paywalled": "subscribers only", "is_partial": "beginning only", "is_edited": "edited"}


def story_card(story: Row) -> str:
    """One entry of the list: title, source and time, gist, tone, names, flags."""
    facts = [escape(story["source_name"]), when(story["published_at"], story["known_at"])]
    if story["copies"]:
        facts.append(f"{story['copies']} exact cop{'y' if story['copies'] == 1 else 'ies'}")
    gist = f'<p class="gist">{escape(story["gist"])}</p>' if story["gist"] else ""
    names = "".join(f'<span class="chip">{escape(name)}</span>' for name in (story["main_entities"] or [])[:5])
    return (
        f'<article class="story"><p class="kicker">{" · ".join(facts)}</p>'
        f'<h3><a href="?article={quote(story["article_id"])}" target="_self">{title_of(story)}</a></h3>{gist}'
        f"<p>{tone_chip(story)}{flag_chips(story)}{names}</p></article>"
    )


def article_head(row: Row) -> str:
    """Title, byline, and the way to the page itself."""
    facts = [f"<b>{escape(row['source_name'])}</b>", when(row["published_at"], row["known_at"])]
    if row["authors"]:
        facts.append("by " + escape(", ".join(row["authors"][:5])))
    if row["section"]:
        facts.append(escape(row["section"]))
    facts.append(f"{row['words']} words")
    link = outside_link(row["url"], "read it at the source")
    return (
        f'<header><p class="kicker">{" · ".join(facts)}</p><h1>{title_of(row)}</h1>'
        f"<p>{tone_chip(row)}{flag_chips(row)} {link}</p></header>"
    )


def key_points(row: Row) -> str:
    """The gist and the points, each with a link to the sentence it cites."""
    parts = []
    if row["gist"]:
        parts.append(f'<p class="gist">{escape(row["gist"])} {_citation("gist", "0")}</p>')
    items = [
        f"<li>{escape(point['text'])} {_citation(f'point-{number}', str(number))}</li>"
        for number, point in enumerate(row["key_points"], start=1)
    ]
    if items:
        parts.append(f'<ol class="points">{"".join(items)}</ol>')
    return "".join(parts) or "<p>No sentence of this text passed the gate.</p>"


def article_text(row: Row, mentions: Sequence[Row]) -> str:
    """The whole text, its cited sentences marked and its names underlined."""
    cited = [
        Cited(point["start"], point["end"], f"point-{number}")
        for number, point in enumerate(row["key_points"], start=1)
    ]
    if row["gist"] and all(mark.start != row["gist_start"] for mark in cited):
        cited.append(Cited(row["gist_start"], row["gist_end"], "gist"))
    names = [
        Mention(found["start"], found["end"], " · ".join(filter(None, (found["name"], found["type"], found["ticker"]))))
        for found in mentions
    ]
    paragraphs = [(span["start"], span["end"]) for span in row["paragraphs"]]
    marked = marked_text(row["text"], paragraphs, cited, names)
    return f'<div class="text" lang="{escape(row["language"] or "")}">{marked}</div>'


def tone_bar(row: Row) -> str:
    """The three probabilities of the tone as one bar, with their figures."""
    if row["sentiment_label"] is None:
        return "<p>The tone is read in English only so far.</p>"
    shares = {tone: float(row[f"sentiment_p_{tone}"] or 0.0) for tone in TONES}
    bars = "".join(f'<span class="{tone}" style="width:{share:.1%}"></span>' for tone, share in shares.items())
    words = " · ".join(f"{tone} {share:.0%}" for tone, share in shares.items())
    return f'<div class="bar">{bars}</div><p class="kicker">{words} · score {row["sentiment_score"]:+.2f}</p>'


def night_line(night: Row) -> str:
    """What the night's run did, in one paragraph that adds up."""
    status, message = escape(night["status"]), escape(night["message"] or "")
    return (
        f'<p class="night {status}"><b>{status}</b> {message}<br>'
        f"{night['due']} new URLs = {night['fetched']} fetched + {night['refused']} refused + "
        f"{night['deferred']} deferred + {night['failed']} failed; {night['rechecked']} asked for again: "
        f"{night['unchanged']} unchanged, {night['revised']} revised</p>"
    )


def hit_card(hit: Row) -> str:
    """One result of a search."""
    return (
        f'<article class="story"><p class="kicker">{escape(hit["source_name"])} · {when(hit["published_at"], None)}</p>'
        f'<h3><a href="?article={quote(hit["article_id"])}" target="_self">{title_of(hit)}</a></h3>'
        f'<p class="gist">{escape(hit["snippet"])}</p></article>'
    )


def title_of(row: Row) -> str:
    """The title, escaped; a page without one is untitled."""
    return escape(row["title"] or "Untitled")


def when(published_at: datetime | None, known_at: datetime | None) -> str:
    """A time in UTC, and what it is the time of."""
    if published_at is not None:
        return f"{published_at.astimezone(UTC):%d %b %Y, %H:%M} UTC"
    return f"undated, found {known_at.astimezone(UTC):%d %b %Y}" if known_at is not None else "undated"


def tone_chip(row: Row) -> str:
    """The tone as a chip; nothing where it is not read."""
    if row["sentiment_label"] not in TONES:
        return ""
    return f'<span class="chip {row["sentiment_label"]}">{row["sentiment_label"]} {row["sentiment_score"]:+.2f}</span>'


def flag_chips(row: Row) -> str:
    """What a reader should know before reading."""
    return "".join(f'<span class="chip flag">{words}</span>' for name, words in FLAGS.items() if row[name])


def outside_link(url: str, words: str) -> str:
    """A link out, for web addresses only."""
    if urlsplit(url).scheme not in ("http", "https"):
        return ""
    return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer nofollow">{words}</a>'


def _citation(anchor: str, shown: str) -> str:
    return f'<a class="cite" href="#{anchor}" target="_self">[{shown}]</a>' if shown != "0" else ""


def copy_link(row: Row) -> str:
    """Another article with the same text."""
    return f'<a href="?article={quote(row["article_id"])}" target="_self">{escape(row["source_name"])}</a>'


def quoted(words: str) -> str:
    """The words of a search, escaped, in quotation marks."""
    return f"“{escape(words[:200])}”"


def table(rows: Sequence[Row]) -> str:
    """Rows as an HTML table; numbers with sign and two digits where they are scores."""
    head = "".join(f"<th>{escape(name)}</th>" for name in rows[0])
    body = "".join("<tr>" + "".join(f"<td>{_cell(value)}</td>" for value in row.values()) + "</tr>" for row in rows)
    return f'<table class="entities"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:+.2f}" if isinstance(value, float) else escape(str(value))
