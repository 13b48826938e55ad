"""The shipped reader, loaded once, and readings written by hand."""

from collections.abc import Callable

import pytest

from tests.transforms.written import Written, write
from transforms.reader.reader import Reader, load_reader


@pytest.fixture
def written() -> Callable[..., Written]:
    """The function `write`."""
    return write


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The shipped reader, loaded once."""
    return load_reader(threads=2)
