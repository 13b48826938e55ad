with

joined as (
    select * from {{ ref('int_articles_joined') }} where status = 'kept' and is_current
),

article_entities as (
    select
        joined.* exclude (entities, sentiment_entities, language),
        entity.entity,
        list_filter(sentiment_entities, lambda tone: tone.entity_id = entity.entity.entity_id)[1] as tone
    from joined, unnest(joined.entities) as entity (entity)
),

mentions as (
    select
        article_entities.*,
        mention.mention,
        list_filter(
            article_entities.sentences,
            lambda sentence: sentence.start <= mention.mention.start and mention.mention.start < sentence."end"
        )[1] as sentence
    from article_entities, unnest(article_entities.entity.mentions) as mention (mention)
)

select
    ---------- ids
    left(sha256(concat_ws('/', article_id, revision_id, entity.entity_id, mention.start, mention."end")), 16)
        as mention_id,
    article_id,
    revision_id,
    entity.entity_id,
    source_id,

    ---------- the entity
    coalesce(entity.linked_name, entity.name) as name,
    entity.type,
    entity.ticker,
    entity.exchange,
    entity.country,
    entity.linked_kind,
    entity.linked_id,
    entity.link_confidence,
    entity.salience,
    entity.relevance,

    ---------- where it is named
    mention.text as mention_text,
    mention.start,
    mention."end",
    mention.score as mention_score,
    -- offsets count code points from 0, substring() counts them from 1
    substring(text, sentence.start + 1, sentence."end" - sentence.start) as sentence_text,

    ---------- the tone of the article towards it
    tone.label as sentiment_label,
    tone.score as sentiment_score,

    ---------- when
    published_at,
    known_at,
    cast(known_at at time zone 'UTC' as date) as known_date
from mentions
