"""The transforms one after the other over a batch, as the runner calls them, without its files."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from transforms.catalog import TRANSFORMS
from transforms.contract import Transform, run_transform
from transforms.models import Models
from transforms.reader.reader import Reader


def joined(transform: Transform, made: Mapping[str, pa.Table]) -> pa.Table:
    """The columns that a transform reads, from the tables of its inputs (all of the same rows in the same order)."""
    columns = {name: made[given][name] for given in reversed(transform.inputs) for name in made[given].column_names}
    return pa.table({name: columns[name] for name in transform.reads.names})


def columns_of(pages: pa.Table, reader: Reader) -> dict[str, pa.Table]:
    """Every column of the catalog, by name, for a table of pages."""
    models = Models(reader)
    made = {"pages": pages}
    for transform in TRANSFORMS:
        made[transform.name] = run_transform(transform, joined(transform, made), models)
    return made


def row_of(made: Mapping[str, pa.Table], name: str, place: int = 0) -> dict[str, Any]:
    """One row of one column as a dictionary."""
    return dict(made[name].to_pylist()[place])


def texts(row: Mapping[str, Any], spans: Sequence[Mapping[str, int]]) -> list[str]:
    """What stands at the spans of a content row."""
    return [row["text"][span["start"] : span["end"]] for span in spans]
