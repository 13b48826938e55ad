with

article_fetches as (
    select * from {{ ref('stg_fetches') }} where purpose = 'article'
),

-- a kill may lose the discovery of a URL that was fetched: a request is a sighting too
sightings as (
    select article_id, source_id, url, first_seen_at
    from {{ ref('stg_discoveries') }}
    union all
    select article_id, source_id, url, requested_at as first_seen_at
    from article_fetches
),

-- a URL that two sources name counts for the one that named it first
urls as (
    select *
    from sightings
    qualify row_number() over (partition by article_id order by first_seen_at, source_id, url) = 1
),

requests as (
    select
        article_id,
        bool_or(outcome = 'ok') as is_fetched,
        count(*) filter (where outcome in ('ok', 'not_modified', 'failed')) as requests,
        min(requested_at) filter (where outcome = 'ok') as first_fetched_at,
        max(requested_at) as last_requested_at
    from article_fetches
    group by article_id
),

latest_failures as (
    select article_id, outcome, error_class
    from article_fetches
    where outcome in ('refused', 'deferred', 'failed')
    qualify row_number() over (partition by article_id order by requested_at desc, attempt desc, fetch_id desc) = 1
)

select
    ---------- ids
    urls.article_id,
    urls.source_id,

    ---------- text
    urls.url,
    -- once fetched it stays fetched; what was never handed out is put off
    case
        when requests.is_fetched then 'fetched'
        else coalesce(latest_failures.outcome, 'deferred')
    end as state,
    case when requests.is_fetched is not true then latest_failures.error_class end as error_class,

    ---------- numerics
    coalesce(requests.requests, 0) as requests,

    ---------- timestamps
    urls.first_seen_at,
    requests.first_fetched_at,
    requests.last_requested_at
from urls
left join requests on urls.article_id = requests.article_id -- one to one
left join latest_failures on urls.article_id = latest_failures.article_id -- one to one
