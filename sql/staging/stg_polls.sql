with

source as (
    select * from {{ landed('raw', 'polls') }}
)

select
    ---------- ids
    poll_id,
    run_id,
    source_id,
    body_hash,

    ---------- text
    url,
    kind,
    outcome,
    etag,
    last_modified,
    error_class,
    error_message,

    ---------- numerics
    status,
    items,
    new_items,
    seconds,

    ---------- timestamps
    polled_at,
    next_due_at
from source
