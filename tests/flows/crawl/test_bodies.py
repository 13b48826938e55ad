"""Bodies unpacked as they come: every cut of the stream gives the same bytes, and no bomb more than the limit."""

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.crawl.bodies import NotUnpacked, coding_of, read_body


def raw_deflate(plain: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(plain) + packer.flush()


PACKERS: dict[str, list[Callable[[bytes], bytes]]] = {
    "gzip": [gzip.compress],
    "deflate": [zlib.compress, raw_deflate],
    "": [bytes],
}


def read(packed: bytes, coding: str, most: int, step: int) -> tuple[bytes, bool]:
    async def stream() -> AsyncIterator[bytes]:
        for at in range(0, len(packed), step):
            yield packed[at : at + step]

    return asyncio.run(read_body(stream(), coding, most))


@given(st.binary(max_size=3_000), st.sampled_from(sorted(PACKERS)), st.integers(2, 500), st.integers(0, 5_000))
def test_what_comes_out_is_what_was_packed_up_to_the_limit(plain: bytes, coding: str, step: int, most: int) -> None:
    for pack in PACKERS[coding]:
        packed = pack(plain)
        body, is_cut = read(packed, coding, most, step)
        assert is_cut == (max(len(plain), len(packed)) > most)
        assert body == plain[:most] if not is_cut else plain.startswith(body)


@pytest.mark.parametrize("coding", sorted(PACKERS))
def test_no_more_than_the_limit_is_unfolded(coding: str) -> None:
    for pack in PACKERS[coding]:
        body, is_cut = read(pack(b"\0" * 3_000_000), coding, 100_000, 65_536)
        assert is_cut
        assert len(body) <= 100_000


@pytest.mark.parametrize(
    ("stated", "coding"),
    [("", ""), ("gzip", "gzip"), (" GZIP ", "gzip"), ("x-gzip", "gzip"), ("identity, deflate", "deflate")],
)
def test_the_coding_is_read_from_the_header(stated: str, coding: str) -> None:
    assert coding_of(stated) == coding


@pytest.mark.parametrize("stated", ["br", "gzip, gzip", "deflate,gzip", "zstd", "gzip;q=1"])
def test_what_nobody_asked_for_is_refused(stated: str) -> None:
    with pytest.raises(NotUnpacked):
        coding_of(stated)
