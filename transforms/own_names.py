"""The user's own gazetteer: a CSV file of names, which decides before ours.

    name,kind,ticker,exchange,country,aliases
    OpenAI,company,,,US,Open AI
    Instagram,company,META,NASDAQ,US,Insta|IG
    Port Ellen,place,,,GB,
    Target,none,,,,

name: the full name. kind: company (where left out), place, or none: a name that is never to be linked. ticker and
exchange: as in "META" and "NASDAQ"; empty for a company that is not traded. country: ISO 3166. aliases: other names,
with | between them. Only `name` must be there. Names are compared without case, accents and a leading "the".
"""

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from transforms.gazetteer import Company, company_of_listing
from transforms.geography import Place, geonames
from transforms.names import name_key

COLUMNS = ("name", "kind", "ticker", "exchange", "country", "aliases")
KINDS = ("company", "place", "none")
MOST_ROWS = 50_000
LONGEST_NAME = 200
_TICKER = re.compile(r"[A-Z0-9][A-Z0-9.\-]{0,11}")
_EXCHANGE = re.compile(r"[A-Z]{2,10}")


class BadRow(ValueError):
    """What is wrong with a file of names: the line it is on, and how to mend it."""

    def __init__(self, line: int, message: str, hint: str) -> None:
        super().__init__(f"line {line}: {message}")
        self.line, self.message, self.hint = line, message, hint


@dataclass(frozen=True)
class OwnNames:
    """The names by name_key; None stands for a name that is never linked. digest: of the file's content."""

    names: Mapping[str, Company | Place | None] = field(default_factory=dict)
    rows: int = 0
    digest: str = "none"


NO_OWN_NAMES = OwnNames()


def own_names(content: str) -> OwnNames:
    """The names a CSV text holds. Raises BadRow at the first row that is wrong."""
    names: dict[str, Company | Place | None] = {}
    first_line: dict[str, int] = {}
    rows = 0
    for line, row in _rows(content):
        rows += 1
        if rows > MOST_ROWS:
            raise BadRow(line, f"more than {MOST_ROWS} rows", "Keep the names you follow.")
        meant = _meant(line, row)
        for name in (row["name"], *filter(None, (alias.strip() for alias in row["aliases"].split("|")))):
            key = name_key(name)
            if not any(letter.isalnum() for letter in key) or len(name) > LONGEST_NAME:
                raise BadRow(line, f"{name[:40]!r} is no name", "A name has a letter or a digit, 200 at most.")
            if key in names and names[key] != meant:
                raise BadRow(line, f"{name!r} stands on line {first_line[key]} already", "Keep one of the two.")
            names[key] = meant
            first_line.setdefault(key, line)
    return OwnNames(names, rows, hashlib.sha256(content.encode("utf-8")).hexdigest()[:12])


def _rows(content: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Line and cells of each row, every column of COLUMNS among them."""
    reader = csv.reader(io.StringIO(content.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        header = [cell.strip().casefold() for cell in next(reader, [])]
        if "name" not in header:
            raise BadRow(1, "no column `name`", f"The first line is {','.join(COLUMNS)}, with commas between.")
        if unknown := [cell for cell in header if cell not in COLUMNS]:
            raise BadRow(1, f"unknown column {unknown[0]!r}", f"The columns are {', '.join(COLUMNS)}.")
        if len(set(header)) < len(header):
            raise BadRow(1, "a column stands there twice", f"The columns are {', '.join(COLUMNS)}.")
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                hint = "Quote a cell that holds a comma; aliases have | between them."
                raise BadRow(reader.line_num, f"{len(cells)} cells, the header has {len(header)}", hint)
            given = dict(zip(header, (cell.strip() for cell in cells), strict=True))
            yield reader.line_num, {column: given.get(column, "") for column in COLUMNS}
    except csv.Error as error:
        raise BadRow(reader.line_num, f"not CSV: {error}", "A quotation mark in a cell is written twice.") from error


def _meant(line: int, row: Mapping[str, str]) -> Company | Place | None:
    """What the row's names mean, its cells checked."""
    kind = row["kind"].casefold() or "company"
    ticker, exchange, country = row["ticker"].upper(), row["exchange"].upper(), row["country"].upper() or None
    wrong = (
        (not row["name"], "no name", "Every row has one."),
        (kind not in KINDS, f"kind {row['kind']!r}", f"A kind is one of {', '.join(KINDS)}."),
        (
            country is not None and country not in geonames().get_countries(),
            f"country {row['country']!r}",
            "A country is its two letters of ISO 3166, as in CH.",
        ),
        (ticker and not _TICKER.fullmatch(ticker), f"ticker {row['ticker']!r}", "Write it as in META or BRK.B."),
        (
            exchange and not (_EXCHANGE.fullmatch(exchange) and ticker),
            f"exchange {row['exchange']!r}",
            "An exchange is written as in NASDAQ, beside a ticker.",
        ),
        (kind != "company" and ticker, f"a ticker for the kind {kind}", "Only a company has one."),
        (kind == "place" and not country, "a place without a country", "Give its two letters of ISO 3166, as in CH."),
    )
    for is_wrong, message, hint in wrong:
        if is_wrong:
            raise BadRow(line, message, hint)
    if kind == "none":
        return None
    key = name_key(row["name"])
    if kind == "place":
        return Place(f"own:{key}", row["name"], country, "own", 0)
    if known := company_of_listing().get((ticker, exchange)):
        return known
    company_id = f"{exchange}:{ticker}".strip(":") if ticker else f"own:{key}"
    return Company(company_id, row["name"], ticker or None, exchange or None, country)
