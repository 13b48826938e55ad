with

runs as (
    select * from {{ ref('stg_runs') }}
)

select
    ---------- ids
    run_id,
    night_date,
    status,
    message,
    code_version,

    ---------- when
    started_at,
    ended_at,
    date_diff('microsecond', started_at, ended_at) / 1e6 as seconds,

    ---------- counts
    coalesce(counts.due, 0) as due,
    coalesce(counts.fetched, 0) as fetched,
    coalesce(counts.refused, 0) as refused,
    coalesce(counts.deferred, 0) as deferred,
    coalesce(counts.failed, 0) as failed,
    coalesce(counts.articles, 0) as articles,
    coalesce(counts.rejected, 0) as rejected,
    coalesce(counts.rechecked, 0) as rechecked,
    coalesce(counts.unchanged, 0) as unchanged,
    coalesce(counts.revised, 0) as revised,
    coalesce(counts.polls, 0) as polls,
    coalesce(counts.new_items, 0) as new_items,
    coalesce(counts.read_articles, 0) as read_articles,

    ---------- details
    stages,
    sources,
    rejected_by_reason
from runs
