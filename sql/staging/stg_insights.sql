with

latest as (
    {{ latest_rows('insights', ['article_id', 'revision_id']) }}
)

select
    ---------- ids
    article_id,
    revision_id,

    ---------- numerics
    considered,
    refused,

    ---------- lists
    questions,

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
