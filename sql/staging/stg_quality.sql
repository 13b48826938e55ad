with

source as (
    select * from {{ landed('columns', 'quality') }}
),

-- versions lie side by side on disk: the highest counts, and of rows made twice the one made last
latest as (
    select
        *,
        min(processed_at) over (partition by article_id, revision_id, body_hash) as first_processed_at
    from source
    qualify
        row_number() over (
            partition by article_id, revision_id, body_hash
            order by transform_version desc, processed_at desc, run_id desc
        ) = 1
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
