with

source as (
    select * from {{ landed('raw', 'consents') }}
)

select
    ---------- ids
    consent_id,
    run_id,
    source_id,

    ---------- text
    host,
    robots_hash,
    robots_verdict,
    robots_rule,
    usage_flags,
    stance,
    stance_reason,
    decision,
    reason,
    url,

    ---------- timestamps
    seen_at
from source
