"""An archive opened at a bookmark, whether it is a file or behind a URL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flows.warc.archive import Archive, begins_record, open_file
from flows.warc.bookmark import Bookmark
from flows.warc.remote import Fetching, RemoteArchive


@dataclass
class Opened:
    """An archive under way.

    from_start: it begins at the first record, and those that the bookmark counts are to be passed over. size: bytes; 0
    where nobody says. identity: of the archive, for the bookmark. failure: why the connection ended before the archive.
    """

    archive: Archive
    from_start: bool
    size: int
    remote: RemoteArchive | None = None
    known_identity: str = ""

    @property
    def identity(self) -> str:
        return (self.remote.identity or "") if self.remote else self.known_identity

    @property
    def failure(self) -> str | None:
        return self.remote.failure if self.remote else None


@contextmanager
def open_archive(name: str, bookmark: Bookmark, fetching: Fetching) -> Iterator[Opened]:
    """The archive from the bookmark on. Raises OSError for a file that cannot be opened."""
    bookmark.broken = ""
    if name.lower().startswith(("http://", "https://")):
        remote, from_start = _open_remote(name, bookmark, fetching)
        try:
            yield Opened(Archive(remote), from_start, 0, remote)
        finally:
            remote.close()
        return
    path = Path(name)
    found = open_file(path, bookmark.offset) if bookmark.offset is not None else None
    with found or path.open("rb") as file:
        yield Opened(Archive(file), found is None, path.stat().st_size, None, bookmark.identity)


def _open_remote(name: str, bookmark: Bookmark, fetching: Fetching) -> tuple[RemoteArchive, bool]:
    """The stream from the bookmark on, or from the beginning where no record begins at the bookmark."""
    remote = RemoteArchive(name, fetching, bookmark.offset or 0, bookmark.identity or None)
    if not bookmark.offset or begins_record(remote.peek()) or remote.failure:
        return remote, bookmark.offset is None
    remote.close()
    return RemoteArchive(name, fetching, 0, bookmark.identity or None), True
