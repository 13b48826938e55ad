with

content as (select * from {{ ref('stg_content') }}),
quality as (select * from {{ ref('stg_quality') }}),
embedding as (select * from {{ ref('stg_embedding') }}),
entities as (select * from {{ ref('stg_entities') }}),
sentiment as (select * from {{ ref('stg_sentiment') }}),
summary as (select * from {{ ref('stg_summary') }}),
revisions as (select * from {{ ref('int_revisions_judged') }}),
aliases as (select * from {{ ref('int_aliases_resolved') }}),
urls as (select * from {{ ref('int_urls_settled') }}),
sources as (select * from {{ ref('stg_sources') }})

select
    ---------- ids
    revisions.article_id,
    revisions.revision_id,
    revisions.body_hash,
    urls.source_id,
    aliases.duplicate_of,

    ---------- state
    case when aliases.article_id is not null then 'rejected' else revisions.verdict end as status,
    case
        when revisions.verdict = 'kept' and aliases.article_id is not null then 'duplicate_url'
        else revisions.reason
    end as reason,
    revisions.is_current,
    revisions.kept_revisions,
    quality.is_paywalled,
    quality.is_partial,
    quality.score as quality_score,

    ---------- where it stood
    coalesce(sources.name, urls.source_id) as source_name,
    coalesce(sources.topics, cast([] as varchar[])) as topics,
    urls.url,
    urls.first_seen_at,
    revisions.first_fetched_at,

    ---------- what it says
    content.* exclude (
        article_id, revision_id, body_hash, source_id, url, fetched_at, processed_at, first_processed_at,
        transform_version, model, model_revision, parameters_hash, code_version, run_id
    ),

    ---------- how it was read
    coalesce(entities.entities, []) as entities,
    sentiment.label as sentiment_label,
    sentiment.score as sentiment_score,
    sentiment.p_negative as sentiment_p_negative,
    sentiment.p_neutral as sentiment_p_neutral,
    sentiment.p_positive as sentiment_p_positive,
    coalesce(sentiment.entities, []) as sentiment_entities,
    summary.gist,
    coalesce(summary.key_points, []) as key_points,
    {{ lineage_of(['content', 'quality', 'embedding', 'entities', 'sentiment', 'summary']) }} as lineage,

    ---------- when it was read; the latest of the first readings is when a user could first have had it, and never
    ---------- before the page was there, whatever was done to the machine's clock in between
    greatest(
        content.processed_at, quality.processed_at, embedding.processed_at,
        entities.processed_at, sentiment.processed_at, summary.processed_at
    ) as processed_at,
    greatest(
        revisions.first_fetched_at, revisions.first_judged_at, embedding.first_processed_at,
        entities.first_processed_at, sentiment.first_processed_at, summary.first_processed_at
    ) as known_at
from revisions
inner join content using (article_id, revision_id, body_hash) -- one to one
inner join quality using (article_id, revision_id, body_hash) -- one to one
inner join urls using (article_id) -- many to one
left join sources on urls.source_id = sources.source_id -- many to one
left join aliases using (article_id) -- many to one
left join embedding using (article_id, revision_id) -- one to one
left join entities using (article_id, revision_id) -- one to one
left join sentiment using (article_id, revision_id) -- one to one
left join summary using (article_id, revision_id) -- one to one
