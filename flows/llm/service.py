"""What a user states of an OpenAI-compatible endpoint, and how long one night may use it."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Service:
    """One endpoint. Prices are of a million tokens, in whatever money the budget is in; None is no limit.

    base_url: up to and with /v1. key: sent as a bearer token, and nowhere else. timeout_seconds: one try, whole.
    answer_tokens: the longest answer. article_characters: a longer article is read by the reader.
    """

    base_url: str
    model: str
    key: str = field(default="", repr=False)
    tokens_per_night: int | None = 2_000_000
    money_per_night: float | None = None
    minutes_per_night: float | None = 240.0
    price_in: float = 0.0
    price_out: float = 0.0
    concurrency: int = 4
    timeout_seconds: float = 120.0
    tries: int = 4
    answer_tokens: int = 3_000
    article_characters: int = 40_000
