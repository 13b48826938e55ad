"""The body of an answer, unpacked as it comes, within a limit on what is sent and on what it unfolds to.

A bomb is stopped at the limit, whichever side of it is the large one: zlib gives at most 256 KiB at a time, and of a
body that unfolds to nothing the packed bytes count. A body packed twice is not read: what lies between can be a million
times both ends, and keep us busy for hours.
"""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterable, Iterator

PIECE_BYTES = 262_144


class NotUnpacked(Exception):
    """The body is not packed as its Content-Encoding says, or in a way that nobody asked for."""


def coding_of(content_encoding: str) -> str:
    """gzip, deflate, or "" for none, from a Content-Encoding header. Raises NotUnpacked for any other."""
    named = [coding.strip().lower() for coding in content_encoding.split(",")]
    codings = [coding for coding in named if coding not in ("", "identity")]
    if len(codings) > 1 or not {"gzip", "x-gzip", "deflate"}.issuperset(codings):
        raise NotUnpacked(f"content coding {', '.join(codings)[:100]!r}")
    return codings[0].removeprefix("x-") if codings else ""


async def read_body(stream: AsyncIterable[bytes], coding: str, most: int) -> tuple[bytes, bool]:
    """At most `most` bytes, unpacked, and whether there were more. Raises NotUnpacked."""
    unpacker = _Unpacker(coding) if coding else None
    pieces: list[bytes] = []
    sent = unfolded = 0
    async for raw in stream:
        sent += len(raw)
        for piece in unpacker.pieces(raw) if unpacker else (raw,):
            pieces.append(piece)
            unfolded += len(piece)
            if unfolded > most:
                break
        if max(sent, unfolded) > most:
            return b"".join(pieces)[:most], True
    return b"".join(pieces), False


class _Unpacker:
    def __init__(self, coding: str) -> None:
        self._is_deflate = coding == "deflate"
        self._zlib = zlib.decompressobj(zlib.MAX_WBITS if self._is_deflate else zlib.MAX_WBITS | 16)

    def pieces(self, raw: bytes) -> Iterator[bytes]:
        try:
            piece = self._zlib.decompress(raw, PIECE_BYTES)
        except zlib.error as error:
            if not self._is_deflate:
                raise NotUnpacked(str(error)) from error
            self._zlib = zlib.decompressobj(-zlib.MAX_WBITS)  # many servers leave out the frame that the RFC asks for
            piece = self._decompressed(raw)
        self._is_deflate = False  # the first bytes decide
        while piece:
            yield piece
            piece = self._decompressed(self._zlib.unconsumed_tail)

    def _decompressed(self, raw: bytes) -> bytes:
        try:
            return self._zlib.decompress(raw, PIECE_BYTES)
        except zlib.error as error:
            raise NotUnpacked(str(error)) from error
