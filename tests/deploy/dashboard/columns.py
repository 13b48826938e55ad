"""The columns of the marts that dashboards read, as Arrow schemas. test_columns.py holds them to sql/marts/*.yml."""

import pyarrow as pa

Columns = list[tuple[str, pa.DataType]]


def named(kind: pa.DataType, *names: str) -> Columns:
    """Columns of one type."""
    return [(name, kind) for name in names]


MOMENT = pa.timestamp("us", tz="UTC")
SPAN: Columns = [("start", pa.int32()), ("end", pa.int32())]
POINT = pa.struct([("text", pa.string()), *SPAN, *named(pa.float32(), "score", "support")])
LINEAGE = pa.struct(
    [
        ("transform", pa.string()),
        ("transform_version", pa.int32()),
        ("model", pa.string()),
        ("model_revision", pa.string()),
        ("parameters_hash", pa.string()),
        ("code_version", pa.string()),
        ("run_id", pa.string()),
        ("processed_at", MOMENT),
    ]
)
STRINGS = pa.list_(pa.string())
ARTICLES = pa.schema(
    named(pa.string(), "article_id", "revision_id", "source_id", "source_name", "url", "canonical_url", "body_hash")
    + named(pa.string(), "copy_group_id", "title", "gist", "form", "next_url")
    + [*named(pa.int32(), "gist_start", "gist_end"), ("key_points", pa.list_(POINT)), ("text", pa.string())]
    + [*named(pa.list_(pa.struct(SPAN)), "paragraphs", "sentences"), *named(STRINGS, "authors", "tags", "topics")]
    + named(pa.string(), "site_name", "section", "language", "lead_image_url", "published_at_source")
    + [("words", pa.int32()), ("main_entities", STRINGS), ("published_at_confidence", pa.float32())]
    + [("updates", pa.list_(pa.struct([*SPAN, ("at", MOMENT)])))]
    + named(MOMENT, "published_at", "modified_at", "first_seen_at", "fetched_at", "processed_at", "known_at")
    + named(pa.date32(), "published_date", "known_date")
    + named(pa.bool_(), "is_paywalled", "is_partial", "is_edited")
    + [("revisions", pa.int64()), ("quality_score", pa.float32()), ("sentiment_label", pa.string())]
    + named(pa.float32(), *(f"sentiment_{part}" for part in ("score", "p_negative", "p_neutral", "p_positive")))
    + [("lineage", pa.list_(LINEAGE))]
)
ENTITY_MENTIONS = pa.schema(
    named(pa.string(), "mention_id", "article_id", "revision_id", "entity_id", "source_id", "name", "type", "ticker")
    + named(pa.string(), "exchange", "country", "linked_kind", "linked_id", "relevance", "mention_text")
    + named(pa.string(), "sentence_text", "sentiment_label")
    + named(pa.float32(), "link_confidence", "salience", "mention_score", "sentiment_score")
    + [*SPAN, ("published_at", MOMENT), ("known_at", MOMENT), ("known_date", pa.date32())]
)
FIGURES = pa.schema(
    [
        *named(pa.string(), "figure_id", "article_id", "revision_id", "source_id", "figure_text", "kind"),
        *(
            ("value", pa.float64()),
            *named(pa.string(), "unit", "currency", "direction", "entity_id", "owner", "ticker"),
        ),
        *(("relevance", pa.string()), *SPAN, *named(pa.int32(), "sentence_start", "sentence_end")),
        *named(pa.string(), "sentence_text", "title", "source_name", "url"),
        *(("published_at", MOMENT), ("known_at", MOMENT), ("known_date", pa.date32())),
    ]
)
QUESTIONS = pa.schema(
    [
        *named(pa.string(), "question_id", "article_id", "revision_id", "facet", "question"),
        *(("rank", pa.int32()), ("entity_ids", STRINGS), ("answer", pa.string())),
        *(*named(pa.int32(), "answer_start", "answer_end"), *named(pa.float32(), "score", "support")),
        *(*named(pa.string(), "cited_article_id", "cited_revision_id"), ("is_from_archive", pa.bool_())),
        *named(pa.string(), "cited_title", "cited_source_name", "cited_url"),
        *named(MOMENT, "cited_published_at", "cited_known_at", "asked_at", "known_at"),
        *(("known_date", pa.date32()), ("lineage", pa.list_(LINEAGE))),
    ]
)
REASONS = (
    "empty_page", "extraction_failed", "too_short", "cookie_wall", "index_page", "video_page", "error_page",
    "bot_check", "login_wall", "paywall_only", "too_slow", "too_big", "duplicate_url",
)  # fmt: skip
SOURCE_DAILY = pa.schema(
    named(pa.string(), "source_id", "source_name")
    + named(pa.date32(), "seen_date")
    + named(pa.int64(), "discovered", "fetched", "refused", "deferred", "failed", "articles", "rejected")
    + named(pa.int64(), *(f"rejected_{reason}" for reason in REASONS), "polls", "failed_polls", "new_items")
)
COUNTS = (
    "due", "fetched", "refused", "deferred", "failed", "articles", "rejected", "rechecked", "unchanged", "revised",
    "polls", "new_items", "read_articles",
)  # fmt: skip
SOURCE_OF_RUN = pa.struct(
    named(pa.string(), "source_id", "status", "reason")
    + named(pa.int64(), "due", "fetched", "not_modified", "refused", "deferred", "failed", "polls", "new_items")
    + [("seconds", pa.float64())]
)
STAGE = pa.struct([("name", pa.string()), ("seconds", pa.float64()), ("counts", pa.map_(pa.string(), pa.int64()))])
RUNS = pa.schema(
    [
        *named(pa.string(), "run_id", "status", "message", "code_version"),
        ("night_date", pa.date32()),
        *named(MOMENT, "started_at", "ended_at"),
        ("seconds", pa.float64()),
        *named(pa.int64(), *COUNTS),
        ("stages", pa.list_(STAGE)),
        ("sources", pa.list_(SOURCE_OF_RUN)),
        ("rejected_by_reason", pa.map_(pa.string(), pa.int64())),
    ]
)
SCHEMAS = {
    "articles": ARTICLES,
    "entity_mentions": ENTITY_MENTIONS,
    "figures": FIGURES,
    "questions": QUESTIONS,
    "source_daily": SOURCE_DAILY,
    "runs": RUNS,
}
