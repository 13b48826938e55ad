"""What Scrapy is asked to do in bench_crawl.py, in an environment of its own: feeds, robots.txt, pages kept as rows.

Each page becomes a row with its address, the SHA-256 of its body and the body packed, written as it comes.
"""

import gzip
import hashlib
import json
import resource
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess

PORT, PAPERS, FILE = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
IS_KEPT = sys.argv[4] == "kept"
CLOCK: dict[str, float] = {}


class News(scrapy.Spider):  # type: ignore[misc]
    name = "news"
    start_urls = [f"http://scrapy-{number}.example:{PORT}/feed" for number in range(PAPERS)]  # noqa: RUF012

    def parse(self, response: Any) -> Iterator[Any]:
        CLOCK.setdefault("started", time.monotonic())
        for link in response.xpath("//item/link/text()").getall():
            yield scrapy.Request(link, callback=self.parse_page)

    def parse_page(self, response: Any) -> Iterator[Any]:
        CLOCK["pages"] = CLOCK.get("pages", 0) + 1
        CLOCK["ended"] = time.monotonic()
        if IS_KEPT:
            body = response.body
            ROWS.write(hashlib.sha256(body).hexdigest().encode() + b"," + response.url.encode() + b"\n")
            ROWS.write(gzip.compress(body, compresslevel=6, mtime=0))
        yield from ()


def on_loopback(_host: str, port: int, *_: Any, **__: Any) -> list[Any]:
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]


socket.getaddrinfo = on_loopback  # type: ignore[assignment]
socket.gethostbyname = lambda _host: "127.0.0.1"
with FILE.open("wb") as ROWS:
    process = CrawlerProcess(
        {
            "ROBOTSTXT_OBEY": True,
            "CONCURRENT_REQUESTS": 64,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
            "DOWNLOAD_DELAY": 0,
            "AUTOTHROTTLE_ENABLED": False,
            "RETRY_ENABLED": False,
            "COOKIES_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
            "LOG_LEVEL": "ERROR",
        }
    )
    process.crawl(News)
    begun = time.monotonic()
    process.start()
usage = resource.getrusage(resource.RUSAGE_SELF)
found = {
    "pages": CLOCK.get("pages", 0),
    "seconds": CLOCK.get("ended", 0.0) - begun,
    "processor": usage.ru_utime + usage.ru_stime,
}
print(json.dumps(found))
