with

source as (
    select * from {{ landed('manifests', 'runs') }}
)

select
    ---------- ids
    run_id,
    code_version,
    host_pid,

    ---------- text
    status,
    message,

    ---------- lists
    counts,
    stages,
    sources,
    rejected_by_reason,

    ---------- timestamps
    cast(night_date as date) as night_date,
    cast(started_at as timestamp with time zone) as started_at,
    cast(ended_at as timestamp with time zone) as ended_at
from source
