"""A new home: a settings file that explains itself, and a starter pack of sources. Nothing there is overwritten."""

from __future__ import annotations

import json
import os.path
import textwrap
from pathlib import Path

from flows.errors import ConfigurationError
from flows.paths import Home
from flows.settings import ENVIRONMENT_PREFIX, Settings
from flows.sources.files import replace_file

STARTER = Path(__file__).parent / "sources" / "starter"
_WIDTH = 110

_SETTINGS_HEAD = f"""\
# The settings of this home. Each line below shows a default: take the # away to change it.
# A variable {ENVIRONMENT_PREFIX}<NAME IN CAPITALS> in the environment wins over this file.
# `nightdesk doctor` shows what is in force and where it comes from.
"""
# The file lies in the home, so it cannot say where that is; tables stand at the end.
NOT_LINES = ("home", "backends", "hub", "llm")
_TABLES = """\
# Who writes a column: reader (the default), hub (a checkpoint of yours) or llm (an OpenAI-compatible endpoint).
# flows/README.md says what each of them needs. Tables stand at the end of the file.
#
# [backends]
# entities = "reader"
# sentiment = "hub"
# summary = "llm"
#
# [hub.sentiment]
# model = "owner/name"
# revision = "<the commit, 40 hex digits>"
#
# [llm]
# base_url = "http://localhost:11434/v1"
# model = "<the name that the endpoint knows>"
# key_variable = "<the environment variable with the key>"
# tokens_per_night = 2000000
"""
_README = """\
# A home of Nightdesk

| here | what |
|---|---|
| nightdesk.toml | the settings |
| sources/ | one YAML file for each newspaper; `nightdesk sources check` asks them, `sources add URL` adds one |
| gazetteer.csv | your own names of companies and places, if you write one |
| raw.duckdb | every page as it came; nothing else can be made again without it, so this is the file to back up |
| columns/ | what was read in the articles, one folder of Parquet files for each column |
| nightdesk.duckdb, marts/ | the result of the last night, for SQL and for dashboards |
| briefs/ | the daily briefs |
| runs/ | one report for each night |
| forgotten/ | what `nightdesk forget` erased, without a word of it; it is not fetched again |

Everything else is working space. `nightdesk run` starts a night, `nightdesk doctor` says what is wrong.
"""


def packs() -> tuple[str, ...]:
    """The names of the starter packs."""
    return tuple(sorted(folder.name for folder in STARTER.iterdir() if folder.is_dir()))


def init_home(home: Home, chosen: tuple[str, ...], contact: str = "") -> list[Path]:
    """Make the home, or what is missing of it; return the files written.

    chosen: starter packs, whose sources go to `sources/<pack>/`. contact: how a source's operator can reach you.
    Raises ConfigurationError for a pack that is not there or a contact of more than one line, HomeUnusable where the
    disk refuses.
    """
    unknown = sorted(set(chosen) - set(packs()))
    if unknown:
        raise ConfigurationError(f"there is no starter pack {unknown[0]!r}", f"Packs: {', '.join(packs())}.")
    if not contact.isprintable():
        raise ConfigurationError("the contact is one line of text", "For example: --contact https://example.org/me")
    wanted = {
        home.settings_file: settings_text(contact).encode("utf-8"),
        home.root / "README.md": _README.encode("utf-8"),
    }
    there = {file.name for file in home.sources.rglob("*.yml")}
    for pack in chosen:
        for file in sorted((STARTER / pack).glob("*.yml")):
            if file.name not in there:
                wanted[home.sources / pack / file.name] = file.read_bytes()
    written = [file for file in wanted if not os.path.lexists(file)]
    for file in written:
        replace_file(file, wanted[file])
    return written


def settings_text(contact: str = "") -> str:
    """The settings file of a new home: every setting with its description and its default, as a comment."""
    lines = [_SETTINGS_HEAD]
    for name, field in Settings.model_fields.items():
        if name in NOT_LINES:
            continue
        lines.extend(textwrap.wrap(field.description or "", _WIDTH, initial_indent="# ", subsequent_indent="# "))
        if name == "contact" and contact:
            lines.append(f"{name} = {json.dumps(contact, ensure_ascii=False)}\n")
        else:
            lines.append(f"# {name} = {json.dumps(field.default, ensure_ascii=False)}\n")
    return "\n".join((*lines, _TABLES))
