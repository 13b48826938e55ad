-- Every poll of what the files of some sources name, oldest first, with what was new on its day.
-- Parameter: until (timestamp: polls before it).
-- declared: what the files name (source_id, url); unheard_runs: runs in which nobody answered at all;
-- known_polls, known_discoveries: views of raw.
-- A sitemap below an index was polled right after it: what it announces, the index announces.
with

polls as (
    select
        p.*,
        d.url is not null as is_declared,
        last_value(case when d.url is not null then p.url end ignore nulls) over within_run as announcement,
        last_value(case when d.url is not null then p.kind end ignore nulls) over within_run as announced_by
    from known_polls as p
    left join declared as d on p.source_id = d.source_id and p.url = d.url
    left join unheard_runs as u on p.run_id = u.run_id
    where p.source_id in (select source_id from declared) and p.polled_at < $until and u.run_id is null
    window within_run as (
        partition by p.source_id, p.run_id
        order by p.polled_at, p.poll_id
        rows between unbounded preceding and current row
    )
),

counted as (
    select * from polls
    where is_declared or (kind = 'sitemap' and announced_by = 'sitemap')
),

rounds as (
    select
        source_id,
        announcement,
        max(polled_at) filter (where is_declared) as polled_at,
        max_by(outcome, polled_at) filter (where is_declared) as outcome,
        max_by(seconds, polled_at) filter (where is_declared) as seconds,
        arg_max_null(error_class, polled_at) filter (where is_declared) as error_class,
        min(error_class) filter (where not is_declared) as below_error_class,
        sum(items) as items,
        count(*) filter (where not is_declared) as below,
        count(*) filter (where not is_declared and outcome in ('ok', 'not_modified')) as good_below,
        bool_or(outcome = 'not_modified') as is_partly_unchanged
    from counted
    group by source_id, run_id, announcement
),

found_in as (
    select
        source_id,
        url,
        max_by(announcement, polled_at) as announcement
    from counted
    group by source_id, url
),

new_days as (
    select
        f.source_id,
        f.announcement,
        d.first_seen_at::date as seen_date,
        count(*) as new_items,
        count(*) filter (where d.published_at is null) as undated_items
    from known_discoveries as d
    inner join found_in as f on d.source_id = f.source_id and d.found_in = f.url
    where d.first_seen_at < $until
    group by all
)

select
    r.source_id,
    r.announcement,
    r.polled_at,
    coalesce(r.error_class, r.below_error_class, r.outcome) as error_class,
    r.outcome in ('ok', 'not_modified') and (r.items > 0 or r.below = 0 or r.good_below > 0) as is_good,
    case when r.items > 0 or not r.is_partly_unchanged then r.items end as items,
    case when r.outcome = 'ok' then r.seconds end as seconds,
    coalesce(n.new_items, 0) as new_items,
    coalesce(n.undated_items, 0) as undated_items
from rounds as r
left join new_days as n
    on r.source_id = n.source_id and r.announcement = n.announcement and r.polled_at::date = n.seen_date
where r.polled_at is not null
order by r.source_id, r.announcement, r.polled_at
