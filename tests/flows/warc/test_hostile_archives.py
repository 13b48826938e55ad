"""Archives as the world has them: every record is counted, with its reason, and nothing ends the run."""

import gzip
import io
import zlib
from collections import Counter

import brotli
import fastwarc

from flows.ledger import AMBER, GREEN, Manifest
from flows.settings import Settings
from flows.warc.backfill import outcomes
from tests.flows.warc.archives import PAGE, SENTENCE, http, record, zipped
from tests.flows.warc.conftest import Fill, rows

GOOD = record(url="https://news.example/good", number=99)
ENCODED = "Content-Type: text/html\r\nContent-Encoding: {}"
BOMB = gzip.compress(bytes(50_000_000), 9)


def counted(manifest: Manifest) -> dict[str, int]:
    found = outcomes(manifest)
    assert found["records"] == sum(number for name, number in found.items() if name != "records")
    return {name: number for name, number in found.items() if name != "records"}


REJECTED = {
    "no url": (record(url=None), "no_url"),
    "a url that is none": (record(url="http://"), "no_url"),
    "a name lookup": (record(url="dns:news.example"), "not_http"),
    "no date": (record(at=""), "no_date"),
    "a date of the future": (record(at="2400-01-01T00:00:00Z"), "no_date"),
    "a date before the web": (record(at="0001-01-01T00:00:00Z"), "no_date"),
    "no http": (record(b"hello"), "not_http"),
    "nothing": (record(b""), "not_http"),
    "another protocol": (record(b"ICY 200 OK\r\n\r\n<html>"), "not_http"),
    "a missing page": (record(http(status="404 Not Found")), "http_404"),
    "a redirect": (record(http(b"", "301 Moved", "Location: /")), "http_301"),
    "a picture": (record(http(b"\x89PNG", head="Content-Type: image/png")), "not_html"),
    "a bomb of gzip": (record(http(BOMB, head=ENCODED.format("gzip"))), "too_large"),
    "a bomb of brotli": (record(http(brotli.compress(bytes(9_000_000)), head=ENCODED.format("br"))), "too_large"),
    "broken gzip inside": (record(http(b"\x1f\x8b\x08zzzz", head=ENCODED.format("gzip"))), "decoding"),
    "a coding nobody knows": (record(http(b"zzz", head=ENCODED.format("x-secret"))), "decoding"),
    "a chunk of a petabyte": (
        record(http(b"FFFFFFF\r\nhello", head="Content-Type: text/html\r\nTransfer-Encoding: chunked")),
        "decoding",
    ),
    "a huge record": (record(http(bytes(4_000_000))), "too_large"),
    "another digest": (record(headers="WARC-Block-Digest: sha1:" + "A" * 32), "digest_mismatch"),
    "a visit again, of what": (record(http(b""), kind="revisit"), "revisit"),
    "a reservation": (record(http(head="Content-Type: text/html\r\nTDM-Reservation: 1")), "usage_tdm_reservation"),
    "facts that are none": (
        record(b'{"nightdesk": "raw/1", "rows": {"fetches": [{}]}}', kind="metadata", content_type="application/json"),
        "bad_facts",
    ),
    "facts of a page elsewhere": (
        record(
            b'{"nightdesk": "raw/1", "rows": {"fetches": [], "pages": []}}',
            kind="metadata",
            content_type="application/json",
            headers="WARC-Concurrent-To: <urn:uuid:nowhere>",
        ),
        "facts_without_record",
    ),
}


def test_every_kind_of_bad_record_costs_itself_alone(fill: Fill, settings: Settings) -> None:
    records = [one.replace(b"000000000001", f"{at:012}".encode()) for at, (one, _) in enumerate(REJECTED.values())]
    manifest = fill(zipped(*records, GOOD))
    expected: dict[str, int] = {"taken": 1}
    for _, reason in REJECTED.values():
        expected[f"rejected_{reason}"] = expected.get(f"rejected_{reason}", 0) + 1
    assert counted(manifest) == expected
    assert manifest.status == GREEN
    assert rows(settings.paths, "select url from raw.fetches where outcome = 'ok'") == [("https://news.example/good",)]
    told = rows(
        settings.paths, "select outcome, error_class, count(*) from raw.fetches where outcome != 'ok' group by all"
    )
    refused = {reason: (outcome, number) for outcome, reason, number in told}
    assert refused["usage_tdm_reservation"] == ("refused", 1)
    assert refused["http_404"] == ("failed", 1)
    assert sum(number for _, number in refused.values()) == manifest.counts["failed"] + manifest.counts["refused"]


