-- Sources of which a feed, sitemap or section page did not answer well the last time: nothing else can be gone.
-- known_polls: a view of raw.
with

last_polls as (
    select
        source_id,
        max_by(outcome, polled_at) as outcome
    from known_polls
    group by source_id, url
)

select distinct source_id
from last_polls
where outcome not in ('ok', 'not_modified')
