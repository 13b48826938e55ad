"""Where every layer lies on disk. Nothing here touches the disk."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
SQL_PROJECT = PROJECT / "sql"


@dataclass(frozen=True)
class Home:
    """The directory of one Nightdesk, given by NIGHTDESK_HOME or --home."""

    root: Path

    @property
    def settings_file(self) -> Path:
        return self.root / "nightdesk.toml"

    @property
    def sources(self) -> Path:
        """One YAML file a source."""
        return self.root / "sources"

    @property
    def raw_database(self) -> Path:
        """Written by dlt alone."""
        return self.root / "raw.duckdb"

    @property
    def spool(self) -> Path:
        """Crawl records that wait for the load, `<table>/<name>.parquet`, each written whole and then renamed."""
        return self.root / "spool"

    @property
    def robots(self) -> Path:
        """robots.txt files of the last hour; may be deleted."""
        return self.root / "robots"

    @property
    def dlt(self) -> Path:
        """dlt's working directory: pending packages survive a kill here."""
        return self.root / "dlt"

    @property
    def columns(self) -> Path:
        """`<transform>/v<version>/date=YYYY-MM-DD/*.parquet`."""
        return self.root / "columns"

    def column_partition(self, transform: str, version: int, day: date) -> Path:
        return self.columns / transform / f"v{version}" / f"date={day.isoformat()}"

    @property
    def database(self) -> Path:
        """The analytics database, swapped in whole."""
        return self.root / "nightdesk.duckdb"

    @property
    def build(self) -> Path:
        """What is being built and nobody reads yet; emptied at the start of every run."""
        return self.root / "build"

    @property
    def build_runs(self) -> Path:
        """Manifests as the models are to show them, tonight's with its verdict."""
        return self.build / "runs"

    @property
    def build_database(self) -> Path:
        return self.build / "nightdesk.duckdb"

    @property
    def marts(self) -> Path:
        """`<model>.parquet`, what dashboards read, each swapped in by rename."""
        return self.root / "marts"

    @property
    def briefs(self) -> Path:
        """`YYYY-MM-DD.md` and `.html`."""
        return self.root / "briefs"

    @property
    def runs(self) -> Path:
        """One manifest a run: `<run_id>.json`."""
        return self.root / "runs"

    @property
    def lock(self) -> Path:
        return self.root / "run.lock"

    @property
    def forgotten(self) -> Path:
        """The ledger of what was forgotten: `<entry_id>.json`; what it names is not asked for again."""
        return self.root / "forgotten"

    @property
    def backfills(self) -> Path:
        """How far each archive of an unfinished `nightdesk backfill` was read."""
        return self.root / "backfills"

    @property
    def replay(self) -> Path:
        """What `nightdesk replay` builds, a home of its own until it is swapped in."""
        return self.root / "replay"

    @property
    def prefect(self) -> Path:
        """Prefect's own directory, used when no Prefect server is configured."""
        return self.root / "prefect"

    @property
    def extensions(self) -> Path:
        """DuckDB extensions, unpacked from their Python packages."""
        return self.root / "extensions"

    @property
    def models(self) -> Path:
        """Checkpoints of the backend hub, `<owner>--<name>/<revision>/`, each a plain folder of files."""
        return self.root / "models"

    @property
    def llm(self) -> Path:
        """What the backend llm has been answered and has spent."""
        return self.root / "llm"

    @property
    def dbt(self) -> Path:
        """dbt's target and log directories."""
        return self.root / "dbt"
