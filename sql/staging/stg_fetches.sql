with

source as (
    select * from {{ landed('raw', 'fetches') }}
)

select
    ---------- ids
    fetch_id,
    run_id,
    source_id,
    article_id,
    body_hash,

    ---------- text
    purpose,
    url,
    final_url,
    outcome,
    content_type,
    etag,
    last_modified,
    robots_verdict,
    robots_rule,
    usage_flags,
    error_class,
    error_message,

    ---------- numerics
    status,
    attempt,
    redirects,
    retry_after_seconds,
    body_bytes,
    seconds,

    ---------- booleans
    is_recheck,

    ---------- timestamps
    requested_at
from source
