"""A brief from marts: what it counts, folds, cites and leaves out."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.brief import Brief, build_brief, render_html, render_markdown
from flows.errors import NothingThere
from tests.deploy.dashboard.marts import DAY, NOON, Name, article_row
from tests.flows.brief.conftest import MAERSK, PORT, ROTTERDAM, Make, Publish, amber, night, port_piece

HOUR = timedelta(hours=1)


def test_exact_copies_are_one_story_that_names_them(make: Make) -> None:
    first = port_piece("wire", published_at=NOON - 9 * HOUR)
    later = [replace(first, source=name, published_at=NOON - 5 * HOUR) for name in ("valley", "herald")]
    brief = make(*later, first, replace(first, title="Port closes (2)", published_at=NOON - 6 * HOUR))
    (story,) = brief.stories
    assert story.source == "wire"
    assert [copy.source for copy in story.copies] == ["herald", "valley"]  # its own second address is no other paper
    assert story.copies[0].url == "http://herald.example/2026/03/04/port-closes"
    assert (brief.known, brief.chosen, brief.folded, brief.sources) == (4, 1, 3, 3)


def test_what_first_known_decides_where_no_paper_gives_a_date(make: Make) -> None:
    dated, undated = port_piece("a", published_at=NOON - HOUR), port_piece("b", published_at=None)
    assert [story.source for story in make(undated, dated).stories] == ["a"]
    earlier = replace(undated, more={"first_seen_at": NOON - 2 * HOUR})
    assert [story.source for story in make(earlier, dated).stories] == ["b"]


def test_other_papers_on_the_same_matter_are_named_apart_from_copies(make: Make) -> None:
    wire = port_piece("wire", published_at=NOON - 9 * HOUR)
    herald = replace(wire, source="herald", published_at=NOON)
    own_words = port_piece("ledger", "Harbour shut", paragraphs=("Rotterdam has shut. So says Maersk.",), points=())
    alone = port_piece("orbit", "A comet", paragraphs=("A comet. It flies.",), points=(), names=(Name("Calliope"),))
    stories = {story.source: story for story in make(wire, herald, own_words, alone).stories}
    assert stories["wire"].also_reported_by == ("ledger",)
    assert stories["ledger"].also_reported_by == ("herald", "wire")
    assert stories["orbit"].also_reported_by == ()


def test_each_point_carries_the_sentence_that_holds_it(make: Make) -> None:
    half = {"text": "Ships wait at sea", "start": 38, "end": 55, "score": 0.5, "support": 1.0}
    piece = port_piece(more={"key_points": [half]})
    assert piece.text[38:55] == half["text"]
    (story,) = make(piece).stories
    (point,) = story.key_points
    assert (point.before, point.marked, point.after) == ("", "Ships wait at sea", ", nine of them laden with fruit.")
    assert story.gist
    assert story.gist.text == "The port of Rotterdam closed at dawn."


@pytest.mark.parametrize(("start", "end"), [(60, 90), (5, 36), (-128, -111), (None, None)])
def test_a_point_that_the_text_does_not_bear_out_is_not_shown(make: Make, start: int | None, end: int | None) -> None:
    claim = "Ships wait at sea"
    assert "\n".join(PORT)[-128:-111] == claim  # counted from behind it would be there
    wrong = {"text": claim, "start": start, "end": end, "score": 0.5, "support": 1.0}
    (story,) = make(port_piece(more={"key_points": [wrong]})).stories
    assert story.key_points == ()


def test_a_trimmed_point_is_shown_with_the_whole_of_its_sentence(make: Make) -> None:
    trim = {"text": "Ships wait at sea.", "start": 38, "end": 87, "score": 0.5, "support": 1.0}
    (story,) = make(port_piece(more={"key_points": [trim]})).stories
    (point,) = story.key_points
    assert point.text == "Ships wait at sea."
    assert point.marked == "Ships wait at sea, nine of them laden with fruit."


@settings(deadline=None)
@given(st.data())
def test_evidence_is_whole_sentences_and_the_claim_within_them(data: st.DataObject) -> None:
    from flows.brief.build import _cited

    row = article_row(port_piece())
    text = row["text"]
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    cited = _cited(row, text[start:end], start, end)
    assert cited
    assert cited.marked == cited.text == text[start:end]
    whole = cited.before + cited.marked + cited.after
    assert text[start - len(cited.before) : end + len(cited.after)] == whole
    for span in row["sentences"]:
        is_touched = span["start"] < end and start < span["end"]
        assert not is_touched or text[span["start"] : span["end"]] in whole


def test_the_gist_is_not_repeated_among_the_points(make: Make) -> None:
    (story,) = make(port_piece(points=(0, 2))).stories
    assert [point.text for point in story.key_points] == ["Maersk expects a delay of hours."]


def test_names_are_the_main_ones_or_the_first_two(make: Make) -> None:
    (story,) = make(port_piece(names=(ROTTERDAM, MAERSK, Name("Ships", relevance="passing")))).stories
    assert {(name.name, name.ticker) for name in story.entities} == {("Rotterdam", None), ("Maersk", "MAERSK-B")}
    passing = tuple(
        Name(name, relevance="passing", salience=salience)
        for name, salience in (("Ships", 0.1), ("fruit", 0.3), ("wind", 0.2))
    )
    (story,) = make(port_piece(names=passing)).stories
    assert [name.name for name in story.entities] == ["fruit", "wind"]


def test_flags_say_what_the_reader_should_know(make: Make) -> None:
    more = {"is_paywalled": True, "is_partial": True, "is_edited": True}
    (story,) = make(port_piece(published_at=None, more=more)).stories
    assert story.flags == ("paywalled", "partial", "edited", "undated")
    (story,) = make(port_piece()).stories
    assert story.flags == ()


def test_an_unread_tone_an_empty_title_and_a_hostile_address(make: Make) -> None:
    piece = port_piece(title=None, tone=None, url="javascript:alert(1)", gist=None, points=())
    (story,) = make(piece).stories
    assert (story.title, story.url, story.sentiment, story.sentiment_score) == ("Untitled", None, None, None)
    assert (story.gist, story.key_points) == (None, ())


@pytest.mark.parametrize(
    ("section", "topic", "desk"),
    [
        ("World", "sport", "World"),
        ("Markets & Money", "world", "Business and markets"),
        ("Welt/Ausland", "local", "World"),
        ("Obituaries", "technology", "Technology and science"),
        (None, "gardening", "Gardening"),
        ("<b>x</b>", "<i>y</i>", "<i>y</i>"),
    ],
)
def test_stories_stand_under_the_desk_a_reader_would_look(
    make: Make, section: str | None, topic: str, desk: str
) -> None:
    (found,) = make(port_piece(section=section, topic=topic)).sections
    assert found.name == desk


def test_without_section_and_topic_there_is_still_a_place(make: Make) -> None:
    (found,) = make(port_piece(more={"topics": []})).sections
    assert found.name == "Other news"


def test_the_limit_spreads_over_sources(make: Make) -> None:
    sources = {story.source for story in make(*night(), limit=7).stories}
    assert len(sources) == 6  # wire with its two copies, paper0 to paper3, and the hostile one
    brief = make(*night(), limit=3)
    assert (brief.known, brief.chosen, len(brief.stories)) == (12, 3, 3)
    assert len({story.source for story in brief.stories}) == 3


def test_nothing_that_became_known_is_lost_where_there_is_room(full: Brief) -> None:
    assert full.known == full.chosen + full.folded == 12
    best = [max(story.score for story in section.stories) for section in full.sections]
    assert best == sorted(best, reverse=True)
    for section in full.sections:
        scores = [story.score for story in section.stories]
        assert scores == sorted(scores, reverse=True)


def test_the_same_marts_make_the_same_brief_in_any_order_of_rows(publish: Publish) -> None:
    briefs = [
        build_brief(publish(night(), reverse=reverse), DAY, "UTC", 8, amber()) for reverse in (False, True, False)
    ]
    assert briefs[0] == briefs[1] == briefs[2]
    assert render_html(briefs[0]) == render_html(briefs[1])
    assert render_markdown(briefs[0]) == render_markdown(briefs[1])


def test_news_of_other_days_stays_out(make: Make) -> None:
    brief = make(
        port_piece(known_at=NOON - timedelta(days=1)), port_piece(title="x", known_at=NOON + timedelta(days=1))
    )
    assert (brief.known, brief.sections) == (0, ())


def test_the_day_is_that_of_the_readers_zone(make: Make) -> None:
    late = port_piece(known_at=NOON + timedelta(hours=20, minutes=30))  # 23:10 UTC
    assert make(late, zone="UTC").known == 1
    assert make(late, zone="Asia/Tokyo").known == 0


def test_the_night_is_counted_and_its_failures_named_once(publish: Publish) -> None:
    report = amber()
    report["sources"][-1]["reason"] = "The Signal: none of its feeds could be read"
    brief = build_brief(publish(night(), {"signal": "The Signal"}), DAY, "UTC", 40, report)
    assert (brief.night.sources_reached, brief.night.sources_failed) == (7, 1)
    assert brief.night.discovered == 15 + 1 + 2 + 3
    assert brief.night.rejected_by_reason == (("cookie_wall", 2), ("too_short", 1))
    (trouble,) = brief.night.troubles
    assert (trouble.source, trouble.reason) == ("The Signal", "none of its feeds could be read")


def test_without_a_report_nothing_is_claimed_of_the_night(make: Make) -> None:
    night_of = make(port_piece()).night
    assert (night_of.sources_reached, night_of.fetched, night_of.troubles) == (0, 0, ())


def test_marts_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(NothingThere, match="not there yet"):
        build_brief(tmp_path, DAY, "UTC", 40, {})


def test_text_is_cited_from_the_latest_revision(make: Make) -> None:
    (story,) = make(port_piece()).stories
    row = article_row(port_piece())
    assert story.revision_id == row["revision_id"]
    for cited in (story.gist, *story.key_points):
        assert cited
        assert "\n".join(PORT)[cited.start : cited.end] == cited.text
