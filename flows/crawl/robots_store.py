"""robots.txt files on disk, so that runs which follow each other closely do not ask for the same one again.

RFC 9309 (2.4) allows a day; an hour is enough for polls every few minutes, and a night always begins with what holds
now. Only answers are kept, a file or that there is none: a host that could not be reached is asked again.
"""

from __future__ import annotations

import contextlib
import os
from datetime import timedelta
from pathlib import Path

from flows.clock import Clock
from flows.raw import short_hash

KEPT_FOR = timedelta(hours=1)
NO_FILE = b"\x00there is none"


class RobotsStore:
    """`<hash of the origin>.txt`, its time of modification the crawl's; nothing is kept without a folder.

    A disk that fails only costs requests.
    """

    def __init__(self, folder: Path | None, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock

    def get(self, origin: str) -> bytes | None:
        """The body of the origin's file, NO_FILE, or None where it has to be asked for."""
        if self._folder is None:
            return None
        file = self._file(self._folder, origin)
        try:
            age = self._clock.now().timestamp() - file.stat().st_mtime
            return file.read_bytes() if 0 <= age < KEPT_FOR.total_seconds() else None
        except OSError:
            return None

    def put(self, origin: str, body: bytes) -> None:
        """Keep the body, or NO_FILE; written whole, then renamed."""
        if self._folder is None:
            return
        now, file = self._clock.now().timestamp(), self._file(self._folder, origin)
        unfinished = file.with_suffix(".part")
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(body)
            os.utime(unfinished, (now, now))
            unfinished.replace(file)

    def sweep(self) -> None:
        """Let go of what is too old to be used."""
        oldest = self._clock.now().timestamp() - KEPT_FOR.total_seconds()
        with contextlib.suppress(OSError):
            for file in self._folder.iterdir() if self._folder is not None else ():
                if file.stat().st_mtime < oldest:
                    file.unlink(missing_ok=True)

    @staticmethod
    def _file(folder: Path, origin: str) -> Path:
        return folder / f"{short_hash(origin)}.txt"
