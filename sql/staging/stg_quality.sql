with

latest as (
    {{ latest_rows('quality', ['article_id', 'revision_id', 'body_hash']) }}
)

select
    ---------- ids
    article_id,
    revision_id,
    body_hash,

    ---------- text
    verdict,
    reason,

    ---------- numerics
    score,

    ---------- booleans
    is_paywalled,
    is_partial,

    ---------- lineage
    transform_version,
    model,
    model_revision,
    parameters_hash,
    code_version,
    run_id,

    ---------- timestamps
    processed_at,
    first_processed_at
from latest
