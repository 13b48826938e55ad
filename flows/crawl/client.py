"""One HTTP client for the whole night.

httpx2 over httpcore2 (HTTP/1.1 and HTTP/2, connections reused), because its network backend can be replaced: addresses
are judged where they are dialled (addresses.py). Redirects are followed here, one judged hop at a time. No cookie is
ever kept or sent, and no proxy, certificate or netrc is taken from the environment.

A request ends as a Response or as a FetchError with one of these classes:
timeout, dns, connect, tls, protocol, decoding, too_large, address_refused, bad_url, redirect_loop, too_many_redirects,
robots_refused (a redirect into what robots.txt forbids), and http_<status> for every status from 400.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import MappingProxyType
from urllib.parse import urljoin

import httpx2

from flows.crawl.addresses import GuardedBackend
from flows.crawl.bodies import NotUnpacked, coding_of, read_body
from flows.crawl.failures import FAILURES, explained
from flows.crawl.pacing import Heard
from flows.crawl.transport import GuardedTransport
from flows.crawl.urls import URL_LIMIT, host_of, without_credentials

ACCEPT = (
    "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json;q=0.9,*/*;q=0.5"
)
CONDITIONAL = ("if-none-match", "if-modified-since")

_ERROR_BODY_BYTES = 65_536  # of a redirect or an error the status matters; a short body lets the connection be reused
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_RETRYABLE_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504})  # 501, 505 and the like will not heal tonight

Gate = Callable[[str, int], AbstractAsyncContextManager[Heard]]
"""Entered around every hop with its URL and its number (0 for the first): pacing, and robots for what follows. What it
gives is called as soon as the head of that hop's answer is here."""


@dataclass(frozen=True)
class Response:
    """What came back: `body` decompressed, header names in lower case, `seconds` over all hops without the waiting."""

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float
    redirects: int
    is_cut: bool = False  # the body was longer than the limit, and the caller asked for its beginning

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "")


class FetchError(Exception):
    """A request without a usable answer. `may_heal`: whether the same request may succeed later tonight."""

    def __init__(
        self, error_class: str, message: str, *, may_heal: bool = False, response: Response | None = None
    ) -> None:
        super().__init__(message)
        self.error_class = error_class
        self.message = message[:500]
        self.may_heal = may_heal
        self.response = response  # where there was one: status, headers, and the beginning of its body


@dataclass(frozen=True)
class Limits:
    """Of one request; `seconds` per hop, from the connection to the last byte, `body_bytes` decompressed."""

    seconds: float
    body_bytes: int
    redirects: int
    may_cut: bool = False


@contextlib.asynccontextmanager
async def open_gate(_url: str, _hop: int) -> AsyncIterator[Heard]:
    """The gate that stops nobody."""
    yield lambda _status, _retry_after: None


