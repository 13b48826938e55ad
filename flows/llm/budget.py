"""What a night may spend on an endpoint, and what it has spent.

A call is begun only if the most it can cost still fits, beside the most that the calls under way can cost. What a
reply has cost is written down at once, so a night that is killed and run again goes on from what it had spent.
"""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from flows.llm.service import Service

TOKEN_BUDGET, MONEY_BUDGET = "token_budget_spent", "money_budget_spent"


@dataclass(frozen=True)
class Cost:
    """Tokens, and money in millionths: a price of a million tokens is the millionths of one."""

    tokens_in: int = 0
    tokens_out: int = 0
    micros: int = 0

    @property
    def tokens(self) -> int:
        return self.tokens_in + self.tokens_out

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.tokens_in + other.tokens_in, self.tokens_out + other.tokens_out, self.micros + other.micros)


class Budget:
    """One night's. `file` holds a line for each reply that the night has paid for."""

    def __init__(self, service: Service, file: Path) -> None:
        self._service = service
        self._file = file
        self._lock = Lock()
        self._held: list[Cost] = []
        self.spent = self._spent_before = sum(_lines(file), Cost())

    @property
    def spent_now(self) -> Cost:
        """What this run has spent of the night's."""
        before = self._spent_before
        return self.spent + Cost(-before.tokens_in, -before.tokens_out, -before.micros)

    def cost(self, tokens_in: int, tokens_out: int) -> Cost:
        """What so many tokens cost, rounded up."""
        money = tokens_in * self._service.price_in + tokens_out * self._service.price_out
        return Cost(tokens_in, tokens_out, math.ceil(money))

    def hold(self, most: Cost) -> str:
        """Put `most` aside for a call. Returns the budget that it does not fit into; empty when it fits."""
        with self._lock:
            whole = sum(self._held, self.spent) + most
            tokens, money = self._service.tokens_per_night, self._service.money_per_night
            if tokens is not None and whole.tokens > tokens:
                return TOKEN_BUDGET
            if money is not None and whole.micros > money * 1_000_000:
                return MONEY_BUDGET
            self._held.append(most)
            return ""

    def settle(self, held: Cost, paid: Cost) -> None:
        """Give back what was put aside and count what was paid. Raises OSError where the disk refuses."""
        with self._lock:
            self._held.remove(held)
            self.spent += paid
            if paid.tokens:
                self._write(paid)

    def _write(self, paid: Cost) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("a", encoding="utf-8") as ledger:
            # the line break comes first: the line before may be torn
            ledger.write("\n" + json.dumps([paid.tokens_in, paid.tokens_out, paid.micros]))


def _lines(file: Path) -> Iterator[Cost]:
    try:
        lines = file.read_text("utf-8", "replace").splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        try:
            tokens_in, tokens_out, micros = json.loads(line)
            yield Cost(int(tokens_in), int(tokens_out), int(micros))
        except (ValueError, TypeError):
            continue  # torn by a kill
