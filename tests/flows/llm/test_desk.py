"""A night whose columns an endpoint writes: each row on disk says who made it, the report says what it cost."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from flows.backends import chosen_transforms
from flows.clock import Clock
from flows.columns import with_lineage, write_rows
from flows.errors import ConfigurationError
from flows.ledger import new_run_id
from flows.llm.channel import CallFailed
from flows.llm.desk import served_models, service_of
from flows.paths import Home
from flows.progress import silent
from flows.read import Job, read
from flows.settings import load_settings
from tests.flows.llm.conftest import Line
from tests.flows.llm.scripted import Said, completion, refusal
from tests.sql.nights import row
from transforms.backends.llm.prompt import COLUMNS
from transforms.content import CONTENT
from transforms.quality import QUALITY
from transforms.reader.reader import load_reader

Open = Callable[..., Line]
NIGHT = date(2026, 3, 4)
TEXTS = (
    "Beatrice Odongo leads the Rotterdam port authority since May.",
    "Acme sold 40 trains to Kenya on Monday.",
    "Nobody knows why the lock gate at Brannock failed.",
)
ANSWER = {
    "entities": [{"name": "Beatrice Odongo", "type": "PER", "also": []}],
    "sentiment": {
        "article": {"negative": 0, "neutral": 0.5, "positive": 0.5},
        "towards": [{"name": "Odongo", "negative": 0, "neutral": 25, "positive": 75}],
        "sentences": [],
    },
    "summary": {
        "gist": {"text": TEXTS[0], "sentences": [1]},
        "key_points": [{"text": TEXTS[0], "sentences": [1]}],
    },
}
KEY = "sk-of-this-test"


def kept(home: Home) -> None:
    """The texts in the home's columns, as a night's extract leaves them."""
    day = datetime(2026, 3, 4, 2, tzinfo=UTC)
    for number, text in enumerate(TEXTS):
        keys = {"article_id": f"a{number}", "revision_id": f"r{number}", "body_hash": f"b{number}"}
        given = {"text": text, "sentences": [{"start": 0, "end": len(text)}], "language": "en", "fetched_at": day}
        content = row(CONTENT.writes, **keys, **given)
        quality = row(QUALITY.writes, **keys, verdict="kept", score=1.0)
        for transform, made in ((CONTENT, content), (QUALITY, quality)):
            rows = pa.Table.from_pylist([made], schema=transform.writes)
            lined = with_lineage(
                rows, version=1, model="rules", revision="1", parameters="", code="0", run_id="0", at=day
            )
            write_rows(home, transform, lined, [day.date()], f"0-{number}")


def settings_of(line: Line, home: Path, **stated: Any) -> Any:
    home.mkdir(exist_ok=True)
    values = {"base_url": line.server.base_url, "model": "small", "key_variable": "A_KEY", "concurrency": 1, **stated}
    llm = "\n".join(f"{name} = {json.dumps(value)}" for name, value in values.items())
    backends = "\n".join(f'{name} = "llm"' for name in COLUMNS)
    (home / "nightdesk.toml").write_text(f"[backends]\n{backends}\n[llm]\n{llm}\n", "utf-8")
    return load_settings(home)


def read_night(settings: Any) -> dict[str, int]:
    clock = Clock()
    with chosen_transforms(settings, clock, NIGHT) as chosen:
        own = tuple(transform for transform in chosen.transforms if transform.name in COLUMNS)
        read(Job(settings.paths, new_run_id(clock), clock, 2, lambda: load_reader(1), silent, own))
        return chosen.counts()


def makers(home: Home, column: str) -> list[tuple[str, str]]:
    files = f"{home.columns}/{column}/v*/*/*.parquet"
    with duckdb.connect() as connection:
        return connection.execute(
            f"select model, model_revision from read_parquet('{files}') order by article_id"
        ).fetchall()


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("A_KEY", KEY)
    monkeypatch.setenv("NIGHTDESK_HOME", str(tmp_path / "home"))  # load_settings sets it; it is put back after the test


def test_a_night_by_an_endpoint_from_settings_to_rows(line: Open, tmp_path: Path) -> None:
    def script(asked: dict[str, Any], _number: int) -> Said:
        article = asked["messages"][1]["content"]
        if "Acme" in article:
            return completion("I am sorry, I cannot read this.")
        return completion(json.dumps(ANSWER)) if "Odongo" in article else refusal(403)

    opened = line(script)
    settings = settings_of(opened, tmp_path / "home", price_in=1.0, price_out=2.0)
    kept(settings.paths)
    counts = read_night(settings)
    assert set(opened.server.keys) == {f"Bearer {KEY}"}
    for column in COLUMNS:
        models = makers(settings.paths, column)
        assert models[0] == ("small", "small-1 fp_7")
        assert {model for model, _ in models[1:]} == {"nightdesk-reader"}
    assert counts == {
        "llm_rows": 3,
        "llm_fallback_refused": 3,
        "llm_fallback_http_403": 3,
        "llm_dropped_lines": 0,
        "llm_dropped_names": 0,
        "llm_dropped_tones": 0,
        "llm_calls": 3,
        "llm_retries": 0,
        "llm_cache_hits": 0,
        "llm_tokens_in": 2_000,
        "llm_tokens_out": 200,
        "llm_money_micros": 2_400,
    }
    files = [file for file in (tmp_path / "home").rglob("*") if file.is_file()]
    assert len(files) > 10
    assert not [file for file in files if re.search(KEY.encode(), file.read_bytes())]
    assert read_night(settings)["llm_calls"] == 0, "nothing is left to read"


def test_what_the_settings_cannot_mean_is_said_before_anything_is_asked(
    line: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = line(lambda _asked, _number: completion("{}"))
    with pytest.raises(ConfigurationError, match="money_per_night"):
        service_of(settings_of(opened, tmp_path / "home", money_per_night=1.0))
    monkeypatch.setenv("A_KEY", "two\nlines")
    with pytest.raises(ConfigurationError, match="A_KEY holds no key") as raised:
        service_of(settings_of(opened, tmp_path / "home"))
    assert "lines" not in raised.value.message
    monkeypatch.delenv("A_KEY")
    with pytest.raises(ConfigurationError, match="A_KEY holds no key"):
        service_of(settings_of(opened, tmp_path / "home"))


def test_an_endpoint_says_which_models_it_serves(line: Open, tmp_path: Path) -> None:
    data = [{"id": "small"}, {"id": 7}, "x", {"id": "a\x1b[2Jb"}]
    opened = line(lambda asked, _number: Said(body=json.dumps({"data": data, **asked}).encode()))
    settings = settings_of(opened, tmp_path / "home")
    assert served_models(settings, Clock()) == ["small"]
    assert opened.server.keys == [f"Bearer {KEY}"]
    opened.server.script = lambda asked, _number: refusal(401 if asked == {"path": "/v1/models"} else 500)
    with pytest.raises(CallFailed, match="http_401"):
        served_models(settings, Clock())
