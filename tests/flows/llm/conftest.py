"""A scripted endpoint, and an asker of it whose pauses are noted and not waited for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from flows.llm.asker import Asker, Timing
from flows.llm.service import Service
from tests.flows.llm.scripted import Script, ScriptedServer
from tests.transforms.written import write
from transforms.backends.llm.prompt import COLUMNS, Prompt, question

NOW = datetime(2026, 3, 4, 2, 15, tzinfo=UTC)


@dataclass
class Line:
    """An asker, the server it asks, and the pauses it made."""

    server: ScriptedServer
    folder: Path
    service: Service
    pauses: list[float] = field(default_factory=list)
    askers: list[Asker] = field(default_factory=list)

    def asker(self, night: str = "2026-03-04", **settings: Any) -> Asker:
        """A new asker, as after a kill: it knows what is on disk alone."""
        service = replace(self.service, **settings)
        self.askers.append(Asker(service, self.folder, night, Timing(lambda: NOW, self.pauses.append)))
        return self.askers[-1]


def prompts(count: int) -> list[Prompt]:
    """So many different questions."""
    return [question(COLUMNS, write(f"Barge {place} waits below the lock.").document, None) for place in range(count)]


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Callable[..., Line]]:
    """A function from a script and settings of the service to a Line."""
    lines: list[Line] = []

    def opened(script: Script, **settings: Any) -> Line:
        server = ScriptedServer(script)
        service = Service(**{"base_url": server.base_url, "model": "small", **settings})
        lines.append(Line(server, tmp_path / "llm", service))
        return lines[-1]

    yield opened
    for each in lines:
        for asker in each.askers:
            asker.close()
        each.server.shutdown()
        each.server.server_close()
