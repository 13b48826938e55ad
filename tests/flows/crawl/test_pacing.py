"""One request at a time to a host, with a pause after it; the loop's clock here is wound by hand."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.crawl.pacing import (
    ADDED_FIRST_SECONDS,
    ADDED_LIMIT_SECONDS,
    PATIENCE_SECONDS,
    Pacing,
    TurnTooLate,
    retry_after_seconds,
)

NOW = datetime(2026, 3, 10, 2, 15, tzinfo=UTC)


class _WoundLoop(asyncio.SelectorEventLoop):
    """Time stands still while there is work and jumps to the next timer when there is none: nobody sleeps."""

    def __init__(self) -> None:
        super().__init__(_JumpingSelector(self))
        self.moment = 1_000.0

    def time(self) -> float:
        return self.moment


class _JumpingSelector(selectors.DefaultSelector):
    def __init__(self, loop: _WoundLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> Any:
        if timeout is not None and timeout > 0:
            self._loop.moment += timeout
        return super().select(0)


def run(body: Callable[[_WoundLoop], Coroutine[Any, Any, None]]) -> None:
    loop = _WoundLoop()
    try:
        loop.run_until_complete(asyncio.wait_for(body(loop), 1e9))
    finally:
        loop.close()


Span = tuple[float, float]


async def request(pacing: Pacing, host: str, delay: float, seconds: float, spans: list[Span]) -> None:
    loop = asyncio.get_running_loop()
    async with pacing.slot(host, delay):
        started = loop.time()
        await asyncio.sleep(seconds)
        spans.append((started, loop.time()))


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 5), st.floats(0, 3)), min_size=2, max_size=8))
def test_two_requests_to_a_host_never_overlap_and_keep_the_largest_delay_asked_so_far(
    asked: list[tuple[float, float]],
) -> None:
    async def body(loop: _WoundLoop) -> None:
        pacing = Pacing(16, loop.time() + 1e6)
        spans: list[Span] = []
        largest = max(delay for delay, _ in asked)
        await asyncio.gather(*(request(pacing, "one.example", delay, seconds, spans) for delay, seconds in asked))
        gaps = [later[0] - earlier[1] for earlier, later in pairwise(spans)]
        assert min(gaps) >= largest - 1e-6

    run(body)


def test_hosts_do_not_wait_for_each_other() -> None:
    async def body(loop: _WoundLoop) -> None:
        pacing = Pacing(16, loop.time() + 1e6)
        spans: list[Span] = []
        await asyncio.gather(*(request(pacing, f"{host}.example", 5.0, 2.0, spans) for host in "abcd"))
        assert {start for start, _ in spans} == {1_000.0}

    run(body)


def test_no_more_hosts_at_once_than_allowed() -> None:
    async def body(loop: _WoundLoop) -> None:
        pacing = Pacing(2, loop.time() + 1e6)
        spans: list[Span] = []
        await asyncio.gather(*(request(pacing, f"{host}.example", 0.0, 2.0, spans) for host in "abcde"))
        for moment, _ in spans:
            assert sum(start <= moment < end for start, end in spans) <= 2

    run(body)


def test_a_turn_after_the_crawls_end_is_refused_without_waiting_for_it() -> None:
    async def body(loop: _WoundLoop) -> None:
        pacing = Pacing(2, loop.time() + 10)
        spans: list[Span] = []
        await request(pacing, "one.example", 30.0, 1.0, spans)
        with pytest.raises(TurnTooLate) as caught:
            await request(pacing, "one.example", 30.0, 1.0, spans)
        assert caught.value.error_class == "deadline"
        assert loop.time() == spans[0][1]

    run(body)


def test_a_short_retry_after_is_waited_for_and_a_long_one_ends_the_night() -> None:
    async def body(loop: _WoundLoop) -> None:
        pacing = Pacing(2, loop.time() + 1e6)
        spans: list[Span] = []
        await request(pacing, "one.example", 0.0, 0.0, spans)
        pacing.slow_down("one.example", 30.0)
        await request(pacing, "one.example", 0.0, 0.0, spans)
        assert spans[1][0] - spans[0][1] == pytest.approx(30.0)
        pacing.slow_down("one.example", PATIENCE_SECONDS + 1)
        with pytest.raises(TurnTooLate) as caught:
            await request(pacing, "one.example", 0.0, 0.0, spans)
        assert caught.value.error_class == "retry_after"

    run(body)


def test_a_host_that_complains_is_slowed_down_to_a_bound_and_good_answers_take_it_back() -> None:
    async def body(loop: _WoundLoop) -> None:
        pacing = Pacing(2, loop.time() + 1e6)
        spans: list[Span] = []

        async def pause() -> float:
            await request(pacing, "one.example", 0.0, 0.0, spans)
            await request(pacing, "one.example", 0.0, 0.0, spans)
            return spans[-1][0] - spans[-2][1]

        pacing.slow_down("one.example", None)
        assert await pause() == pytest.approx(ADDED_FIRST_SECONDS)
        for _ in range(20):
            pacing.slow_down("one.example", None)
        assert await pause() == pytest.approx(ADDED_LIMIT_SECONDS)
        pacing.speed_up("one.example")
        assert await pause() == pytest.approx(ADDED_LIMIT_SECONDS / 2)
        for _ in range(20):
            pacing.speed_up("one.example")
        assert await pause() == pytest.approx(0.0)

    run(body)


def test_a_request_that_fails_gives_its_turn_back() -> None:
    async def body(loop: _WoundLoop) -> None:
        pacing = Pacing(1, loop.time() + 1e6)
        with pytest.raises(ValueError, match="broken"):
            async with pacing.slot("one.example", 1.0):
                raise ValueError("broken")
        spans: list[Span] = []
        await request(pacing, "one.example", 1.0, 0.0, spans)
        assert spans[0][0] == pytest.approx(1_001.0)

    run(body)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Tue, 10 Mar 2026 02:16:00 GMT", 60.0),
        ("Tue, 10 Mar 2026 02:16:00 -0000", 60.0),
        ("Tue, 10 Mar 2026 03:16:00 +0100", 60.0),
        ("Tue, 10 Mar 2020 02:15:00 GMT", 0.0),
        ("9" * 400, 999_999_999.0),
        ("soon", None),
        ("-5", None),
        ("²", None),
        ("", None),
        (None, None),
        ("Tue, 99 Mar 2026 99:99:99 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str | None, seconds: float | None) -> None:
    assert retry_after_seconds(value, NOW) == seconds


@settings(deadline=None)
@given(st.text())
def test_no_retry_after_header_breaks_the_crawl(value: str) -> None:
    found = retry_after_seconds(value, NOW)
    assert found is None or found >= 0.0
