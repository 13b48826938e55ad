"""What Nightdesk knows of a source: the facts written in `<home>/sources/**/<source_id>.yml`. Behaviour is code."""

from __future__ import annotations

import ipaddress
import json
import re
from datetime import date
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator

SOURCE_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TOPIC = re.compile(r"[a-z0-9]+([ -][a-z0-9]+)*")
_URL_LIMIT = 2_000
_EXPRESSION_LIMIT = 300  # characters; longer ones are lists of paths that belong in several discover entries

# ISO 639-1 and ISO 3166-1 alpha-2, as of 2025. Lists, not patterns: `uk` is Ukrainian, `UK` is no country code.
_LANGUAGE_CODES = """
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en
    eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv
    ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne
    ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st
    su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
_COUNTRY_CODES = """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
    GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO
    JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR
    MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO
    RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV
    TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
"""
LANGUAGES = frozenset(_LANGUAGE_CODES.split())
COUNTRIES = frozenset(_COUNTRY_CODES.split())


def _web_address(value: str) -> str:
    if len(value) > _URL_LIMIT:
        raise ValueError(f"longer than {_URL_LIMIT} characters")
    if any(character.isspace() or not character.isprintable() for character in value):
        raise ValueError("a URL holds no blanks and no control characters")
    parts = urlsplit(value)  # raises ValueError on broken brackets
    _ = parts.port  # raises ValueError when it is no number below 65536
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("a URL begins with http:// or https:// and names a host")
    if parts.username is not None or parts.password is not None:
        raise ValueError("a URL here carries no user name or password")
    return value


def _expression(value: str) -> str:
    if len(value) > _EXPRESSION_LIMIT:
        raise ValueError(f"longer than {_EXPRESSION_LIMIT} characters")
    try:
        re.compile(value)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"not a regular expression: {error}") from error
    return value


def _loopback(value: str) -> str:
    split_address(value)
    return value


def _language(value: str) -> str:
    if value not in LANGUAGES:
        raise ValueError("not a language code of ISO 639-1, such as en, de or fr")
    return value


def _country(value: str) -> str:
    if value not in COUNTRIES:
        raise ValueError("not a country code of ISO 3166-1, such as GB, DE or US (in capitals)")
    return value


def _topic(value: str) -> str:
    if not _TOPIC.fullmatch(value) or len(value) > 40:
        raise ValueError("a topic is lower-case words, such as world or central-banks")
    return value


def _source_id(value: str) -> str:
    if not SOURCE_ID.fullmatch(value) or len(value) > 60:
        raise ValueError("a file name is lower-case letters, digits and hyphens, such as bbc-world.yml")
    return value


def _selector(value: str) -> str:
    if len(value) > _EXPRESSION_LIMIT:
        raise ValueError(f"longer than {_EXPRESSION_LIMIT} characters")
    from transforms.content.selectors import compiled  # here: it brings every extraction library with it

    compiled(value)  # raises ValueError
    return value


def _listed(value: object) -> object:
    """One selector may stand without a list around it."""
    return (value,) if isinstance(value, str) else value


WebAddress = Annotated[str, AfterValidator(_web_address)]
Expression = Annotated[str, AfterValidator(_expression)]
CssSelectors = Annotated[
    tuple[Annotated[str, AfterValidator(_selector)], ...], BeforeValidator(_listed), Field(max_length=20)
]


class Discover(BaseModel):
    """One place where a source announces its articles.

    kind: feed (RSS, Atom, RDF or JSON Feed), sitemap (a news sitemap or an index of them), section (a page of links).
    include, exclude: regular expressions searched for in an article's URL; see `accepts`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["feed", "sitemap", "section"]
    url: WebAddress
    include: Expression | None = None
    exclude: Expression | None = None

    def accepts(self, url: str) -> bool:
        """Whether an article's URL matches `include` (where there is one) and does not match `exclude`."""
        if self.include is not None and not re.search(self.include, url):
            return False
        return self.exclude is None or not re.search(self.exclude, url)


class Selectors(BaseModel):
    """Where the rare site has its articles whose markup misleads: CSS selectors, one or a list for each.

    body: what holds the text. title, published: what says them. remove: what is no part of the page at all.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    body: CssSelectors = ()
    title: CssSelectors = ()
    published: CssSelectors = ()
    remove: CssSelectors = ()


class Source(BaseModel):
    """The facts about one source, checked.

    source_id: the file's name without `.yml`; it is not written inside the file.
    language: ISO 639-1; what a page says of itself wins.
    country: ISO 3166-1 alpha-2.
    connect_to: for the sample press and tests only: TCP connections for this source go to that loopback address,
        `127.0.0.1:8801`, while URLs and the Host header stay as written. Nothing else lets a loopback address be asked.
    delay_seconds, articles_per_night: in place of the settings of the same meaning.
    selectors: where its pages have the article, for a site whose pages are read wrongly without.
    usage_signals: in place of the setting of the same name; to do less than the publisher asks needs `usage_reason`:
        the licence, or the owner's permission.
    verified_on: the day on which `nightdesk sources check` last reached it; empty until then.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    source_id: Annotated[str, AfterValidator(_source_id)]
    name: Annotated[str, Field(min_length=1, max_length=120, pattern=r"^\S.*\S$|^\S$")]
    home_url: WebAddress
    language: Annotated[str, AfterValidator(_language)]
    country: Annotated[str, AfterValidator(_country)] | None = None
    topics: tuple[Annotated[str, AfterValidator(_topic)], ...] = Field((), max_length=20)
    discover: tuple[Discover, ...] = Field(min_length=1, max_length=100)
    connect_to: Annotated[str, AfterValidator(_loopback)] | None = None
    delay_seconds: float | None = Field(None, ge=0, le=3600, allow_inf_nan=False)
    articles_per_night: int | None = Field(None, ge=1, le=100_000)
    usage_reason: Annotated[str, Field(min_length=1, max_length=500, pattern=r"\S")] | None = None
    usage_signals: Literal["obey", "strict", "record"] | None = None
    selectors: Selectors | None = None
    enabled: bool = True
    verified_on: date | None = None

    @field_validator("usage_signals")
    @classmethod
    def _a_reason_is_given(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value not in (None, "strict") and not info.data.get("usage_reason"):
            raise ValueError("needs `usage_reason` beside it: the licence, or who gave the permission, and when")
        return value

    @property
    def selectors_json(self) -> str | None:
        """Its selectors as the column `content` reads them."""
        return None if self.selectors is None else json.dumps(self.selectors.model_dump(), sort_keys=True)

    @property
    def connect_address(self) -> tuple[str, int] | None:
        """`connect_to` as (IP address, port), or None."""
        return None if self.connect_to is None else split_address(self.connect_to)


def split_address(value: str) -> tuple[str, int]:
    """A loopback `127.0.0.1:PORT` or `[::1]:PORT` as (address, port). Raises ValueError for anything else."""
    host, _, port = value.rpartition(":")
    hint = "a loopback address and a port, such as 127.0.0.1:8801"
    if not (port.isascii() and port.isdigit() and len(port) <= 5 and 0 < int(port) < 65536):
        raise ValueError(hint)
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
    elif ":" in host:
        raise ValueError(hint)
    try:
        address = ipaddress.ip_address(host)
    except ValueError as error:
        raise ValueError(hint) from error
    if not address.is_loopback:
        raise ValueError(hint)
    return str(address), int(port)
