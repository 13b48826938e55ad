"""Newspapers on loopback that cost next to nothing to serve, and a log of who asked for what and when.

    python tests/benchmarks/loopback_papers.py --pages 100 --bytes 20000

Prints its port. Host `paper-7.example` has a feed at /feed and pages at /news/<number>; GET /log at host `log.example`
answers with the requests of every paper as JSON: {host: [[seconds, path], ...]}.
"""

import argparse
import asyncio
import json
import time
from collections import defaultdict

LOG: dict[str, list[tuple[float, str]]] = defaultdict(list)
NOTHING = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n"
PARAGRAPH = "<p>The harbour commission said on Tuesday that {} of the {} berths would open again in May.</p>\n"


def answer(body: bytes, kind: str) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


class Papers(asyncio.Protocol):
    """HTTP/1.1 with connections kept open; the time of a request is that of its last byte."""

    pages = 0
    text = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.held = b""

    def data_received(self, data: bytes) -> None:
        self.held += data
        while b"\r\n\r\n" in self.held:
            head, _, self.held = self.held.partition(b"\r\n\r\n")
            lines = head.decode("latin-1").split("\r\n")
            path = lines[0].split(" ")[1]
            hosts = [line[6:].partition(":")[0] for line in lines if line.lower().startswith("host: ")]
            assert isinstance(self.transport, asyncio.WriteTransport)
            self.transport.write(self.said(hosts[0], path))

    def said(self, host: str, path: str) -> bytes:
        if host == "log.example":
            if path == "/count":
                return answer(b"%d" % sum(map(len, LOG.values())), "application/json")
            return answer(json.dumps(LOG).encode(), "application/json")
        LOG[host].append((time.monotonic(), path))
        if path == "/feed":
            port = self.transport.get_extra_info("sockname")[1] if host.startswith("scrapy-") else 80
            items = "".join(f"<item><link>http://{host}:{port}/news/{n}</link></item>" for n in range(self.pages))
            return answer(f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), "application/rss+xml")
        if path.startswith("/news/"):
            title = f"<html><head><title>{host} {path}</title></head><body><h1>{host} {path}</h1>"
            return answer(f"{title}{self.text}</body></html>".encode(), "text/html; charset=utf-8")
        return NOTHING


async def serve(pages: int, size: int) -> None:
    """Until it is killed."""
    Papers.pages = pages
    lines = [PARAGRAPH.format(number, number * 7) for number in range(1 + size // len(PARAGRAPH))]
    Papers.text = "".join(lines)[:size]
    server = await asyncio.get_running_loop().create_server(Papers, "127.0.0.1", 0, backlog=1_000)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--bytes", type=int, default=20_000)
    given = parser.parse_args()
    asyncio.run(serve(given.pages, given.bytes))
