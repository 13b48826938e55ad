{# Every row satisfies the expression; a row for which it is null fails too. #}
{% test holds(model, expression) %}
select * from {{ model }} where ({{ expression }}) is not true
{% endtest %}
