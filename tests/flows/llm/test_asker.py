"""An endpoint may do what it likes: every prompt gets its reply or a reason, in order, within the night's limits."""

import json
import threading
from collections.abc import Callable

import pytest

from flows.llm.asker import DOWN_AFTER, FIRST_PAUSE
from tests.flows.llm.conftest import Line, prompts
from tests.flows.llm.scripted import Said, Script, completion, refusal
from transforms.backends.llm.endpoint import Reply

Open = Callable[..., Line]
ANSWERED = Reply("{}", maker="small-1 fp_7")


def echo(asked: dict[str, object], _number: int) -> Said:
    """The sentence of the article, so that a reply can be told from the others."""
    messages = asked["messages"]
    assert isinstance(messages, list)
    return completion(messages[1]["content"].split("\n")[1])


def always(said: Said) -> Script:
    return lambda _asked, _number: said


def one_after_the_other(*said: Said) -> Script:
    return lambda _asked, number: said[min(number, len(said) - 1)]


def test_replies_come_in_the_order_of_the_prompts_and_equal_ones_are_asked_once(line: Open) -> None:
    opened = line(echo)
    asked = prompts(6)
    found = opened.asker().ask([*asked, *asked])
    assert [reply.content for reply in found] == [f"1: Barge {place} waits below the lock." for place in range(6)] * 2
    assert len(opened.server.requests) == 6


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (completion(None), "empty"),
        (completion("  "), "empty"),
        (completion("{", finish="length"), "truncated"),
        (completion(None, refusal="I will not."), "refused"),
        (completion("{}", finish="content_filter"), "refused"),
        (Said(body=b"<html>Gateway</html>"), "answer_is_no_json"),
        (Said(body=b"[1]"), "answer_is_no_json"),
        (Said(body=b"[" * 100_000), "answer_is_no_json"),
        (Said(body=b"{}"), "answer_without_choice"),
        (Said(body=b'{"choices": [7], "usage": 7}'), "answer_without_choice"),
        (Said(body=b" " * 5_000_000), "answer_too_large"),
        (refusal(413), "http_413"),
        (refusal(302, location="http://127.0.0.1:1/v1/chat/completions"), "http_302"),
        (refusal(400, "This model's maximum context length is 4096 tokens."), "http_400"),
    ],
)
def test_what_is_no_answer_has_a_reason_and_is_not_tried_again(line: Open, said: Said, reason: str) -> None:
    opened = line(always(said))
    (reply,) = opened.asker().ask(prompts(1))
    assert reply.reason == reason
    assert len(opened.server.requests) == 1
    assert opened.pauses == []


def test_a_server_that_recovers_is_asked_again_after_growing_pauses(line: Open) -> None:
    opened = line(one_after_the_other(refusal(500), refusal(503), refusal(429), completion("{}")))
    asker = opened.asker()
    assert asker.ask(prompts(1)) == [ANSWERED]
    assert asker.counted == {"calls": 4, "retries": 3}
    assert all(0 <= pause <= FIRST_PAUSE * 2**place for place, pause in enumerate(opened.pauses))
    assert len(opened.pauses) == 3


@pytest.mark.parametrize("stated", ["7", "Wed, 04 Mar 2026 02:15:07 GMT"])
def test_a_server_that_says_how_long_to_wait_is_waited_for(line: Open, stated: str) -> None:
    opened = line(one_after_the_other(refusal(429, retry_after=stated), completion("{}")))
    assert opened.asker().ask(prompts(1)) == [ANSWERED]
    assert opened.pauses == [pytest.approx(7, abs=0.5)]


def test_a_server_that_asks_for_hours_is_left_alone(line: Open) -> None:
    opened = line(always(refusal(429, retry_after="3600")), concurrency=1)
    found = opened.asker().ask(prompts(4))
    assert [reply.reason for reply in found] == ["rate_limited"] * 4
    assert len(opened.server.requests) == 1
    assert opened.pauses == []


