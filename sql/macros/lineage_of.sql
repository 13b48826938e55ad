{# A list with one struct for each transform that has a row: what made the column folders of this article. #}
{% macro lineage_of(transforms) -%}
    list_filter(
        [
            {%- for transform in transforms %}
            case when {{ transform }}.article_id is not null then {
                'transform': '{{ transform }}',
                'transform_version': {{ transform }}.transform_version,
                'model': {{ transform }}.model,
                'model_revision': {{ transform }}.model_revision,
                'parameters_hash': {{ transform }}.parameters_hash,
                'code_version': {{ transform }}.code_version,
                'run_id': {{ transform }}.run_id,
                'processed_at': {{ transform }}.processed_at
            } end{{ "," if not loop.last }}
            {%- endfor %}
        ],
        lambda made: made is not null
    )
{%- endmacro %}
