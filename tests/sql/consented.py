"""What the hosts of nights.py said on the use of their articles: alpha forbids one of its pages."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flows.raw import short_hash

CONSENTS = (  # night, source, decision
    *((night, "alpha", decision) for night in (0, 2) for decision in ("allowed", "refused")),
    *((1, source, "allowed") for source in ("alpha", "beta")),
)


def consent_rows(nights: Sequence[datetime]) -> list[dict[str, Any]]:
    """Rows of raw.consents, as the crawl of the nights would have met them."""
    return [
        {
            "consent_id": short_hash(f"{night}{source}{decision}"),
            "run_id": f"night-{night}",
            "source_id": source,
            "host": f"http://{source}.example",
            "stance": "obey",
            "decision": decision,
            "reason": "robots_disallowed" if decision == "refused" else None,
            "seen_at": nights[night],
        }
        for night, source, decision in CONSENTS
    ]
