{# A model's schema is the one dbt_project.yml gives it (`staging`), not dbt's default `main_staging`. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ target.schema if custom_schema_name is none else custom_schema_name | trim }}
{%- endmacro %}
