"""What a state means for whoever runs the desk: a reason in words, and what to do."""

from datetime import datetime, timedelta

from flows.health.history import Announcement, SourceHealth
from flows.health.states import EMPTY, FAILING, GONE, REVIVED, SLOW, UNDATED

# Without news for twice as long as ever before, and for a month at least, a source may have moved without saying so.
SILENT_PAUSES = 2
SILENT_LEAST = timedelta(days=30)

_REASONS = {
    "timeout": "it does not answer in time",
    "dns": "its name is not known any more",
    "connect": "it takes no connection",
    "tls": "its certificate is not good",
    "robots_disallowed": "its robots.txt forbids it",
    "robots_unreachable": "its robots.txt cannot be read",
    "robots_refused": "it leads to where robots.txt forbids",
    "unreadable": "what it answers is no feed, sitemap or page of links",
    "too_large": "its answer is too large",
    "too_many_redirects": "it redirects without end",
    "redirect_loop": "it redirects to itself",
    "address_refused": "its name leads to a private address",
    "not_html": "its pages are no HTML",
}


def reason_in_words(error_class: str | None, *, are_pages_vain: bool = False) -> str:
    """Why something fails, as the rest of a sentence; the class itself where there are no words for it."""
    if error_class is None:
        return "without a reason"
    if error_class.startswith("http_"):
        words = f"the server answers {error_class.removeprefix('http_')}"
    else:
        words = _REASONS.get(error_class, error_class.replace("_", " "))
    return f"its pages: {words}" if are_pages_vain else words


def advice(source_id: str, health: SourceHealth | None, now: datetime) -> str:
    """What to do about a source; nothing where it is well."""
    if health is None:
        return "it has not been asked yet"
    reason = reason_in_words(health.error_class, are_pages_vain=health.are_pages_vain)
    if health.state == GONE:
        probe = min(one.health.next_probe_at for one in health.announcements if one.health.next_probe_at)
        return f"{reason}; asked again from {probe:%Y-%m-%d}, or at once after `nightdesk sources check {source_id}`"
    if health.are_pages_vain:
        return f"{reason}; if it does not want to be read, switch it off (`enabled: false`)"
    if health.state == FAILING:
        return f"{reason}; {_mend(source_id, health.error_class)}"
    if health.state == EMPTY:
        return "it answers without a single item: look for its new feed, or at `include` and `exclude`"
    if health.state == UNDATED:
        return "nothing: its dates are taken from its pages"
    if health.state == SLOW:
        return "nothing yet: it is asked less often while it is slow"
    return _silence(health.best, now) or ("nothing: it answers again" if health.state == REVIVED else "")


def _mend(source_id: str, error_class: str | None) -> str:
    if error_class in ("http_404", "http_410", "dns", "unreadable", "bad_url"):
        return "if it has moved, `nightdesk sources add` finds its feeds"
    if error_class in ("http_401", "http_403", "robots_disallowed", "robots_refused"):
        return "if it does not want to be read, switch it off (`enabled: false`)"
    return f"wait; `nightdesk sources check {source_id}` asks at once"


def _silence(one: Announcement, now: datetime) -> str:
    """The word on a source that answers well and has long had nothing new."""
    if one.last_new_at is None:
        return ""
    silent = now - one.last_new_at
    if silent < max(SILENT_LEAST, SILENT_PAUSES * one.longest_pause):
        return ""
    return f"nothing new for {silent.days} days: has it moved?"
