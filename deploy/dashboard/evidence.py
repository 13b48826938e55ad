"""The article page as HTML: what is said, the sentences it rests on, who is in it, in which tone, how it was made."""

from collections.abc import Sequence
from dataclasses import dataclass

from deploy.dashboard.cards import ANY_DAY, TONES, inside, kicker, language_of, table, title_of, tone_chip
from deploy.dashboard.marking import Cited, Mention, line, marked_text
from deploy.dashboard.tables import Row
from flows.brief.display import counted, safe_url
from transforms.gate import is_borne_out

KINDS = {"PER": "person", "ORG": "organisation", "LOC": "place", "MISC": "other"}
AUTHORS_SHOWN = 5


@dataclass(frozen=True)
class Point:
    """The gist or a key point. cited: the sentence it rests on; None where the text there does not bear it out."""

    number: int
    text: str
    cited: Cited | None


def points_of(row: Row) -> tuple[Point | None, list[Point]]:
    """The gist, and the key points without the one that is the gist, numbered together in this order."""
    gist = None
    if row["gist"]:
        gist = _point(row, 1, row["gist"], row["gist_start"], row["gist_end"])
    others = [
        point
        for point in row["key_points"]
        if not (gist and gist.cited and (point["start"], point["end"]) == (gist.cited.start, gist.cited.end))
    ]
    first = 2 if gist else 1
    numbered = enumerate(others, start=first)
    return gist, [_point(row, number, point["text"], point["start"], point["end"]) for number, point in numbered]


def _point(row: Row, number: int, text: str, start: int, end: int) -> Point:
    holds = 0 <= start < end and is_borne_out(text, row["text"][start:end])
    return Point(number, text, Cited(start, end, number) if holds else None)


def article_head(row: Row, time_zone: str) -> str:
    """Source and time, title, byline, and the way to the page itself, where that is a web address."""
    url = safe_url(row["url"])
    link = f'<a href="{line(url)}" target="_blank" rel="noopener noreferrer nofollow">Read it at the source</a>'
    authors = ", ".join(row["authors"][:AUTHORS_SHOWN])
    more = [line(row["section"]), counted(row["words"], "word")]
    if row["revisions"] > 1:
        more.append(f"{row['revisions']} versions kept")
    facts = [f"<span>{fact}</span>" for fact in more if fact]
    byline = f'<p class="byline">{f"By {line(authors)}" if authors else ""} {link if url else ""}</p>'
    return (
        f'<header class="head"{language_of(row)}>{kicker(row, time_zone, ANY_DAY, *facts)}'
        f'<h1 dir="auto">{title_of(row)}</h1>{byline}</header>'
    )


def key_points(row: Row) -> str:
    """The gist and the points, each with the number of its sentence as a link to it."""
    gist, points = points_of(row)
    lead = f'<p class="gist" dir="auto">{line(gist.text)}{_citation(gist)}</p>' if gist else ""
    items = "".join(f'<li dir="auto">{line(point.text)}{_citation(point)}</li>' for point in points)
    listed = f'<ul class="points">{items}</ul>' if items else ""
    said = lead + listed or "<p>No sentence of this text is sure enough to stand for it.</p>"
    return f'<section class="key"{language_of(row)}>{said}</section>'


def _citation(point: Point) -> str:
    if point.cited is None:
        return ""
    label = f'aria-label="source sentence {point.number}"'
    return f'<sup><a class="cite" href="#cited-{point.number}" target="_self" {label}>{point.number}</a></sup>'


def article_text(row: Row, mentions: Sequence[Row]) -> str:
    """The whole text, its cited sentences marked and numbered, its names underlined."""
    gist, points = points_of(row)
    cited = [point.cited for point in (gist, *points) if point and point.cited]
    names = [
        Mention(one["start"], one["end"], one["type"], " · ".join(filter(None, (one["name"], one["ticker"]))))
        for one in mentions
    ]
    paragraphs = [(span["start"], span["end"]) for span in row["paragraphs"]]
    marked = marked_text(row["text"], paragraphs, cited, names) or "<p>This page had no text.</p>"
    return f'<section class="text"{language_of(row)}>{marked}</section>'


def tone_panel(row: Row) -> str:
    """The tone, and its three probabilities as one bar and in figures."""
    if row["sentiment_label"] not in TONES:
        return "<h2>Tone</h2><p>The tone of texts in this language is not read yet.</p>"
    shares = {tone: float(row[f"sentiment_p_{tone}"] or 0.0) for tone in TONES}
    bars = "".join(f'<span class="{tone}" style="width:{share:.1%}"></span>' for tone, share in shares.items())
    words = " · ".join(f"{tone} {share:.0%}" for tone, share in shares.items())
    chip = tone_chip(row["sentiment_label"], row["sentiment_score"])
    return f'<h2>Tone</h2><p>{chip}</p><div class="shares" aria-hidden="true">{bars}</div><p class="note">{words}</p>'


def entity_table(rows: Sequence[Row]) -> str:
    """The article's entities: name with its ticker, type, weight in the article, tone towards it."""
    if not rows:
        return "<h2>Names</h2><p>Nobody and nothing is named.</p>"
    cells = [
        (
            f'<span class="name {line(row["type"])}">{line(row["name"])}</span>'
            + (
                f' <span class="ticker" title="{line(row["exchange"])}">{line(row["ticker"])}</span>'
                if row["ticker"]
                else ""
            ),
            KINDS.get(row["type"], line(row["type"])),
            f'<span class="weight" title="{line(row["relevance"])}, salience {row["salience"]:.2f}, '
            f'{counted(row["mentions"], "mention")}"><span style="width:{row["salience"]:.0%}"></span></span>',
            tone_chip(row["sentiment_label"], row["sentiment_score"]),
        )
        for row in rows
    ]
    return f"<h2>Names</h2>{table(('name', 'type', 'weight', 'tone'), cells, 'entities')}"


def copies_panel(rows: Sequence[Row]) -> str:
    """Links to the same text in other papers; empty where there is none."""
    links = "".join(f"<li>{inside(line(row['source_name']), article=row['article_id'])}</li>" for row in rows)
    return f"<h2>The same text in</h2><ul>{links}</ul>" if links else ""


def lineage_panel(row: Row) -> str:
    """Which transform, model and run made each column, and the keys that lead back to the page as fetched."""
    made = [
        (line(one["transform"]), str(one["transform_version"]), line(one["model"]), line(one["model_revision"]))
        for one in row["lineage"]
    ]
    keys = "".join(
        f"<div><dt>{name}</dt><dd><code>{line(row[name])}</code></dd></div>"
        for name in ("article_id", "revision_id", "body_hash")
    )
    return (
        "<details><summary>How this page was made</summary>"
        f"{table(('column', 'version', 'model', 'revision'), made)}<dl class=keys>{keys}</dl></details>"
    )
