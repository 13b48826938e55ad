"""Canonical URLs: the identity of an article.

Normalised as RFC 3986, section 6.2 allows without changing what the URL names, then freed of what only follows the
reader about: fragments, credentials, session ids and tracking parameters. courlan's `clean_url` is not used for this:
it drops parameters without a value (`/story?12345` and `/story?67890` become one) and every parameter whose name
begins with ga, gl, ref, source or uid, so distinct articles of older systems would share an id and one would be lost.
Its page filters are used in sections.py.
"""

import re
from urllib.parse import SplitResult, quote, unquote_to_bytes, urljoin, urlsplit, urlunsplit

import idna

URL_LIMIT = 2_000  # characters; browsers and servers agree on about this much

_DEFAULT_PORTS = {"http": 80, "https": 443}
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_BLANKS = re.compile(r"[\x00-\x1f\x7f\s]+")
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#;]*", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_-])?|\[[0-9a-f:.]+\]")
_TRACKING = re.compile(
    r"""(?:utm|mtm|pk|matomo|piwik|ns|vero|oly|itm|hsa|trk|wt)_[a-z_]+
      | (?:fb|g|d|y|ys|tw|tt)clid | (?:msclk|irclick|ssc)id
      | (?:gbra|wbra|igsh)id | igsh | gclsrc | srsltid | li_fat_id | mkt_tok
      | mc_[ce]id | _hs(?:enc|mi) | hsctatracking | _g[al] | _openstat | at_(?:medium|campaign|custom[0-9])
      | s_cid | icid | ncid | ocid | cvid | ito | xtor | cmp_?id | smid | smtyp | partner_?id | echobox
      | ref_(?:src|url) | guccounter | guce_referrer(?:_sig)? | rss
      | jsessionid | phpsessid | aspsessionid[a-z]* | sessionid""",
    re.IGNORECASE | re.VERBOSE,
)


class NotAWebAddress(ValueError):
    """No article can lie there: another scheme, no host, or more than URL_LIMIT characters."""


def canonical_url(found: str, base_url: str = "") -> str:
    """`found`, resolved against `base_url` and normalised: absolute, ASCII, http or https, never with a fragment.

    Idempotent: canonical_url(canonical_url(x)) == canonical_url(x). Raises NotAWebAddress.
    """
    text = _BLANKS.sub(lambda blank: "%20" if blank[0].strip(" ") == "" else "", found.strip())
    try:
        parts = urlsplit(urljoin(base_url, text) if base_url else text)
        scheme = parts.scheme.lower()
        port = parts.port
    except ValueError as error:
        raise NotAWebAddress(f"not a URL: {found[:200]!r}") from error
    if scheme not in _DEFAULT_PORTS:
        raise NotAWebAddress(f"not http or https: {found[:200]!r}")
    host = _host(parts)
    netloc = host if port in (None, _DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    path = _without_dots(_SESSION.sub("", escaped(parts.path, "/:@!$&'()*+,;="))) or "/"
    url = urlunsplit((scheme, netloc, path, _query(parts.query), ""))
    if len(url) > URL_LIMIT:
        raise NotAWebAddress(f"longer than {URL_LIMIT} characters: {url[:200]!r}")
    return url


def host_of(url: str) -> str:
    """The host of an absolute URL, in lower case, without its port; "" where there is none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def origin_of(url: str) -> str:
    """Scheme, host and port of a canonical URL, `https://example.org`: what one robots.txt speaks for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def without_credentials(url: str) -> str:
    """`url` without the user name and password some links carry; everything else as it stands."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".").lower()
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            raise NotAWebAddress(f"not a host name: {host[:200]!r}") from error
    if ":" in host:
        host = f"[{host}]"
    if not _HOST.fullmatch(host):
        raise NotAWebAddress(f"not a host name: {host[:200]!r}")
    return host


def _query(query: str) -> str:
    pairs = (escaped(pair, "/:@!$'()*+,;=?") for pair in query.split("&"))  # first: utm%5Fsource is utm_source
    return "&".join(pair for pair in pairs if pair and not _TRACKING.fullmatch(pair.split("=", 1)[0]))


def escaped(text: str, safe: str) -> str:
    """Unreserved characters plain, the rest escaped with capital hex digits; a stray per cent sign becomes %25."""
    pieces: list[str] = []
    at = 0
    for escape in _ESCAPE.finditer(text):
        pieces += (quote(text[at : escape.start()], safe=safe, errors="replace"), _unescaped(escape[1]))
        at = escape.end()
    return "".join((*pieces, quote(text[at:], safe=safe, errors="replace")))


def _unescaped(digits: str) -> str:
    byte = unquote_to_bytes(f"%{digits}")[0]
    return chr(byte) if byte in _UNRESERVED else f"%{digits.upper()}"


def _without_dots(path: str) -> str:
    """RFC 3986, section 5.2.4. Empty segments stay: some systems tell `//` from `/`."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments[1:]:
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)
