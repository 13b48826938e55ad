-- One row per host and kind of page (articles, or what announces them): how its validators fared against the bodies.
-- Parameters: since (timestamp). known_fetches: a view of raw.
with

answers as (
    select
        regexp_extract(lower(url), '^https?://(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]*)', 1) as host,
        purpose = 'article' as of_articles,
        source_id,
        coalesce(final_url, url) as resource,
        outcome,
        regexp_replace(etag, '^W/', '') as etag,
        last_modified,
        body_hash,
        requested_at,
        count(*) filter (where outcome = 'not_modified') over earlier as not_modified_so_far,
        max(requested_at) filter (where outcome = 'not_modified') over earlier as last_not_modified_at
    from known_fetches
    where
        requested_at >= $since
        and outcome in ('ok', 'not_modified')
        and purpose in ('article', 'feed', 'sitemap', 'section')
    window earlier as (partition by coalesce(final_url, url) order by requested_at)
),

bodies as (
    select
        *,
        try_strptime(last_modified, '%a, %d %b %Y %H:%M:%S GMT') at time zone 'UTC' as modified_at,
        lag(body_hash) over before as body_before,
        lag(etag) over before as etag_before,
        lag(last_modified) over before as last_modified_before,
        lag(requested_at) over before as before_at,
        not_modified_so_far > lag(not_modified_so_far) over before as is_after_not_modified
    from answers
    where outcome = 'ok' and body_hash is not null
    window before as (partition by resource order by requested_at)
),

compared as (
    select
        *,
        body_hash = body_before as is_same_body,
        -- where there is an ETag, it speaks alone (RFC 9110, 13.2.2)
        case
            when etag is not null or etag_before is not null then coalesce(etag = etag_before, false)
            else coalesce(last_modified = last_modified_before, false)
        end as is_same_validator,
        -- by its own date it had changed when it said that it had not
        coalesce(
            is_after_not_modified and modified_at > before_at and modified_at < last_not_modified_at - interval 1 minute,
            false
        ) as is_belied
    from bodies
    where body_before is not null
),

verdicts as (
    select
        host,
        of_articles,
        count(*) as compared,
        count(*) filter (where not is_same_body and (is_same_validator or is_belied)) as lies,
        count(*) filter (where is_same_body and is_after_not_modified) as confirmed,
        count(*) filter (where is_same_body and etag != etag_before) as restless,
        max(requested_at) filter (where not is_same_body and (is_same_validator or is_belied)) as last_lie_at
    from compared
    group by host, of_articles
),

hosts as (
    select
        host,
        of_articles,
        list_sort(list(distinct source_id)) as source_ids,
        count(*) filter (where outcome = 'not_modified') as not_modified
    from answers
    group by host, of_articles
)

select
    hosts.host,
    hosts.of_articles,
    hosts.source_ids,
    coalesce(verdicts.compared, 0) as compared,
    hosts.not_modified,
    coalesce(verdicts.lies, 0) as lies,
    coalesce(verdicts.confirmed, 0) as confirmed,
    coalesce(verdicts.restless, 0) as restless,
    verdicts.last_lie_at
from hosts
left join verdicts on hosts.host = verdicts.host and hosts.of_articles = verdicts.of_articles
order by hosts.host, hosts.of_articles