WHOLE = zipped(GOOD)
BROKEN = {
    "cut off": (WHOLE + zipped(record())[:-60], {"taken": 1, "rejected_truncated": 1}),
    "a flipped bit": (
        WHOLE + zipped(record(number=2)).replace(b"\x1f\x8b\x08", b"\x1f\x8b\xf8"),
        {"taken": 1, "rejected_broken_archive": 1},
    ),
    "a length too short": (
        WHOLE + zipped(record(length="10"), record(number=3)),
        {"taken": 1, "rejected_not_http": 1, "rejected_broken_archive": 1},
    ),
    "a length too long": (WHOLE + zipped(record(length="9999")), {"taken": 1, "rejected_truncated": 1}),
    "a length beyond all": (
        WHOLE + zipped(record(length="3000000000")),
        {"taken": 1, "rejected_too_large": 1, "rejected_broken_archive": 1},
    ),
    "a negative length": (
        WHOLE + zipped(record(length="-5")),
        {"taken": 1, "rejected_not_http": 1, "rejected_broken_archive": 1},
    ),
    "an endless header": (
        WHOLE + zipped(record(headers=f"X: {'a' * 1_000_000}")),
        {"taken": 1, "rejected_broken_archive": 1},
    ),
    "a text behind it": (WHOLE + b"hello there", {"taken": 1, "rejected_broken_archive": 1}),
    "zeros behind it": (WHOLE + bytes(5_000), {"taken": 1, "rejected_broken_archive": 1}),
}


def test_what_comes_before_a_broken_place_is_taken_and_the_next_archive_too(fill: Fill, settings: Settings) -> None:
    archives = [archive for archive, _ in BROKEN.values()]
    manifest = fill(*archives, b"no archive at all " * 50, WHOLE, b"")
    expected: Counter[str] = Counter({"taken": 1, "rejected_broken_archive": 1})
    for _, outcome in BROKEN.values():
        expected.update(outcome)
    assert counted(manifest) == expected
    states = [source["status"] for source in manifest.sources]
    broken = ["failed" if "rejected_broken_archive" in outcome else "ok" for _, outcome in BROKEN.values()]
    assert states == [*broken, "failed", "ok", "ok"]
    assert all("broken at byte" in source["reason"] for source in manifest.sources if source["status"] == "failed")
    assert manifest.status == AMBER
    assert rows(settings.paths, "select count(*) from raw.fetches where outcome = 'ok'") == [(1,)]


CODED = {
    "gzip": http(gzip.compress(PAGE), head=ENCODED.format("gzip")),
    "gzip, undone before it was written": http(PAGE, head=ENCODED.format("gzip")),
    "deflate": http(zlib.compress(PAGE), head=ENCODED.format("deflate")),
    "raw deflate": http(zlib.compress(PAGE)[2:-4], head=ENCODED.format("deflate")),
    "brotli": http(brotli.compress(PAGE), head=ENCODED.format("br")),
    "chunks": http(
        b"%x\r\n%s\r\n%x; a=b\r\n%s\r\n0\r\n\r\n" % (99, PAGE[:99], len(PAGE) - 99, PAGE[99:]),
        head="Content-Type: text/html\r\nTransfer-Encoding: chunked",
    ),
    "chunks, undone before": http(head="Content-Type: text/html\r\nTransfer-Encoding: chunked"),
    "chunks of gzip": http(
        b"%x\r\n%s\r\n0\r\n\r\n" % (len(gzip.compress(PAGE, mtime=0)), gzip.compress(PAGE, mtime=0)),
        head=ENCODED.format("gzip") + "\r\ntransfer-encoding:CHUNKED",
    ),
    "plain line ends": http().replace(b"\r\n", b"\n"),
}


def test_a_page_is_the_same_whatever_was_done_to_it(fill: Fill, settings: Settings) -> None:
    blocks = enumerate(CODED.values(), 1)
    manifest = fill(zipped(*(record(block, f"https://news.example/{at}", number=at) for at, block in blocks)))
    assert counted(manifest) == {"taken": len(CODED)}
    assert rows(settings.paths, "select body_bytes from raw.pages") == [(len(PAGE),)]
    assert SENTENCE.encode() in gzip.decompress(rows(settings.paths, "select body_gzip from raw.pages")[0][0])


def zstd(data: bytes) -> bytes:
    made = io.BytesIO()
    with fastwarc.ZstdWriter(made) as writer:
        writer.write(data)
    return made.getvalue()


def test_the_compression_of_an_archive_is_seen_from_its_bytes(fill: Fill) -> None:
    data = b"".join(record(url=f"https://news.example/{at}", number=at, version="WARC/1.0") for at in range(5))
    assert counted(fill(data, gzip.compress(data), zstd(data))) == {"taken": 15}
