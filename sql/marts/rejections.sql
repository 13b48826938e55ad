with

joined as (
    select * from {{ ref('int_articles_joined') }} where status = 'rejected' and is_current
)

select
    ---------- ids
    article_id,
    revision_id,
    body_hash,
    source_id,
    source_name,
    url,
    canonical_url,

    ---------- why
    reason,
    duplicate_of,
    extraction_error,
    quality_score,

    ---------- what it is
    title,
    words,
    page_type,

    ---------- when
    first_seen_at,
    first_fetched_at as fetched_at,
    processed_at,
    known_at,
    cast(known_at at time zone 'UTC' as date) as known_date
from joined
