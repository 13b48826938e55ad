{% set reasons = [
    'empty_page', 'extraction_failed', 'too_short', 'cookie_wall', 'index_page', 'video_page', 'error_page',
    'bot_check', 'login_wall', 'paywall_only', 'too_slow', 'too_big', 'duplicate_url'
] %}

with

urls as (
    select * from {{ ref('int_urls_settled') }}
),

articles as (
    select * from {{ ref('int_articles_joined') }} where is_current
),

sources as (
    select * from {{ ref('stg_sources') }}
),

-- a URL counts once, on the day it was first seen, by its state today
url_days as (
    select
        urls.source_id,
        cast(urls.first_seen_at at time zone 'UTC' as date) as seen_date,
        count(*) as discovered,
        count(*) filter (where urls.state = 'fetched') as fetched,
        count(*) filter (where urls.state = 'refused') as refused,
        count(*) filter (where urls.state = 'deferred') as deferred,
        count(*) filter (where urls.state = 'failed') as failed,
        count(*) filter (where articles.status = 'kept') as articles,
        {%- for reason in reasons %}
        count(*) filter (where articles.reason = '{{ reason }}') as rejected_{{ reason }},
        {%- endfor %}
        count(*) filter (where articles.status = 'rejected') as rejected
    from urls
    left join articles on urls.article_id = articles.article_id -- one to one
    group by all
),

-- a place polled twice in a day, as after a killed run, is one place with its latest answer
place_days as (
    select
        source_id,
        url,
        cast(polled_at at time zone 'UTC' as date) as seen_date,
        max_by(outcome, polled_at) as outcome
    from {{ ref('stg_polls') }}
    group by all
),

poll_days as (
    select
        source_id,
        seen_date,
        count(*) as polls,
        count(*) filter (where outcome in ('failed', 'refused')) as failed_polls
    from place_days
    group by all
),

-- not from the polls: a killed run may have kept what it discovered and lost the poll that named it
named_days as (
    select
        source_id,
        cast(first_seen_at at time zone 'UTC' as date) as seen_date,
        count(*) as new_items
    from {{ ref('stg_discoveries') }}
    group by all
),

counted as (
    select *
    from url_days
    full outer join poll_days using (source_id, seen_date) -- one to one
    full outer join named_days using (source_id, seen_date) -- one to one
)

select
    counted.source_id,
    counted.seen_date,
    coalesce(sources.name, counted.source_id) as source_name,
    coalesce(counted.discovered, 0) as discovered,
    coalesce(counted.fetched, 0) as fetched,
    coalesce(counted.refused, 0) as refused,
    coalesce(counted.deferred, 0) as deferred,
    coalesce(counted.failed, 0) as failed,
    coalesce(counted.articles, 0) as articles,
    coalesce(counted.rejected, 0) as rejected,
    {%- for reason in reasons %}
    coalesce(counted.rejected_{{ reason }}, 0) as rejected_{{ reason }},
    {%- endfor %}
    coalesce(counted.polls, 0) as polls,
    coalesce(counted.failed_polls, 0) as failed_polls,
    coalesce(counted.new_items, 0) as new_items
from counted
left join sources on counted.source_id = sources.source_id -- many to one
