"""The sentences of a brief that count."""

from flows.brief.content import Brief
from flows.brief.display import counted, day_in_words, reason_in_words


def headline(brief: Brief) -> str:
    """What became known and how much of it is here, in one line."""
    known = f"{counted(brief.known, 'article')} from {counted(brief.sources, 'source')} became known"
    parts = [known] if brief.known else []
    if brief.chosen < brief.known:
        parts.append(f"{brief.chosen} stories here")
    if brief.folded:
        parts.append(f"{counted(brief.folded, 'exact copy', 'exact copies')} folded")
    return " · ".join(parts) or "Nothing new"


def nothing_known(brief: Brief) -> str:
    """The sentence for a day on which no article became known."""
    reached = brief.night.sources_reached
    asked = f", though {counted(reached, 'source was', 'sources were')} reached" if reached else ""
    return f"No article became known on {day_in_words(brief.day)} ({brief.time_zone}){asked}."


def night_lines(brief: Brief) -> list[str]:
    """The night's counts, one sentence a line; no line where no run reported."""
    night = brief.night
    if not (night.sources_reached or night.sources_failed):
        return []
    lines = [
        f"{counted(night.sources_reached, 'source')} reached, {night.sources_failed} failed; "
        f"{counted(night.fetched, 'page')} fetched: {counted(night.articles, 'article')}, {night.rejected} rejected."
    ]
    if night.rejected_by_reason:
        reasons = ", ".join(f"{reason_in_words(reason)} {count}" for reason, count in night.rejected_by_reason)
        lines.append(f"Rejected: {reasons}.")
    if night.alerts:
        lines.append(f"Changed at the sources: {'; '.join(night.alerts)}.")
    return lines


def amber_note(brief: Brief) -> str | None:
    """The sources that gave nothing tonight, with their reasons; None where all did."""
    troubles = brief.night.troubles
    if not troubles:
        return None
    named = "; ".join(f"{trouble.source} ({trouble.reason})" for trouble in troubles)
    return f"{counted(len(troubles), 'source')} gave nothing tonight: {named}."
