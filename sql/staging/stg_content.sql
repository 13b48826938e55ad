with

source as (
    select * from {{ landed('columns', 'content') }}
),

-- versions lie side by side on disk: the highest counts, and of rows made twice the one made last
latest as (
    select
        *,
        min(processed_at) over (partition by article_id, revision_id) as first_processed_at
    from source
    qualify
        row_number() over (
            partition by article_id, body_hash
            order by transform_version desc, processed_at desc, run_id desc
        ) = 1
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
    title,
    text,
    published_at_source,
    language,
    site_name,
    section,
    lead_image_url,
    page_type,
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
    fetched_at,
    processed_at,
    first_processed_at
from latest
