"""A brief from the marts of a home and the report of its night."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from statistics import fmean
from typing import Any

from flows.brief.beside import figures_beside, questions_beside
from flows.brief.content import Brief, Cited, Copy, Named, Night, Section, Story, Trouble
from flows.brief.day import (
    Row,
    read_articles,
    read_entities,
    read_figures,
    read_questions,
    read_source_names,
    utc,
    window_of,
)
from flows.brief.display import safe_url, visible
from flows.brief.ranking import Candidate, Ranked, choose, rank
from flows.ledger import is_missing
from transforms.gate import is_borne_out

ENTITIES_SHOWN = 6
UNTITLED = "Untitled"
OTHER = "Other news"

# What newspapers call their sections, in the languages we have met, by the desk that a reader would look under.
DESKS = {
    "World": "world international politics europe asia africa americas welt ausland politik monde mundo news",
    "Business and markets": "business economy markets market finance companies money banking wirtschaft finanzen",
    "Technology and science": "technology tech science ai digital research technik wissenschaft forschung",
    "Climate and energy": "climate environment energy klima umwelt energie",
}
_DESK_OF = {word: desk for desk, words in DESKS.items() for word in words.split()}


def build_brief(marts: Path, day: date, time_zone: str, limit: int, report: Mapping[str, Any]) -> Brief:
    """The brief of what became known on `day` in `time_zone`, at most `limit` stories.

    report: the run manifest of the night as a dict, or an empty one; only its counts and its sources are read.
    The order is that of `flows.brief.ranking`. Raises NothingThere where the marts have never been published.
    """
    window = window_of(day, time_zone, dict(report))
    rows = read_articles(marts, window)
    ids = [row["article_id"] for row in rows]
    entities = read_entities(marts, ids)
    beside = _Beside(read_figures(marts, ids, window), read_questions(marts, ids, window))
    groups = _folded(rows)
    candidates = [_candidate(group, entities) for group in groups.values()]
    ranked = choose(rank(candidates, window.end), limit)
    names = {row["source_id"]: visible(row["source_name"] or row["source_id"]) for row in rows}
    stories = [
        (_desk(groups[one.candidate.article_id][0]), _story(one, groups, entities, names, beside)) for one in ranked
    ]
    return Brief(
        day=day,
        time_zone=time_zone,
        sections=_sections(stories),
        known=len(rows),
        chosen=len(stories),
        folded=sum(len(groups[story.article_id]) - 1 for _, story in stories),
        sources=len({row["source_id"] for row in rows}),
        night=_night(report, read_source_names(marts)),
    )


@dataclass(frozen=True)
class _Beside:
    """Rows of the marts figures and questions, by article."""

    figures: Mapping[str, Sequence[Row]]
    questions: Mapping[str, Sequence[Row]]


def _cited_spans(row: Row) -> list[tuple[int, int]]:
    gist = [(row["gist_start"], row["gist_end"])] if row["gist"] else []
    return gist + [(point["start"], point["end"]) for point in row["key_points"]]


def _folded(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Exact copies together, the one that came first in front; keyed by that one's article id."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["copy_group_id"]].append(row)
    ordered = (sorted(group, key=_came) for group in groups.values())
    return {group[0]["article_id"]: group for group in ordered}


def _came(row: Row) -> tuple[datetime, datetime, str]:
    first_seen = utc(row["first_seen_at"])
    return (utc(row["published_at"]) if row["published_at"] else first_seen, first_seen, row["article_id"])


def _candidate(group: Sequence[Row], entities: Mapping[str, Sequence[Row]]) -> Candidate:
    first = group[0]
    main = (row["entity_id"] for row in entities.get(first["article_id"], ()) if row["relevance"] == "main")
    return Candidate(
        article_id=first["article_id"],
        source_id=first["source_id"],
        sources=frozenset(row["source_id"] for row in group),
        entities=frozenset(main),
        substance=fmean([point["score"] for point in first["key_points"]] or [0.0]),
        published_at=utc(first["published_at"]) if first["published_at"] else None,
        known_at=utc(first["known_at"]),
        is_teaser=bool(first["is_paywalled"] or first["is_partial"]),
    )


def _story(
    one: Ranked,
    groups: Mapping[str, list[Row]],
    entities: Mapping[str, Sequence[Row]],
    names: Mapping[str, str],
    beside: "_Beside",
) -> Story:
    row, *copies = groups[one.candidate.article_id]
    copied = {copy["source_id"]: Copy(names[copy["source_id"]], safe_url(copy["url"])) for copy in reversed(copies)}
    copied.pop(row["source_id"], None)
    gist = _cited(row, row["gist"], row["gist_start"], row["gist_end"])
    return Story(
        article_id=row["article_id"],
        revision_id=row["revision_id"],
        title=visible(row["title"] or "") or UNTITLED,
        url=safe_url(row["url"]),
        source=names[row["source_id"]],
        language=row["language"] or "",
        published_at=one.candidate.published_at,
        known_at=one.candidate.known_at,
        gist=gist,
        key_points=tuple(
            cited
            for point in row["key_points"]
            if (cited := _cited(row, point["text"], point["start"], point["end"])) is not None and cited != gist
        ),
        entities=_named(entities.get(row["article_id"], ())),
        figures=figures_beside(beside.figures.get(row["article_id"], ()), _cited_spans(row)),
        questions=questions_beside(beside.questions.get(row["article_id"], ())),
        sentiment=row["sentiment_label"],
        sentiment_score=row["sentiment_score"],
        flags=_flags(row),
        copies=tuple(copied[source] for source in sorted(copied)),
        also_reported_by=tuple(sorted(names[source] for source in one.others - set(copied))),
        score=one.score,
        because=one.because,
    )


def _cited(row: Row, claim: str | None, start: int | None, end: int | None) -> Cited | None:
    """The claim with its evidence; None where what it cites does not bear it out."""
    text = row["text"]
    if not claim or start is None or end is None or start < 0 or not is_borne_out(claim, text[start:end]):
        return None
    touched = [span for span in row["sentences"] if span["start"] < end and start < span["end"]]
    first = min([span["start"] for span in touched] + [start])
    last = max([span["end"] for span in touched] + [end])
    return Cited(claim, start, end, text[first:start], text[start:end], text[end:last])


def _named(rows: Sequence[Row]) -> tuple[Named, ...]:
    main = [row for row in rows if row["relevance"] == "main"] or list(rows[:2])
    return tuple(
        Named(visible(row["name"]), row["type"], row["ticker"], row["sentiment_label"]) for row in main[:ENTITIES_SHOWN]
    )


def _flags(row: Row) -> tuple[str, ...]:
    flags = {
        "paywalled": row["is_paywalled"],
        "partial": row["is_partial"],
        "edited": row["is_edited"],
        "undated": row["published_at"] is None,
    }
    return tuple(flag for flag, is_set in flags.items() if is_set)


def _desk(row: Row) -> str:
    """The section to print an article under: by the paper's own section, else by the first topic of its source."""
    words = (row["section"] or "").casefold().replace("/", " ").replace("&", " ").split()
    for word in (*words, *(topic.casefold() for topic in row["topics"] or ())):
        if word in _DESK_OF:
            return _DESK_OF[word]
    topic = next(iter(row["topics"] or ()), "")
    return visible(topic).capitalize() or OTHER


