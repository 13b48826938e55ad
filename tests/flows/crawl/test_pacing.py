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

from flows.clock import Clock
from flows.crawl.pacing import (
    ADDED_FIRST_SECONDS,
    ADDED_LIMIT_SECONDS,
    LATENCY_FACTOR,
    LATENCY_LIMIT_DELAYS,
    PATIENCE_SECONDS,
    Pacing,
    TurnTooLate,
)


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


async def request(
    pacing: Pacing,
    host: str,
    delay: float,
    seconds: float,
    spans: list[Span],
    status: int = 200,
    retry_after: str | None = None,
    body_seconds: float = 0.0,
) -> None:
    """A span is from the request to the head of its answer; status 0 is a request without one."""
    loop = asyncio.get_running_loop()
    async with pacing.slot(host, delay) as heard:
        started = loop.time()
        await asyncio.sleep(seconds)
        spans.append((started, loop.time()))
        if status:
            heard(status, retry_after)
        await asyncio.sleep(body_seconds)


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


@pytest.mark.parametrize("status", [429, 503])
def test_a_short_retry_after_is_waited_for_and_a_long_one_ends_the_night(status: int) -> None:
    async def body(loop: _WoundLoop) -> None:
        pacing = Pacing(2, loop.time() + 1e6)
        spans: list[Span] = []
        await request(pacing, "one.example", 0.0, 0.0, spans, status, "30")
        await request(pacing, "one.example", 0.0, 0.0, spans, status, f"{PATIENCE_SECONDS + 1}".partition(".")[0])
        assert spans[1][0] - spans[0][1] == pytest.approx(30.0)
        with pytest.raises(TurnTooLate) as caught:
            await request(pacing, "one.example", 0.0, 0.0, spans)
        assert caught.value.error_class == "retry_after"

    run(body)


def test_a_retry_after_that_is_a_date_is_told_by_the_crawls_clock() -> None:
    async def body(loop: _WoundLoop) -> None:
        pacing = Pacing(2, loop.time() + 1e6, Clock(datetime(2030, 1, 1, tzinfo=UTC) - datetime.now(UTC)))
        spans: list[Span] = []
        await request(pacing, "one.example", 0.0, 0.0, spans, 503, "Tue, 01 Jan 2030 00:01:00 GMT")
        await request(pacing, "one.example", 0.0, 0.0, spans)
        assert 50.0 < spans[1][0] - spans[0][1] <= 60.0

    run(body)


def test_a_host_that_complains_is_slowed_down_to_a_bound_and_good_answers_take_it_back() -> None:
    async def body(loop: _WoundLoop) -> None:
        pacing = Pacing(2, loop.time() + 1e6)
        spans: list[Span] = []

        async def pause_after(status: int) -> float:
            await request(pacing, "one.example", 0.0, 0.0, spans, status)
            await request(pacing, "one.example", 0.0, 0.0, spans, 404)
            return spans[-1][0] - spans[-2][1]

        assert await pause_after(429) == pytest.approx(ADDED_FIRST_SECONDS)
        for _ in range(20):
            await pause_after(503)
        assert await pause_after(500) == pytest.approx(ADDED_LIMIT_SECONDS)
        assert await pause_after(200) == pytest.approx(ADDED_LIMIT_SECONDS / 2)
        for _ in range(20):
            await pause_after(304)
        assert await pause_after(200) == pytest.approx(0.0)

    run(body)


def test_the_pause_counts_from_the_head_of_the_answer_but_requests_never_overlap() -> None:
    async def body(loop: _WoundLoop) -> None:
        pacing = Pacing(16, loop.time() + 1e6)
        spans: list[Span] = []
        for seconds in (0.5, 4.0, 0.0):
            await request(pacing, "one.example", 2.0, 0.0, spans, body_seconds=seconds)
        assert [start for start, _ in spans] == pytest.approx([1_000.0, 1_002.0, 1_006.0])

    run(body)


def test_a_host_that_gets_slower_is_asked_less_often_up_to_a_bound() -> None:
    async def body(loop: _WoundLoop) -> None:
        pacing = Pacing(16, loop.time() + 1e6)
        spans: list[Span] = []

        async def pause_after(latency: float, status: int = 200) -> float:
            await request(pacing, "one.example", 2.0, latency, spans, status)
            before = spans[-1][1]
            await request(pacing, "one.example", 2.0, 0.0, spans, 404)  # an error makes nobody faster
            return spans[-1][0] - before

        assert await pause_after(0.5) == pytest.approx(2.0)
        assert await pause_after(3.0) == pytest.approx(LATENCY_FACTOR * 3.0)
        assert await pause_after(2.0) == pytest.approx(LATENCY_FACTOR * 2.5)
        assert await pause_after(0.0, 500) == pytest.approx(LATENCY_FACTOR * 2.5)
        assert await pause_after(60.0, 0) == pytest.approx(LATENCY_LIMIT_DELAYS * 2.0)
        for _ in range(9):
            pause = await pause_after(0.1)
        assert pause == pytest.approx(2.0)

    run(body)


def test_without_a_delay_a_slow_host_is_asked_at_once() -> None:
    async def body(loop: _WoundLoop) -> None:
        pacing = Pacing(16, loop.time() + 1e6)
        spans: list[Span] = []
        for _ in range(2):
            await request(pacing, "one.example", 0.0, 3.0, spans)
        assert spans[1][0] == spans[0][1]

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
