"""What is done about signals, at each level, and the ledger of it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from flows.crawl.consent import Consents, Level, Stance, refusal
from flows.raw import CONSENTS

NEVER: tuple[str | None, ...] = (None, None)


@pytest.mark.parametrize(
    ("flag", "obeyed", "strict"),
    [
        ("noai", "usage_noai", "usage_noai"),
        ("noml", "usage_noml", "usage_noml"),
        ("tdm-reservation", "usage_tdm_reservation", "usage_tdm_reservation"),
        ("tdm-reservation=0", *NEVER),
        ("tdmrep", "usage_tdm_reservation", "usage_tdm_reservation"),
        ("ai-txt", "usage_ai_txt", "usage_ai_txt"),
        ("content-usage=ai-use=n", "usage_content_usage", "usage_content_usage"),
        ("content-usage=search=y ai-use=n;reason=x", "usage_content_usage", "usage_content_usage"),
        ("content-usage=ai-use=y", *NEVER),
        ("content-usage=ai-use=no", *NEVER),  # no value of the vocabulary
        ("content-usage=train-ai=n", None, "usage_content_usage"),
        ("content-signal=search=yes ai-input=no", "usage_content_signal", "usage_content_signal"),
        ("content-signal=search=yes ai-train=no", None, "usage_content_signal"),  # what millions of hosts say
        ("robots:gptbot", None, "usage_robots_agents"),
        ("notrain", None, "usage_notrain"),
        ("noimageai", *NEVER),
    ],
)
def test_what_refuses_a_page(flag: str, obeyed: str | None, strict: str | None) -> None:
    levels: tuple[Level, ...] = ("obey", "strict", "record")
    assert [refusal(["content-usage=search=y", flag], level) for level in levels] == [obeyed, strict, None]


def fetch(url: str, **changes: Any) -> dict[str, Any]:
    return {
        "run_id": "run",
        "source_id": "paper",
        "url": url,
        "outcome": "ok",
        "robots_verdict": "allowed",
        "robots_rule": None,
        "usage_flags": None,
        "error_class": None,
        "requested_at": datetime(2026, 3, 1, tzinfo=UTC),
        **changes,
    }


def test_a_thing_said_is_one_row_a_run_for_the_first_page_it_was_met_at() -> None:
    consents = Consents()
    consents.robots_read("http://paper.example/robots.txt", "beef")
    told = {"usage_flags": "noai", "outcome": "refused", "error_class": "usage_noai"}
    made = [
        consents.row(fetch("http://paper.example/1"), Stance()),
        consents.row(fetch("http://paper.example/2", outcome="failed", error_class="http_404"), Stance()),
        consents.row(fetch("http://paper.example/3", **told), Stance()),
        consents.row(fetch("http://paper.example/4", **told), Stance()),
        consents.row(fetch("http://paper.example/5", usage_flags="noai"), Stance("record", "licence 7")),
        consents.row(fetch("http://paper.example/6", robots_verdict="not_asked", outcome="deferred"), Stance()),
        consents.row(fetch("http://other.example/7"), Stance()),
    ]
    rows = [row for row in made if row is not None]
    assert [(row["url"][-1], row["decision"], row["reason"], row["stance_reason"]) for row in rows] == [
        ("1", "allowed", None, None),
        ("3", "refused", "usage_noai", None),
        ("5", "allowed", None, "licence 7"),
        ("7", "allowed", None, None),
    ]
    assert [row["robots_hash"] for row in rows] == ["beef", "beef", "beef", None]
    assert all(row.keys() == set(CONSENTS.names) for row in rows)
    assert len({row["consent_id"] for row in rows}) == len(rows)
