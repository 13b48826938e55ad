"""The raw tables: their columns, their keys, and the ids that tie them together.

Facts written by the crawl alone; no later stage changes a row. Times are UTC.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

TIMESTAMP = pa.timestamp("us", tz="UTC")

ARTICLE, FOLLOWING = PAGE_PURPOSES = ("article", "following")  # the purposes of requests whose bodies are kept


def _required(name: str, kind: pa.DataType) -> pa.Field[Any]:
    return pa.field(name, kind, nullable=False)


# One row per source file in use: what the marts need to know of a source.
SOURCES = pa.schema(
    [
        _required("source_id", pa.string()),
        _required("name", pa.string()),
        _required("home_url", pa.string()),
        _required("language", pa.string()),
        pa.field("country", pa.string()),
        _required("topics", pa.string()),  # comma-separated: scalar columns load the same through every destination
        _required("facts_hash", pa.string()),  # of the YAML, so a change of facts is a change of the row
    ]
)

# One row per (source, canonical URL).
DISCOVERIES = pa.schema(
    [
        _required("discovery_id", pa.string()),  # short_hash(source_id + "\n" + url)
        _required("source_id", pa.string()),
        _required("article_id", pa.string()),  # short_hash(url)
        _required("url", pa.string()),  # canonical
        _required("url_as_found", pa.string()),
        pa.field("title", pa.string()),
        pa.field("summary", pa.string()),
        pa.field("author", pa.string()),
        pa.field("published_stated", pa.string()),  # word for word as the source says
        pa.field("published_at", TIMESTAMP),  # the same, parsed; null where it cannot be
        _required("found_by", pa.string()),  # feed | sitemap | section
        _required("found_in", pa.string()),  # URL of the feed, sitemap or section page
        _required("first_seen_at", TIMESTAMP),
        _required("last_seen_at", TIMESTAMP),
    ]
)

# One row per request, and one per URL that was handed out and deliberately not requested. A request with the purpose
# `following` is for a further page of an article that is cut into several; what counts articles leaves it out.
FETCHES = pa.schema(
    [
        _required("fetch_id", pa.string()),  # short_hash(run_id + "\n" + url + "\n" + requested_at + "\n" + attempt)
        _required("run_id", pa.string()),
        _required("source_id", pa.string()),
        _required("purpose", pa.string()),  # article | following | feed | sitemap | section | robots | usage
        pa.field("article_id", pa.string()),  # null unless purpose is article or following
        _required("is_recheck", pa.bool_()),  # an article already had, asked for again to catch an edit
        _required("url", pa.string()),
        pa.field("final_url", pa.string()),
        _required("outcome", pa.string()),  # ok | not_modified | refused | deferred | failed
        pa.field("status", pa.int32()),  # HTTP status; null where no response came
        _required("attempt", pa.int32()),  # 1 for the first try
        _required("redirects", pa.int32()),
        pa.field("content_type", pa.string()),
        pa.field("etag", pa.string()),
        pa.field("last_modified", pa.string()),
        pa.field("retry_after_seconds", pa.float64()),
        pa.field("body_hash", pa.string()),  # 64 hex digits, key of raw.pages for articles and further pages
        pa.field("body_bytes", pa.int64()),  # decompressed
        _required("seconds", pa.float64()),  # from the request to the last byte
        _required("robots_verdict", pa.string()),  # allowed | disallowed | unavailable | unreachable | not_asked
        pa.field("robots_rule", pa.string()),  # the line of robots.txt that decided, where one did
        pa.field("usage_flags", pa.string()),  # AI and TDM signals seen: comma-separated, e.g. "noai,tdm-reservation"
        pa.field("error_class", pa.string()),  # short, stable: http_404, timeout, too_large, address_refused ...
        pa.field("error_message", pa.string()),
        _required("requested_at", TIMESTAMP),
    ]
)

# One row per distinct body of an article page.
PAGES = pa.schema(
    [
        _required("body_hash", pa.string()),  # SHA-256 of the decompressed body
        _required("body_gzip", pa.binary()),  # the exact bytes, gzip without a time stamp
        _required("body_bytes", pa.int64()),
        _required("charset", pa.string()),
        _required("charset_source", pa.string()),  # bom | header | meta | detected | default
        pa.field("content_type", pa.string()),
        _required("first_fetched_at", TIMESTAMP),
    ]
)

# One row per poll of a feed, sitemap or section page.
POLLS = pa.schema(
    [
        _required("poll_id", pa.string()),
        _required("run_id", pa.string()),
        _required("source_id", pa.string()),
        _required("url", pa.string()),
        _required("kind", pa.string()),  # feed | sitemap | section
        _required("outcome", pa.string()),  # ok | not_modified | refused | failed
        pa.field("status", pa.int32()),
        _required("items", pa.int32()),
        _required("new_items", pa.int32()),
        pa.field("etag", pa.string()),
        pa.field("last_modified", pa.string()),
        pa.field("body_hash", pa.string()),
        pa.field("error_class", pa.string()),
        pa.field("error_message", pa.string()),
        _required("seconds", pa.float64()),
        _required("polled_at", TIMESTAMP),
        _required("next_due_at", TIMESTAMP),
    ]
)

# One row per run, source, host and thing that the host said on the use of its articles (flows/crawl/consent.py).
CONSENTS = pa.schema(
    [
        _required("consent_id", pa.string()),  # short_hash of all that follows but url and seen_at
        _required("run_id", pa.string()),
        _required("source_id", pa.string()),
        _required("host", pa.string()),  # scheme, host and port
        pa.field("robots_hash", pa.string()),  # SHA-256 of its robots.txt; null where none was had
        _required("robots_verdict", pa.string()),  # as in FETCHES, as the next two
        pa.field("robots_rule", pa.string()),
        pa.field("usage_flags", pa.string()),
        _required("stance", pa.string()),  # obey | strict | record: what the settings or the source's file say
        pa.field("stance_reason", pa.string()),  # the source's file on why
        _required("decision", pa.string()),  # allowed | refused
        pa.field("reason", pa.string()),  # error_class of the refusal
        _required("url", pa.string()),  # the first article of the run for which it was met
        _required("seen_at", TIMESTAMP),
    ]
)


@dataclass(frozen=True)
class RawTable:
    """A table of raw: its name, its columns, and the key that a reload merges on."""

    name: str
    schema: pa.Schema
    key: str


RAW_TABLES = (
    RawTable("sources", SOURCES, "source_id"),
    RawTable("discoveries", DISCOVERIES, "discovery_id"),
    RawTable("fetches", FETCHES, "fetch_id"),
    RawTable("pages", PAGES, "body_hash"),
    RawTable("polls", POLLS, "poll_id"),
    RawTable("consents", CONSENTS, "consent_id"),
)


def short_hash(text: str) -> str:
    """The first 16 hex digits of the SHA-256 of the UTF-8 text: article, revision, discovery and fetch ids."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
