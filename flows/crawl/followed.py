"""What raw knows of the further pages of articles that are cut into several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

_QUERY = """
    select
        article_id,
        url,
        arg_max(body_hash, requested_at) filter (where outcome = 'ok') as body_hash,
        coalesce(bool_or(error_class in ('http_404', 'http_410')), false) as is_gone
    from known_fetches
    where purpose = 'following' and requested_at >= $since
    group by article_id, url
    order by article_id, max(requested_at), url
"""


@dataclass(frozen=True)
class Followed:
    """A page after the first. body_hash: of its latest body; None where it was never had."""

    url: str
    body_hash: str | None
    is_gone: bool


def read_followed(connection: duckdb.DuckDBPyConnection, since: datetime) -> dict[str, tuple[Followed, ...]]:
    """The further pages that were asked for since then, by article, the one asked for last at the end."""
    found: dict[str, list[Followed]] = defaultdict(list)
    for article_id, *page in connection.execute(_QUERY, {"since": since}).fetchall():
        found[article_id].append(Followed(*page))
    return {article_id: tuple(pages) for article_id, pages in found.items()}


def missing_page(pages: Sequence[Followed]) -> str | None:
    """The address at which the article goes on and that was asked for in vain, the last of several; 404 is final."""
    return next((page.url for page in reversed(pages) if page.body_hash is None and not page.is_gone), None)
