"""The client against a real server that redirects, stalls, bombs and lies."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import pytest

from flows.crawl import addresses
from flows.crawl.client import Client, FetchError, Limits, Response
from flows.crawl.pacing import Heard
from tests.flows.crawl.website import Answer, Website

PAGE = "http://paper.example/page"
LIMITS = Limits(seconds=5.0, body_bytes=100_000, redirects=3)


def fetch(website: Website, url: str = PAGE, limits: Limits = LIMITS, **more: Any) -> Response:
    async def ask() -> Response:
        client = Client("Nightdesk/test", connections=4)
        client.guard.add_route([PAGE, "http://other.example/"], website.address)
        try:
            return await client.request(url, limits, route=website.address, **more)
        finally:
            await client.aclose()

    return asyncio.run(ask())


def failure(website: Website, url: str = PAGE, limits: Limits = LIMITS, **more: Any) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetch(website, url, limits, **more)
    return caught.value


def test_a_page_comes_whole_with_its_headers_in_lower_case(website: Website) -> None:
    website.serve(PAGE, b"<p>news</p>", ETag='"v1"')
    response = fetch(website)
    assert (response.status, response.body, response.redirects) == (200, b"<p>news</p>", 0)
    assert response.headers["etag"] == '"v1"'
    assert response.final_url == PAGE
    sent = website.asked[0].headers
    assert sent["user-agent"] == "Nightdesk/test"
    assert sent["host"] == "paper.example"
    assert sent["accept-encoding"] == "gzip, deflate"


def test_redirects_are_followed_and_counted(website: Website) -> None:
    website.serve(PAGE, status=301, Location="/moved")
    website.serve("http://paper.example/moved", status=308, Location="//other.example/here#part")
    website.serve("http://other.example/here", b"found")
    response = fetch(website)
    assert (response.body, response.redirects) == (b"found", 2)
    assert (response.url, response.final_url) == (PAGE, "http://other.example/here")


def test_no_more_redirects_than_allowed(website: Website) -> None:
    for number in range(9):
        website.serve(f"http://paper.example/{number}", status=302, Location=f"/{number + 1}")
    error = failure(website, "http://paper.example/0")
    assert error.error_class == "too_many_redirects"
    assert len(website.urls) == LIMITS.redirects + 1


def test_a_redirect_loop_ends_at_once(website: Website) -> None:
    website.serve(PAGE, status=302, Location="/again")
    website.serve("http://paper.example/again", status=302, Location="/page")
    assert failure(website).error_class == "redirect_loop"
    assert len(website.urls) == 2


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.0.0.1", "127.0.0.1."]
)
def test_a_redirect_into_the_inner_network_is_refused(
    website: Website, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = website.address[1]
    monkeypatch.setattr(addresses, "PORTS", {port})  # so that nothing but the address is left to be judged
    website.serve(PAGE, status=302, Location=f"http://{host}:{port}/secret")
    assert failure(website).error_class in ("address_refused", "dns", "bad_url")
    assert website.urls == [PAGE]


def test_a_redirect_to_the_port_of_another_service_is_refused(website: Website) -> None:
    website.serve(PAGE, status=302, Location="http://unrouted.example:6379/")
    assert failure(website).error_class == "address_refused"


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "javascript:alert(1)", "http://[broken/", "gopher://paper.example/"]
)
def test_a_redirect_out_of_the_web_is_a_bad_url(website: Website, location: str) -> None:
    website.serve(PAGE, status=302, Location=location)
    assert failure(website).error_class == "bad_url"


def test_credentials_in_a_redirect_are_not_sent(website: Website) -> None:
    website.serve(PAGE, status=302, Location="http://user:secret@paper.example/inside")
    website.serve("http://paper.example/inside", b"open")
    assert fetch(website).body == b"open"
    assert "authorization" not in website.asked[1].headers


def test_credentials_of_a_url_are_not_sent(website: Website) -> None:
    website.serve(PAGE, b"open")
    assert fetch(website, "http://user:secret@paper.example/page").body == b"open"
    assert "authorization" not in website.asked[0].headers


def test_no_cookie_is_kept(website: Website) -> None:
    website.serve(PAGE, status=302, Location="/next", Set_Cookie="visitor=1; Path=/")
    website.serve("http://paper.example/next", b"page")
    fetch(website)
    assert "cookie" not in website.asked[1].headers


def test_conditional_headers_stay_with_their_host(website: Website) -> None:
    website.serve(PAGE, status=302, Location="/near")
    website.serve("http://paper.example/near", status=302, Location="http://other.example/far")
    website.serve("http://other.example/far", b"page")
    fetch(website, headers={"if-none-match": '"v1"'})
    assert ["if-none-match" in asked.headers for asked in website.asked] == [True, True, False]


def test_not_modified_is_an_answer(website: Website) -> None:
    website.serve(PAGE, status=304, ETag='"v1"')
    assert fetch(website, headers={"if-none-match": '"v1"'}).status == 304


@pytest.mark.parametrize(("status", "may_heal"), [(404, False), (410, False), (403, False), (429, True), (503, True)])
def test_an_error_keeps_its_status_and_says_whether_time_heals_it(
    website: Website, status: int, may_heal: bool
) -> None:
    website.serve(PAGE, b"sorry", status, Retry_After="120")
    error = failure(website)
    assert (error.error_class, error.may_heal) == (f"http_{status}", may_heal)
    assert error.response is not None
    assert error.response.headers["retry-after"] == "120"


def test_a_status_of_300_without_location_is_no_page(website: Website) -> None:
    website.serve(PAGE, b"choose", 300)
    assert failure(website).error_class == "protocol"


def test_a_body_that_says_it_is_too_large_is_not_read(website: Website) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 100001\r\n\r\n"  # and never a byte of it
    website.answers[PAGE] = Answer(raw=head, hangs=False)
    error = failure(website)
    assert error.error_class == "too_large"
    assert "100001" in error.message


def test_a_body_of_the_limit_is_taken_and_one_byte_more_is_not(website: Website) -> None:
    website.serve(PAGE, b"x" * LIMITS.body_bytes)
    assert len(fetch(website).body) == LIMITS.body_bytes
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    body = b"%x\r\n%s\r\n0\r\n\r\n" % (LIMITS.body_bytes + 1, b"x" * (LIMITS.body_bytes + 1))
    website.answers[PAGE] = Answer(raw=chunked + body)
    assert failure(website).error_class == "too_large"


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_bomb_is_stopped_before_it_unfolds(website: Website, encoding: str) -> None:
    pack = gzip.compress if encoding == "gzip" else zlib.compress
    bomb = pack(b"\0" * 8_000_000)
    assert len(bomb) < LIMITS.body_bytes
    website.serve(PAGE, bomb, Content_Encoding=encoding)
    assert failure(website).error_class == "too_large"


def test_a_bomb_beside_an_error_status_is_cut(website: Website) -> None:
    website.serve(PAGE, gzip.compress(b"\0" * 8_000_000), 404, Content_Encoding="gzip")
    error = failure(website)
    assert error.error_class == "http_404"
    assert error.response is not None
    assert len(error.response.body) <= 65_536


def test_who_asks_for_the_beginning_gets_it(website: Website) -> None:
    website.serve(PAGE, b"x" * 200)
    response = fetch(website, limits=Limits(5.0, 50, 0, may_cut=True))
    assert response.body == b"x" * 50
    assert response.is_cut


def test_a_compressed_body_is_unpacked_and_a_broken_one_is_a_decoding_error(website: Website) -> None:
    website.serve(PAGE, gzip.compress(b"news"), Content_Encoding="gzip")
    assert fetch(website).body == b"news"
    website.serve(PAGE, b"not gzip at all", Content_Encoding="gzip")
    assert failure(website).error_class == "decoding"


@pytest.mark.parametrize("content_type", ["text/html; charset=no-such-charset", "text/html; charset=\xff", ";;;=", ""])
def test_a_wrong_charset_does_not_touch_the_bytes(website: Website, content_type: str) -> None:
    website.serve(PAGE, "Zürich".encode("latin-1"), Content_Type=content_type)
    response = fetch(website)
    assert response.body == b"Z\xfcrich"
    assert response.content_type == content_type


@pytest.mark.parametrize("url", ["ftp://paper.example/", "http://", "not a url", "http://paper.example/\n"])
def test_what_cannot_be_asked_for_is_a_bad_url(website: Website, url: str) -> None:
    assert failure(website, url).error_class in ("bad_url", "address_refused", "dns")
    assert website.urls == []


def test_a_header_that_cannot_be_sent_is_told_apart(website: Website) -> None:
    website.serve(PAGE, b"page")
    hostile: Mapping[str, str] = {"if-none-match": '"v1"\r\nX-Injected: 1'}
    assert failure(website, headers=hostile).error_class in ("bad_url", "protocol")
    assert website.urls == []


def test_the_gate_stands_before_every_hop_and_hears_each_answer(website: Website) -> None:
    website.serve(PAGE, status=302, Location="/next", Retry_After="7")
    website.serve("http://paper.example/next", b"page")
    passed: list[tuple[str, int, int]] = []
    heard: list[tuple[int, str | None]] = []

    @asynccontextmanager
    async def gate(url: str, hop: int) -> AsyncIterator[Heard]:
        passed.append((url, hop, len(website.asked)))
        yield lambda status, retry_after: heard.append((status, retry_after))

    fetch(website, gate=gate)
    assert heard == [(302, "7"), (200, None)]
    assert passed == [(PAGE, 0, 0), ("http://paper.example/next", 1, 1)]


def test_a_name_without_an_address_may_be_asked_again(website: Website) -> None:
    error = failure(website, "http://" + "a" * 64 + ".example/")
    assert (error.error_class, error.may_heal) == ("dns", True)


def test_a_closed_port_may_be_asked_again() -> None:
    website = Website()
    website.stop()
    error = failure(website)
    assert (error.error_class, error.may_heal) == ("connect", True)
