"""One night's endpoint behind the columns that the settings give to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from flows.clock import Clock
from flows.llm.asker import Asker, Timing
from flows.llm.service import Service
from flows.settings import Settings, variable
from transforms.backends.llm.columns import llm_transform
from transforms.backends.llm.endpoint import Endpoint
from transforms.contract import Transform


@dataclass(frozen=True)
class Desk:
    """An endpoint in use."""

    endpoint: Endpoint
    asker: Asker

    def transform(self, transform: Transform) -> Transform:
        return llm_transform(transform, self.endpoint)

    def counts(self) -> dict[str, int]:
        """For the night's report: rows written, rows left to the reader by reason, claims dropped, calls, tokens."""
        endpoint, asker = self.endpoint, self.asker
        return {
            "llm_rows": endpoint.rows,
            **{f"llm_left_{reason}": rows for reason, rows in endpoint.fallbacks.items()},
            **{f"llm_dropped_{what}": number for what, number in endpoint.dropped.items()},
            **{f"llm_{what}": number for what, number in asker.counted.items()},
            "llm_tokens": asker.budget.spent.tokens,
            "llm_money_micros": asker.budget.spent.micros,
        }


@contextmanager
def open_desk(settings: Settings, columns: tuple[str, ...], clock: Clock, night: date) -> Iterator[Desk]:
    """The endpoint of the settings, for one night. Nothing is asked before a transform asks."""
    asker = Asker(service_of(settings), settings.paths.llm, night.isoformat(), Timing(clock.now))
    try:
        yield Desk(Endpoint(asker.ask, columns, settings.llm.model), asker)
    finally:
        asker.close()


def service_of(settings: Settings) -> Service:
    """The endpoint as its settings state it, with the key that their variable holds."""
    stated = settings.llm.model_dump(exclude={"key_variable"})
    return Service(**stated, key=variable(settings.llm.key_variable))
