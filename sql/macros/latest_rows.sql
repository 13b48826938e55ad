{#
The rows of a column folder that count. Versions lie side by side on disk: of the rows of one key the highest version,
and of rows made twice the one made last. first_processed_at: when a row of the same `known_by` was first made, at
whatever version.
#}
{% macro latest_rows(column, key, known_by=none) -%}
    select
        *,
        min(processed_at) over (partition by {{ (known_by or key) | join(', ') }}) as first_processed_at
    from {{ landed('columns', column) }}
    qualify
        row_number() over (
            partition by {{ key | join(', ') }}
            order by transform_version desc, processed_at desc, run_id desc
        ) = 1
{%- endmacro %}
