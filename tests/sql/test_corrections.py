"""Which sentences own up to a mistake, and which only sound a little like it."""

import duckdb
import pytest
from jinja2 import Environment

from flows.paths import SQL_PROJECT

OWNED_UP = (
    "Correction: An earlier headline gave the wrong year.",
    "CORRECTION (March 3):",
    "Corrections and clarifications: the bank is in Basel.",
    "Clarification — the figure is for 2025.",
    "Correction, March 10, 2026: The ship was the Ilva.",
    "Editor's note: this article was changed after publication.",
    "An earlier version of this article misstated the number of ships.",
    "A previous version of this story said 31 ships.",
    "This article was amended on 10 March 2026 because it said 31.",
    "This story has been corrected to say that the vote is on Tuesday.",
    "The text has been updated to correct the spelling of Østberg.",
    "Korrektur: In der Überschrift stand ein falsches Jahr.",
    "Korrektur vom 3. März: Es waren 37 Schiffe.",
    "In einer früheren Version dieses Artikels hieß es, es seien 31.",
    "Rectificatif : le vote aura lieu mardi.",
    "Une version précédente de cet article indiquait 31 navires.",
    "Corrección: fueron 37 barcos.",
    "Una versión anterior de este artículo decía 31.",
    "Una versione precedente di questo articolo riportava 31.",
    "In een eerdere versie van dit artikel stond 31.",
)
NOT_OWNED_UP = (
    "The correction in share prices wiped out a year of gains.",
    "Corrections officers walk out: a strike in three prisons.",
    "Correction of the market: prices fell.",
    "Corrections officers in Nairobi went on strike.",
    "Traders called it a correction: prices had run too far.",
    "Clarification of the rules is expected on Tuesday.",
    "An earlier version of the engine used more fuel.",
    "This is a developing story and will be updated.",
    "Updated 10 March, 14:20 GMT",
    "Die Korrektur an den Märkten kam schnell.",
    "The bill was amended on 10 March.",
    "Notes: the price of copper fell.",
)


@pytest.mark.parametrize(("sentences", "is_correction"), [(OWNED_UP, True), (NOT_OWNED_UP, False)])
def test_a_paper_that_owns_up_is_told_from_one_that_reports(sentences: tuple[str, ...], is_correction: bool) -> None:
    macro = Environment().from_string((SQL_PROJECT / "macros" / "says_correction.sql").read_text("utf-8"))  # noqa: S701
    said = str(macro.module.says_correction("sentence"))  # type: ignore[attr-defined]
    with duckdb.connect() as connection:
        query = f"select sentence from (select unnest(?) as sentence) where ({said}) != ?"
        assert connection.execute(query, [list(sentences), is_correction]).fetchall() == []