def _sections(stories: Sequence[tuple[str, Story]]) -> tuple[Section, ...]:
    """Sections in the order of their best story, stories in the order given."""
    grouped: dict[str, list[Story]] = {}
    for desk, story in stories:
        grouped.setdefault(desk, []).append(story)
    return tuple(Section(desk, tuple(within)) for desk, within in grouped.items())


def _night(report: Mapping[str, Any], names: Mapping[str, str]) -> Night:
    counts = report.get("counts") or {}
    sources = report.get("sources") or ()
    failed = [source for source in sources if is_missing(source)]
    reasons = report.get("rejected_by_reason") or {}
    return Night(
        sources_reached=sum(source["status"] == "ok" for source in sources),
        sources_failed=len(failed),
        discovered=sum(counts.get(name, 0) for name in ("fetched", "refused", "deferred", "failed")),
        fetched=counts.get("fetched", 0),
        articles=counts.get("articles", 0),
        rejected=counts.get("rejected", 0),
        rejected_by_reason=tuple(sorted(((str(key), int(count)) for key, count in reasons.items()), key=_most_first)),
        troubles=tuple(
            _trouble(source, names) for source in sorted(failed, key=lambda source: str(source["source_id"]))
        ),
        alerts=tuple(visible(str(alert["message"])) for alert in report.get("alerts") or ()),
    )


def _trouble(source: Mapping[str, Any], names: Mapping[str, str]) -> Trouble:
    """The failed source by its name, which its reason need not say again."""
    name = names.get(source["source_id"], source["source_id"])
    reason = str(source["reason"] or "no reason").removeprefix(f"{name}: ")
    return Trouble(visible(name), visible(reason))


def _most_first(reason: tuple[str, int]) -> tuple[int, str]:
    return (-reason[1], reason[0])
