with

latest as (
    {{ latest_rows('figures', ['article_id', 'revision_id']) }}
)

select
    ---------- ids
    article_id,
    revision_id,

    ---------- lists
    figures,

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
