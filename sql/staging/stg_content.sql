with

latest as (
    {{ latest_rows('content', ['article_id', 'body_hash'], known_by=['article_id', 'revision_id']) }}
)

select
    ---------- ids
    article_id,
    revision_id,
    body_hash,
    source_id,

    ---------- text
    url,
    canonical_url,
    amp_url,
    next_url,
    coalesce(form, 'article') as form,
    title,
    text,
    published_at_source,
    language,
    site_name,
    section,
    lead_image_url,
    page_type,
    selectors_hash,
    pages_hash,
    extraction_error,

    ---------- numerics
    published_at_confidence,
    words,
    link_share,

    ---------- booleans
    is_free_to_read,

    ---------- lists
    paragraphs,
    sentences,
    coalesce(pages, []) as pages,
    coalesce(updates, []) as updates,
    authors,
    tags,

    ---------- lineage
    transform_version,
    model,
    model_revision,
    parameters_hash,
    code_version,
    run_id,

    ---------- timestamps
    published_at,
    modified_at,
    fetched_at,
    processed_at,
    first_processed_at
from latest
