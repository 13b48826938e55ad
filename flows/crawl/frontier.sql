-- One row per article of one source that is due tonight, new ones before rechecks, the newest first.
-- Parameters: source_id; now (timestamp); give_up_after (nights); recheck_days (how long one had is looked at again).
-- arg_max_null: the validators of one answer together, so one that it lacks is not taken from an older one.
-- known_discoveries, known_fetches: views of raw; known_texts: the texts had of each article (article_id, source_id,
-- is_edited); announced: tonight's items (article_id, url, published_at, position).
with

announced_or_known as (
    select
        article_id,
        url,
        published_at,
        position
    from announced
    union all
    select
        article_id,
        url,
        published_at,
        null as position
    from known_discoveries
    where source_id = $source_id
),

articles as (
    select article_id, min(url) as url, max(published_at) as published_at, min(position) as position
    from announced_or_known
    group by article_id
),

-- Hours after an article was first had; days begin six hours early, as nights do not begin on the minute. What was
-- edited, or stands with a source that edits, is looked at in between too.
steps (hours, is_for_all) as (
    values
    (1, true), (3, false), (6, true), (12, false), (18, true), (42, true), (66, false), (90, true), (114, false),
    (138, false), (162, true), (234, false), (330, true), (522, false), (714, true), (1434, true)
),

edits as (
    select count_if(is_edited) >= 3 and count_if(is_edited) >= 0.1 * count(*) as is_editing_source
    from known_texts
    where source_id = $source_id
),

requests as (
    select
        f.*,
        max(case when f.outcome = 'ok' then f.requested_at end) over (partition by f.article_id) as last_ok_at
    from known_fetches as f
    inner join articles as a on f.article_id = a.article_id
    where f.purpose = 'article'
),

asked as (
    select
        article_id,
        bool_or(outcome = 'ok') as is_had,
        min(requested_at) filter (where outcome = 'ok') as first_ok_at,
        max(requested_at) as last_asked_at,
        count(*) filter (where outcome = 'not_modified' and requested_at > last_ok_at) as not_modified_in_a_row,
        arg_max_null(etag, requested_at) filter (where outcome = 'ok') as etag,
        arg_max_null(last_modified, requested_at) filter (where outcome = 'ok') as last_modified,
        arg_max_null(body_hash, requested_at) filter (where outcome = 'ok') as body_hash,
        coalesce(bool_or(error_class in ('http_404', 'http_410')), false) as is_gone,
        bool_or(outcome = 'refused' and requested_at::date = $now::date) as is_refused_today,
        count(distinct requested_at::date) filter (where outcome in ('failed', 'refused')) as vain_nights
    from requests
    group by article_id
),

to_recheck as (
    select distinct k.article_id
    from asked as k
    cross join edits as e
    left join known_texts as t on k.article_id = t.article_id
    inner join steps as s on s.is_for_all or e.is_editing_source or coalesce(t.is_edited, false)
    where
        not k.is_gone
        and k.first_ok_at >= $now - to_days($recheck_days)
        and k.first_ok_at + to_hours(s.hours) <= $now
        and k.first_ok_at + to_hours(s.hours) > k.last_asked_at
)

select
    a.article_id,
    a.url,
    coalesce(k.is_had, false) as is_recheck,
    k.etag,
    k.last_modified,
    k.body_hash,
    coalesce(k.not_modified_in_a_row, 0) as not_modified_in_a_row
from articles as a
left join asked as k on a.article_id = k.article_id
where
    k.article_id is null
    or (not k.is_had and not k.is_gone and not k.is_refused_today and k.vain_nights < $give_up_after)
    or k.article_id in (select r.article_id from to_recheck as r)
order by is_recheck, a.published_at desc nulls last, a.position nulls last, a.article_id
