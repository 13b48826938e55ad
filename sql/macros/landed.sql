{#
A source with the columns that its yml declares, null where what landed lacks one: rows that an older version wrote
lack the columns of later ones. As long as nothing has landed there, it is an empty table of those columns: on a first
night without articles there are no Parquet files, and reading files that are not there is an error.
#}
{% macro landed(source_name, table_name) -%}
    {%- set relation = source(source_name, table_name) -%}
    {#- a unit test puts its own rows in place of the source -#}
    {%- if not execute or model.resource_type == 'unit_test' -%}
        {{ relation }}
    {%- else -%}
        {%- set declared = graph.sources.values()
            | selectattr('source_name', 'equalto', source_name)
            | selectattr('name', 'equalto', table_name)
            | first -%}
        (
            select
            {%- for column in declared.columns.values() %}
                cast(null as {{ column.data_type }}) as "{{ column.name }}"{{ "," if not loop.last }}
            {%- endfor %}
            where false
            {%- if has_landed(declared) %}
            union all by name
            select * from {{ relation }}
            {%- endif %}
        )
    {%- endif -%}
{%- endmacro %}

{# Whether a declared source has files, or a table in the attached database. #}
{% macro has_landed(declared) -%}
    {%- set files = declared.source_meta.get('files') -%}
    {%- if files -%}
        {%- set found = run_query("select 1 from glob('" ~ files.replace('{name}', declared.name) ~ "') limit 1") -%}
    {%- else -%}
        {%- set found = run_query(
            "select 1 from information_schema.tables where table_catalog = '" ~ declared.database
            ~ "' and table_schema = '" ~ declared.schema ~ "' and table_name = '" ~ declared.identifier ~ "'"
        ) -%}
    {%- endif -%}
    {{ return(found.rows | length > 0) }}
{%- endmacro %}
