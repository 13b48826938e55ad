"""A new source from the address of its home page or of a feed."""

import asyncio
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from flows.clock import Clock
from flows.crawl.addresses import GuardedBackend
from flows.crawl.check import Site, look_at_site
from flows.crawl.urls import NotAWebAddress, canonical_url, host_of
from flows.errors import EXIT_USAGE, ConfigurationError, NightdeskError
from flows.settings import Settings
from flows.sources.faults import addresses, same_address
from flows.sources.files import scan_sources, write_source
from flows.sources.source import LANGUAGES, Discover, Source

FEW_LINKS = 5  # a page with fewer addresses that look like articles is no section page
MOST_FEEDS = 3  # sites name dozens, one a topic; the first ones are the main ones
COMMENTS = re.compile(r"comments?|kommentare?", re.IGNORECASE)


@dataclass(frozen=True)
class Added:
    """The source, and the file it was written to."""

    file: Path
    source: Source


def add_source(
    settings: Settings, clock: Clock, url: str, connect_to: str | None = None, guard: GuardedBackend | None = None
) -> Added:
    """Find out how a site announces its articles, and write that down as a new source file.

    Raises NightdeskError where there is nothing to follow at that address, ConfigurationError where a source of the
    home follows it already, HomeUnusable where the file cannot be written.
    """
    home_url = _home_url(url)
    site = asyncio.run(look_at_site(home_url, settings, clock, connect_to, guard))
    if site.failure:
        raise _unusable(f"{home_url} cannot be read: {site.failure}", "Check the address in a browser.")
    places = _places(site, home_url)
    known = scan_sources(settings.paths.sources)
    taken = {same_address(place): source.source_id for source in known.sources for place, _ in addresses(source)}
    for place in places:
        if same_address(place.url) in taken:
            there = taken[same_address(place.url)]
            raise ConfigurationError(f"the source {there!r} follows {place.url} already", f"Edit {known.files[there]}.")
    source = _source(site, home_url, places, clock.now().date(), connect_to)
    return Added(write_source(settings.paths.sources, source), source)


def _home_url(url: str) -> str:
    stated = url if "://" in url else f"https://{url}"
    try:
        return canonical_url(stated)
    except NotAWebAddress as error:
        raise _unusable(f"{url!r} is no web address: {error}", "Write it as https://www.example.org") from error


def _places(site: Site, home_url: str) -> tuple[Discover, ...]:
    feeds = [feed for feed in site.feeds if not COMMENTS.search(f"{feed.title} {urlsplit(feed.url).path}")]
    if feeds:
        return tuple(Discover(kind="feed", url=feed.url) for feed in feeds[:MOST_FEEDS])
    if site.sitemap:
        return (Discover(kind="sitemap", url=site.sitemap),)
    if site.links >= FEW_LINKS:
        return (Discover(kind="section", url=home_url),)
    raise _unusable(
        f"{home_url} names no feed or sitemap with articles and links to {site.links} pages that look like some",
        "Give the address of a feed, or of a page that lists articles.",
    )


def _source(site: Site, home_url: str, places: Iterable[Discover], today: date, connect_to: str | None) -> Source:
    parts = urlsplit(home_url)
    name = _name(site.title, parts.hostname or home_url)
    return Source(
        source_id=_source_id(host_of(home_url)),
        name=name,
        home_url=f"{parts.scheme}://{parts.netloc}/",
        language=site.language if site.language in LANGUAGES else "en",
        discover=tuple(places),
        connect_to=connect_to,
        verified_on=today,
    )


def _name(title: str | None, host: str) -> str:
    shown = "".join(character for character in title or "" if character.isprintable()).strip()
    name = re.split(r"\s+[|–—·»-]\s+", shown)[0].strip()
    return name[:120].strip() or host


def _source_id(host: str) -> str:
    plain = unicodedata.normalize("NFKD", host).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower().removeprefix("www."))
    return "-".join(words[:-1] or words)


def _unusable(message: str, hint: str) -> NightdeskError:
    error = NightdeskError(message, hint)
    error.exit_code = EXIT_USAGE
    return error
