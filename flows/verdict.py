"""The verdict of a night, and the line that explains it."""

from flows.ledger import AMBER, GREEN, RED, RETIRED, Manifest, is_missing


def verdict(manifest: Manifest) -> str:
    """Green; amber where a source failed or was skipped; red where no source gave anything at all.

    A retired source colours no night, unless there is no other left.
    """
    states = [source["status"] for source in manifest.sources]
    if not any(state == "ok" for state in states):
        return AMBER if states and all(state == RETIRED for state in states) else RED
    return AMBER if any(map(is_missing, manifest.sources)) else GREEN


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
    missing = [source["source_id"] for source in manifest.sources if is_missing(source)]
    return work + (f"; without {', '.join(missing)}" if missing else "")
