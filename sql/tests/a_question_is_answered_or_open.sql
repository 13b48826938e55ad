-- every question of a current text is in one of the two marts, and none is in both
with

listed as (
    select question_id from {{ ref('int_questions_answered') }}
    union all
    select question_id from {{ ref('questions') }}
    union all
    select question_id from {{ ref('open_questions') }}
)

select
    question_id,
    count(*) as times
from listed
group by question_id
having count(*) != 2
