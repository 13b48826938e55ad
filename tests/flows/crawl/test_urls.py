"""The canonical URL is an article's identity: one article, one URL, and never two articles under one."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.crawl.urls import URL_LIMIT, NotAWebAddress, canonical_url, host_of, origin_of, without_credentials

TRACKING = ("utm_source", "UTM_Medium", "fbclid", "gclid", "mc_cid", "at_medium", "xtor", "_ga", "PHPSESSID", "msclkid")

hosts = st.sampled_from(["paper.example", "WWW.Paper.example.", "münchen.example", "127.0.0.1", "[2001:DB8::1]"])
ports = st.sampled_from(["", ":80", ":443", ":8080"])
pieces = st.text(st.characters(codec="utf-8", exclude_characters="?#"), max_size=20)
escapes = st.sampled_from(
    ["%2e%2E", "%5F", "%69", "%2f", "%", "%zz", ";sid=1", ";jsession%69d=2", "..", ".", "//", " "]
)
paths = st.lists(st.one_of(pieces, escapes), max_size=5).map("/".join)
pairs = st.one_of(pieces, st.sampled_from([f"{name}=x" for name in TRACKING]), st.just("utm%5Fsource=x"))
queries = st.lists(pairs, max_size=5).map("&".join)
addresses = st.builds(
    lambda scheme, host, port, path, query, fragment: f"{scheme}://{host}{port}/{path}?{query}#{fragment}",
    st.sampled_from(["http", "https", "HTTP"]),
    hosts,
    ports,
    paths,
    queries,
    pieces,
)


def canonical_or_none(url: str) -> str | None:
    try:
        return canonical_url(url)
    except NotAWebAddress:
        return None


@settings(deadline=None)
@given(st.one_of(addresses, st.text()))
def test_canonical_is_idempotent_ascii_and_without_fragment(url: str) -> None:
    canonical = canonical_or_none(url)
    if canonical is None:
        return
    assert canonical_url(canonical) == canonical
    assert canonical.isascii()
    assert not any(character.isspace() for character in canonical)
    assert "#" not in canonical
    assert len(canonical) <= URL_LIMIT
    parts = urlsplit(canonical)
    assert parts.scheme in ("http", "https")
    assert parts.username is None
    assert parts.path.startswith("/")


@settings(deadline=None)
@given(addresses)
def test_no_tracking_parameter_survives(url: str) -> None:
    canonical = canonical_or_none(url)
    names = {name.lower() for name, _ in parse_qsl(urlsplit(canonical or "").query, keep_blank_values=True)}
    assert not names & {name.lower() for name in TRACKING}


@settings(deadline=None)
@given(st.lists(st.integers(0, 10**8), min_size=2, max_size=2, unique=True), st.sampled_from(["?{}", "?id={}", "/{}"]))
def test_different_numbers_stay_different_articles(numbers: list[int], shape: str) -> None:
    first, second = (canonical_url("http://paper.example/story" + shape.format(number)) for number in numbers)
    assert first != second


@pytest.mark.parametrize(
    ("found", "canonical"),
    [
        ("HTTP://Paper.Example:80", "http://paper.example/"),
        ("https://paper.example:443/a?b", "https://paper.example/a?b"),
        ("https://paper.example:8443/a", "https://paper.example:8443/a"),
        ("http://user:secret@paper.example/a", "http://paper.example/a"),
        ("http://paper.example/a/./b/../c", "http://paper.example/a/c"),
        ("http://paper.example/%7euser/%c3%a9t%C3%A9", "http://paper.example/~user/%C3%A9t%C3%A9"),
        ("http://paper.example/été\n", "http://paper.example/%C3%A9t%C3%A9"),
        ("http://paper.example/50%", "http://paper.example/50%25"),
        ("http://paper.example/a b", "http://paper.example/a%20b"),
        ("http://zürich.example/", "http://xn--zrich-kva.example/"),
        ("http://paper.example/a;jsessionid=12?page=2", "http://paper.example/a?page=2"),
        ("http://paper.example/a;jsession%69d=12", "http://paper.example/a"),
        ("http://paper.example/?utm_source=feed&id=7&fbclid=x#top", "http://paper.example/?id=7"),
        ("http://paper.example/?utm%5Fsource=feed&id=7", "http://paper.example/?id=7"),
        ("http://paper.example/story?12345", "http://paper.example/story?12345"),
        ("http://paper.example/?reference=4&source=wire", "http://paper.example/?reference=4&source=wire"),
        ("http://paper.example/a//b", "http://paper.example/a//b"),
    ],
)
def test_what_the_reader_was_given_becomes_what_the_page_is_called(found: str, canonical: str) -> None:
    assert canonical_url(found) == canonical


@pytest.mark.parametrize(
    ("link", "canonical"),
    [
        ("story", "http://paper.example/news/story"),
        ("/story", "http://paper.example/story"),
        ("//other.example/story", "http://other.example/story"),
        ("../../../story", "http://paper.example/story"),
        ("?page=2", "http://paper.example/news/today?page=2"),
        ("#comments", "http://paper.example/news/today"),
    ],
)
def test_relative_links_are_read_from_their_page(link: str, canonical: str) -> None:
    assert canonical_url(link, "http://paper.example/news/today") == canonical


@pytest.mark.parametrize(
    "link",
    [
        "mailto:desk@paper.example",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://paper.example/a",
        "http://",
        "http:///a",
        "http://paper.example:99999/",
        "http://paper.example:port/",
        "http://[::1/",
        "http://pa per.example/",
        "http://%70aper.example/",
        "http://-paper.example/",
        "/relative",
        "",
        "http://paper.example/" + "a" * URL_LIMIT,
    ],
)
def test_what_cannot_be_an_article_is_refused(link: str) -> None:
    with pytest.raises(NotAWebAddress):
        canonical_url(link)


def test_the_host_is_read_without_its_port_and_never_fails() -> None:
    assert host_of("http://Paper.Example.:8080/a") == "paper.example"
    assert host_of("http://[broken/") == ""
    assert host_of("no url") == ""


def test_the_origin_keeps_scheme_and_port() -> None:
    assert origin_of("https://paper.example:8443/a?b") == "https://paper.example:8443"


def test_credentials_are_taken_out_and_nothing_else() -> None:
    assert without_credentials("http://a:b@paper.example:81/x?y@z#f") == "http://paper.example:81/x?y@z#f"
