-- One row per article of one source that is due tonight, new ones before rechecks, the newest first.
-- Parameters: source_id; now (timestamp); give_up_after (nights); recheck_after (timestamp: first fetches since then are
-- asked for again); rechecked_before (timestamp: unless asked since).
-- arg_max_null: the validators of one answer together, so one that it lacks is not taken from an older one.
-- known_discoveries, known_fetches: views of raw; announced: tonight's items (article_id, url, published_at, position).
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
    select
        article_id,
        min(url) as url,
        max(published_at) as published_at,
        min(position) as position
    from announced_or_known
    group by article_id
),

asked as (
    select
        f.article_id,
        bool_or(f.outcome = 'ok') as is_had,
        min(f.requested_at) filter (where f.outcome = 'ok') as first_ok_at,
        max(f.requested_at) as last_asked_at,
        max_by(f.outcome, f.requested_at) filter (where f.outcome in ('ok', 'not_modified')) as last_outcome,
        arg_max_null(f.etag, f.requested_at) filter (where f.outcome = 'ok') as etag,
        arg_max_null(f.last_modified, f.requested_at) filter (where f.outcome = 'ok') as last_modified,
        arg_max_null(f.body_hash, f.requested_at) filter (where f.outcome = 'ok') as body_hash,
        coalesce(bool_or(f.error_class in ('http_404', 'http_410')), false) as is_gone,
        bool_or(f.outcome = 'refused' and f.requested_at::date = $now::date) as is_refused_today,
        count(distinct f.requested_at::date) filter (where f.outcome in ('failed', 'refused')) as vain_nights
    from known_fetches as f
    inner join articles as a on f.article_id = a.article_id
    where f.purpose = 'article'
    group by f.article_id
)

select
    a.article_id,
    a.url,
    coalesce(k.is_had, false) as is_recheck,
    k.etag,
    k.last_modified,
    k.body_hash,
    coalesce(k.last_outcome, '') as last_outcome
from articles as a
left join asked as k on a.article_id = k.article_id
where
    k.article_id is null
    or (not k.is_had and not k.is_gone and not k.is_refused_today and k.vain_nights < $give_up_after)
    or (k.is_had and not k.is_gone and k.first_ok_at >= $recheck_after and k.last_asked_at < $rechecked_before)
order by is_recheck, a.published_at desc nulls last, a.position nulls last, a.article_id
