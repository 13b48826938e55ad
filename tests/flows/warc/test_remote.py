"""An archive behind a URL: read on where a connection broke, held to its limits, and never from inside the network."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from flows.crawl.addresses import GuardedBackend
from flows.ledger import AMBER, GREEN, RED
from flows.settings import Settings
from flows.warc.backfill import outcomes
from flows.warc.bookmark import Bookmark
from flows.warc.reading import open_archive
from flows.warc.remote import Fetching, RemoteArchive, RemoteFailed
from tests.flows.crawl.website import Answer, Website
from tests.flows.warc.archives import PAGE, http, record, zipped
from tests.flows.warc.conftest import FETCHING, Fill, rows

URL = "http://archive.example/news.warc.gz"
DATA = bytes(range(256)) * 400


@pytest.fixture
def fetching(website: Website) -> Fetching:
    guard = GuardedBackend()
    guard.add_route([URL, "http://other.example/"], website.address)
    return replace(FETCHING, guard=guard, route=website.address)


def answer(data: bytes, sent: int | None = None, start: int = 0, etag: str = '"a"', whole: int = 0) -> Answer:
    """The bytes from `start` with a head that promises all of them; the line breaks after `sent`."""
    status = "206 Partial Content" if start else "200 OK"
    head = f"HTTP/1.1 {status}\r\nETag: {etag}\r\nContent-Length: {len(data) - start}\r\n"
    if start:
        head += f"Content-Range: bytes {start}-{len(data) - 1}/{whole or len(data)}\r\n"
    return Answer(raw=f"{head}\r\n".encode() + data[start : start + sent if sent is not None else None])


def read_all(fetching: Fetching, url: str = URL, offset: int = 0) -> bytes:
    archive = RemoteArchive(url, fetching, offset)
    pieces = []
    try:
        while piece := archive.read(10_000):
            pieces.append(piece)
            assert archive.tell() == offset + sum(map(len, pieces))
    finally:
        archive.close()
    return b"".join(pieces)


def test_a_broken_line_is_taken_up_where_it_broke(website: Website, fetching: Fetching) -> None:
    website.answers[URL] = [answer(DATA, 30_000), answer(DATA, 20_000, 30_000), answer(DATA, None, 50_000)]
    assert read_all(fetching) == DATA
    assert [asked.headers.get("range") for asked in website.asked] == [None, "bytes=30000-", "bytes=50000-"]
    assert {asked.headers["accept-encoding"] for asked in website.asked} == {"identity"}


def test_a_server_without_ranges_is_read_from_the_beginning(website: Website, fetching: Fetching) -> None:
    website.answers[URL] = [answer(DATA, 30_000), answer(DATA)]
    assert read_all(fetching) == DATA
    website.answers[URL] = answer(DATA)
    assert read_all(fetching, offset=77) == DATA[77:]


def test_a_redirect_is_followed(website: Website, fetching: Fetching) -> None:
    website.serve(URL, status=302, Location="http://other.example/there")
    website.answers["http://other.example/there"] = answer(DATA)
    assert read_all(fetching) == DATA


FAILING: dict[str, tuple[Answer | list[Answer], str]] = {
    "missing": (Answer(404), "answered 404"),
    "changed meanwhile": ([answer(DATA, 30_000), answer(DATA, None, 30_000, '"b"')], "changed while it was read"),
    "another range": ([answer(DATA, 30_000), answer(DATA, None, 31_000)], "another range"),
    "too long": (answer(bytes(60_000_000)), "longer than"),
    "round and round": (Answer(302, headers={"Location": URL}), "redirects"),
    "to a file": (Answer(302, headers={"Location": "file:///etc/passwd"}), "not http"),
    "inwards": (Answer(302, headers={"Location": "http://127.0.0.1/"}), "not on the public web"),
    "a dead line": (answer(DATA, 0), "after 0 bytes"),
}


@pytest.mark.parametrize("name", FAILING)
def test_what_cannot_be_read_says_why(name: str, website: Website, fetching: Fetching) -> None:
    answers, why = FAILING[name]
    website.answers[URL] = answers
    with pytest.raises(RemoteFailed, match=why):
        read_all(fetching)


def test_where_no_record_begins_the_archive_is_read_from_its_start(
    website: Website, fetching: Fetching, tmp_path: Path
) -> None:
    archive = gzip.compress(b"".join(record(number=at) for at in range(5)))  # compressed as one
    file = tmp_path / "one.warc.gz"
    file.write_bytes(archive)
    website.answers[URL] = [answer(archive, None, 7), answer(archive)]
    for name in (URL, str(file)):
        with open_archive(name, Bookmark(tmp_path / "mark", offset=7, records=3), fetching) as opened:
            assert opened.from_start
            assert len(list(opened.archive)) == 5
            assert not opened.archive.is_indexed


def test_a_private_address_is_refused(website: Website) -> None:
    host, port = website.address
    for url in (f"http://{host}:{port}/x", "http://127.0.0.1/x"):
        with pytest.raises(RemoteFailed):
            read_all(FETCHING, url)
    assert not website.asked


def test_a_backfill_goes_on_when_the_server_is_back(
    website: Website, fetching: Fetching, fill: Fill, settings: Settings
) -> None:
    made = [record(http(PAGE + f"{at}".encode()), f"https://news.example/{at}", number=at) for at in range(600)]
    archive = zipped(*made)
    cut = len(zipped(*made[:550])) + 20
    website.answers[URL] = [answer(archive, cut), *[Answer(503, b"")] * 5]
    first = fill(URL, fetching=fetching)
    assert first.status == RED
    assert "503" in first.sources[0]["reason"]
    website.answers[URL] = [answer(archive, None, at) for at in [len(zipped(*made[:500]))]]
    second = fill(URL, fetching=fetching)
    assert second.status == GREEN
    assert outcomes(second) == {"records": 600, "taken": 600}
    assert (first.counts["fetched"], second.counts["fetched"]) == (500, 100)
    assert rows(settings.paths, "select count(*), count(distinct body_hash) from raw.fetches") == [(600, 600)]
    assert AMBER not in (first.status, second.status)
