-- One row per source and page (feed, sitemap, section page) that was ever polled: what its next pause follows from.
-- Parameters: now (timestamp). known_polls: a view of raw.
-- The sitemaps of a source are counted together: what those below an index announce, the index announces.
with

polls as (
    select
        *,
        outcome in ('ok', 'not_modified') as is_good,
        case when kind = 'sitemap' then 'sitemap' else url end as announcement
    from known_polls
),

pages as (
    select
        source_id,
        url,
        any_value(announcement) as announcement,
        max(polled_at) as last_polled_at,
        max_by(next_due_at, polled_at) as next_due_at,
        count(*) filter (where is_good) as good_polls,
        min(polled_at) filter (where is_good) as first_good_at,
        max(polled_at) filter (where is_good) as last_good_at,
        max_by(next_due_at - polled_at, polled_at) filter (where outcome = 'ok') as last_pause
    from polls
    group by source_id, url
),

failures as (
    select
        polls.source_id,
        polls.url,
        count(*) as failures
    from polls
    inner join pages on polls.source_id = pages.source_id and polls.url = pages.url
    where not polls.is_good and (pages.last_good_at is null or polls.polled_at > pages.last_good_at)
    group by all
),

first_runs as (
    select
        source_id,
        announcement,
        min_by(run_id, polled_at) as run_id
    from polls
    where is_good
    group by all
),

news as (
    select
        polls.source_id,
        polls.announcement,
        max(polls.polled_at) as last_new_at,
        sum(polls.new_items) filter (
            where polls.polled_at >= $now - interval 14 days and polls.run_id != first_runs.run_id
        ) as new_in_window,
        sum(polls.new_items) filter (
            where polls.polled_at >= $now - interval 1 day and polls.run_id != first_runs.run_id
        ) as new_in_day
    from polls
    inner join first_runs on polls.source_id = first_runs.source_id and polls.announcement = first_runs.announcement
    where polls.new_items > 0
    group by all
)

select
    pages.source_id,
    pages.url,
    pages.last_polled_at,
    pages.next_due_at,
    pages.good_polls,
    pages.first_good_at,
    coalesce(failures.failures, 0) as failures,
    news.last_new_at,
    cast(coalesce(news.new_in_window, 0) as bigint) as new_in_window,
    cast(coalesce(news.new_in_day, 0) as bigint) as new_in_day,
    pages.last_pause
from pages
left join failures on pages.source_id = failures.source_id and pages.url = failures.url
left join news on pages.source_id = news.source_id and pages.announcement = news.announcement
