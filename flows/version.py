"""Which code made a row."""

import hashlib
from functools import cache
from importlib.metadata import version

from flows.paths import PROJECT

_PARTS = ("flows/**/*.py", "flows/**/*.sql", "transforms/**/*.py", "sql/**/*.sql")


@cache
def code_version() -> str:
    """The package's version and 8 hex digits over its code, e.g. `0.1.0+3fa9c1d2`: equal means the same code ran."""
    digest = hashlib.sha256()
    for file in sorted({path for part in _PARTS for path in PROJECT.glob(part) if "target" not in path.parts}):
        digest.update(file.relative_to(PROJECT).as_posix().encode())
        digest.update(file.read_bytes())
    return f"{version('nightdesk')}+{digest.hexdigest()[:8]}"
