with

articles as (
    select * from {{ ref('int_articles_joined') }} where status = 'kept' and is_current
),

read as (
    select * from {{ ref('stg_figures') }}
),

found as (
    select
        articles.* exclude (entities),
        each.figure,
        list_filter(articles.entities, lambda entity: entity.entity_id = each.figure.entity_id)[1] as entity,
        greatest(articles.known_at, read.first_processed_at) as figure_known_at
    from articles
    inner join read using (article_id, revision_id), unnest(read.figures) as each (figure) -- one to many
)

select
    ---------- ids
    left(sha256(concat_ws('/', article_id, revision_id, figure.start, figure."end")), 16) as figure_id,
    article_id,
    revision_id,
    source_id,

    ---------- the figure
    figure.text as figure_text,
    figure.kind,
    figure.value,
    figure.unit,
    figure.currency,
    figure.direction,

    ---------- whose it is
    entity.entity_id,
    coalesce(entity.name, figure.owner) as owner,
    entity.ticker,
    entity.relevance,

    ---------- where it stands; offsets count code points from 0, substring() counts them from 1
    figure.start,
    figure."end",
    figure.sentence_start,
    figure.sentence_end,
    substring(text, figure.sentence_start + 1, figure.sentence_end - figure.sentence_start) as sentence_text,
    title,
    source_name,
    url,

    ---------- when
    published_at,
    figure_known_at as known_at,
    cast(figure_known_at at time zone 'UTC' as date) as known_date
from found
