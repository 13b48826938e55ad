"""How the tests are dealt out to the workers of `make test`, and that none of them fails because a machine is busy."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from tests.standing import STANDING, start_server, stop_server

settings.register_profile("nightdesk", deadline=None)
settings.load_profile("nightdesk")

FILE = pytest.StashKey[Path]()  # where the address of the workers' server will stand

# What shares a costly fixture stays on one worker, the longest first; every other file is a group of its own. The
# nights are two groups of about the same length: in one, they would take longer than all the others together.
TOGETHER = {
    "tests/flows/test_faults.py": "nights at fault",
    "tests/flows/test_forget.py": "nights at fault",
    "tests/flows/warc/test_round_trip.py": "nights at fault",
    "tests/flows/test_killed.py": "nights killed",
    "tests/flows/test_rerun.py": "nights killed",
    "tests/flows/test_demo.py": "demo",
    "tests/deploy": "dashboard",
    "tests/sql": "models",
    "tests/transforms": "reader",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--llm-url", help="an OpenAI-compatible endpoint that serves a real model, up to and with /v1")
    parser.addoption("--llm-model", default="small", help="the name of its model")


def group_of(nodeid: str) -> str:
    """The name of the group that a test belongs to, else its file."""
    file = nodeid.partition("::")[0]
    return next((name for start, name in TOGETHER.items() if file.startswith(start)), file)


class ByFixture(LoadScopeScheduling):  # type: ignore[misc]  # xdist ships no types
    """A file, or the files that share a costly fixture, go to one worker whole.

    xdist's own groups add to a test's name, which pytest 9.2 no longer lets them do.
    """

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config: pytest.Config) -> None:
    """Before the workers: the server that their nights share."""
    folder = tempfile.TemporaryDirectory()
    server, file = start_server(Path(folder.name))
    config.stash[FILE] = file

    def stop() -> None:
        with folder, server:
            stop_server(server)

    config.add_cleanup(stop)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput[STANDING] = str(node.config.stash[FILE])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFixture:
    return ByFixture(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    order = {name: place for place, name in enumerate(dict.fromkeys(TOGETHER.values()))}
    items.sort(key=lambda item: order.get(group_of(item.nodeid), len(order)))
