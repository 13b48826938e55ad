with

said as (
    select
        *,
        cast(seen_at at time zone 'UTC' as date) as seen_date,
        md5(concat_ws(
            '|', coalesce(robots_hash, ''), robots_verdict, coalesce(robots_rule, ''), coalesce(usage_flags, ''),
            stance, coalesce(stance_reason, ''), decision, coalesce(reason, '')
        )) as state
    from {{ ref('stg_consents') }}
),

-- what was asked for, or not, in the same run under the same words
pages as (
    select distinct
        run_id,
        source_id,
        regexp_extract(url, '^[a-z]+://[^/?#]+') as host,
        robots_verdict,
        robots_rule,
        usage_flags,
        case when outcome = 'refused' then error_class end as reason,
        url,
        outcome in ('ok', 'not_modified') as is_had
    from {{ ref('stg_fetches') }}
    where purpose in ('article', 'following')
),

days as (
    select
        said.source_id,
        said.host,
        said.seen_date,
        said.state,
        any_value(said.robots_hash) as robots_hash,
        any_value(said.robots_verdict) as robots_verdict,
        any_value(said.robots_rule) as robots_rule,
        any_value(string_split(said.usage_flags, ',')) as usage_flags,
        any_value(said.stance) as stance,
        any_value(said.stance_reason) as stance_reason,
        any_value(said.decision) as decision,
        any_value(said.reason) as reason,
        count(distinct pages.url) as pages,
        count(distinct pages.url) filter (where pages.is_had) as pages_had,
        list(distinct pages.url order by pages.url) filter (where pages.url is not null) as urls,
        min(said.seen_at) as met_at
    from said
    left join pages -- one to many
        on
            said.run_id = pages.run_id
            and said.source_id = pages.source_id
            and said.host = pages.host
            and said.robots_verdict = pages.robots_verdict
            and said.robots_rule is not distinct from pages.robots_rule
            and said.usage_flags is not distinct from pages.usage_flags
            and said.reason is not distinct from pages.reason
    group by all
),

numbered as (
    select
        *,
        dense_rank() over (partition by source_id, host order by seen_date) as host_day
    from days
)

select
    ---------- ids
    md5(concat_ws('|', numbered.source_id, numbered.host, cast(numbered.seen_date as varchar), numbered.state))
        as consent_id,
    numbered.source_id,
    coalesce(sources.name, numbered.source_id) as source_name,
    numbered.host,
    numbered.seen_date,

    ---------- what the host said
    numbered.robots_hash,
    numbered.robots_verdict,
    numbered.robots_rule,
    coalesce(numbered.usage_flags, []) as usage_flags,

    ---------- what was done
    numbered.stance,
    numbered.stance_reason,
    numbered.decision,
    numbered.reason,
    numbered.pages,
    numbered.pages_had,
    coalesce(numbered.urls, []) as urls,

    ---------- since when
    coalesce(lag(numbered.host_day) over same_words != numbered.host_day - 1, true) as is_new,
    min(numbered.met_at) over (partition by numbered.source_id, numbered.host, numbered.state) as first_seen_at,
    max(numbered.met_at) over (partition by numbered.source_id, numbered.host, numbered.state) as last_seen_at
from numbered
left join {{ ref('stg_sources') }} as sources on numbered.source_id = sources.source_id -- many to one
window same_words as (partition by numbered.source_id, numbered.host, numbered.state order by numbered.seen_date)