@pytest.mark.parametrize("drips", [False, True])
def test_a_silent_and_a_dripping_server_are_given_up_at_the_deadline(line: Open, drips: bool) -> None:
    done = threading.Event()
    said = Said(body=b" " * 10_000, drip=done) if drips else Said(wait=done)
    opened = line(always(said), timeout_seconds=0.15, tries=2)
    asker = opened.asker()
    (reply,) = asker.ask(prompts(1))
    done.set()
    assert reply.reason == "timeout"
    assert asker.counted["calls"] == 2
    assert asker.budget.spent.tokens > 0  # what was asked for may be charged


def test_an_endpoint_that_is_down_costs_a_few_tries_and_not_the_night(line: Open) -> None:
    opened = line(always(refusal(500)), concurrency=1, tries=2)
    asker = opened.asker()
    found = asker.ask(prompts(DOWN_AFTER + 4))
    assert [reply.reason for reply in found] == ["http_500"] * DOWN_AFTER + ["endpoint_down"] * 4
    assert len(opened.server.requests) == 2 * DOWN_AFTER
    opened.server.shutdown()
    opened.server.server_close()
    (reply,) = opened.asker().ask(prompts(1))
    assert reply.reason == "unreachable"


def test_a_refused_key_ends_the_asking_and_is_told_to_nobody(line: Open) -> None:
    opened = line(always(refusal(401, "Incorrect API key provided: sk-secret")), concurrency=1, key="sk-secret")
    asker = opened.asker()
    found = asker.ask(prompts(3))
    assert [reply.reason for reply in found] == ["http_401"] * 3
    assert opened.server.keys == ["Bearer sk-secret"]
    assert "sk-secret" not in repr((found, opened.service, asker.counted))
    assert not [file for file in opened.folder.rglob("*") if file.is_file() and "sk-secret" in file.read_text("utf-8")]


def test_no_more_are_asked_at_once_than_allowed_and_as_many_as_that(line: Open) -> None:
    all_there = threading.Barrier(3)

    def meet(_asked: dict[str, object], number: int) -> Said:
        if number < 3:
            all_there.wait(10)  # passes only when three are asked at once
        return completion("{}")

    opened = line(meet, concurrency=3)
    assert opened.asker().ask(prompts(12)) == [ANSWERED] * 12
    assert opened.server.most_at_once == 3


def formats(opened: Line) -> list[str]:
    return [
        asked.get("response_format", {}).get("type", "text")
        + ("+" if "schema" in asked.get("response_format", {}) else "")
        for asked in opened.server.requests
    ]


@pytest.mark.parametrize("status", [400, 422, 500])
def test_a_server_that_knows_no_schema_is_asked_otherwise_and_that_is_remembered(line: Open, status: int) -> None:
    def plain_only(asked: dict[str, object], _number: int) -> Said:
        return refusal(status, "unknown response_format") if "response_format" in asked else completion("{}")

    opened = line(plain_only, concurrency=1)
    assert opened.asker().ask(prompts(3)) == [ANSWERED] * 3
    assert formats(opened) == ["json_schema", "json_object+", "json_object", "text", "text", "text"]


def test_a_request_that_no_form_helps_teaches_nothing(line: Open) -> None:
    def refuses_the_first(asked: dict[str, object], _number: int) -> Said:
        return refusal(400, "content management policy") if "Barge 0" in json.dumps(asked) else completion("{}")

    opened = line(refuses_the_first, concurrency=1)
    found = opened.asker().ask(prompts(2))
    assert [reply.reason for reply in found] == ["http_400", ""]
    assert formats(opened)[-1] == "json_schema"


def test_a_server_that_knows_other_names_for_limits_is_met(line: Open) -> None:
    def strict(asked: dict[str, object], _number: int) -> Said:
        if "max_tokens" in asked:
            return refusal(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")
        if "temperature" in asked:
            return refusal(400, "Unsupported value: 'temperature' does not support 0.")
        return completion("{}")

    opened = line(strict, concurrency=1)
    assert opened.asker().ask(prompts(2)) == [ANSWERED] * 2
    assert len(opened.server.requests) == 4
    assert opened.server.requests[-1]["max_completion_tokens"] == opened.service.answer_tokens
    assert formats(opened)[-1] == "json_schema"


def test_an_article_too_long_for_the_model_is_not_sent(line: Open) -> None:
    opened = line(always(completion("{}")), article_characters=100)
    (reply,) = opened.asker().ask(prompts(1))
    assert (reply.reason, opened.server.requests) == ("article_too_long", [])
