with

source as (
    select * from {{ landed('raw', 'sources') }}
)

select
    ---------- ids
    source_id,
    facts_hash,

    ---------- text
    name,
    home_url,
    language,
    country,

    ---------- lists
    list_filter(string_split(topics, ','), lambda topic: topic != '') as topics
from source