class Client:
    """`request` is all a caller needs; `guard` learns the routes of sources with a connect_to."""

    def __init__(
        self,
        user_agent: str,
        connections: int,
        guard: GuardedBackend | None = None,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self.guard = guard or GuardedBackend()
        self._http = httpx2.AsyncClient(
            transport=GuardedTransport(self.guard, connections, ssl_context),
            headers={"user-agent": user_agent, "accept": ACCEPT, "accept-encoding": "gzip, deflate"},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            follow_redirects=False,
            trust_env=False,
            timeout=None,  # the deadline of a hop covers connecting, reading and writing alike
        )

    async def aclose(self) -> None:
        """Close every connection."""
        await self._http.aclose()

    async def request(
        self,
        url: str,
        limits: Limits,
        *,
        headers: Mapping[str, str] = MappingProxyType({}),
        route: tuple[str, int] | None = None,
        gate: Gate = open_gate,
    ) -> Response:
        """The answer to a GET of `url`, redirects followed: status 2xx or 304.

        `route` is the source's connect_to. Conditional headers are not shown to another host. Raises FetchError, and
        whatever `gate` raises.
        """
        hop_url, seen, seconds, sent = url, {url}, 0.0, dict(headers)
        for hop in range(limits.redirects + 1):
            async with gate(hop_url, hop) as heard:
                answer = await self._hop(hop_url, limits, sent, route, heard)
            seconds += answer.seconds
            answer = replace(answer, url=url, seconds=seconds, redirects=hop)
            location = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not location:
                return _judged(answer)
            target = _target(answer, location)
            if target in seen:
                raise FetchError("redirect_loop", f"{target[:200]} is redirected to itself", response=answer)
            if host_of(target) != host_of(hop_url):
                sent = {name: value for name, value in sent.items() if name.lower() not in CONDITIONAL}
            hop_url = target
            seen.add(target)
        raise FetchError("too_many_redirects", f"more than {limits.redirects} redirects", response=answer)

    async def _hop(
        self, url: str, limits: Limits, headers: Mapping[str, str], route: tuple[str, int] | None, heard: Heard
    ) -> Response:
        started = time.monotonic()
        request = self._request(url, headers)
        try:
            async with asyncio.timeout(limits.seconds):
                self.guard.check(request.url.host, _port(request.url), route)
                async with contextlib.aclosing(await self._http.send(request, stream=True)) as response:
                    heard(response.status_code, response.headers.get("retry-after"))
                    body, is_cut = await _read(response, limits)
        except TimeoutError as error:
            raise FetchError("timeout", f"no whole answer within {limits.seconds:g} s", may_heal=True) from error
        except FetchError:
            raise
        except FAILURES as error:
            error_class, message, may_heal = explained(error)
            raise FetchError(error_class, message, may_heal=may_heal) from error
        return Response(url, url, response.status_code, _headers(response), body, time.monotonic() - started, 0, is_cut)

    def _request(self, url: str, headers: Mapping[str, str]) -> httpx2.Request:
        """What is put on the wire; httpx2 would make a header of a user name and password in the URL."""
        try:
            return self._http.build_request(
                "GET", without_credentials(url) if "@" in url else url, headers=dict(headers)
            )
        except (httpx2.InvalidURL, ValueError) as error:
            raise FetchError("bad_url", str(error)) from error


async def _read(response: httpx2.Response, limits: Limits) -> tuple[bytes, bool]:
    """The body and whether it was cut. Of a redirect or an error the beginning is enough, packed as it may be."""
    is_wanted = response.status_code < 300
    most = limits.body_bytes if is_wanted else min(limits.body_bytes, _ERROR_BODY_BYTES)
    may_cut = limits.may_cut or not is_wanted
    stated = response.headers.get("content-length", "")
    if stated.isdecimal() and int(stated[:18]) > most and not may_cut:
        raise FetchError("too_large", f"{stated[:18]} bytes announced, {most} allowed")
    try:
        coding = coding_of(response.headers.get("content-encoding", ""))
        async with contextlib.aclosing(response.aiter_raw()) as stream:
            body, is_cut = await read_body(stream, coding, most)
    except NotUnpacked as error:
        if is_wanted:  # undecoded bytes would be taken for a page
            raise FetchError("decoding", str(error)) from error
        return b"", False
    if is_cut and not may_cut:
        raise FetchError("too_large", f"more than {most} bytes")
    return body, is_cut


def _judged(answer: Response) -> Response:
    if 200 <= answer.status < 300 or answer.status == 304:
        return answer
    if answer.status < 400:
        raise FetchError("protocol", f"status {answer.status} without a usable Location", response=answer)
    message = f"the server answered {answer.status}"
    raise FetchError(f"http_{answer.status}", message, may_heal=answer.status in _RETRYABLE_STATUS, response=answer)


def _target(answer: Response, location: str) -> str:
    try:
        target = httpx2.URL(without_credentials(urljoin(answer.final_url, location.strip()))).copy_with(fragment=None)
    except (httpx2.InvalidURL, ValueError) as error:
        raise FetchError("bad_url", f"redirected to {location[:200]!r}", response=answer) from error
    if target.scheme not in ("http", "https") or not target.host or len(str(target)) > URL_LIMIT:
        raise FetchError("bad_url", f"redirected to {location[:200]!r}, not a web address", response=answer)
    return str(target)


def _port(url: httpx2.URL) -> int:
    return url.port or (443 if url.scheme == "https" else 80)


def _headers(response: httpx2.Response) -> Mapping[str, str]:
    return MappingProxyType({name.lower(): value for name, value in response.headers.items()})
