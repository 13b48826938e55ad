-- a sentence that was added is cut out of the text after the edit, one that was removed out of the text before it
with

spans as (
    select edits.edit_id, edits.article_id, edits.revision_id, each.span
    from {{ ref('article_edits') }} as edits, unnest(edits.added) as each (span) -- one to many
    union all
    select edits.edit_id, edits.article_id, edits.revision_id_before as revision_id, each.span
    from {{ ref('article_edits') }} as edits, unnest(edits.removed) as each (span) -- one to many
)

select
    spans.edit_id,
    spans.span
from spans
left join {{ ref('int_articles_joined') }} as articles -- many to one
    on
        spans.article_id = articles.article_id
        and spans.revision_id = articles.revision_id
where
    (
        spans.span.start >= 0
        and spans.span."end" <= len(articles.text)
        and substring(articles.text, spans.span.start + 1, spans.span."end" - spans.span.start) = spans.span.text
    ) is not true
