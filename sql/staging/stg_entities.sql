with

latest as (
    {{ latest_rows('entities', ['article_id', 'revision_id']) }}
)

select
    ---------- ids
    article_id,
    revision_id,

    ---------- lists
    -- version 1 had no linked_name: a cast by name gives its rows a null there
    cast(
        entities as struct(
            entity_id varchar,
            "name" varchar,
            "type" varchar,
            score float,
            salience float,
            relevance varchar,
            linked_kind varchar,
            linked_id varchar,
            linked_name varchar,
            ticker varchar,
            exchange varchar,
            country varchar,
            link_confidence float,
            mentions struct("text" varchar, "start" integer, "end" integer, score float)[]
        )[]
    ) as entities,

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
