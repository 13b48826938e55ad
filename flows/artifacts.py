"""Prefect artifacts of a night: the brief, the counts, what changed at the sources, the slowest sources."""

from prefect.artifacts import acreate_markdown_artifact, acreate_table_artifact

from flows.ledger import Manifest
from flows.paths import Home

SLOWEST = 10


async def publish_artifacts(home: Home, manifest: Manifest) -> None:
    """Show the night in Prefect's own pages, under keys that stay the same from night to night."""
    brief = home.briefs / f"{manifest.night_date.isoformat()}.md"
    if brief.exists():
        await acreate_markdown_artifact(key="brief", markdown=brief.read_text("utf-8"), description="Today's brief")
    await acreate_table_artifact(key="counts", table=counts_table(manifest), description=manifest.message)
    changed = alerts_table(manifest)
    await acreate_table_artifact(key="source-alerts", table=changed, description=f"{len(changed)} changes at sources")
    await acreate_table_artifact(key="slowest-sources", table=slowest_sources(manifest), description="Slowest sources")


def counts_table(manifest: Manifest) -> list[dict[str, str | int]]:
    """The night's sums, as lines that must hold: a number, and the numbers it is the sum of."""
    counts = manifest.counts
    parts = [f"{counts[name]} {name}" for name in ("fetched", "refused", "deferred", "failed")]
    reasons = [f"{number} {reason}" for reason, number in manifest.rejected_by_reason.items()]
    pages = counts["articles"] + counts["rejected"]
    return [
        {"what": "new URLs asked for", "number": counts["due"], "of which": " + ".join(parts)},
        {
            "what": "new pages read",
            "number": pages,
            "of which": f"{counts['articles']} articles + {counts['rejected']} rejected",
        },
        {"what": "pages rejected", "number": counts["rejected"], "of which": " + ".join(reasons) or "none"},
        {
            "what": "articles asked for again",
            "number": counts["rechecked"],
            "of which": f"{counts['unchanged']} unchanged + {counts['revised']} revised + the failed rest",
        },
    ]


def alerts_table(manifest: Manifest) -> list[dict[str, str | None]]:
    """What changed at the sources, the worst first."""
    return [{name: alert[name] for name in ("source_id", "was", "state", "message")} for alert in manifest.alerts or ()]


def slowest_sources(manifest: Manifest) -> list[dict[str, str | float]]:
    """The sources that took longest, slowest first."""
    ordered = sorted(manifest.sources, key=lambda source: -float(source.get("seconds", 0.0)))
    return [
        {
            "source": source["source_id"],
            "seconds": round(float(source.get("seconds", 0.0)), 1),
            "status": source["status"],
        }
        for source in ordered[:SLOWEST]
    ]
