"""The dashboard's pages. `nightdesk dashboard` starts it; Streamlit runs this file anew at every action.

The address says what is shown: ?article=ID, ?q=words, ?day=YYYY-MM-DD, else the latest day. Every word from an article
goes through st.html with everything escaped, or through the plain labels of a list of choices; none is Markdown.
"""

from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from pathlib import Path
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from deploy.dashboard import beside, cards, evidence, tables
from flows.brief.display import counted, day_in_words, visible
from flows.errors import NightdeskError
from flows.settings import Settings, load_settings

STYLE = Path(__file__).with_name("page.css")
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="5" fill="#1c1b18"/>'
    '<path d="M20.5 6.5a10 10 0 1 0 5 15.6A11.5 11.5 0 0 1 20.5 6.5z" fill="#f6e7ab"/></svg>'
)
STORIES_AT_ONCE = 60


def main() -> None:
    """Draw the page that the address names."""
    st.set_page_config(page_title="Nightdesk", page_icon=ICON, layout="wide")
    st.html(STYLE)
    masthead()
    try:
        settings = load_settings()
        if article_id := st.query_params.get("article"):
            article_page(settings, article_id)
        elif words := st.query_params.get("q"):
            search_page(settings, words)
        else:
            stories_page(settings)
    except NightdeskError as error:
        notice(error.message, error.hint)
    else:
        evident = "Every point cites the sentence of its source that it rests on."
        st.html(f'<p class="foot">{evident} Times are {settings.time_zone}.</p>')


def masthead() -> None:
    """The name, and the search that every page has."""
    left, right = st.columns([3, 2], vertical_alignment="center")
    left.html('<p class="masthead"><a href="?" target="_self">Nightdesk</a></p>')
    st.session_state.setdefault("words", st.query_params.get("q", ""))
    right.text_input(
        "Search", key="words", on_change=start_search, placeholder="Search titles and texts",
        label_visibility="collapsed", max_chars=200,
    )  # fmt: skip
    st.html('<div class="rule"></div>')


def start_search() -> None:
    """Put the words into the address, so that a search can be kept and linked to."""
    go(q=str(st.session_state["words"]).strip())


def choose_day() -> None:
    """Put the day into the address."""
    go(day=st.session_state["day"].isoformat())


def go(**parameters: str) -> None:
    """Change the address to these parameters, empty ones left out."""
    st.query_params.from_dict({name: value for name, value in parameters.items() if value})


def notice(message: str, hint: str) -> None:
    """One clear sentence, and what to do about it."""
    st.html(f'<div class="notice" role="alert"><p>{sentence(message)}</p><p class="hint">{sentence(hint)}</p></div>')


def sentence(text: str) -> str:
    """Escaped, with a capital and a full stop; `commands` as such."""
    told = escape(visible(text))
    parts = told.split("`")
    marked = "".join(f"<code>{part}</code>" if number % 2 else part for number, part in enumerate(parts))
    return marked[:1].upper() + marked[1:] + ("" if told.endswith((".", "!", "?")) or not told else ".")


def stories_page(settings: Settings) -> None:
    """The stories of one day, and what its night did."""
    with tables.reading(settings.paths) as connection:
        days = tables.days(connection, settings.time_zone)
        if not days:
            notice(
                "no article has been kept yet",
                "Run a night: `nightdesk run`, or see the sample press: `nightdesk demo`.",
            )
            return
        choices = st.columns([3, 2, 2, 2, 2], gap="small")
        with choices[0]:
            day = chosen_day(days)
        rows = tables.stories(connection, day, settings.time_zone)
        night = tables.night(connection, day)
    shown = tables.folded(filtered(rows, choices[1:]))
    listed, rail = st.columns([3, 1], gap="large")
    count = counted(len(shown), "story", "stories")
    papers = counted(len({row["source_name"] for row in shown}), "source")
    cut = f", the first {STORIES_AT_ONCE} shown; choose a source or a topic" if len(shown) > STORIES_AT_ONCE else ""
    listed.html(f'<h1 class="day">{day_in_words(day)}</h1><p class="tally">{count} from {papers}{cut}</p>')
    stories = [cards.story_card(row, settings.time_zone, day) for row in shown[:STORIES_AT_ONCE]]
    listed.html("\n".join(stories) or "<p>No story passes this choice.</p>")
    rail.html(f'<div class="rail">{cards.night_panel(night)}</div>')


def chosen_day(days: list[date]) -> date:
    """The day of the choice, of the address, or the latest; a day without articles is none."""
    named = st.query_params.get("day", "")
    asked = next((day for day in days if day.isoformat() == named), days[0])
    if st.session_state.get("day") not in days:
        st.session_state["day"] = asked
    chosen: date = st.selectbox("Day", days, key="day", format_func=day_in_words, on_change=choose_day)
    return chosen


def filtered(rows: list[tables.Row], places: Sequence[DeltaGenerator]) -> list[tables.Row]:
    """The rows that pass the four filters; one in which nothing is chosen lets everything pass."""
    filters: tuple[tuple[str, Callable[[tables.Row], list[str]]], ...] = (
        ("Source", lambda row: [row["source_name"]]),
        ("Topic", lambda row: row["topics"]),
        ("Tone", lambda row: [row["sentiment_label"] or "not read"]),
        ("Language", lambda row: [row["language"] or "unknown"]),
    )
    kept = rows
    for place, (label, values_of) in zip(places, filters, strict=True):
        options = sorted({visible(value) for row in rows for value in values_of(row)}, key=str.casefold)
        wanted = set(place.multiselect(label, options, placeholder="All", key=f"filter {label}"))
        kept = [row for row in kept if not wanted or wanted & {visible(value) for value in values_of(row)}]
    return kept


def article_page(settings: Settings, article_id: str) -> None:
    """One article: what it says, the sentences it rests on, who is in it, in which tone."""
    with tables.reading(settings.paths) as connection:
        row = tables.article(connection, article_id)
        if row is None:
            notice("there is no article of this address", "Look for it by its words, in the field above.")
            return
        mentions = tables.mentions(connection, article_id)
        entities = tables.entities(connection, article_id)
        copies = tables.copies(connection, row)
        figures = tables.figures_of(connection, article_id)
        questions = tables.questions_of(connection, article_id)
    day = row["known_at"].astimezone(ZoneInfo(settings.time_zone)).date()
    back = cards.inside(f"&#8592; {day_in_words(day)}", "back", day=day.isoformat())
    st.html(f"{back}{evidence.article_head(row, settings.time_zone)}")
    said, rail = st.columns([5, 3], gap="large")
    asked = beside.questions_section(row, questions, settings.time_zone)
    said.html(evidence.key_points(row) + evidence.article_text(row, mentions) + asked)
    read = (evidence.tone_panel(row), evidence.entity_table(entities), beside.figures_panel(row, figures))
    panels = (*read, evidence.copies_panel(copies))
    rail.html(f'<div class="rail">{"".join(panels)}{evidence.lineage_panel(row)}</div>')


def search_page(settings: Settings, words: str) -> None:
    """Articles that have the words, best first."""
    found = tables.hits(settings, words)
    count = (
        f"The best {len(found)} matches"
        if len(found) == tables.SEARCH_RESULTS
        else counted(len(found), "match", "matches")
    )
    back = cards.inside("&#8592; all stories", "back")
    st.html(f'{back}<h1 class="day">“{escape(visible(words[:200]))}”</h1><p class="tally">{count}</p>')
    hits = [cards.hit_card(hit, settings.time_zone) for hit in found]
    st.html("\n".join(hits) or "<p>No article has these words.</p>")


if __name__ == "__main__":
    main()
