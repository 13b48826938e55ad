-- a figure is cut out of the text of its article's current revision, word for word
select
    figures.figure_id,
    figures.article_id
from {{ ref('figures') }} as figures
left join {{ ref('articles') }} as articles -- many to one
    on
        figures.article_id = articles.article_id
        and figures.revision_id = articles.revision_id
where
    (
        figures.start >= 0
        and figures."end" <= len(articles.text)
        and substring(articles.text, figures.start + 1, figures."end" - figures.start) = figures.figure_text
    ) is not true
