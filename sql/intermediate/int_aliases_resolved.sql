with

content as (
    select * from {{ ref('stg_content') }}
),

revisions as (
    select * from {{ ref('int_revisions_judged') }}
),

urls as (
    select * from {{ ref('int_urls_settled') }}
),

kept_articles as (
    select
        revisions.article_id,
        urls.url,
        content.canonical_url
    from revisions
    inner join content -- one to one
        on
            revisions.article_id = content.article_id
            and revisions.body_hash = content.body_hash
    inner join urls on revisions.article_id = urls.article_id -- one to one
    where revisions.is_current and revisions.verdict = 'kept'
),

pointers as (
    select
        kept_articles.article_id,
        targets.article_id as duplicate_of
    from kept_articles
    inner join kept_articles as targets -- many to one
        on
            kept_articles.canonical_url = targets.url
            and kept_articles.article_id != targets.article_id
)

-- an alias of an alias is no alias, so pages that name one another in a ring are all kept
select
    article_id,
    duplicate_of
from pointers
where duplicate_of not in (select others.article_id from pointers as others)
