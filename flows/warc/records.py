"""WARC 1.1 records, each a gzip member of its own, in a file that is renamed into its place when it is whole."""

from __future__ import annotations

import os
import re
import uuid
from base64 import b32encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from fastwarc import GzipWriter, WarcRecord, WarcRecordType

LEVEL = 6
IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"

_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")

Headers = Sequence[tuple[str, str | None]]


class Writer:
    """Appends records to an open file."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.records = 0

    def write(
        self,
        kind: WarcRecordType,
        record_id: str,
        at: datetime,
        content_type: str,
        block: bytes,
        headers: Headers = (),
    ) -> None:
        """One record. Header values of None are left out; no value can begin a header of its own."""
        record = WarcRecord()
        record.init_headers(kind, record_id.removeprefix("urn:").encode())
        record.headers["WARC-Date"] = at.astimezone(UTC).isoformat().replace("+00:00", "Z")
        record.headers["Content-Type"] = content_type
        for name, value in headers:
            if value is not None:
                record.headers[name] = one_line(value)
        record.set_bytes_content(block)
        member = GzipWriter(self._file, compression_level=LEVEL)
        record.write(member, checksum_data=True)
        member.finish()
        self.records += 1


@contextmanager
def writing(file: Path) -> Iterator[Writer]:
    """A writer whose records appear under the file's name once all are written. Raises OSError."""
    unfinished = file.with_name(f"{file.name}.tmp")
    try:
        with unfinished.open("wb") as opened:
            yield Writer(opened)
            opened.flush()
            os.fsync(opened.fileno())
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


def record_id(*names: str) -> str:
    """The same names have the same id, so an export that is repeated is the same archive."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, 'nightdesk ' + ' '.join(names))}"


def http_head(status: int, headers: Headers) -> bytes:
    """A status line and header lines, from what is known of them."""
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = "Unknown"
    lines = [f"HTTP/1.1 {status} {phrase}", *(f"{name}: {one_line(value)}" for name, value in headers if value)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def payload_digest(sha256: str) -> str:
    """The digest header of 64 hex digits: base 32 with its padding, as RFC 3548 has it."""
    return f"sha256:{b32encode(bytes.fromhex(sha256)).decode('ascii')}"


def one_line(value: str) -> str:
    return _CONTROLS.sub(" ", value).strip()


def target_uri(url: str) -> str:
    """The URL as ASCII without blanks; one that already is stays as it is."""
    return quote(one_line(url), safe="%/:?#[]@!$&'()*+,;=~-._")
