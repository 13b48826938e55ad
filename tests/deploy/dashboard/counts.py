"""What the night of night.py counted: its report, and the marts source_daily and runs."""

from datetime import timedelta
from typing import Any

from tests.deploy.dashboard.columns import COUNTS, REASONS
from tests.deploy.dashboard.marts import DAY, NOON, SOURCE_NAMES


def report() -> dict[str, Any]:
    """The manifest of the night: eight sources reached, one that timed out."""
    names = [*SOURCE_NAMES, "signal"]
    counts = dict.fromkeys(COUNTS, 0) | {
        "due": 19, "fetched": 15, "refused": 1, "deferred": 1, "failed": 2, "articles": 10, "rejected": 5, "polls": 9,
    }  # fmt: skip
    return {
        "run_id": "20260304T021500000000Z-1f2e",
        "night_date": DAY,
        "status": "amber",
        "started_at": NOON - timedelta(minutes=25),
        "ended_at": NOON + timedelta(minutes=2),
        "code_version": "0.1.0",
        "message": "10 articles from 8 sources; 1 source gave nothing",
        "counts": counts,
        "stages": [],
        "sources": [
            {
                "source_id": name,
                "status": "failed" if name == "signal" else "ok",
                "reason": "the feed did not answer within 20 s" if name == "signal" else None,
                "due": 2, "fetched": 0 if name == "signal" else 2, "not_modified": 0, "refused": 0, "deferred": 0,
                "failed": 0, "polls": 1, "new_items": 2, "seconds": 4.2,
            }
            for name in names
        ],
        "rejected_by_reason": {"index_page": 2, "cookie_wall": 1, "video_page": 1, "too_short": 1},
    }  # fmt: skip


def run_rows() -> list[dict[str, Any]]:
    """The runs mart: that night, and a green one before it."""
    told = report()
    counts = told.pop("counts")
    row = {key: value for key, value in (told | counts).items() if key not in ("host_pid",)} | {"seconds": 1620.0}
    row["rejected_by_reason"] = list(told["rejected_by_reason"].items())
    before = {"run_id": "20260303T021500000000Z-77aa", "night_date": DAY - timedelta(days=1), "status": "green"}
    earlier = {key: told[key] - timedelta(days=1) for key in ("started_at", "ended_at")}
    return [row | before | earlier | {"message": "12 articles from 9 sources", "sources": []}, row]


def source_rows() -> list[dict[str, Any]]:
    """The source_daily mart: counts that add up, over two days."""
    rows = []
    for number, (source, name) in enumerate(SOURCE_NAMES.items()):
        for back in (0, 1):
            rejected = number % 3
            row = dict.fromkeys((f"rejected_{reason}" for reason in REASONS), 0) | {"rejected_index_page": rejected}
            counts = {"fetched": 3 + rejected, "refused": back, "deferred": 0, "failed": number % 2}
            rows.append(
                row | counts | {
                    "source_id": source, "source_name": name, "seen_date": DAY - timedelta(days=back),
                    "articles": 3, "rejected": rejected, "discovered": sum(counts.values()), "polls": 1,
                    "failed_polls": 0, "new_items": sum(counts.values()),
                }
            )  # fmt: skip
    return rows
