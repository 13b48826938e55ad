"""Checkpoints fetched from a hub on this machine that speaks the real one's addresses, and what is said of bad ones."""

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from typer.testing import CliRunner

from flows.checkpoints import check_checkpoints, checkpoint_of
from flows.cli import app
from flows.errors import ConfigurationError, NightdeskError, StopRun
from flows.makers import check_makers, makers
from flows.pull import pull, pulled
from flows.settings import Settings
from tests import checkpoints
from transforms.backends.hub.checkpoint import Checkpoint

REVISION = "89abcdef" * 5
MODEL = "tiny/tones"
FILES = {
    "config.json": b'{"model_type": "bert", "architectures": ["BertForSequenceClassification"]}',
    "tokenizer.json": b"{}",
    "model.safetensors": b"weights" * 1000,
    "pytorch_model.bin": b"pickled",
    "own_code.py": b"print('never')",
    "nested/model.safetensors": b"elsewhere",
    ".gitattributes": b"",
}


@dataclass
class Hub:
    """A hub with one model; what it serves may differ from what it states."""

    files: dict[str, bytes]
    served: dict[str, bytes] = field(default_factory=dict)
    sha: str = REVISION
    token: str = ""
    port: int = 0
    asked: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    def page(self) -> dict[str, Any]:
        siblings = []
        for name, content in self.files.items():
            blob = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
            large = name.endswith((".safetensors", ".bin"))
            lfs = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
            siblings.append({"rfilename": name, "size": len(content), "blobId": blob} | ({"lfs": lfs} if large else {}))
        return {"id": MODEL, "sha": self.sha, "siblings": siblings, "cardData": {"license": "mit"}}

    def answer(self, path: str, key: str) -> tuple[int, dict[str, str], bytes]:
        self.asked.append(path)
        self.keys.append(key)
        if self.token and key != f"Bearer {self.token}" and not path.startswith("/cdn/"):
            return 401, {}, b"no"
        if path == f"/api/models/{MODEL}/revision/{REVISION}":
            return 200, {}, json.dumps(self.page()).encode()
        name = path.removeprefix(f"/{MODEL}/resolve/{REVISION}/")
        if name != path and name.endswith(".safetensors"):
            return 302, {"location": f"http://localhost:{self.port}/cdn/{name}"}, b""  # large files lie on another host
        content = (self.files | self.served).get(path.removeprefix("/cdn/") if path.startswith("/cdn/") else name)
        return (404, {}, b"") if content is None else (200, {}, content)


