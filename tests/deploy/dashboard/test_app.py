"""What the pages say where there is little or nothing to show, asked of Streamlit without a browser."""

import html
import re
from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from deploy.dashboard import app
from flows.paths import Home
from flows.settings import Settings
from tests.deploy.dashboard.marts import DAY, article_row, publish_pieces
from tests.deploy.dashboard.night import PIECES

APP = str(Path(app.__file__))


def draw(monkeypatch: pytest.MonkeyPatch, home: Path, **address: str) -> AppTest:
    """The page of this address, drawn once."""
    monkeypatch.setenv("NIGHTDESK_HOME", str(home))
    page = AppTest.from_file(APP, default_timeout=60)
    for name, value in address.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def words_of(page: AppTest) -> str:
    """The text of the page's HTML, without its style."""
    bodies = [element.proto.body for element in page.get("html")]
    return html.unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", " ".join(bodies), flags=re.DOTALL))


def test_an_empty_home_says_what_to_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for address in ({}, {"q": "words"}):
        words = words_of(draw(monkeypatch, tmp_path, **address))
        assert f"No night has been published in {tmp_path}." in words
        assert "nightdesk run" in words
        assert "nightdesk demo" in words


def test_a_night_without_articles_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    publish_pieces(Home(tmp_path), [])
    assert "No article has been kept yet." in words_of(draw(monkeypatch, tmp_path))


def test_a_half_written_database_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    home = publish_pieces(Home(tmp_path), PIECES[:1])
    home.database.write_bytes(home.database.read_bytes()[:20_000])
    words = words_of(draw(monkeypatch, tmp_path))
    assert "cannot be opened" in words
    assert "nightdesk run" in words


def test_a_wrong_settings_file_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    Home(tmp_path).settings_file.write_text("colour = 'blue'\n", "utf-8")
    assert "unknown setting 'colour'" in words_of(draw(monkeypatch, tmp_path))


def test_the_address_chooses_the_day_and_a_day_without_articles_is_the_latest(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    before = DAY - timedelta(days=1)
    assert "Ferry company orders" in words_of(draw(monkeypatch, settings.home, day=before.isoformat()))
    for day in ("2020-01-01", "<b>"):
        page = draw(monkeypatch, settings.home, day=day)
        assert page.selectbox[0].value == DAY
        assert "Ferry company orders" not in words_of(page)


def test_filters_narrow_the_list_together(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    page = draw(monkeypatch, settings.home)
    source, topic, tone, language = page.multiselect
    assert {"de", "en"} <= set(language.options)
    source.select("Alpine Ledger").run()
    assert "2 stories from 1 source" in words_of(page)
    page.multiselect[2].select("positive").run()
    words = words_of(page)
    assert "1 story from 1 source" in words
    assert "Siemens wins 1.2 billion euro rail order" in words
    page.multiselect[1].select("energy").run()
    assert "No story passes this choice." in words_of(page)
    assert (topic.label, tone.label) == ("Topic", "Tone")


def test_the_night_and_its_failed_source_are_told(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    words = " ".join(words_of(draw(monkeypatch, settings.home)).split())
    assert "with gaps New addresses 19 Fetched 15 Refused 1 Deferred 1 Failed 2" in words
    assert "Kept as articles 10 Rejected 5 Index page 2 Cookie wall 1 Video page 1 Too short 1" in words
    assert "signal the feed did not answer within 20 s" in words
    assert "8 of 9 sources reached" in words


def test_an_article_that_is_not_there_any_more_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    assert "There is no article of this address." in words_of(draw(monkeypatch, settings.home, article="gone"))


def test_a_search_says_how_much_it_found(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    words = words_of(draw(monkeypatch, settings.home, q="accelerators"))
    assert "1 match" in words
    assert article_row(PIECES[5])["title"] in words
    assert "No article has these words." in words_of(draw(monkeypatch, settings.home, q="<zzz onload=zzz>' --"))
    assert "There is no word to search for." in words_of(draw(monkeypatch, settings.home, q="?!"))
