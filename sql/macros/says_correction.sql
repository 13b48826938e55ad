{#
Whether a sentence owns up to a mistake, in the words with which papers of ten languages do: "Correction:", "An earlier
version of this article said". That something was updated or that more is to follow is no correction.
#}
{% macro says_correction(sentence) -%}
    regexp_matches(
        {{ sentence }},
        '^\W*(corrections?( and clarifications?)?|corrigendum|erratum|clarifications?|editor''s (note|correction)'
        || '|korrektur|berichtigung|richtigstellung|rectificatif|erratum|correction|corrección|fe de erratas'
        || '|rettifica|errata corrige|correzione|correção|errata|rectificatie|rättelse|rettelse|sprostowanie)'
        || '((,| \(| (of|from|on|vom|du|del|van|den) )[^:;!?]{0,20}[0-9][^:;!?]{0,15})?(\s?[:—–]| - )'
        || '|(an?|the) (earlier|previous|original|prior) version of (this|the) (article|story|report|post|piece|headline)'
        || '|(this|the) (article|story|report|post|headline) (was|has been|is) (amended|corrected)'
        || '|(has|have) been (updated|amended|changed) to (correct|reflect the correct)'
        || '|in einer (früheren|vorherigen|ersten) (version|fassung)|wir haben (das|den fehler) korrigiert'
        || '|(une|la) (première |précédente )?version (antérieure|précédente|initiale)? ?de (cet|l)'
        || '|una versión (anterior|previa) de est[ea]|una versione precedente di quest'
        || '|uma versão anterior (deste|desta)|in een eerdere versie van dit',
        'i'
    )
{%- endmacro %}