@contextmanager
def serving(hub: Hub) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = hub.answer(urlsplit(self.path).path, self.headers.get("authorization", ""))
            self.send_response(status)
            for name, value in {**headers, "content-length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        hub.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{hub.port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Hub]]:
    with ExitStack() as held:

        def start(**changed: Any) -> Hub:
            hub = Hub(**{"files": dict(FILES), **changed})
            monkeypatch.setenv("HF_ENDPOINT", held.enter_context(serving(hub)))
            return hub

        monkeypatch.delenv("HF_TOKEN", raising=False)
        yield start


def settings_of(home: Path, column: str = "sentiment", **changed: Any) -> Settings:
    stated = {"model": MODEL, "revision": REVISION, **changed}
    return Settings.model_validate({"home": home, "backends": {column: "hub"}, "hub": {column: stated}})


def fetch(home: Path, **limits: int) -> Checkpoint:
    checkpoint = checkpoint_of(settings_of(home), "sentiment")
    pull(checkpoint, lambda *_: None, **limits)
    return checkpoint


def test_weights_tokenizer_and_configuration_are_fetched_and_nothing_else(
    serve: Callable[..., Hub], tmp_path: Path
) -> None:
    hub = serve()
    checkpoint = fetch(tmp_path)
    assert {file.name for file in checkpoint.folder.iterdir()} == {
        *("config.json", "tokenizer.json", "model.safetensors"),
        "pulled.json",
    }
    here = pulled(checkpoint, hashes=True)
    assert here is not None
    assert (here.licence, here.damaged) == ("mit", ())
    asked = len(hub.asked)
    fetch(tmp_path)
    assert len(hub.asked) == asked, "what is here is not asked for again"


def test_a_key_is_shown_to_the_hub_and_to_nobody_it_points_to(
    serve: Callable[..., Hub], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = serve(token="secret")
    with pytest.raises(ConfigurationError, match="does not show tiny/tones") as caught:
        fetch(tmp_path)
    assert "HF_TOKEN" in caught.value.hint
    monkeypatch.setenv("HF_TOKEN", "secret")
    fetch(tmp_path)
    elsewhere = [key for path, key in zip(hub.asked, hub.keys, strict=True) if path.startswith("/cdn/")]
    assert elsewhere == [""]


@pytest.mark.parametrize(
    ("changed", "limits", "message"),
    [
        ({"sha": "0" * 40}, {}, "another revision"),
        ({"files": {"pytorch_model.bin": b"x", "config.json": b"{}"}}, {}, "has no safetensors"),
        ({"served": {"model.safetensors": b"other" * 1400}}, {}, "not the file that the hub states"),
        ({"served": {"model.safetensors": FILES["model.safetensors"] * 9}}, {}, "not the file that the hub states"),
        ({"served": {"config.json": FILES["config.json"].replace(b"bert", b"evil")}}, {}, "not the file that the hub"),
        ({}, {"limit": 100}, "the limit is"),
    ],
)
def test_what_is_not_as_it_should_be_leaves_nothing_that_could_be_run(
    serve: Callable[..., Hub], tmp_path: Path, changed: dict[str, Any], limits: dict[str, int], message: str
) -> None:
    serve(**changed)
    with pytest.raises(NightdeskError, match=message):
        fetch(tmp_path, **limits)
    assert not checkpoint_of(settings_of(tmp_path), "sentiment").folder.exists()


def test_a_pull_that_was_cut_off_keeps_what_had_arrived(serve: Callable[..., Hub], tmp_path: Path) -> None:
    hub = serve(served={"model.safetensors": b"short"})
    with pytest.raises(StopRun):
        fetch(tmp_path)
    hub.served.clear()
    hub.asked.clear()
    fetch(tmp_path)
    assert not [path for path in hub.asked if path.endswith("config.json")]


def test_a_hub_that_has_no_such_revision_or_does_not_answer_is_a_sentence(
    serve: Callable[..., Hub], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve()
    with pytest.raises(ConfigurationError, match="has no tiny/tones at 000"):
        pull(checkpoint_of(settings_of(tmp_path, revision="0" * 40), "sentiment"), lambda *_: None)
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(StopRun, match="could not be asked"):
        fetch(tmp_path)


def test_the_list_names_every_columns_maker_and_whether_it_is_here(serve: Callable[..., Hub], tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    serve()
    by_column = {maker.column: maker for maker in makers(settings)}
    assert by_column["entities"].model == "nightdesk-reader"
    assert (by_column["sentiment"].state, by_column["sentiment"].bytes) == ("not here", None)
    fetch(tmp_path)
    listed = next(maker for maker in makers(settings) if maker.column == "sentiment")
    assert (listed.state, listed.licence, listed.revision) == ("here", "mit", REVISION)
    (checkpoint_of(settings, "sentiment").folder / "config.json").write_text("{}")
    bad = [finding for finding in check_makers(settings) if finding.level == "fail"]
    assert [finding.what for finding in bad] == ["sentiment: config.json of tiny/tones is not as fetched"]


def test_a_night_asks_first_whether_its_checkpoints_are_here(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"torch, which is not installed|which is not here") as caught:
        check_checkpoints(settings_of(tmp_path))
    assert "nightdesk[hub]" in caught.value.hint or "nightdesk models pull sentiment" in caught.value.hint
    check_checkpoints(Settings(home=tmp_path))


def test_real_checkpoints_are_pulled_checked_and_say_on_what_they_run(
    serve: Callable[..., Hub], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("torch", reason="torch is not installed (the extra hub)")
    monkeypatch.setenv("NIGHTDESK_HOME", "unset")
    built = checkpoints.judge_of_tone(tmp_path / "built")
    serve(files={file.name: file.read_bytes() for file in built.iterdir()})
    home = tmp_path / "home"
    home.mkdir()
    stated = f'[backends]\nsentiment = "hub"\n[hub.sentiment]\nmodel = "{MODEL}"\nrevision = "{REVISION}"\n'
    (home / "nightdesk.toml").write_text(stated)
    runner, at = CliRunner(), ["--home", str(home), "models"]
    assert "fetched to" in runner.invoke(app, [*at, "pull"], catch_exceptions=False).output
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")  # from here on there is no hub
    checked = runner.invoke(app, [*at, "check", "--json"], catch_exceptions=False)
    assert checked.exit_code == 0
    said = next(finding["what"] for finding in json.loads(checked.output) if "sentiment" in finding["what"])
    assert f"{REVISION} float32 on" in said
    listed = json.loads(runner.invoke(app, [*at, "list", "--json"], catch_exceptions=False).output)
    assert {row["column"]: row["backend"] for row in listed}["sentiment"] == "hub"
