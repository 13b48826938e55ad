with

latest as (
    {{ latest_rows('sentiment', ['article_id', 'revision_id']) }}
)

select
    ---------- ids
    article_id,
    revision_id,

    ---------- text
    label,

    ---------- numerics
    score,
    p_negative,
    p_neutral,
    p_positive,

    ---------- booleans
    is_language_supported,

    ---------- lists
    sentences,
    entities,

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
