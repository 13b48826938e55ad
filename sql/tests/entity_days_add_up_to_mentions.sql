-- every mention is counted on one day of its entity, and every day of an entity has its mentions
with

counted as (
    select
        entity_id,
        known_date,
        mentions,
        articles
    from {{ ref('entity_daily') }}
),

named as (
    select
        entity_id,
        known_date,
        count(*) as mentions,
        count(distinct article_id) as articles
    from {{ ref('entity_mentions') }}
    group by entity_id, known_date
)

select
    entity_id,
    known_date
from counted
full outer join named using (entity_id, known_date) -- one to one
where
    counted.mentions is distinct from named.mentions
    or counted.articles is distinct from named.articles
