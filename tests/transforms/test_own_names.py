"""The user's own gazetteer: what its rows mean, and what is said of a row that is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.gazetteer import Company
from transforms.geography import Place
from transforms.own_names import COLUMNS, MOST_ROWS, NO_OWN_NAMES, BadRow, own_names

HEADER = ",".join(COLUMNS) + "\n"


def test_rows_become_companies_places_and_names_that_are_never_linked() -> None:
    own = own_names(
        HEADER
        + "Halden Lock Works,company,hlk,osl,no,Halden|HLW\n"
        + "OpenAI,,,,US,\n"
        + '"Port Ellen, Islay",place,,,GB,Port Ellen\n'
        + "\n"
        + "Target,none,,,,\n"
    )
    halden = Company("OSL:HLK", "Halden Lock Works", "HLK", "OSL", "NO")
    assert own.names == {
        "halden lock works": halden,
        "halden": halden,
        "hlw": halden,
        "openai": Company("own:openai", "OpenAI", None, None, "US"),
        "port ellen islay": Place("own:port ellen islay", "Port Ellen, Islay", "GB", "own", 0),
        "port ellen": Place("own:port ellen islay", "Port Ellen, Islay", "GB", "own", 0),
        "target": None,
    }
    assert own.rows == 4


def test_a_listing_we_know_is_the_company_we_know() -> None:
    own = own_names("name,ticker,exchange\nInstagram,META,NASDAQ\n")
    company = own.names["instagram"]
    assert isinstance(company, Company)
    assert (company.company_id, company.name) == ("META", "Meta Platforms")


def test_the_digest_is_that_of_the_content() -> None:
    texts = ["name\nA1\n", "name\nA2\n", "name\n"]
    assert len({own_names(text).digest for text in texts} | {NO_OWN_NAMES.digest}) == 4
    assert own_names(texts[0]) == own_names(texts[0])
    assert own_names("name\n").names == {}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "no column `name`"),
        ("name;ticker\nMeta;META\n", 1, "no column `name`"),
        ("name,colour\nMeta,blue\n", 1, "unknown column 'colour'"),
        ("name,name\nMeta,Meta\n", 1, "twice"),
        ("name,ticker\nMeta,META\nShell,SHEL,LON\n", 3, "3 cells, the header has 2"),
        ("name,kind\nMeta,firm\n", 2, "kind 'firm'"),
        ("name,country\nMeta,USA\n", 2, "country 'USA'"),
        ("name,ticker\nMeta,ME TA\n", 2, "ticker 'ME TA'"),
        ("name,exchange\nMeta,NASDAQ\n", 2, "exchange 'NASDAQ'"),
        ("name,kind\nPort Ellen,place\n", 2, "a place without a country"),
        ("name,kind,ticker,country\nPort Ellen,place,PE,GB\n", 2, "a ticker for the kind place"),
        ("name,ticker\n,META\n", 2, "no name"),
        ("name\n...\n", 2, "is no name"),
        ("name,aliases\nMeta,Insta|--\n", 2, "is no name"),
        ("name,ticker\nMeta,META\nSiemens,SIE\nthe META,MTA\n", 4, "stands on line 2 already"),
        ('name\nMeta\n"Shell\n', 3, "not CSV"),
        ("name\n" + "A1\n" * (MOST_ROWS + 1), MOST_ROWS + 2, "more than"),
    ],
)
def test_a_wrong_row_is_named_by_its_line_with_a_hint(text: str, line: int, said: str) -> None:
    with pytest.raises(BadRow) as raised:
        own_names(text)
    assert raised.value.line == line
    assert said in raised.value.message
    assert raised.value.hint


def test_the_same_row_twice_is_no_fault_and_a_mark_of_encoding_no_letter() -> None:
    assert own_names("\ufeffname,ticker\r\nMeta,META\r\nMeta,META\r\n").rows == 2


@given(
    st.text(max_size=200)
    | st.lists(st.lists(st.text('ab|,"\n;X', max_size=5), max_size=7)).map(
        lambda rows: HEADER + "\n".join(",".join(cells) for cells in rows)
    )
)
def test_any_text_is_read_or_refused_with_a_line(text: str) -> None:
    try:
        found = own_names(text)
    except BadRow as error:
        place = error.line
    else:
        place = found.rows + 1
    assert 1 <= place <= text.count("\n") + text.count("\r") + 2
