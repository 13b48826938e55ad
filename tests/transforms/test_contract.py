"""A transform keeps to the columns it declares, and the lineage tells two decisions apart."""

from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest

from transforms.contract import KEYS, SPAN, ContractBroken, Transform, check_columns, parameters_hash, run_transform
from transforms.models import Models

READS = pa.schema([*KEYS, pa.field("text", pa.string(), nullable=False)])
WRITES = pa.schema([*KEYS, pa.field("letters", pa.int32(), nullable=False)])


def count_letters(table: pa.Table, models: Models) -> pa.Table:  # noqa: ARG001 - as the contract has it
    lengths = pa.array([len(row["text"]) for row in table.to_pylist()], pa.int32())
    return pa.table({"letters": lengths, "article_id": table["article_id"], "revision_id": table["revision_id"]})


LETTERS = Transform("letters", 1, ("content",), READS, WRITES, count_letters, parameters="unit=1")


def rows(*texts: str | None, **more: Any) -> pa.Table:
    keys = {"article_id": [str(n) for n, _ in enumerate(texts)], "revision_id": ["r"] * len(texts)}
    return pa.table({**keys, "text": pa.array(texts, pa.string()), **more})


def test_a_transform_sees_its_own_columns_and_writes_them_in_the_declared_order() -> None:
    given = rows("one", "three", secret=[1, 2])

    def spying(table: pa.Table, models: Models) -> pa.Table:
        assert table.column_names == READS.names
        return count_letters(table, models)

    made = run_transform(replace(LETTERS, apply=spying), given, Models())
    assert made.to_pydict() == {"article_id": ["0", "1"], "revision_id": ["r", "r"], "letters": [3, 5]}
    assert made.schema.names == WRITES.names


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (rows("one").drop_columns("text"), "letters input: column text is missing"),
        (rows("one").set_column(2, "text", pa.array([1])), "column text is int64, not string"),
        (rows("one", None), "column text has 1 nulls"),
    ],
)
def test_a_table_that_is_not_as_declared_is_named_with_its_column(given: pa.Table, fault: str) -> None:
    with pytest.raises(ContractBroken, match=fault):
        run_transform(LETTERS, given, Models())


def test_a_transform_that_loses_a_row_or_a_column_is_found_out() -> None:
    with pytest.raises(ContractBroken, match="2 rows in, 1 rows out"):
        run_transform(
            replace(LETTERS, apply=lambda table, models: count_letters(table, models).slice(1)),
            rows("a", "b"),
            Models(),
        )
    with pytest.raises(ContractBroken, match="letters output: column letters is missing"):
        run_transform(replace(LETTERS, apply=lambda table, models: table), rows("a"), Models())  # noqa: ARG005


def test_nested_types_may_lose_what_a_database_forgets_but_not_a_name_or_a_type() -> None:
    declared = pa.schema([pa.field("spans", pa.list_(SPAN))])

    def spans(first: str, kind: pa.DataType, item: str = "l") -> pa.Table:
        struct = pa.struct([pa.field(first, kind), pa.field("end", kind)])
        return pa.table({"spans": pa.array([[]], pa.list_(pa.field(item, struct)))})

    assert check_columns(spans("start", pa.int32()), declared, "x").num_rows == 1
    for wrong in (spans("begin", pa.int32()), spans("start", pa.int64())):
        with pytest.raises(ContractBroken, match="column spans"):
            check_columns(wrong, declared, "x")


def test_the_hash_changes_with_the_parameters_and_with_nothing_else() -> None:
    assert parameters_hash(LETTERS) == parameters_hash(replace(LETTERS, version=2, name="other"))
    assert parameters_hash(LETTERS) != parameters_hash(replace(LETTERS, parameters="unit=2"))
    assert len(parameters_hash(LETTERS)) == 8
    assert int(parameters_hash(LETTERS), 16) >= 0
