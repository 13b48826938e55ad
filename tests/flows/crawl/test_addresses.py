"""The guard judges every address at the moment it is dialled."""

import asyncio
import ipaddress
import socket
from collections.abc import Iterator

import httpcore2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.crawl.addresses import NAME_SECONDS, AddressRefused, GuardedBackend, Names, NameUnknown, is_public, resolve

INNER = [
    *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1"),  # noqa: S104
    *("169.254.169.254", "100.64.0.1", "168.63.129.16", "224.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.7"),
    *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1", "fec0::1"),
]
OUTER = ["8.8.8.8", "172.32.0.1", "11.0.0.1", "2606:4700::1111", "100.128.0.1", "192.169.0.1"]


@pytest.mark.parametrize("address", INNER)
def test_an_inner_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", OUTER)
def test_an_outer_address_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("text", ["", "paper.example", "127.1", "2130706433", "0x7f000001", "8.8.8.8.8", "08.8.8.8"])
def test_what_is_no_address_is_not_public(text: str) -> None:
    assert not is_public(text)


def carriers(inner: str) -> Iterator[str]:
    number = int(ipaddress.IPv4Address(inner))
    for prefix, shift in (
        ("::ffff:0:0", 0),  # mapped
        ("::", 0),  # compatible, deprecated
        ("::ffff:0:0:0", 0),  # translated
        ("64:ff9b::", 0),  # NAT64
        ("2002::", 80),  # 6to4
        ("2606:4700::5efe:0:0", 0),  # ISATAP under a public prefix
        ("2606:4700::200:5efe:0:0", 0),
    ):
        yield str(ipaddress.IPv6Address(int(ipaddress.IPv6Address(prefix)) | (number << shift)))


@settings(deadline=None)
@given(st.sampled_from(["127.0.0.0/8", "10.0.0.0/8", "192.168.0.0/16", "169.254.0.0/16"]), st.integers(0, 2**16 - 1))
def test_no_ipv6_form_hides_an_inner_ipv4_address(network: str, host: int) -> None:
    inner = str(ipaddress.ip_network(network)[host])
    assert [carrier for carrier in carriers(inner) if is_public(carrier)] == []


def test_an_ipv6_form_of_an_outer_ipv4_address_is_public() -> None:
    assert is_public("::ffff:8.8.8.8")
    assert is_public("64:ff9b::8.8.8.8")


def dial(guard: GuardedBackend, host: str, port: int) -> None:
    async def connect() -> None:
        stream = await guard.connect_tcp(host, port, timeout=2.0)
        await stream.aclose()

    asyncio.run(connect())


@pytest.fixture
def listening() -> Iterator[tuple[str, int]]:
    """A socket on loopback that would accept anybody."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "::ffff:127.0.0.1"])
def test_loopback_is_refused_however_it_is_written(listening: tuple[str, int], host: str) -> None:
    with pytest.raises(AddressRefused):
        dial(GuardedBackend(), host, listening[1])


def test_a_name_with_one_inner_address_among_public_ones_is_refused(listening: tuple[str, int]) -> None:
    async def mixed(_host: str, _port: int) -> list[str]:
        return ["8.8.8.8", "127.0.0.1"]

    with pytest.raises(AddressRefused, match=r"127\.0\.0\.1"):
        dial(GuardedBackend(mixed), "mixed.example", listening[1])


def test_every_connection_is_judged_anew(listening: tuple[str, int]) -> None:
    answers = [["::ffff:10.0.0.1"], ["192.168.0.1"]]

    async def changing(_host: str, _port: int) -> list[str]:
        return answers.pop(0)

    guard = GuardedBackend(changing)
    for _ in range(2):
        with pytest.raises(AddressRefused):
            dial(guard, "rebinding.example", listening[1])
    assert answers == []


def test_a_route_is_dialled_in_place_of_what_the_name_says(listening: tuple[str, int]) -> None:
    async def unasked(host: str, _port: int) -> list[str]:
        raise AssertionError(f"{host} was resolved")

    guard = GuardedBackend(unasked)
    guard.add_route(["http://paper.example/", "http://www.paper.example/feed"], listening)
    dial(guard, "paper.example", 80)
    dial(guard, "www.paper.example", 80)


def test_a_dead_route_is_a_failed_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        closed = server.getsockname()
    guard = GuardedBackend()
    guard.add_route(["http://paper.example/"], closed)
    with pytest.raises(httpcore2.ConnectError):
        dial(guard, "paper.example", 80)


def test_only_the_source_of_a_route_may_use_it() -> None:
    guard = GuardedBackend()
    guard.add_route(["http://paper.example/"], ("127.0.0.1", 8801))
    guard.check("paper.example", 80, ("127.0.0.1", 8801))
    for other in (None, ("127.0.0.1", 8802)):
        with pytest.raises(AddressRefused, match="another source"):
            guard.check("paper.example", 80, other)


@pytest.mark.parametrize("port", [22, 25, 3306, 5432, 6379, 9200, 1])
def test_ports_of_other_services_are_refused(port: int) -> None:
    with pytest.raises(AddressRefused, match="port"):
        GuardedBackend().check("paper.example", port, None)


def test_the_ports_of_the_web_are_not_refused() -> None:
    for port in (80, 443, 8080):
        GuardedBackend().check("paper.example", port, None)


@pytest.mark.parametrize("host", ["a" * 64 + ".example", "\udcff.example", "a..example"])
def test_a_name_that_cannot_be_looked_up_is_unknown(host: str) -> None:
    with pytest.raises(NameUnknown):
        asyncio.run(resolve(host, 80))


def test_a_name_is_looked_up_once_a_minute_and_a_failure_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    answers: list[list[str]] = [[], ["8.8.8.8"], ["10.0.0.1"]]

    async def changing(host: str, _port: int) -> list[str]:
        asked.append(host)
        found = answers.pop(0)
        if not found:
            raise NameUnknown(host)
        return found

    async def story() -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        monkeypatch.setattr(loop, "time", lambda: now)
        names = Names(changing)
        with pytest.raises(NameUnknown):
            await names("paper.example", 80)
        assert [await names("paper.example", 80) for _ in range(3)] == [["8.8.8.8"]] * 3
        assert len(asked) == 2
        now += NAME_SECONDS + 1
        assert await names("paper.example", 443) == ["10.0.0.1"]

    asyncio.run(story())


def test_an_inner_address_is_refused_although_it_was_kept(listening: tuple[str, int]) -> None:
    async def inner(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    guard = GuardedBackend(Names(inner))
    for _ in range(2):
        with pytest.raises(AddressRefused):
            dial(guard, "rebinding.example", listening[1])
