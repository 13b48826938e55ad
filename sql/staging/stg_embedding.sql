with

latest as (
    {{ latest_rows('embedding', ['article_id', 'revision_id']) }}
)

select
    ---------- ids
    article_id,
    revision_id,

    ---------- numerics
    sentence_count,

    ---------- lists
    cast(vector as float[384]) as vector,

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
