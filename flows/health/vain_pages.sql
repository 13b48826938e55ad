-- The pages of one source that failed since the last one that was had. One row.
-- Parameters: source_id; until (timestamp: requests before it). known_fetches: a view of raw.
with

pages as (
    select
        article_id,
        requested_at,
        outcome,
        error_class
    from known_fetches
    where source_id = $source_id and purpose = 'article' and requested_at < $until
)

select
    count(distinct article_id) as pages,
    min(requested_at) as since,
    mode(error_class) as error_class
from pages
where
    outcome = 'failed'
    and requested_at > coalesce(
        (select max(requested_at) from pages where outcome in ('ok', 'not_modified')),
        '-infinity'::timestamptz
    )
