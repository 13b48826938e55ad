from typing import Any

import numpy as np
import pytest

from transforms.evaluation.flips import Flips


def tones(article: str, sentences: list[str], **names: str) -> dict[str, Any]:
    return {
        "label": article,
        "sentences": [{"start": 10 * n, "end": 10 * n + 9, "label": label} for n, label in enumerate(sentences)],
        "entities": [{"entity_id": key, "label": label} for key, label in names.items()],
    }


def test_flips_are_counted_by_source_and_entity() -> None:
    flips = Flips()
    called = {"a": "Acme", "b": "Bolt"}
    flips.add(
        "sentiment",
        tones("neutral", ["neutral"], a="neutral"),
        tones("positive", ["neutral"], a="negative", b="neutral"),
        "ours",
        called,
    )
    flips.add("sentiment", tones("neutral", []), tones("neutral", []), "theirs", called)
    told = {key: (t.compared, t.flipped, t.added, t.lost) for key, t in flips.tallies.items()}
    assert told["article label", "all", ""] == (2, 1, 0, 0)
    assert told["article label", "source", "ours"] == (1, 1, 0, 0)
    assert told["article label", "source", "theirs"] == (1, 0, 0, 0)
    assert told["sentence label", "all", ""] == (1, 0, 0, 0)
    assert told["name label", "entity", "Acme"] == (1, 1, 0, 0)
    assert told["name label", "entity", "Bolt"] == (1, 0, 1, 0)
    assert flips.moves == {("article label", "neutral", "positive"): 1, ("name label", "neutral", "negative"): 1}
    tally = flips.tallies["name label", "all", ""]
    assert (tally.flipped_share, tally.changed_share) == (1, 1)


def test_key_points_come_and_go_and_vectors_may_shake() -> None:
    def summary(*starts: int) -> dict[str, Any]:
        points = [{"start": s, "end": s + 5, "text": f"point {s}"} for s in starts]
        return {"gist": None, "key_points": points}

    flips = Flips()
    flips.add("summary", summary(0, 10, 20), summary(0, 30), "ours", {})
    assert vars(flips.tallies["key point", "all", ""]) == {"compared": 4, "flipped": 0, "added": 1, "lost": 2}
    start = np.random.default_rng(1).normal(size=384)
    for other, flipped in ((start + 0.01, 0), (-start, 1)):
        flips = Flips()
        flips.add("embedding", {"vector": start.tolist()}, {"vector": other.tolist()}, "ours", {})
        assert flips.tallies["vector", "all", ""].flipped == flipped


@pytest.mark.parametrize(("new", "flipped"), [(1, 0), (2, 1)])
def test_a_column_nobody_taught_us_is_compared_field_by_field(new: int, flipped: int) -> None:
    flips = Flips()
    flips.add("novel", {"x": 1, "y": [1]}, {"x": new, "y": [1]}, "ours", {})
    assert flips.tallies["x", "all", ""].flipped == flipped
    assert flips.tallies["y", "all", ""].flipped == 0
