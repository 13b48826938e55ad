"""Replay: everything that is made from raw, made again, in a home of its own that is swapped in when it is whole.

That home, `<home>/replay`, sees raw, the models and the kept replies of the real one through links, and nothing in it
is read by anybody before the swap (flows/swap.py). A replay that is killed while it builds has changed nothing, and the
next one goes on with what it built if the makers of the columns are still the same.

No network is used. A column that an endpoint writes gets its replies from those that are kept; a text without one is
left to the reader, as on a night whose budget is spent, and `nightdesk reread` asks for it. When a row was first made
stays as it was: a replay makes old texts anew, it does not make them news (`known_at` in the marts).
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

import duckdb

from flows.answers import answer
from flows.brief import build_brief, write_brief
from flows.checkpoints import check_checkpoints
from flows.clock import Clock
from flows.columns import READING_TRANSFORMS, sweep
from flows.errors import NothingThere
from flows.ledger import Manifest, close_killed_runs, home_unusable, new_run_id, read_manifests, run_lock
from flows.load import load_spool, row_counts
from flows.model import build_models
from flows.moments import keep_moments
from flows.night import Night, extract_stage, read_stage
from flows.paths import Home
from flows.progress import Progress
from flows.publish import clear_build, publish
from flows.settings import Settings
from flows.swap import swap_in
from flows.version import code_version
from transforms.backends import LLM, READER

LINKED = ("raw.duckdb", "models", "llm", "extensions")  # of the real home, as they are
PLAN = "plan.json"


@dataclass(frozen=True)
class Plan:
    """What a replay will do, in sentences for the user."""

    sentences: tuple[str, ...]


@dataclass(frozen=True)
class ReplayReport:
    """What was made again. answers: questions that other articles answer."""

    pages: int
    articles: int
    answers: int
    briefs: int


def plan_replay(settings: Settings) -> Plan:
    """Raises NothingThere without raw."""
    home = settings.paths
    _check_raw(home)
    pages = row_counts(home)["pages"]
    briefs = len(list(home.briefs.glob("*.md")))
    sentences = [
        f"{pages} pages in {home.raw_database} are read again into new columns, tables and {briefs} briefs.",
        "No network is used. What is there now stays until all of it is built, so the columns need their space twice.",
    ]
    for column in (transform.name for transform in READING_TRANSFORMS):
        backend = settings.backend_of(column)
        if backend == LLM:
            replies = sum(1 for _ in (home.llm / "replies").glob("*/*.json"))
            sentences.append(
                f"The column {column} is written by an endpoint: {replies} kept replies are used again, nothing is"
                " asked or paid, and texts without a reply are left to the reader until `nightdesk reread`."
            )
        elif backend != READER:
            sentences.append(f"The column {column} is written by the backend {backend}.")
    return Plan(tuple(sentences))


def replay(settings: Settings, clock: Clock, progress: Progress) -> ReplayReport:
    """Make everything again and swap it in. Raises NothingThere without raw, Busy, and what a night raises."""
    home = settings.paths
    _check_raw(home)
    check_checkpoints(settings)
    with run_lock(home):
        try:
            close_killed_runs(home, clock)
            sweep(home)
            load_spool(home)
            _prepare(settings)
            return _rebuild(settings, clock, progress)
        except (OSError, duckdb.IOException) as error:
            raise home_unusable(home, error) from error


def _rebuild(settings: Settings, clock: Clock, progress: Progress) -> ReplayReport:
    home = settings.paths
    beside = _beside(settings)
    manifests = [manifest for manifest in read_manifests(home) if manifest.ended_at]
    night = Night(beside, clock, new_run_id(clock), progress)
    blank = Manifest(night.run_id, clock.today(), "running", clock.now(), code_version(), 0)
    made = read_stage(night, extract_stage(night, blank))
    counts = {stage.name: stage.counts for stage in made.stages}
    answers = _answer(night, manifests)
    keep_moments(home.columns, night.home.columns)
    clear_build(night.home)
    shutil.copytree(home.runs, night.home.build_runs, dirs_exist_ok=True)
    build_models(beside)
    publish(night.home)
    briefs = _write_briefs(beside, home, manifests)
    swap_in(home)
    return ReplayReport(counts["extract"]["pages"], made.counts["read_articles"], answers, briefs)


def _answer(night: Night, manifests: Sequence[Manifest]) -> int:
    """Run after run, as it was: what a night left open is answered by the first later one that can."""
    moments = sorted(manifest.ended_at for manifest in manifests if manifest.ended_at)
    answered = 0
    for number, moment in enumerate([*moments, night.clock.now()]):
        report = answer(night.home, f"{night.run_id}-{number:05d}", night.clock, moment)
        answered += report.answered_from_archive + report.answered_later
    return answered


def _write_briefs(beside: Settings, home: Home, manifests: Sequence[Manifest]) -> int:
    """The briefs that are there, once more; of a day with several runs by the report of the last one."""
    reports = {manifest.night_date: asdict(manifest) for manifest in manifests}
    days = sorted(date.fromisoformat(file.stem) for file in home.briefs.glob("????-??-??.md"))
    for day in days:
        report = reports.get(day, {})
        write_brief(
            beside.paths,
            build_brief(beside.paths.marts, day, beside.time_zone, beside.brief_articles, report),
        )
    return len(days)


def _check_raw(home: Home) -> None:
    if not home.raw_database.exists():
        raise NothingThere(f"there is nothing to replay in {home.root}", "Run a night first: `nightdesk run`.")


def _beside(settings: Settings) -> Settings:
    """The settings of the home beside. The gazetteer is that of the real one; an endpoint is asked nothing."""
    changed = {"home": settings.paths.replay, "llm": settings.llm.model_copy(update={"tokens_per_night": 0})}
    gazetteer = settings.paths.root / settings.gazetteer
    if gazetteer.exists():
        changed["gazetteer"] = str(gazetteer)
    return settings.model_copy(update=changed)


def _prepare(settings: Settings) -> None:
    """The home beside, with its links; what an earlier replay by other makers built goes."""
    home, beside = settings.paths, settings.paths.replay
    makers = {
        "code": code_version(),
        "settings": settings.model_dump(mode="json", include={"backends", "hub", "llm", "gazetteer"}),
    }
    plan = json.dumps(makers, sort_keys=True)
    file = beside / PLAN
    if not file.exists() or file.read_text("utf-8") != plan:
        shutil.rmtree(beside, ignore_errors=not beside.exists())
        beside.mkdir(parents=True)
        file.write_text(plan, "utf-8")
    for name in LINKED:
        link = beside / name
        if (home.root / name).exists() and not link.is_symlink():
            link.symlink_to(home.root / name)
    sweep(Home(beside))
