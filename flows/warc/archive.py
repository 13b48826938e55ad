"""The records of one archive, from a file or a stream: plain, gzip, zstd or lz4, whatever its first bytes say.

fastwarc reads them as a stream in a fixed amount of memory. A place that cannot be read as a record (a broken member, a
header that is none, a length that lies) ends the reading there: to go on behind it would be to guess where a record
begins, and a page could hold what looks like one.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b32decode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from fastwarc import ArchiveIterator, WarcRecord

HEADER_LIMIT = 256_000  # bytes of one record's own header
RECORD_LIMIT = 1 << 30  # a record said to be longer is not waited for
STARTS = (b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18", b"WARC/")

_DIGEST = re.compile(r"(sha1|sha256|sha512|md5):([A-Za-z0-9+/=_-]{16,200})")


class Input(Protocol):
    """Bytes one after the other; `tell` counts from the beginning of the archive."""

    def read(self, size: int = -1, /) -> bytes: ...

    def tell(self) -> int: ...


class Rejected(Exception):
    """A record that is not taken. `reason`: short and stable, counted in the run's report."""

    def __init__(self, reason: str, message: str = "") -> None:
        super().__init__(message or reason)
        self.reason = reason


@dataclass(frozen=True)
class Broken:
    """Where the reading ended, before the archive did."""

    offset: int
    message: str


class Archive:
    """Iterates over the records; `broken` says afterwards whether it came to the end.

    offset: where the record lies that is being looked at, where records can be reached at all (`is_indexed`): in an
    archive that is compressed as one, they cannot.
    """

    def __init__(self, stream: Input) -> None:
        self._stream = stream
        self.broken: Broken | None = None
        self.is_indexed = True
        self.offset = stream.tell()

    def __iter__(self) -> Iterator[WarcRecord]:
        before = -1
        try:
            for record in ArchiveIterator(
                self._stream,  # type: ignore[arg-type] # it asks for read and tell alone
                parse_http=False,
                max_header_len=HEADER_LIMIT,
            ):
                self.offset = record.stream_pos
                self.is_indexed = self.is_indexed and self.offset > before
                before = self.offset
                yield record
                if record.content_length > RECORD_LIMIT:
                    self.broken = Broken(self.offset, f"a record of {record.content_length} bytes")
                    return
        except OSError as error:
            self.broken = Broken(self.offset, str(error) or type(error).__name__)
        except BaseException as error:
            if type(error).__name__ != "PanicException":  # what fastwarc's Rust raises, which is no Exception
                raise
            self.broken = Broken(self.offset, "the reader gave up")


def block_of(record: WarcRecord, limit: int) -> bytes:
    """The whole block of a record, held against its length and its digest. Raises Rejected."""
    length = record.content_length
    if length > limit:
        raise Rejected("too_large", f"{length} bytes, {limit} allowed")
    try:
        block = _read(record, length)
    except OSError as error:
        raise Rejected("broken_record", str(error)) from error
    if len(block) < length:
        raise Rejected("truncated", f"{len(block)} of {length} bytes")
    stated = _DIGEST.fullmatch((record.headers.get("WARC-Block-Digest") or "").strip())
    if stated and not _is_digest(block, stated[1], stated[2]):
        raise Rejected("digest_mismatch", f"the block is not {stated[0][:100]}")
    return block


def _read(record: WarcRecord, length: int) -> bytes:
    pieces, left = [], length
    while left and (piece := record.reader.read(left)):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def _is_digest(block: bytes, algorithm: str, stated: str) -> bool:
    """Whether it is, in hex or base 32; what is written otherwise is not judged."""
    found = hashlib.new(algorithm, block, usedforsecurity=False).digest()
    if len(stated) == 2 * len(found):
        return stated.lower() == found.hex()
    try:
        wanted = b32decode(stated.upper() + "=" * (-len(stated) % 8))
    except ValueError:
        return True
    return wanted == found or len(wanted) != len(found)


def begins_record(start: bytes) -> bool:
    """Whether a record or a compressed member begins with these bytes."""
    return start.startswith(STARTS)


def open_file(path: Path, offset: int) -> BinaryIO | None:
    """The file at an offset where a record begins; None where none does there."""
    file = path.open("rb")
    file.seek(offset)
    if offset and not begins_record(file.read(len(STARTS[-1]))):
        file.close()
        return None
    file.seek(offset)
    return file
