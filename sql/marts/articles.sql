with

joined as (
    select * from {{ ref('int_articles_joined') }} where status = 'kept' and is_current
)

select
    ---------- ids
    article_id,
    revision_id,
    source_id,
    source_name,
    url,
    canonical_url,
    next_url,
    body_hash,
    revision_id as copy_group_id,

    ---------- what it says
    title,
    gist.text as gist,
    gist.start as gist_start,
    gist."end" as gist_end,
    key_points,
    text,
    paragraphs,
    sentences,
    form,
    updates,
    authors,
    site_name,
    section,
    tags,
    language,
    topics,
    lead_image_url,
    words,
    list_transform(
        list_filter(entities, lambda entity: entity.relevance = 'main'), lambda entity: entity.name
    ) as main_entities,

    ---------- when
    published_at,
    published_at_source,
    published_at_confidence,
    modified_at,
    first_seen_at,
    first_fetched_at as fetched_at,
    processed_at,
    known_at,
    cast(published_at at time zone 'UTC' as date) as published_date,
    cast(known_at at time zone 'UTC' as date) as known_date,

    ---------- how good
    is_paywalled,
    is_partial,
    kept_revisions > 1 as is_edited,
    kept_revisions as revisions,
    quality_score,

    ---------- in which tone
    sentiment_label,
    sentiment_score,
    sentiment_p_negative,
    sentiment_p_neutral,
    sentiment_p_positive,

    ---------- what made it
    lineage
from joined
