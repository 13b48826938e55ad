with

articles as (
    select * from {{ ref('int_articles_joined') }} where status = 'kept'
),

insights as (
    select * from {{ ref('stg_insights') }}
),

answers as (
    select * from {{ ref('stg_answers') }}
),

asked as (
    select
        articles.article_id,
        articles.revision_id,
        each.question,
        greatest(articles.known_at, insights.first_processed_at) as asked_at,
        {{ lineage_of(['insights']) }} as asked_by
    from articles
    inner join insights using (article_id, revision_id), unnest(insights.questions) as each (question) -- one to many
    where articles.is_current
),

-- a question is answered once; should two runs have answered it, the first one stands
archived as (
    select
        each.answer,
        answers.processed_at as answered_at,
        {{ lineage_of(['answers']) }} as answered_by
    from answers, unnest(answers.answers) as each (answer)
    qualify
        row_number() over (
            partition by answer.asking_article_id, answer.question_id
            order by answers.processed_at asc, answer.score desc, answer.cited_article_id asc
        ) = 1
),

found as (
    select
        asked.*,
        question.answer as here,
        archived.answer as elsewhere,
        archived.answered_at,
        archived.answered_by,
        coalesce(archived.answer.cited_article_id, asked.article_id) as cited_article_id,
        coalesce(archived.answer.cited_revision_id, asked.revision_id) as cited_revision_id
    from asked
    left join archived -- one to one
        on
            asked.article_id = archived.answer.asking_article_id
            and asked.question.question_id = archived.answer.question_id
            and asked.question.answer is null
)

select
    ---------- ids
    found.question.question_id,
    found.article_id,
    found.revision_id,

    ---------- the question
    found.question.facet,
    found.question.question,
    found.question.rank,
    found.question.entity_ids,

    ---------- its answer; a text that is no article any more answers nothing
    coalesce(found.here.text, found.elsewhere.text) as answer,
    coalesce(found.here.start, found.elsewhere.start) as answer_start,
    coalesce(found.here."end", found.elsewhere."end") as answer_end,
    coalesce(found.here.score, found.elsewhere.score) as score,
    coalesce(found.here.support, found.elsewhere.support) as support,
    answer is not null and cited.article_id is not null as is_answered,
    found.here is null as is_from_archive,

    ---------- where that stands
    found.cited_article_id,
    found.cited_revision_id,
    cited.text as cited_text,
    cited.title as cited_title,
    cited.source_name as cited_source_name,
    cited.url as cited_url,
    cited.published_at as cited_published_at,
    cited.known_at as cited_known_at,

    ---------- when
    found.asked_at,
    greatest(found.asked_at, found.answered_at, cited.known_at) as known_at,

    ---------- what made it
    list_concat(found.asked_by, coalesce(found.answered_by, [])) as lineage
from found
left join articles as cited -- many to one
    on
        found.cited_article_id = cited.article_id
        and found.cited_revision_id = cited.revision_id
