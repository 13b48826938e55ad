-- Runs in which several sources were asked and not one server answered anything: our own network was down, and no
-- source is to blame. known_polls, known_fetches: views of raw.
with

answers as (
    select
        run_id,
        source_id,
        status
    from known_polls
    union all
    select
        run_id,
        source_id,
        status
    from known_fetches
)

select run_id
from answers
group by run_id
having count(status) = 0 and count(distinct source_id) >= 3
