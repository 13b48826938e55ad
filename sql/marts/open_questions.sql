with

unanswered as (
    select * from {{ ref('int_questions_answered') }} where not is_answered
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

    ---------- when
    asked_at as known_at,
    cast(asked_at at time zone 'UTC' as date) as known_date,

    ---------- what made it
    lineage
from unanswered
