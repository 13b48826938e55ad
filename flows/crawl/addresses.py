"""The address guard: a crawler that follows strangers' links must not be led into the network it stands in.

A host name is resolved here, every address it has is judged, and exactly the judged address is dialled, so a name that
answers differently the second time (DNS rebinding) gains nothing. Names are looked up in threads of their own and kept
for a minute; what was kept is judged again with every connection. Forms that carry an IPv4 address inside an IPv6 one
are judged by what they carry. The one exception is a source's `connect_to`, which only that source may use.

Ranges: the IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890), multicast, and the metadata services that
clouds keep on otherwise public addresses.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import httpcore2

from flows.crawl.urls import host_of

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Awaitable[list[str]]]

PORTS = frozenset({80, 443, 8000, 8008, 8080, 8088, 8443, 8888})  # where the web is served; not mail, shells, databases
ADDRESSES_TRIED = 4
NAME_SECONDS = 60.0  # how long an answer is kept: the system does not tell its time to live, browsers take a minute too
NAMES_KEPT = 4_096
CONNECT_SECONDS = 6.0  # one address; a host with a dead first address still answers within a request's time

_LOOKUPS = ThreadPoolExecutor(32, "names")  # a name server that does not answer holds up nothing but names

# Not left to ipaddress.is_global: its answer differs between Python 3.11, 3.12 and 3.13.
_REFUSED = tuple(
    ipaddress.ip_network(network)
    for network in """
        0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
        192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24
        203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 168.63.129.16/32
        ::/96 64:ff9b:1::/48 100::/64 100:0:0:1::/64 2001::/23 2001:db8::/32 2620:4f:8000::/48 3fff::/20 5f00::/16
        fc00::/7 fe80::/10 fec0::/10 ff00::/8""".split()  # noqa: SIM905 - thirty quoted strings read worse
)
_MAPPED = ipaddress.IPv6Network("::ffff:0:0/96")
_TRANSLATED = ipaddress.IPv6Network("::ffff:0:0:0/96")  # RFC 2765
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052
_6TO4 = ipaddress.IPv6Network("2002::/16")  # RFC 3056
_ISATAP = (0x5EFE, 0x200_5EFE)  # RFC 5214: the upper half of the interface identifier


class AddressRefused(Exception):
    """This address is not part of the public web, or this request may not use it."""


class NameUnknown(Exception):
    """The host's name has no address."""


def is_public(address: str) -> bool:
    """Whether an IP address, as text, belongs to the public web. False for what is not an IP address."""
    try:
        judged: Address = ipaddress.ip_address(address.split("%", 1)[0])
    except ValueError:
        return False
    if any(judged in network for network in _REFUSED if network.version == judged.version):
        return False
    carried = _carried(judged) if isinstance(judged, ipaddress.IPv6Address) else None
    return carried is None or is_public(str(carried))


def _carried(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    number = int(address)
    if any(address in network for network in (_MAPPED, _TRANSLATED, _NAT64)) or (number >> 32) & 0xFFFFFFFF in _ISATAP:
        return ipaddress.IPv4Address(number & 0xFFFFFFFF)
    return ipaddress.IPv4Address((number >> 80) & 0xFFFFFFFF) if address in _6TO4 else None


async def resolve(host: str, port: int) -> list[str]:
    """The addresses of `host`, in the system's order of preference. Raises NameUnknown."""
    look_up = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    try:
        found = await asyncio.get_running_loop().run_in_executor(_LOOKUPS, look_up)
    except (OSError, UnicodeError) as error:
        raise NameUnknown(f"{host} has no address: {error}") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Names:
    """A resolver that keeps what another one found; a failure is never kept."""

    def __init__(self, resolver: Resolve = resolve) -> None:
        self._resolver = resolver
        self._known: dict[str, tuple[float, list[str]]] = {}

    async def __call__(self, host: str, port: int) -> list[str]:
        """As `resolve`."""
        now = asyncio.get_running_loop().time()
        until, found = self._known.pop(host, (now, []))
        if until <= now:
            found = await self._resolver(host, port)
            until = now + NAME_SECONDS
        self._known[host] = (until, found)
        while len(self._known) > NAMES_KEPT:
            del self._known[next(iter(self._known))]
        return found


class _Stream(httpcore2.AsyncNetworkStream):
    """A connection that a handshake does not leave open when it is cut by time; httpcore2's own stays open then."""

    def __init__(self, stream: httpcore2.AsyncNetworkStream) -> None:
        self._stream = stream
        self.read, self.write, self.aclose = stream.read, stream.write, stream.aclose  # type: ignore[method-assign]
        self.get_extra_info = stream.get_extra_info  # type: ignore[method-assign]

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.AsyncNetworkStream:
        try:
            return await self._stream.start_tls(ssl_context, server_hostname, timeout)
        except BaseException:
            await self._stream.aclose()
            raise


class GuardedBackend(httpcore2.AsyncNetworkBackend):
    """Opens TCP connections to public addresses, and to the loopback addresses that sources' `connect_to` name."""

    def __init__(self, resolver: Resolve | None = None) -> None:
        self._dialler = httpcore2.AnyIOBackend()
        self._resolver = resolver or Names()
        self._routes: dict[str, tuple[str, int]] = {}

    def add_route(self, urls: Iterable[str], address: tuple[str, int]) -> None:
        """From now on the hosts of `urls` are reached at `address`, by requests that bring the same address."""
        self._routes.update({host_of(url): address for url in urls})

    def check(self, host: str, port: int, route: tuple[str, int] | None) -> None:
        """Raises AddressRefused when a request whose source has the connect_to `route` may not go to host and port."""
        routed = self._routes.get(host)
        if routed is not None and routed != route:
            raise AddressRefused(f"{host} is reached through another source's connect_to")
        if routed is None and port not in PORTS:
            raise AddressRefused(f"port {port} of {host} is not one that the web is served on")

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """An open stream. Raises AddressRefused, NameUnknown, httpcore2.ConnectError or httpcore2.ConnectTimeout."""
        route = self._routes.get(host)
        addresses = [route[0]] if route else await self._public_addresses(host, port)
        seconds = CONNECT_SECONDS if timeout is None else min(timeout, CONNECT_SECONDS)
        failure: httpcore2.NetworkError | httpcore2.TimeoutException | None = None
        for address in addresses[:ADDRESSES_TRIED]:
            try:
                stream = await self._dialler.connect_tcp(
                    address, route[1] if route else port, seconds, local_address, socket_options
                )
            except (httpcore2.NetworkError, httpcore2.TimeoutException) as error:
                failure = error
            else:
                return _Stream(stream)
        raise failure or httpcore2.ConnectError(f"{host} has no address")

    async def _public_addresses(self, host: str, port: int) -> list[str]:
        addresses = await self._resolver(host, port)
        refused = [address for address in addresses if not is_public(address)]
        if refused:  # one is enough: no honest public site mixes in an inner address
            raise AddressRefused(f"{host} leads to {refused[0]}, which is not on the public web")
        return addresses

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
