"""The only reader of the environment.

Settings come, first found wins, from the command line, from NIGHTDESK_* variables, from `<home>/nightdesk.toml`,
and from the defaults below. They are frozen; units stand in the names.
"""

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, SettingsError

from flows.backend_settings import HubSettings, LlmSettings
from flows.errors import ConfigurationError
from flows.paths import Home
from flows.settings_file import line_of, read_settings_file
from transforms.backends import CHOICES, HUB, LLM, READER

ENVIRONMENT_PREFIX = "NIGHTDESK_"


class Settings(BaseSettings):
    """Everything a user can set."""

    model_config = SettingsConfigDict(env_prefix=ENVIRONMENT_PREFIX, frozen=True, extra="forbid")

    home: Path = Field(Path("data"), description="Where every layer lies on disk.")

    # the schedule
    cron: str = Field("15 2 * * *", description="When `nightdesk serve` starts a night, in `time_zone`.")
    time_zone: str = Field("UTC", description="An IANA name, for the schedule and for the date of the brief.")

    # the crawl
    contact: str = Field(
        "", description="A URL or address that a source's operator can reach you at; part of the user agent."
    )
    delay_seconds: float = Field(
        2.0, ge=0, description="Between two requests to one host, unless robots.txt asks more."
    )
    hosts_at_once: int = Field(64, ge=1, description="Hosts that are asked at the same time.")
    request_timeout_seconds: float = Field(20.0, gt=0, description="One request, first byte to last.")
    body_limit_bytes: int = Field(8_000_000, gt=0, description="A larger body, decompressed, is refused.")
    redirect_limit: int = Field(5, ge=0)
    retry_limit: int = Field(2, ge=0, description="Further tries of a request that time may heal.")
    articles_per_source: int = Field(200, ge=1, description="New articles fetched from one source in one night.")
    crawl_limit_seconds: float = Field(3 * 3600.0, gt=0, description="What is not fetched by then is deferred.")
    poll_floor_minutes: int = Field(15, ge=1, description="No feed, sitemap or section page is polled again sooner.")
    poll_ceiling_hours: int = Field(168, ge=1, description="None that is quiet is left alone for longer.")
    recheck_days: int = Field(7, ge=0, description="How long an article is asked for again, ever less, for its edits.")
    pages_per_article: int = Field(
        10, ge=1, le=99, description="Pages of one article that is cut into several; 1: its first page alone."
    )
    give_up_after: int = Field(4, ge=1, description="Failed nights after which a URL is not asked for again.")
    usage_signals: Literal["obey", "strict", "record"] = Field(
        "obey", description="Signals against AI and text mining: obey, strict (those against training too), record."
    )

    # the reading
    extract_processes: int = Field(0, ge=0, description="Processes that read pages; 0 for one a core.")
    batch_articles: int = Field(64, ge=1, description="Articles read and written together.")
    reader_threads: int = Field(2, ge=1)
    gazetteer: str = Field(
        "gazetteer.csv", description="Your own names of companies and places: a CSV file in the home, if you have one."
    )

    # the brief
    brief_articles: int = Field(40, ge=1, description="Articles in one brief, at most.")

    # tables; they stand at the end of the file
    backends: dict[str, str] = Field(
        {}, description="Who writes a column: reader (the default), hub (a checkpoint) or llm (an endpoint)."
    )
    hub: dict[str, HubSettings] = Field({}, description="The checkpoint of each column whose backend is hub.")
    llm: LlmSettings = Field(LlmSettings(), description="The endpoint of the columns whose backend is llm.")

    @field_validator("cron")
    @classmethod
    def _cron_is_a_schedule(cls, value: str) -> str:
        try:
            CronSim(value, datetime(2026, 1, 1, tzinfo=UTC))
        except CronSimError as error:
            raise ValueError(f"not a cron schedule: {error}") from error
        return value

    @field_validator("time_zone")
    @classmethod
    def _time_zone_exists(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("not an IANA time zone, such as Europe/Zurich") from error
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the signature is pydantic's
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Environment first: `load_settings` passes the file's values as arguments, and those come second."""
        return (env_settings, init_settings)

    def backend_of(self, column: str) -> str:
        """Who writes the column."""
        return self.backends.get(column, READER)

    @property
    def paths(self) -> Home:
        return Home(self.home)

    @property
    def user_agent(self) -> str:
        """The User-Agent header: the product, its version, and how to reach who runs it."""
        contact = f"; +{self.contact}" if self.contact else ""
        return f"Nightdesk/{version('nightdesk')} (news archive for personal use{contact})"


def load_settings(home: Path | None = None) -> Settings:
    """The settings of the home given, or of NIGHTDESK_HOME, or of ./data.

    Raises ConfigurationError naming the file or the variable, the key and what is wrong with it.
    """
    root = home or Path(os.environ.get(f"{ENVIRONMENT_PREFIX}HOME", "data"))
    root = root.expanduser().absolute()
    if "'" in str(root):
        raise ConfigurationError(
            f"{root} has an apostrophe in it, which not every tool that loads data can quote",
            "Choose a home without one.",
        )
    file = Home(root).settings_file
    values = read_settings_file(file)
    os.environ[f"{ENVIRONMENT_PREFIX}HOME"] = str(root)
    try:
        settings = Settings(**{**values, "home": root})
    except ValidationError as error:
        raise _explained(error, file, values) from error
    except SettingsError as error:  # a table in a variable is JSON
        raise ConfigurationError(
            f"{ENVIRONMENT_PREFIX}*: {error}", "A table in a variable is written as JSON."
        ) from error
    _check_backends(settings, file, values)
    return settings


def _check_backends(settings: Settings, file: Path, values: dict[str, Any]) -> None:
    """Every choice is one there is, and has what it needs."""
    for column, backend in settings.backends.items():
        place = _place(("backends", column), file, values)
        if column not in CHOICES:
            known = f"Columns with a choice: {', '.join(CHOICES)}; all others have one maker."
            raise ConfigurationError(f"{place}: there is no choice of backend for a column {column!r}", known)
        if backend not in CHOICES[column]:
            known = f"Backends of {column}: {', '.join(CHOICES[column])}."
            raise ConfigurationError(f"{place}: there is no backend {backend!r} for {column}", known)
        if backend == HUB and column not in settings.hub:
            mend = f'Add the table [hub.{column}] with `model = "owner/name"` and `revision = "<40 hex digits>"`.'
            raise ConfigurationError(f"{place}: {column} is to be read by a checkpoint, but none is named", mend)
        if backend == LLM and not (settings.llm.base_url and settings.llm.model):
            mend = 'Add the table [llm] with `base_url = "http://localhost:11434/v1"` and `model = "<name>"`.'
            raise ConfigurationError(f"{place}: {column} is to be written by an endpoint, but none is named", mend)
    for column in settings.hub:
        if HUB not in CHOICES.get(column, ()):
            known = (
                f"Columns that a checkpoint can write: {', '.join(name for name in CHOICES if HUB in CHOICES[name])}."
            )
            raise ConfigurationError(f"{_place(('hub', column), file, values)}: no checkpoint writes {column!r}", known)


def variable(name: str) -> str:
    """A variable that a setting names, such as the one with an endpoint's key; empty where it is not set."""
    return os.environ.get(name, "") if name else ""


def _explained(error: ValidationError, file: Path, values: dict[str, Any]) -> ConfigurationError:
    first = error.errors()[0]
    path = tuple(str(part) for part in first["loc"]) or ("?",)
    place, key = _place(path, file, values), ".".join(path)
    if first["type"] == "extra_forbidden":
        known = ", ".join(sorted(_known(path)))
        return ConfigurationError(f"{place}: unknown setting {key!r}", f"Known settings: {known}.")
    return ConfigurationError(f"{place}: {key}: {first['msg']}", "`nightdesk doctor` shows every setting in force.")


def _known(path: tuple[str, ...]) -> Iterable[str]:
    """The names that may stand where `path` ends."""
    if len(path) > 1:
        return (HubSettings if path[0] == HUB else LlmSettings).model_fields
    return Settings.model_fields


def _place(path: tuple[str, ...], file: Path, values: dict[str, Any]) -> str:
    """Where a value was given: the variable, or file and line."""
    name = f"{ENVIRONMENT_PREFIX}{path[0].upper()}"
    return name if name in os.environ or path[0] not in values else f"{file}:{line_of(file, path)}"


def prepare_environment(settings: Settings, *, debug: bool = False) -> None:
    """Put `quiet_environment` into force, before prefect, dlt or streamlit is imported; what the user has set stays."""
    if debug:
        os.environ.setdefault("PREFECT_LOGGING_LEVEL", "INFO")
    for name, value in quiet_environment(settings).items():
        os.environ.setdefault(name, value)


def quiet_environment(settings: Settings) -> dict[str, str]:
    """Variables that keep the libraries' own servers, caches and reports inside the home and off the network."""
    home = settings.paths
    return {
        "PREFECT_HOME": str(home.prefect),
        "PREFECT_LOCAL_STORAGE_PATH": str(home.prefect / "storage"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",  # two starts at once on two cores pass 20 s
        "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",  # the temporary server prints a traceback as it stops
        "PREFECT_LOGGING_LEVEL": "CRITICAL",  # an error is told once, by us, in words
        "DO_NOT_TRACK": "1",
        "RUNTIME__DLTHUB_TELEMETRY": "false",
        "DLT_DATA_DIR": str(home.dlt),
        "DATA_WRITER__DISABLE_COMPRESSION": "true",  # gzip of intermediate files takes half the time of a load
        "LOAD__DELETE_COMPLETED_JOBS": "true",  # else every page lies in dlt's folder once more
        "LOAD__TRUNCATE_STAGING_DATASET": "true",  # else the last night's pages lie in raw.duckdb twice
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DBT_VERSION_CHECK": "false",
        "HF_HUB_OFFLINE": "1",
        "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
    }
