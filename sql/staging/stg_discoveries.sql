with

source as (
    select * from {{ landed('raw', 'discoveries') }}
)

select
    ---------- ids
    discovery_id,
    source_id,
    article_id,

    ---------- text
    url,
    url_as_found,
    title,
    summary,
    author,
    published_stated,
    found_by,
    found_in,

    ---------- timestamps
    published_at,
    first_seen_at,
    last_seen_at
from source
