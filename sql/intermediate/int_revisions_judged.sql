with

content as (
    select * from {{ ref('stg_content') }}
),

quality as (
    select * from {{ ref('stg_quality') }}
),

-- an edit that is taken back shows an old body again: only the requests know when
body_fetches as (
    select
        article_id,
        body_hash,
        min(requested_at) as first_fetched_at,
        max(requested_at) as last_fetched_at
    from {{ ref('stg_fetches') }}
    where purpose = 'article' and outcome = 'ok'
    group by article_id, body_hash
),

judged_bodies as (
    select
        content.article_id,
        content.revision_id,
        content.body_hash,
        quality.verdict,
        quality.reason,
        greatest(content.first_processed_at, quality.first_processed_at) as body_judged_at,
        coalesce(body_fetches.first_fetched_at, content.fetched_at) as body_first_fetched_at,
        coalesce(body_fetches.last_fetched_at, content.fetched_at) as body_last_fetched_at
    from content
    inner join quality -- one to one
        on
            content.article_id = quality.article_id
            and content.revision_id = quality.revision_id
            and content.body_hash = quality.body_hash
    left join body_fetches -- many to one
        on
            content.article_id = body_fetches.article_id
            and content.body_hash = body_fetches.body_hash
),

-- several bodies may hold the same text: the latest one that was kept speaks for the revision
revisions as (
    select
        *,
        min(body_first_fetched_at) over (partition by article_id, revision_id) as first_fetched_at,
        -- a page that changes around the same text is no news
        min(body_judged_at) over (partition by article_id, revision_id) as first_judged_at
    from judged_bodies
    qualify
        row_number() over (
            partition by article_id, revision_id
            order by verdict = 'kept' desc, body_last_fetched_at desc, body_hash asc
        ) = 1
)

-- a page that turns into a cookie wall or an error does not take its article away: the latest kept text stands
select
    ---------- ids
    article_id,
    revision_id,
    body_hash,

    ---------- text
    verdict,
    reason,

    ---------- numerics
    count(*) filter (where verdict = 'kept') over (partition by article_id) as kept_revisions,

    ---------- booleans
    row_number() over (
        partition by article_id
        order by verdict = 'kept' desc, body_last_fetched_at desc, revision_id asc
    ) = 1 as is_current,

    ---------- timestamps
    first_fetched_at,
    first_judged_at,
    body_last_fetched_at as last_fetched_at
from revisions
