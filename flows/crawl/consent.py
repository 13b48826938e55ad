"""What Nightdesk does about a publisher's signals, and the record of it.

Nightdesk keeps a private archive and reads its pages with a local model; it trains nothing and republishes nothing. So:

obey    (the default) A page is neither read nor kept where a signal forbids AI to use it or text and data to be mined:
        noai, noml; tdm-reservation 1, of the page or of the host's tdmrep.json; an ai.txt that disallows it; in
        Content-Usage the category ai-use and the names that earlier drafts gave to it (ai-output, ai-input, inference,
        tdm, ai, bots, automated); in Content-Signal ai-input. It ends as refused, and the fetch row says why. Signals
        against training alone (train-ai, ai-train, notrain, robots.txt groups of AI crawlers) are recorded: nobody
        trains here. noimageai as well: no image is kept.
strict  Those against training, and search=n, refuse the page too.
record  Nothing is refused; everything is recorded.

Among several statements the most restrictive one counts (draft-ietf-aipref-vocab-08, on combining). What a host says as
a whole (robots.txt, ai.txt, tdmrep.json) is known before its page is asked for, and then it is not asked for: that a
header of the page might supersede tdmrep.json is a chance we leave unused. A signal speaks of the copy fetched with it
(draft-ietf-aipref-attach-05, section 3.3); what was kept before stays until `nightdesk forget`.

A source's file may say otherwise, with its reason: a licence, the owner's permission. Feeds, sitemaps and section pages
are announcements, read by no model; robots.txt alone decides on them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from flows.crawl.declarations import AI_TXT_FLAG, TDMREP_FLAG
from flows.crawl.urls import origin_of
from flows.crawl.usage import RESERVED
from flows.raw import short_hash

Level = Literal["obey", "strict", "record"]
OBEY, STRICT, RECORD = "obey", "strict", "record"
PREFIX = "usage_"  # of the error_class of every refusal for such a signal

_AGAINST_READING = {
    "noai": "usage_noai",
    "noml": "usage_noml",
    RESERVED: "usage_tdm_reservation",
    TDMREP_FLAG: "usage_tdm_reservation",
    AI_TXT_FLAG: "usage_ai_txt",
}
_AGAINST_TRAINING = {"notrain": "usage_notrain", "noscribe": "usage_noscribe"}
_READING = frozenset({"ai-use", "ai-output", "ai-input", "inference", "tdm", "ai", "bots", "automated"})
_PREFERENCES = {"content-usage": ("usage_content_usage", "n"), "content-signal": ("usage_content_signal", "no")}


@dataclass(frozen=True)
class Stance:
    """What is done about signals, and why where a source's file says so."""

    level: Level = "obey"
    reason: str | None = None


def refusal(flags: Iterable[str], level: Level) -> str | None:
    """The reason for which a page with these flags is neither read nor kept; None where it may be."""
    if level == RECORD:
        return None
    return next((reason for flag in flags if (reason := _reason(flag, is_strict=level == STRICT))), None)


def _reason(flag: str, *, is_strict: bool) -> str | None:
    if flag in _AGAINST_READING:
        return _AGAINST_READING[flag]
    if is_strict and (flag in _AGAINST_TRAINING or flag.startswith("robots:")):
        return _AGAINST_TRAINING.get(flag, "usage_robots_agents")
    name, _, preferences = flag.partition("=")
    if name not in _PREFERENCES:
        return None
    reason, no = _PREFERENCES[name]
    denied = {key for key, _, value in map(_halves, preferences.lower().split()) if value == no}
    return reason if (denied if is_strict else denied & _READING) else None


def _halves(preference: str) -> tuple[str, str, str]:
    """(category, "=", y or n) of one member of the dictionary, its parameters (RFC 9651, 3.2) left out."""
    return preference.partition(";")[0].partition("=")


class Consents:
    """Rows of raw.consents: each thing that a host said in this run and what was done about it, when first met."""

    def __init__(self) -> None:
        self._robots: dict[str, str | None] = {}
        self._met: set[str] = set()

    def robots_read(self, url: str, body_hash: str | None) -> None:
        """What the robots.txt is that speaks of `url`; None where there is none."""
        self._robots[origin_of(url)] = body_hash

    def row(self, fetch: dict[str, Any], stance: Stance) -> dict[str, Any] | None:
        """The row for an article's row of raw.fetches; None where nobody was asked, or the same was met before."""
        if fetch["robots_verdict"] == "not_asked":
            return None
        is_refused = fetch["outcome"] == "refused"
        host = origin_of(fetch["url"])
        said = {
            "run_id": fetch["run_id"],
            "source_id": fetch["source_id"],
            "host": host,
            "robots_hash": self._robots.get(host),
            "robots_verdict": fetch["robots_verdict"],
            "robots_rule": fetch["robots_rule"],
            "usage_flags": fetch["usage_flags"],
            "stance": stance.level,
            "stance_reason": stance.reason,
            "decision": "refused" if is_refused else "allowed",
            "reason": fetch["error_class"] if is_refused else None,
        }
        consent_id = short_hash("\n".join(str(value) for value in said.values()))
        if consent_id in self._met:
            return None
        self._met.add(consent_id)
        return {"consent_id": consent_id, **said, "url": fetch["url"], "seen_at": fetch["requested_at"]}
