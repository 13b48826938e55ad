with

answered as (
    select * from {{ ref('int_questions_answered') }} where is_answered
)

select
    ---------- ids
    question_id,
    article_id,
    revision_id,

    ---------- the question
    facet,
    question,
    rank,
    entity_ids,

    ---------- its answer
    answer,
    answer_start,
    answer_end,
    score,
    support,

    ---------- where it stands
    cited_article_id,
    cited_revision_id,
    is_from_archive,
    cited_title,
    cited_source_name,
    cited_url,
    cited_published_at,
    cited_known_at,

    ---------- when
    asked_at,
    known_at,
    cast(known_at at time zone 'UTC' as date) as known_date,

    ---------- what made it
    lineage
from answered
