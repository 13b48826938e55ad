"""How the tests are dealt out to the workers of `make test`, and that none of them fails because a machine is busy."""

import pytest
from hypothesis import settings

settings.register_profile("nightdesk", deadline=None)
settings.load_profile("nightdesk")

# What shares a costly fixture stays on one worker; every other file is a group of its own.
TOGETHER = {
    "tests/flows/test_killed.py": "nights",
    "tests/flows/test_rerun.py": "nights",
    "tests/flows/test_faults.py": "nights",
    "tests/deploy": "dashboard",
    "tests/sql": "models",
    "tests/transforms": "reader",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--llm-url", help="an OpenAI-compatible endpoint that serves a real model, up to and with /v1")
    parser.addoption("--llm-model", default="small", help="the name of its model")


@pytest.hookimpl(tryfirst=True)  # before the workers read the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        file = item.nodeid.partition("::")[0]
        group = next((name for start, name in TOGETHER.items() if file.startswith(start)), file)
        item.add_marker(pytest.mark.xdist_group(group))
