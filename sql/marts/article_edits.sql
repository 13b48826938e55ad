with

edits as (
    select * from {{ ref('int_versions_seen') }}
),

texts as (
    select *
    from {{ ref('int_articles_joined') }}
    where status = 'kept' and article_id in (select edits.article_id from edits)
),

cut as (
    select
        texts.article_id,
        texts.revision_id,
        each.span.start,
        each.span."end",
        substring(texts.text, each.span.start + 1, each.span."end" - each.span.start) as sentence,
        regexp_replace(sentence, '\s+', ' ', 'g') as words
    from texts, unnest(texts.sentences) as each (span) -- one to many
),

-- a sentence that a text has twice is kept twice only where the other text has it twice
numbered as (
    select
        *,
        row_number() over (partition by article_id, revision_id, words order by start) as occurrence
    from cut
),

sides as (
    select
        edits.article_id,
        edits.edit,
        numbered.revision_id = edits.revision_id as is_after,
        numbered.* exclude (article_id, revision_id)
    from edits
    inner join numbered -- one to many
        on
            edits.article_id = numbered.article_id
            and (edits.revision_id = numbered.revision_id or edits.revision_id_before = numbered.revision_id)
    where edits.revision_id != edits.revision_id_before
),

marked as (
    select
        *,
        count(*) over (partition by article_id, edit, words, occurrence) = 2 as is_kept,
        { 'text': sentence, 'start': start, 'end': "end" } as span
    from sides
),

diffs as (
    select
        article_id,
        edit,
        count(*) filter (where is_after and is_kept) as sentences_kept,
        list(span order by start) filter (where is_after and not is_kept) as added,
        list(span order by start) filter (where not is_after and not is_kept) as removed,
        min_by(sentence, start) filter (
            where is_after and not is_kept and {{ says_correction('sentence') }}
        ) as correction
    from marked
    group by article_id, edit
)

select
    ---------- ids
    left(sha256(concat_ws('/', edits.article_id, epoch_us(edits.seen_at))), 16) as edit_id,
    edits.article_id,
    edits.revision_id_before,
    edits.revision_id,
    texts.source_id,
    texts.source_name,
    texts.url,

    ---------- what changed
    edits.title_before,
    edits.title,
    (edits.title is distinct from edits.title_before) as is_title_changed,
    edits.revision_id != edits.revision_id_before as is_text_changed,
    len(coalesce(diffs.added, [])) as sentences_added,
    len(coalesce(diffs.removed, [])) as sentences_removed,
    coalesce(diffs.sentences_kept, len(texts.sentences)) as sentences_kept,
    coalesce(diffs.added, []) as added,
    coalesce(diffs.removed, []) as removed,
    diffs.correction is not null as is_correction,
    diffs.correction,

    ---------- when
    edits.before_seen_at,
    edits.seen_at as edited_at,
    edits.known_at,
    cast(edits.known_at at time zone 'UTC' as date) as known_date
from edits
inner join texts on edits.article_id = texts.article_id and edits.revision_id = texts.revision_id -- many to one
left join diffs on edits.article_id = diffs.article_id and edits.edit = diffs.edit -- one to one
