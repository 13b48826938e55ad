"""What a hostile server does with a page, by the ending that it has in raw.fetches; and addresses of inner networks."""

import gzip
import zlib

from tests.flows.crawl.hostile import (
    CHUNKED,
    HEAD,
    Behaviour,
    drips,
    keeps_silent_after,
    never_stops,
    page,
    resets_after,
    says,
)

EMPTY_BLOCKS = b"\x00\x00\x00\xff\xff" * 2_000_000  # of deflate: ten million bytes that unfold to none


def _raw_deflate(plain: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(plain) + packer.flush()


def redirect(location: bytes) -> Behaviour:
    return says(page(b"", b"Location: " + location, status=b"302 Found"))


PROTOCOL: dict[str, Behaviour] = {
    "endless-header": never_stops(HEAD + b"X-Long: ", b"x"),
    "endless-headers": never_stops(HEAD, b"X-More: 1\r\n"),
    "ten-thousand-headers": says(page(b"news", *[b"X-%d: many" % number for number in range(10_000)])),
    "long-status-line": never_stops(b"HTTP/1.1 200 ", b"O"),
    "no-chunk-size": says(CHUNKED + b"zz\r\nnews\r\n0\r\n\r\n"),
    "negative-chunk": says(CHUNKED + b"-5\r\nnews\r\n0\r\n\r\n"),
    "chunk-of-all-memory": says(CHUNKED + b"F" * 40 + b"\r\nnews"),
    "chunk-without-end": says(CHUNKED + b"4\r\nnewsmore\r\n0\r\n\r\n"),
    "endless-chunk-extension": never_stops(CHUNKED + b"4;", b"x"),
    "endless-trailers": never_stops(CHUNKED + b"4\r\nnews\r\n0\r\n", b"X-More: 1\r\n"),
    "length-too-long": says(HEAD + b"Content-Length: 5000\r\n\r\nnews"),
    "two-lengths": says(HEAD + b"Content-Length: 4\r\nContent-Length: 5\r\n\r\nnews!"),
    "length-of-letters": says(HEAD + b"Content-Length: many\r\n\r\nnews"),
    "negative-length": says(HEAD + b"Content-Length: -1\r\n\r\nnews"),
    "unknown-transfer-encoding": says(HEAD + b"Transfer-Encoding: gzip, magic\r\n\r\nnews"),
    "bare-carriage-return": says(HEAD + b"X-Split: a\rSet-Cookie: b=c\r\nContent-Length: 4\r\n\r\nnews"),
    "header-without-colon": says(HEAD + b"nonsense\r\nContent-Length: 4\r\n\r\nnews"),
    "nul-in-header": says(HEAD + b"X-Nul: a\x00b\r\nContent-Length: 4\r\n\r\nnews"),
    "nul-in-location": redirect(b"/a\x00b"),
    "nul-in-status": says(b"HTTP/1.1 200 \x00\r\n\r\n"),
    "status-of-letters": says(b"HTTP/1.1 abc OK\r\n\r\n"),
    "status-of-four-digits": says(b"HTTP/1.1 1000 OK\r\n\r\n"),
    "another-protocol": says(b"SSH-2.0-OpenSSH_9.6\r\n"),
    "http-0.9": says(b"<html>news</html>"),
    "upgrade-nobody-asked-for": says(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: magic\r\n\r\nnews"),
    "not-modified-nobody-asked-for": says(b"HTTP/1.1 304 Not Modified\r\n\r\n"),
    "redirect-to-nowhere": says(page(b"", status=b"302 Found")),
    "closed-at-once": says(b""),
    "closed-in-the-status": says(b"HTTP/1.1 20"),
    "closed-in-the-headers": says(HEAD),
    "closed-before-the-body": says(HEAD + b"Content-Length: 4\r\n\r\n"),
    "closed-in-a-chunk": says(CHUNKED + b"ff\r\nnews"),
    "reset-at-once": resets_after(b""),
    "reset-in-the-headers": resets_after(HEAD),
    "reset-in-the-body": resets_after(HEAD + b"Content-Length: 5000\r\n\r\nnews"),
}
TIMEOUT: dict[str, Behaviour] = {
    "silent": keeps_silent_after(),
    "silent-after-the-headers": keeps_silent_after(HEAD),
    "silent-in-the-body": keeps_silent_after(HEAD + b"Content-Length: 50\r\n\r\nnews"),
    "dripping-headers": drips(HEAD + b"X-Long: " + b"x" * 5_000),
    "dripping-body": drips(HEAD + b"Content-Length: 5000\r\n\r\n" + b"x" * 5_000),
    "dripping-redirect": drips(b"HTTP/1.1 302 Found\r\nLocation: /" + b"x" * 5_000),
    "endless-continue": never_stops(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "endless-hints": never_stops(b"", b"HTTP/1.1 103 Early Hints\r\nLink: <%s>\r\n\r\n" % (b"a" * 4_000)),
}
TOO_LARGE: dict[str, Behaviour] = {
    "endless-body": never_stops(HEAD + b"\r\n", b"news"),
    "endless-chunks": never_stops(CHUNKED, b"400\r\n" + b"news" * 256 + b"\r\n"),
    "length-of-all-memory": says(HEAD + b"Content-Length: " + b"9" * 15 + b"\r\n\r\nnews"),
    "gzip-bomb": says(page(gzip.compress(b"\0" * 20_000_000), b"Content-Encoding: gzip")),
    "deflate-bomb": says(page(zlib.compress(b"\0" * 20_000_000), b"Content-Encoding: deflate")),
    "raw-deflate-bomb": says(page(_raw_deflate(b"\0" * 20_000_000), b"Content-Encoding: deflate")),
    "endless-nothing": never_stops(HEAD + b"Content-Encoding: deflate\r\n\r\n", EMPTY_BLOCKS[:65_535]),
}
DECODING: dict[str, Behaviour] = {
    "not-packed": says(page(b"news", b"Content-Encoding: gzip")),
    "broken-gzip": says(page(gzip.compress(bytes(range(256)))[:60] + b"x" * 500, b"Content-Encoding: gzip")),
    "packed-twice": says(page(gzip.compress(gzip.compress(b"news")), b"Content-Encoding: gzip, gzip")),
    "bomb-of-nothing": says(page(_raw_deflate(EMPTY_BLOCKS), b"Content-Encoding: deflate, deflate")),
    "unknown-coding": says(page(b"news", b"Content-Encoding: br")),
}
BAD_URL: dict[str, Behaviour] = {
    "redirect-to-a-file": redirect(b"file:///etc/passwd"),
    "redirect-to-a-script": redirect(b"javascript:alert(1)"),
    "redirect-to-data": redirect(b"data:text/html,news"),
    "redirect-to-another-scheme": redirect(b"gopher://gopher.example/1"),
    "redirect-to-half-an-address": redirect(b"http://[::1"),
    "redirect-to-no-host": redirect(b"https:///page"),
    "redirect-to-a-novel": redirect(b"/" + b"x" * 50_000),
}
ENDINGS: dict[str, dict[str, Behaviour]] = {
    "protocol": PROTOCOL,
    "timeout": TIMEOUT,
    "too_large": TOO_LARGE,
    "decoding": DECODING,
    "bad_url": BAD_URL,
    "redirect_loop": {"loop": redirect(b"/page")},
    "http_401": {"asks-for-a-password": says(page(b"", b"WWW-Authenticate: Basic", status=b"401 No"))},
    "http_429": {"says-wait-for-ever": says(page(b"", b"Retry-After: " + b"9" * 400, status=b"429 Slow Down"))},
    "http_500": {
        "bomb-beside-an-error": says(
            page(gzip.compress(b"\0" * 20_000_000), b"Content-Encoding: gzip", status=b"500 No")
        )
    },
    "http_999": {"status-999": says(page(b"", status=b"999 Denied"))},
    "not_html": {"nothing-at-all": says(b"HTTP/1.1 204 No Content\r\n\r\n")},
    "": {  # odd, and yet a page
        "length-too-short": says(HEAD + b"Content-Length: 4\r\n\r\nnewsHTTP/1.1 200 OK\r\n\r\nsmuggled"),
        "length-and-chunks": says(CHUNKED[:-2] + b"Content-Length: 1\r\n\r\n4\r\nnews\r\n0\r\n\r\n"),
        "nul-in-the-body": says(page(b"<p>ne\x00ws")),
        "a-hundred-hints": says(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100 + page()),
        "no-length": says(HEAD + b"\r\nnews"),
    },
}
INNER = [
    "127.0.0.1",
    "127.0.0.2",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "127.0.0.1.",
    "localhost",
    "0.0.0.0",  # noqa: S104
    "169.254.169.254",
    "10.0.0.1",
    "192.168.0.1",
    "100.64.0.1",
    "168.63.129.16",
    "224.0.0.1",
    "255.255.255.255",
    "user:word@127.0.0.1",
    "%31%32%37.0.0.1",
    "127。0.0.1",
    "①②⑦.0.0.1",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:2]",
    "[::127.0.0.1]",
    "[64:ff9b::127.0.0.1]",
    "[2002:7f00:1::]",
    "[::ffff:0:127.0.0.1]",
    "[fe80::1]",
    "[fc00::1]",
    "[ff02::1]",
    "[::]",
    "[::1%25lo]",
]
