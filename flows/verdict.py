"""The verdict of a night, and the line that explains it."""

from flows.ledger import AMBER, GREEN, RED, Manifest


def verdict(manifest: Manifest) -> str:
    """Green; amber where a source failed or was skipped; red where no source gave anything at all."""
    states = [source["status"] for source in manifest.sources]
    if not any(state == "ok" for state in states):
        return RED
    return AMBER if any(state != "ok" for state in states) else GREEN


def summary(manifest: Manifest) -> str:
    """One line on the night: what came in, what was read, who failed."""
    counts = manifest.counts
    if counts["read_articles"]:
        work = (
            f"{counts['articles']} articles, {counts['rejected']} pages rejected, {counts['read_articles']} texts read"
        )
    elif counts["articles"] or counts["rejected"]:
        work = f"{counts['articles']} articles, {counts['rejected']} pages rejected; every text was known, no model ran"
    else:
        work = "nothing new: no page was kept, no model ran"
    missing = [source["source_id"] for source in manifest.sources if source["status"] != "ok"]
    return work + (f"; without {', '.join(missing)}" if missing else "")
