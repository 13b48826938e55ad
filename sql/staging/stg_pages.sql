with

source as (
    select * from {{ landed('raw', 'pages') }}
)

select
    ---------- ids
    body_hash,

    ---------- text
    body_gzip,
    charset,
    charset_source,
    content_type,

    ---------- numerics
    body_bytes,

    ---------- timestamps
    first_fetched_at
from source
