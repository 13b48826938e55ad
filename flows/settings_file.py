"""nightdesk.toml as a file: what it holds, and on which line."""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flows.errors import ConfigurationError

_HEADER = re.compile(r"^\[+([^\[\]]+)\]+")
_PART = re.compile(r'"([^"]*)"|\'([^\']*)\'|([^\s.\'"]+)')


def read_settings_file(file: Path) -> dict[str, Any]:
    """The values of the file; none where there is no file. Raises ConfigurationError where it is no TOML."""
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except PermissionError as error:
        raise ConfigurationError(f"{file} cannot be read", "Check its permissions.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{file}: not valid TOML: {error}", "Mend the line named, or delete it.") from error


def line_of(file: Path, path: Sequence[str]) -> int:
    """The line on which a value stands, `("hub", "summary", "revision")`, or else the table that it belongs to."""
    wanted = tuple(path)
    table: tuple[str, ...] = ()
    best, line = 0, 1
    for number, text in enumerate(file.read_text("utf-8").splitlines(), start=1):
        header = _HEADER.match(text.strip())
        if header:
            table = _parts(header.group(1))
            here = table
        elif "=" in text and not text.lstrip().startswith("#"):
            here = table + _parts(text.partition("=")[0])
        else:
            continue
        if len(here) > best and wanted[: len(here)] == here:
            best, line = len(here), number
    return line


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(next(filter(None, match.groups()), "") for match in _PART.finditer(dotted))
