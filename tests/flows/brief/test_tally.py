"""The counting sentences of a brief."""

from flows.brief import Brief, render_html, render_markdown
from flows.brief.tally import amber_note, headline, night_lines, nothing_known
from tests.flows.brief.conftest import Make, amber, port_piece


def test_the_headline_says_what_is_known_shown_and_folded(full: Brief, make: Make) -> None:
    assert headline(full) == "12 articles from 8 sources became known · 10 stories here · 2 exact copies folded"
    assert headline(make(port_piece())) == "1 article from 1 source became known"


def test_an_empty_day_says_so_and_whether_anybody_looked(make: Make) -> None:
    assert headline(make()) == "Nothing new"
    assert nothing_known(make(zone="Asia/Tokyo")) == "No article became known on Wednesday 4 March 2026 (Asia/Tokyo)."
    assert nothing_known(make(report=amber())).endswith("(UTC), though 7 sources were reached.")


def test_the_night_is_told_in_sums(full: Brief, make: Make) -> None:
    assert night_lines(full) == [
        "7 sources reached, 1 failed; 15 pages fetched: 12 articles, 3 rejected.",
        "Rejected: cookie wall 2, too short 1.",
    ]
    assert night_lines(make(port_piece())) == []


def test_failed_sources_are_named_with_their_reason(full: Brief, make: Make) -> None:
    assert amber_note(full) == "1 source gave nothing tonight: signal (<i>timeout</i> after [20] s)."
    assert amber_note(make(port_piece())) is None


def test_what_changed_at_the_sources_ends_the_brief_and_a_retired_source_is_no_trouble(make: Make) -> None:
    report = amber()
    report["sources"][-1] |= {"status": "retired", "reason": "gone since 2026-02-01"}
    report["alerts"] = [
        {"source_id": "paper1", "url": None, "was": "healthy", "state": "failing", "message": "<b>One</b> is failing"},
        {"source_id": "paper2", "url": None, "was": "gone", "state": "revived", "message": "Two answers\x1b[2J again"},
    ]
    brief = make(report=report)
    assert amber_note(brief) is None
    assert night_lines(brief)[0].startswith("7 sources reached, 0 failed;")
    assert night_lines(brief)[-1] == "Changed at the sources: <b>One</b> is failing; Two answers[2J again."
    assert "Changed at the sources: &lt;b&gt;One&lt;/b&gt; is failing; Two answers[2J again." in render_html(brief)
    assert "<b>" not in render_markdown(brief).replace("\\<", "")
    assert night_lines(make(report=report | {"alerts": None}))[-1].startswith("Rejected")
