"""Prompts to replies: from the folder of replies, or from the endpoint within the night's limits.

Several are asked at once, never more than the service's concurrency. A try that time may heal is repeated with growing
pauses (full jitter); when the server says how long to wait, everybody waits. An endpoint that refuses the key or that
answers nobody is left alone for the rest of the run. Whatever happens, each prompt gets a reply or a reason.
"""

import math
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

from flows.llm.budget import Budget, Cost
from flows.llm.channel import CallFailed, Channel
from flows.llm.dialect import Dialect
from flows.llm.replies import PaidReply, Replies, paid_reply, prompt_hash
from flows.llm.service import Service
from transforms.backends.llm.endpoint import Reply
from transforms.backends.llm.prompt import Prompt

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
LONGEST_WAIT = 120.0  # a server that asks for more is not asked again tonight until then
DOWN_AFTER = 5  # prompts in a row that no try got an answer to
REFUSALS_FOR_ALL = ("http_401", "http_402", "http_403", "http_404")
TOO_LONG, RATE_LIMITED, DOWN, OUT_OF_TIME = "article_too_long", "rate_limited", "endpoint_down", "time_budget_spent"


@dataclass(frozen=True)
class Timing:
    """How time is told and passed: the moment (aware, UTC), and a pause of so many seconds."""

    now: Callable[[], datetime]
    pause: Callable[[float], None] = time.sleep


class Asker:
    """One night's endpoint; `ask` is the transforms' Ask. counted: calls, retries, cache_hits. Close it after use."""

    def __init__(self, service: Service, folder: Path, night: str, timing: Timing) -> None:
        self.counted: Counter[str] = Counter()
        self.budget = Budget(service, folder / "spent" / f"{night}.jsonl")
        self._service = service
        self._timing = timing
        self._replies = Replies(folder / "replies")
        self._replies.sweep()
        self._channel = Channel(service, timing.now)
        self._dialect = Dialect()
        self._lock = Lock()
        self._open_at = 0.0  # by the monotonic clock, when a server that asked for a pause may be asked again
        self._ends_at = math.inf  # by the monotonic clock, from the first question
        self._unanswered = 0
        self._stopped = ""

    def close(self) -> None:
        self._channel.close()

    def ask(self, prompts: Sequence[Prompt]) -> list[Reply]:
        """A reply to each prompt, in order; equal prompts are asked once. Raises OSError where the disk refuses."""
        if self._ends_at == math.inf and self._service.minutes_per_night is not None:
            self._ends_at = time.monotonic() + 60 * self._service.minutes_per_night
        names = [prompt_hash(self._service, prompt) for prompt in prompts]
        asked = dict(zip(names, prompts, strict=True))
        pool = ThreadPoolExecutor(self._service.concurrency, thread_name_prefix="llm")
        try:
            waiting = {name: pool.submit(self._one, name, prompt) for name, prompt in asked.items()}
            found = {name: future.result() for name, future in waiting.items()}
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
        return [found[name] for name in names]

    def _one(self, name: str, prompt: Prompt) -> Reply:
        kept = self._replies.find(name)
        if kept:
            self._count("cache_hits")
            return kept.reply
        if len(prompt.user) > self._service.article_characters:
            return Reply(reason=TOO_LONG)
        if self._stopped or time.monotonic() >= self._ends_at:
            return Reply(reason=self._stopped or OUT_OF_TIME)
        most = self.budget.cost(_most_tokens(prompt), self._service.answer_tokens)
        if refused := self.budget.hold(most):
            return Reply(reason=refused)
        paid = Cost()
        try:
            reply = self._answered(prompt)
            paid = self.budget.cost(
                reply.tokens_in if reply.tokens_in >= 0 else most.tokens_in,
                reply.tokens_out if reply.tokens_out >= 0 else most.tokens_out,
            )
            self._replies.keep(name, reply)
        except CallFailed as failure:
            paid = most if failure.reason == "timeout" else Cost()  # it may have been worked on, and charged
            self._note(failure)
            return Reply(reason=failure.reason)
        finally:
            self.budget.settle(most, paid)
        self._unanswered = 0
        return reply.reply

    def _answered(self, prompt: Prompt) -> PaidReply:
        """The endpoint's reply. Raises the CallFailed of the last try."""
        for tried in range(1, self._service.tries + 1):
            self._wait_until_open()
            try:
                return paid_reply(self._in_its_dialect(prompt))
            except CallFailed as failure:
                if failure.wait:
                    self._hold_back(failure.wait)
                if not failure.may_heal or tried == self._service.tries or self._stopped:
                    raise
                self._count("retries")
                if not failure.wait:
                    self._timing.pause(random.uniform(0, min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (tried - 1))))
        raise CallFailed("not_tried")

    def _in_its_dialect(self, prompt: Prompt) -> dict[str, Any]:
        """The answer; a request refused for its form is put in other forms, and the form that works is kept to."""
        dialect = self._dialect
        while True:
            self._count("calls")
            try:
                answer = self._channel.post(dialect.body(prompt, self._service.model, self._service.answer_tokens))
            except CallFailed as failure:
                other = dialect.after_refusal(failure.reason, failure.said)
                if other is None:
                    raise
                dialect = other
            else:
                self._dialect = dialect
                return answer

    def _wait_until_open(self) -> None:
        left = self._open_at - time.monotonic()
        if left > LONGEST_WAIT:
            raise CallFailed(RATE_LIMITED)
        if left > 0:
            self._timing.pause(left)

    def _hold_back(self, seconds: float) -> None:
        with self._lock:
            self._open_at = max(self._open_at, time.monotonic() + seconds)

    def _note(self, failure: CallFailed) -> None:
        """After a prompt that failed for good: whether the others are still worth asking."""
        with self._lock:
            self._unanswered += failure.may_heal
            if failure.reason in REFUSALS_FOR_ALL:
                self._stopped = failure.reason
            elif self._unanswered >= DOWN_AFTER:
                self._stopped = DOWN

    def _count(self, what: str) -> None:
        with self._lock:
            self.counted[what] += 1


def _most_tokens(prompt: Prompt) -> int:
    """More tokens than any usual tokenizer makes of the prompt: half its bytes, and what a template adds."""
    written = prompt.system + prompt.user + str(prompt.schema)
    return len(written.encode("utf-8", "replace")) // 2 + 200
