-- The pages of each source that failed since the last one that was had.
-- Parameter: until (timestamp: requests before it). known_fetches: a view of raw.
with

pages as (
    select
        source_id,
        article_id,
        requested_at,
        outcome,
        error_class
    from known_fetches
    where purpose = 'article' and requested_at < $until
),

had as (
    select
        source_id,
        max(requested_at) as last_at
    from pages
    where outcome in ('ok', 'not_modified')
    group by source_id
)

select
    p.source_id,
    count(distinct p.article_id) as pages,
    min(p.requested_at) as since,
    mode(p.error_class) as error_class
from pages as p
left join had as h on p.source_id = h.source_id
where p.outcome = 'failed' and (h.last_at is null or p.requested_at > h.last_at)
group by p.source_id
