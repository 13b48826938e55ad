"""The dashboard's pages. `nightdesk dashboard` starts it; Streamlit runs this file anew at every action."""

from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st

from deploy.dashboard import cards, tables
from flows.errors import NightdeskError
from flows.query import search
from flows.settings import Settings, load_settings

STYLE = Path(__file__).with_name("page.css")
SEARCH_RESULTS = 30


def main() -> None:
    """Choose the page by the address: ?article=ID, ?q=words, else the stories of a day."""
    st.set_page_config(page_title="Nightdesk", page_icon="🗞️", layout="wide")
    st.html(STYLE)
    try:
        settings = load_settings()
        masthead()
        article_id = st.query_params.get("article")
        words = st.query_params.get("q")
        if article_id:
            article_page(settings, article_id)
        elif words:
            search_page(settings, words)
        else:
            stories_page(settings)
    except NightdeskError as error:
        st.warning(plain(error.message))
        if error.hint:
            st.caption(plain(error.hint))


def masthead() -> None:
    """The name, and the search that every page has."""
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    left.html('<p class="masthead"><a href="?" target="_self">Nightdesk</a></p>')
    right.text_input(
        "Search titles and texts", key="words", on_change=start_search, placeholder="Search titles and texts",
        label_visibility="collapsed",
    )  # fmt: skip


def start_search() -> None:
    """Put the words into the address, so that a search can be linked to."""
    words = str(st.session_state["words"]).strip()
    st.query_params.clear()
    if words:
        st.query_params["q"] = words


def stories_page(settings: Settings) -> None:
    """The stories of one day, and what the night did."""
    home = settings.paths
    days = tables.days(home)
    if not days:
        st.info("No article has become known yet. `nightdesk run` runs a night.")
        return
    filters, listed = st.columns([1, 3], gap="large")
    with filters:
        day: date = st.selectbox("Day", days, format_func=lambda day: f"{day:%A %d %B %Y}")
        rows = tables.stories(home, day)
        chosen = filtered(rows)
    with listed:
        night = tables.night(home, day)
        if night:
            st.html(cards.night_line(night))
        st.html(f'<p class="kicker">{len(chosen)} of {len(rows)} stories</p>')
        st.html("\n".join(cards.story_card(row) for row in chosen) or "<p>No story passes these filters.</p>")


def filtered(rows: list[tables.Row]) -> list[tables.Row]:
    """The rows that pass the filters of the left column; an empty filter lets everything pass."""
    tests = (
        ("Source", lambda row: [row["source_name"]]),
        ("Topic", lambda row: row["topics"] or []),
        ("Tone", lambda row: [row["sentiment_label"] or "not read"]),
        ("Language", lambda row: [row["language"] or "unknown"]),
    )
    for label, values in tests:
        options = sorted({value for row in rows for value in values(row)})
        wanted = set(st.multiselect(label, options))
        rows = [row for row in rows if not wanted or wanted & set(values(row))]
    return rows


def article_page(settings: Settings, article_id: str) -> None:
    """One article: what it says, the evidence for it, who is in it, in which tone."""
    home = settings.paths
    row = tables.article(home, article_id)
    if row is None:
        st.warning("There is no article of this address any more.")
        return
    st.html(cards.article_head(row))
    text, side = st.columns([3, 2], gap="large")
    with text:
        st.html(f'<section class="key"><h2>Key points</h2>{cards.key_points(row)}</section>')
        st.html(cards.article_text(row, tables.mentions(home, article_id)))
    with side:
        st.html(f"<h2>Tone</h2>{cards.tone_bar(row)}")
        st.html("<h2>Who and what</h2>")
        entity_table(tables.entities(home, article_id))
        others = tables.copies(home, row)
        if others:
            links = "".join(f"<li>{cards.copy_link(other)}</li>" for other in others)
            st.html(f"<h2>The same text elsewhere</h2><ul>{links}</ul>")


def entity_table(rows: list[tables.Row]) -> None:
    """The article's entities as a table."""
    if not rows:
        st.html("<p>Nobody is named.</p>")
        return
    shown: list[dict[str, Any]] = [
        {
            "name": row["name"],
            "type": row["type"],
            "ticker": row["ticker"] or "",
            "role": row["relevance"],
            "mentions": row["mentions"],
            "tone": row["sentiment_score"],
        }
        for row in rows
    ]
    st.html(cards.table(shown))


def search_page(settings: Settings, words: str) -> None:
    """Articles that have the words, best first."""
    hits = search(settings, words, SEARCH_RESULTS).to_pylist()
    st.html(f'<p class="kicker">{len(hits)} results for {cards.quoted(words)}</p>')
    st.html("\n".join(cards.hit_card(hit) for hit in hits) or "<p>No article has these words.</p>")


def plain(text: str) -> str:
    """Text in which Markdown means nothing."""
    return "".join(f"\\{character}" if character in "\\`*_{}[]()<>#+-.!|$:~" else character for character in text)


if __name__ == "__main__":
    main()
