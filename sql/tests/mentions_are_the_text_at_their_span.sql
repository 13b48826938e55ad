-- a mention is cut out of the text of its article's current revision, word for word
select
    mentions.mention_id,
    mentions.article_id
from {{ ref('entity_mentions') }} as mentions
left join {{ ref('articles') }} as articles -- many to one
    on
        mentions.article_id = articles.article_id
        and mentions.revision_id = articles.revision_id
where
    (
        mentions.start >= 0
        and mentions."end" <= len(articles.text)
        and substring(articles.text, mentions.start + 1, mentions."end" - mentions.start) = mentions.mention_text
    ) is not true
