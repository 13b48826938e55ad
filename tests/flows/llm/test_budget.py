"""A night spends no more than it may, and pays for no prompt twice, whenever it is killed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.llm.asker import Asker
from flows.llm.budget import MONEY_BUDGET, TOKEN_BUDGET, Budget
from flows.llm.service import Service
from tests.flows.llm.conftest import Line, prompts
from tests.flows.llm.scripted import Said, completion

Open = Callable[..., Line]


def answers(_asked: dict[str, object], _number: int) -> Said:
    return completion("{}")  # 1,000 tokens in, 100 out


def reasons(asker: Asker, count: int) -> list[str]:
    return [reply.reason for reply in asker.ask(prompts(count))]


def test_the_budget_ends_the_asking_in_mid_night_and_the_night_goes_on(line: Open) -> None:
    opened = line(answers, concurrency=1, tokens_per_night=8_000, answer_tokens=500)
    asker = opened.asker()
    found = reasons(asker, 20)
    paid = found.count("")
    assert 0 < paid < 20
    assert found == [""] * paid + [TOKEN_BUDGET] * (20 - paid)
    assert asker.budget.spent.tokens == 1_100 * paid <= 8_000
    assert reasons(opened.asker(), 20) == found  # the same night again: the budget is spent, the replies are there
    assert len(opened.server.requests) == paid
    assert reasons(opened.asker("2026-03-05"), 20)[paid] == ""  # another night has its own


def test_money_is_counted_by_the_prices_and_held_back_while_calls_are_under_way(line: Open) -> None:
    opened = line(answers, concurrency=8, money_per_night=0.02, price_in=2.0, price_out=10.0, answer_tokens=500)
    asker = opened.asker()
    found = reasons(asker, 20)
    assert set(found) == {"", MONEY_BUDGET}
    assert asker.budget.spent.micros == 3_000 * found.count("") <= 20_000


def test_a_night_without_time_left_asks_no_more_and_uses_what_it_has(line: Open) -> None:
    opened = line(answers)
    opened.asker().ask(prompts(2))
    assert reasons(opened.asker(minutes_per_night=0), 4) == ["", "", "time_budget_spent", "time_budget_spent"]
    assert reasons(opened.asker(minutes_per_night=None), 4) == [""] * 4


def test_a_reply_without_its_cost_counts_the_most_it_can_have_cost(line: Open) -> None:
    opened = line(lambda _asked, _number: completion("{}", usage={"prompt_tokens": -4}), answer_tokens=500)
    asker = opened.asker()
    asker.ask(prompts(1))
    assert asker.budget.spent.tokens_out == 500
    assert asker.budget.spent.tokens_in > 1_000


def test_a_run_that_is_killed_and_run_again_pays_nothing_twice(line: Open) -> None:
    opened = line(answers)
    opened.asker().ask(prompts(3))
    again = opened.asker()
    assert reasons(again, 5) == [""] * 5
    assert again.counted == {"cache_hits": 3, "calls": 2}
    assert len(opened.server.requests) == 5
    assert again.budget.spent.tokens == 5 * 1_100


def test_bad_answers_are_kept_as_well(line: Open) -> None:
    opened = line(lambda _asked, _number: completion("{", finish="length"))
    assert reasons(opened.asker(), 1) == reasons(opened.asker(), 1) == ["truncated"]
    assert len(opened.server.requests) == 1


@pytest.mark.parametrize(
    "torn", ["", "{", "[]", '{"content": 7, "reason": "", "maker": "", "tokens_in": 1}', "[" * 10**5]
)
def test_what_a_kill_or_a_hand_has_torn_is_asked_again(line: Open, torn: str) -> None:
    opened = line(answers)
    opened.asker().ask(prompts(1))
    (kept,) = opened.folder.glob("replies/*/*.json")
    kept.write_text(torn, "utf-8")
    half = kept.with_name("x.tmp")
    half.write_text("half", "utf-8")
    (ledger,) = opened.folder.glob("spent/*.jsonl")
    ledger.write_text(ledger.read_text("utf-8") + "\n[12, 3", "utf-8")
    again = opened.asker()
    assert reasons(again, 1) == [""]
    assert json.loads(kept.read_text("utf-8"))["maker"] == "small-1 fp_7"
    assert not half.exists()
    assert opened.asker().budget.spent.tokens == 2 * 1_100


def test_another_model_another_question_another_endpoint_are_asked_anew(line: Open) -> None:
    opened = line(answers)
    opened.asker().ask(prompts(1))
    opened.asker(model="other").ask(prompts(1))
    opened.asker(base_url=opened.server.base_url + "/").ask(prompts(1))
    assert len(opened.server.requests) == 3


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 3_000), st.integers(0, 3_000), st.floats(0, 1)), max_size=30))
def test_no_order_of_calls_spends_past_the_budget(
    tmp_path_factory: pytest.TempPathFactory, calls: list[tuple[int, int, float]]
) -> None:
    folder: Path = tmp_path_factory.mktemp("spent")
    service = Service("http://127.0.0.1/v1", "m", tokens_per_night=9_000, money_per_night=0.02, price_in=2, price_out=3)
    budget = Budget(service, folder / "night.jsonl")
    held = []
    for tokens_in, tokens_out, share in calls:
        most = budget.cost(tokens_in, tokens_out)
        if not budget.hold(most):
            held.append((most, share))
        if len(held) > 2:
            first, part = held.pop(0)
            budget.settle(first, budget.cost(int(first.tokens_in * part), int(first.tokens_out * part)))
        assert budget.spent.tokens <= 9_000
        assert budget.spent.micros <= 20_000
    assert Budget(service, folder / "night.jsonl").spent == budget.spent
