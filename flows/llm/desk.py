"""One night's endpoint behind the columns that the settings give to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from flows.clock import Clock
from flows.errors import ConfigurationError
from flows.llm.asker import Asker, Timing
from flows.llm.channel import Channel
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
        """For the report of the run: rows by the model, rows left to the reader by reason, claims that the text does
        not bear out, calls, retries, cache hits, tokens, and money in millionths."""
        endpoint, asker = self.endpoint, self.asker
        spent = asker.budget.spent_now
        return {
            "llm_rows": endpoint.rows,
            **{f"llm_fallback_{reason}": rows for reason, rows in sorted(endpoint.fallbacks.items())},
            **{f"llm_dropped_{what}": number for what, number in sorted(endpoint.dropped.items())},
            **{f"llm_{what}": asker.counted[what] for what in ("calls", "retries", "cache_hits")},
            "llm_tokens_in": spent.tokens_in,
            "llm_tokens_out": spent.tokens_out,
            "llm_money_micros": spent.micros,
        }


@contextmanager
def open_desk(settings: Settings, columns: tuple[str, ...], clock: Clock, night: date) -> Iterator[Desk]:
    """The endpoint of the settings, for one night. Nothing is asked before a transform asks.

    Raises ConfigurationError where the settings cannot be kept to.
    """
    asker = Asker(service_of(settings), settings.paths.llm, night.isoformat(), Timing(clock.now))
    try:
        yield Desk(Endpoint(asker.ask, columns, settings.llm.model), asker)
    finally:
        asker.close()


def service_of(settings: Settings) -> Service:
    """The endpoint as its settings state it, with the key that their variable holds.

    Raises ConfigurationError where that variable holds no key, or where money is limited and has no price.
    """
    stated = settings.llm
    key = variable(stated.key_variable).strip()
    if stated.key_variable and not (key and key.isascii() and key.isprintable()):
        raise ConfigurationError(
            f"llm.key_variable: {stated.key_variable} holds no key",
            f"Set the variable {stated.key_variable} where the night runs, or take key_variable out of [llm].",
        )
    if stated.money_per_night is not None and not (stated.price_in or stated.price_out):
        raise ConfigurationError(
            "llm.money_per_night: money is limited, but no price is stated",
            "State price_in and price_out, of a million tokens, in [llm]; or limit tokens_per_night alone.",
        )
    return Service(**stated.model_dump(exclude={"key_variable"}), key=key)


def served_models(settings: Settings, clock: Clock) -> list[str]:
    """The models that the endpoint of the settings serves. Raises CallFailed with a reason, and ConfigurationError."""
    channel = Channel(service_of(settings), clock.now)
    try:
        return channel.models()
    finally:
        channel.close()
