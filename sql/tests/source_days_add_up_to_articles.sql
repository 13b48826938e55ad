-- an article and a rejected page are each counted once, on the day when their URL was first seen
with

pages as (
    select
        source_id,
        first_seen_at,
        'article' as kind
    from {{ ref('articles') }}
    union all
    select
        source_id,
        first_seen_at,
        'rejected' as kind
    from {{ ref('rejections') }}
),

found as (
    select
        source_id,
        cast(first_seen_at at time zone 'UTC' as date) as seen_date,
        count(*) filter (where kind = 'article') as articles,
        count(*) filter (where kind = 'rejected') as rejected
    from pages
    group by all
),

counted as (
    select
        source_id,
        seen_date,
        articles,
        rejected
    from {{ ref('source_daily') }}
)

select
    source_id,
    seen_date
from counted
full outer join found using (source_id, seen_date) -- one to one
where
    coalesce(counted.articles, 0) != coalesce(found.articles, 0)
    or coalesce(counted.rejected, 0) != coalesce(found.rejected, 0)
