with

mentions as (
    select * from {{ ref('entity_mentions') }}
),

-- one row per entity and article, under the spelling its name has there
entity_articles as (
    select
        entity_id,
        known_date,
        article_id,
        revision_id,
        source_id,
        name,
        type,
        ticker,
        relevance,
        sentiment_label,
        sentiment_score,
        count(*) as mentions
    from mentions
    group by all
)

select
    ---------- key
    entity_id,
    known_date,

    ---------- the entity, as the article that names it most often names it
    max_by(name, struct_pack(mentions := mentions, spelling := name)) as name,
    max_by(type, struct_pack(mentions := mentions, spelling := type)) as type,
    max(ticker) as ticker,

    ---------- how often
    count(*) as articles,
    count(distinct revision_id) as distinct_texts,
    count(distinct source_id) as sources,
    cast(sum(mentions) as bigint) as mentions,
    count(*) filter (where relevance = 'main') as main_articles,

    ---------- in which tone
    avg(sentiment_score) as sentiment_mean,
    count(*) filter (where sentiment_label = 'negative') as negative_articles,
    count(*) filter (where sentiment_label = 'neutral') as neutral_articles,
    count(*) filter (where sentiment_label = 'positive') as positive_articles
from entity_articles
group by entity_id, known_date
