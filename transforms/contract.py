"""The contract of a transform: its name, its version, the columns it reads and the columns it writes.

A transform is a pure function from an Arrow table to an Arrow table with one row per (article, revision) in and
one row out. The runner joins what `inputs` name, checks the columns on both sides, and adds the lineage.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from transforms.models import Models

TIMESTAMP = pa.timestamp("us", tz="UTC")
_KEY_FIELDS: list[pa.Field[Any]] = [
    pa.field(name, pa.string(), nullable=False) for name in ("article_id", "revision_id")
]
KEYS = pa.schema(_KEY_FIELDS)
SPAN = pa.struct([pa.field("start", pa.int32(), nullable=False), pa.field("end", pa.int32(), nullable=False)])

# Added by the runner to every row, whatever the transform.
_LINEAGE_FIELDS: list[pa.Field[Any]] = [
    pa.field("transform_version", pa.int32(), nullable=False),
    pa.field("model", pa.string(), nullable=False),  # "rules" where no model is asked
    pa.field("model_revision", pa.string(), nullable=False),
    pa.field("parameters_hash", pa.string(), nullable=False),
    pa.field("code_version", pa.string(), nullable=False),
    pa.field("run_id", pa.string(), nullable=False),
    pa.field("processed_at", TIMESTAMP, nullable=False),
]
LINEAGE = pa.schema(_LINEAGE_FIELDS)

# Part of the lineage that a transform may give itself, row by row, where the rows of one batch have several makers.
MAKER = pa.schema([LINEAGE.field("model"), LINEAGE.field("model_revision")])


class ContractBroken(ValueError):
    """A table lacks a column its transform declares, or has one of another type. A fault of the code, not of a page."""


@dataclass(frozen=True)
class Transform:
    """One column folder.

    name: step, file, task, column folder and staging model share it.
    version: raised when the meaning of the output changes; rows of older versions stay on disk.
    inputs: names of the transforms whose columns are joined on the keys; "pages" for the raw page.
    reads: the columns handed to `apply`, keys included.
    writes: the columns `apply` returns, keys first, lineage excluded.
    apply: the function itself.
    uses_reader: whether the rows come from the reader's model (then the lineage names it) or from rules.
    model: who else makes the rows, as `model` of the MAKER columns that `apply` then returns besides.
    """

    name: str
    version: int
    inputs: tuple[str, ...]
    reads: pa.Schema
    writes: pa.Schema
    apply: Callable[[pa.Table, Models], pa.Table]
    uses_reader: bool = False
    model: str = ""
    parameters: str = ""  # whatever else decides the output: thresholds, limits; hashed into the lineage


def check_columns(table: pa.Table, schema: pa.Schema, where: str) -> pa.Table:
    """`table` with exactly the columns of `schema`, in its order.

    Raises ContractBroken naming `where` and the first column that is missing, of another type, or null where it must
    not be.
    """
    for field in schema:
        if field.name not in table.column_names:
            raise ContractBroken(f"{where}: column {field.name} is missing")
        found = table.schema.field(field.name).type
        if not _alike(found, field.type):
            raise ContractBroken(f"{where}: column {field.name} is {found}, not {field.type}")
        if not field.nullable and table[field.name].null_count:
            raise ContractBroken(f"{where}: column {field.name} has {table[field.name].null_count} nulls")
    return table.select(schema.names)


def _alike(found: pa.DataType, declared: pa.DataType) -> bool:
    """Equal types, but for what a database forgets: whether a nested field may be null, and a list item's name."""
    if pa.types.is_list(found) and pa.types.is_list(declared):
        return _alike(found.value_type, declared.value_type)
    if pa.types.is_struct(found) and pa.types.is_struct(declared):
        names = [field.name for field in declared]
        return names == [field.name for field in found] and all(
            _alike(found.field(name).type, declared.field(name).type) for name in names
        )
    return found.equals(declared)


def run_transform(transform: Transform, table: pa.Table, models: Models) -> pa.Table:
    """The transform's output for `table`, both sides checked against the contract, one row out per row in.

    It has the columns of MAKER besides where the transform is made by another model than the reader.
    """
    given = check_columns(table, transform.reads, f"{transform.name} input")
    written = pa.schema([*transform.writes, *(MAKER if transform.model else ())])
    made = check_columns(transform.apply(given, models), written, f"{transform.name} output")
    if made.num_rows != given.num_rows:
        raise ContractBroken(f"{transform.name}: {given.num_rows} rows in, {made.num_rows} rows out")
    return made


def parameters_hash(transform: Transform) -> str:
    """8 hex digits over the transform's parameters: rows with another hash were decided otherwise."""
    return hashlib.sha256(transform.parameters.encode("utf-8")).hexdigest()[:8]
