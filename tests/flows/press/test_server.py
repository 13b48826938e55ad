"""The press as a server: real sockets, a log of what was asked, source files that the desk accepts, a clean end."""

import http.client
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from flows.press.editions import Editions
from flows.press.server import ADDRESS, Press
from flows.sources.files import read_sources
from tests.flows.press.conftest import ANCHOR, Get

FRONT = "http://harbourcourier.example/"


def test_the_log_holds_every_request_and_its_answer(press: Press, get: Get) -> None:
    press.forget_requests()
    get(1, FRONT, User_Agent="Test/1", Authorization="Basic c2VjcmV0")
    get(2, "http://harbourcourier.example/nothing?q=1")
    get(2, "http://savannahdispatch.example/feed.xml")
    seen = [(entry.night, entry.host, entry.path, entry.status) for entry in press.requests]
    assert seen == [
        (1, "harbourcourier.example", "/", 200),
        (2, "harbourcourier.example", "/nothing?q=1", 404),
        (2, "savannahdispatch.example", "/feed.xml", 0),
    ]
    assert press.requests[0].headers["user-agent"] == "Test/1"
    assert "authorization" not in press.requests[0].headers
    seconds = [entry.seconds for entry in press.requests]
    assert seconds == sorted(seconds)
    press.requests.clear()  # a copy
    assert len(press.requests) == 3


def test_gzip_is_for_those_who_ask_and_papers_that_offer(get: Get) -> None:
    plain, packed = get(1, FRONT), get(1, FRONT, Accept_Encoding="gzip, br")
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.body == plain.sent
    assert len(packed.sent) == int(packed.headers["content-length"])
    assert "content-encoding" not in get(1, "http://openorbit.example/", Accept_Encoding="gzip").headers


def test_one_connection_carries_many_requests_and_a_head_has_no_body(press: Press) -> None:
    press.night = 1
    connection = http.client.HTTPConnection(ADDRESS, press.port, timeout=10)
    host = {"Host": "harbourcourier.example"}
    connection.request("HEAD", "/", headers=host)
    head = connection.getresponse()
    assert (head.status, head.read()) == (200, b"")
    used = connection.sock
    connection.request("GET", "/", headers=host)
    page = connection.getresponse()
    assert len(page.read()) == int(head.headers["Content-Length"])
    connection.request("GET", "/", headers=host | {"If-None-Match": "none such"})
    assert connection.getresponse().read()
    assert connection.sock is used
    connection.close()


def test_many_at_once_get_the_right_paper(press: Press, get: Get, editions: Editions) -> None:
    press.night = 3

    def name_at(domain: str) -> bool:
        paper = editions.by_domain[domain]
        return paper.name.replace("&", "&amp;").encode(paper.charset) in get(3, f"http://{domain}/").body

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(name_at, [paper.domain for paper in editions.papers] * 4))


def test_the_written_sources_are_sources_of_the_desk(press: Press, editions: Editions, tmp_path: Path) -> None:
    written = press.write_sources(tmp_path / "sources")
    assert len(written) == len(editions.papers)
    sources = {source.source_id: source for source in read_sources(tmp_path / "sources").sources}
    assert sources.keys() == {paper.paper_id for paper in editions.papers}
    for paper in editions.papers:
        source = sources[paper.paper_id]
        assert source.connect_to == f"{ADDRESS}:{press.port}"
        assert (source.name, source.language, source.topics) == (paper.name, paper.language, paper.topics)
        kinds = [place.kind for place in source.discover]
        assert kinds == [paper.engine if paper.engine in ("sitemap", "section") else "feed"]
        assert str(press.port) not in source.discover[0].url


def test_there_are_three_nights(press: Press) -> None:
    for night in (0, 4):
        with pytest.raises(ValueError, match=f"night {night}"):
            press.night = night


def test_a_taken_port_is_an_error(press: Press, editions: Editions) -> None:
    with pytest.raises(OSError, match="in use"):
        Press(editions, anchor_date=ANCHOR, port=press.port).start()


def test_the_end_waits_for_no_idle_client_and_leaves_no_thread(editions: Editions) -> None:
    before = threading.active_count()
    with Press(editions, anchor_date=ANCHOR) as served:
        idle = [socket.create_connection((ADDRESS, served.port)) for _ in range(3)]
        idle[0].sendall(b"GET / HTTP/1.1\r\nHost: openorbit.exam")  # hangs up in the middle of a word
        connection = http.client.HTTPConnection(ADDRESS, served.port, timeout=10)
        connection.request("GET", "/news/the-bridge-that-needed-a-horse", headers={"Host": "uppervalleyherald.example"})
        while not served.requests:  # the slow page is on its way, and would take a second and a half
            threading.Event().wait(0.005)
    assert connection.getresponse().status == 200  # answered at once, not torn off
    connection.close()
    for client in idle:
        client.close()
    assert threading.active_count() == before
    served.stop()  # a second time is harmless
