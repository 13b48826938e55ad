-- an answer is cut out of the revision that it cites, word for word
select
    questions.question_id,
    questions.cited_article_id
from {{ ref('questions') }} as questions
left join {{ ref('int_articles_joined') }} as articles -- many to one
    on
        questions.cited_article_id = articles.article_id
        and questions.cited_revision_id = articles.revision_id
where
    (
        questions.answer_start >= 0
        and questions.answer_end <= len(articles.text)
        and substring(articles.text, questions.answer_start + 1, questions.answer_end - questions.answer_start)
        = questions.answer
    ) is not true
