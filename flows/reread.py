"""Reread: a column once more by the maker that is chosen for it now, and then the columns that read it.

A change of the backend touches no row that is there: new texts are read by the new maker, and each row says who made
it. To have the old texts read by it as well is this command. Its rows lie beside the old ones; the row made last
counts (the macro latest_rows), and when a reader could first have known of an article stays as it was.
"""

import shutil
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import duckdb
import pyarrow as pa

from flows.answers import answer
from flows.backends import chosen_transforms
from flows.checkpoints import check_checkpoints
from flows.clock import Clock
from flows.columns import READING_TRANSFORMS, sweep
from flows.errors import ConfigurationError
from flows.extract import RULES
from flows.ledger import close_killed_runs, home_unusable, new_run_id, run_lock
from flows.model import build_models
from flows.night import Night, read_job
from flows.progress import Progress
from flows.publish import clear_build, publish
from flows.read import LATEST, Job, ReadReport, fill, open_columns
from flows.settings import Settings
from transforms.contract import Transform, parameters_hash

# The row of each kept text that counts, where there is one.
_COUNTING = """
    select article_id, revision_id, model, model_revision, parameters_hash, processed_at from {name}
    qualify row_number() over (partition by article_id, revision_id order by {latest}) = 1
"""


def reread_and_publish(
    settings: Settings, clock: Clock, progress: Progress, column: str, since: date | None = None
) -> ReadReport:
    """Reread a column of a home and, where that made rows, build and publish the tables anew.

    Raises Busy while a run is going on, and what a night raises. Briefs that are written stay as they are.
    """
    home = settings.paths
    check_checkpoints(settings)
    with run_lock(home), chosen_transforms(settings, clock, clock.today()) as chosen:
        try:
            close_killed_runs(home, clock)
            sweep(home)
            night = Night(settings, clock, new_run_id(clock), progress)
            report = reread(read_job(night, chosen), column, since)
            if report.rows.get("insights"):
                answer(home, night.run_id, clock, clock.now())  # other questions are open now
            if report.articles:
                clear_build(home)
                shutil.copytree(home.runs, home.build_runs, dirs_exist_ok=True)
                build_models(settings)
                publish(home)
        except OSError as error:
            raise home_unusable(home, error) from error
    return report


def reread(job: Job, column: str, since: date | None = None) -> ReadReport:
    """Fill the column anew where the row that counts is not its present maker's, with all that follows from it.

    since: only texts first fetched on or after this day. A reread that was killed is finished by the next one, and one
    that is repeated finds nothing to do. Raises ConfigurationError for a column that is not read from texts.
    """
    if column not in (names := [transform.name for transform in READING_TRANSFORMS]):
        raise ConfigurationError(f"there is no column {column!r} to reread", f"Columns: {', '.join(names)}.")
    job = replace(job, load=cache(job.load))
    with open_columns(job.home) as connection:
        first = since or date(1, 1, 1)
        connection.execute("create temp table chosen as select * from kept where first_fetched_at >= ?", [first])
        wanted: dict[str, pa.Table] = {}
        for transform in job.transforms:
            if transform.name == column:
                wanted[column] = _made_otherwise(connection, transform, job)
            elif affected := [name for name in transform.inputs if name in wanted]:
                wanted[transform.name] = _overtaken(connection, transform, affected, wanted)
        nothing = connection.execute("select article_id, revision_id from chosen limit 0").to_arrow_table()
        return fill(connection, job, {name: wanted.get(name, nothing) for name in names})


def _made_otherwise(connection: duckdb.DuckDBPyConnection, transform: Transform, job: Job) -> pa.Table:
    """Texts without a row, and those whose row has another model or other parameters than the transform gives now."""
    maker = "t.model is distinct from $model"
    asked: dict[str, Any] = {"model": transform.model or RULES, "parameters": parameters_hash(transform)}
    if transform.uses_reader and not transform.model:
        reader = job.load()
        maker = "(t.model is distinct from $model or t.model_revision is distinct from $revision)"
        asked |= {"model": reader.name, "revision": reader.revision}
    counting = _COUNTING.format(name=transform.name, latest=LATEST)
    return connection.execute(
        f"select k.article_id, k.revision_id from chosen as k left join ({counting}) as t "
        "using (article_id, revision_id) "
        f"where {maker} or t.parameters_hash is distinct from $parameters",
        asked,
    ).to_arrow_table()


def _overtaken(
    connection: duckdb.DuckDBPyConnection, transform: Transform, affected: list[str], wanted: dict[str, pa.Table]
) -> pa.Table:
    """Texts whose row is older than a row it was made from, or will be when this reread is done."""
    connection.register("renewed", pa.concat_tables([wanted[name] for name in affected]))
    counting = _COUNTING.format(name=transform.name, latest=LATEST)
    newer = " union all ".join(f"select article_id, revision_id, processed_at from {name}" for name in affected)
    return connection.execute(
        "select k.article_id, k.revision_id from chosen as k semi join ("
        "select article_id, revision_id from renewed union all "
        f"select t.article_id, t.revision_id from ({counting}) as t join ({newer}) as n "
        "on t.article_id = n.article_id and t.revision_id = n.revision_id and t.processed_at < n.processed_at"
        ") using (article_id, revision_id)"
    ).to_arrow_table()
