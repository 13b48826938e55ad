"""`nightdesk sources add` on real pages of the sample press."""

import pytest

from flows.clock import Clock
from flows.errors import ConfigurationError, NightdeskError
from flows.press.server import Press
from flows.settings import Settings
from flows.sources.add import add_source
from flows.sources.files import read_sources


def there(press: Press) -> str:
    return f"127.0.0.1:{press.port}"


def test_a_home_page_that_names_its_feed_becomes_a_source(settings: Settings, press: Press) -> None:
    added = add_source(settings, Clock(), "http://harbourcourier.example/", there(press))
    assert added.source.source_id == "harbourcourier"
    assert [place.kind for place in added.source.discover] == ["feed"]
    assert added.source.discover[0].url == "http://harbourcourier.example/feed.xml"
    assert added.source.name
    assert read_sources(settings.paths.sources).sources == (added.source,)


def test_the_address_of_a_feed_is_enough(settings: Settings, press: Press) -> None:
    added = add_source(settings, Clock(), "http://meridianledger.example/atom.xml", there(press))
    assert [place.url for place in added.source.discover] == ["http://meridianledger.example/atom.xml"]


def test_the_language_is_that_of_the_page(settings: Settings, press: Press) -> None:
    assert add_source(settings, Clock(), "http://rheinbote.example/", there(press)).source.language == "de"


def test_a_page_without_a_feed_is_followed_as_a_section_page(settings: Settings, press: Press) -> None:
    added = add_source(settings, Clock(), "http://uppervalleyherald.example/", there(press))
    assert [place.kind for place in added.source.discover] == ["section"]


def test_what_is_followed_already_is_not_added_twice(settings: Settings, press: Press) -> None:
    add_source(settings, Clock(), "http://harbourcourier.example/", there(press))
    with pytest.raises(ConfigurationError, match="already"):
        add_source(settings, Clock(), "http://harbourcourier.example/feed.xml", there(press))
    assert len(list(settings.paths.sources.glob("*.yml"))) == 1


@pytest.mark.parametrize("url", ["file:///etc/passwd", "not an address at all", "javascript:alert(1)"])
def test_what_is_no_web_address_is_refused(settings: Settings, url: str) -> None:
    with pytest.raises(NightdeskError, match="no web address"):
        add_source(settings, Clock(), url)
    assert not settings.paths.sources.exists()


@pytest.mark.parametrize("url", ["http://127.0.0.1:{port}/", "http://169.254.169.254/latest/", "http://[::1]/"])
def test_a_private_address_is_never_asked(settings: Settings, press: Press, url: str) -> None:
    asked = len(press.requests)
    with pytest.raises(NightdeskError, match="cannot be read"):
        add_source(settings, Clock(), url.format(port=press.port))
    assert len(press.requests) == asked
