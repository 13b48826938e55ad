with

articles as (
    select * from {{ ref('int_articles_joined') }} where status = 'kept'
),

-- several texts alone make an edit possible, or several titles; most articles have one of each
content as (
    select *
    from {{ ref('stg_content') }}
    where article_id in (
        select bodies.article_id
        from {{ ref('stg_content') }} as bodies
        group by bodies.article_id
        having count(distinct bodies.revision_id) > 1 or count(distinct bodies.title) > 1
    )
),

fetches as (
    select * from {{ ref('stg_fetches') }} where purpose = 'article' and outcome = 'ok'
),

-- a page that turns into a cookie wall and back was not edited: what was rejected is not seen here
sightings as (
    select
        content.article_id,
        content.revision_id,
        content.body_hash,
        content.title,
        articles.known_at as text_known_at,
        coalesce(fetches.requested_at, content.fetched_at) as seen_at
    from content
    inner join articles using (article_id, revision_id) -- many to one
    left join fetches -- one to many
        on
            content.article_id = fetches.article_id
            and content.body_hash = fetches.body_hash
),

changes as (
    select
        *,
        lag(revision_id) over seen as revision_id_before,
        lag(title) over seen as title_before,
        lag(seen_at) over seen as before_seen_at,
        lag(text_known_at) over seen as before_known_at
    from sightings
    window seen as (partition by article_id order by seen_at, body_hash)
)

select
    ---------- ids
    article_id,
    revision_id,
    revision_id_before,

    ---------- text
    title,
    title_before,

    ---------- numerics
    row_number() over (partition by article_id order by seen_at, body_hash) as edit,

    ---------- timestamps
    before_seen_at,
    seen_at,
    greatest(seen_at, text_known_at, before_known_at) as known_at
from changes
where
    revision_id_before is not null
    and (revision_id != revision_id_before or title is distinct from title_before)
