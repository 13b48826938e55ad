"""What a user states of the backends: `[backends]`, `[hub.<column>]` and `[llm]` of nightdesk.toml."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Name = Annotated[str, StringConstraints(pattern=r"^[\w.-]{1,96}(?:/[\w.-]{1,96})?$")]
Revision = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{40}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]


class HubSettings(BaseModel):
    """One checkpoint for one column."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: Name = Field(description="The checkpoint's id, such as owner/name.")
    revision: Revision = Field(
        description="The commit of the checkpoint, 40 hex digits: a branch can change overnight."
    )
    device: Literal["auto", "cuda", "mps", "cpu"] = Field("auto", description="auto takes cuda, else mps, else cpu.")
    dtype: Literal["auto", "float32", "bfloat16", "float16"] = Field(
        "auto", description="auto is bfloat16 on cuda and float32 elsewhere."
    )
    batch: int = Field(8, ge=1, le=256, description="Windows, sentences or articles run together.")
    labels: dict[str, str] = Field(
        default_factory=dict,
        description="Our label for each of the checkpoint's, where its names do not tell: LABEL_0 = 'negative'.",
    )
    languages: tuple[Language, ...] = Field(("en",), description="sentiment: the languages that the checkpoint knows.")
    prefix: str = Field("", max_length=200, description="summary: words before the article, such as 'summarize: '.")
    beams: int = Field(4, ge=1, le=16, description="summary: beams of the search.")
    most_tokens: int = Field(160, ge=16, le=1024, description="summary: the longest summary, in tokens.")


class LlmSettings(BaseModel):
    """One OpenAI-compatible endpoint. Prices are of a million tokens, in the money that the budget is in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    base_url: str = Field("", pattern=r"^(https?://\S+)?$", description="The endpoint, up to and with /v1.")
    model: str = Field("", description="The model's name as the endpoint knows it.")
    key_variable: str = Field(
        "", pattern=r"^\w*$", description="The environment variable that holds the key; the key itself stands nowhere."
    )
    tokens_per_night: int | None = Field(2_000_000, ge=0, description="Tokens in and out that one night may use.")
    money_per_night: float | None = Field(None, ge=0, description="What one night may cost.")
    minutes_per_night: float | None = Field(
        240.0, ge=0, description="From the first question of a run; no question begins later."
    )
    price_in: float = Field(0.0, ge=0, description="A million tokens of a question.")
    price_out: float = Field(0.0, ge=0, description="A million tokens of an answer.")
    concurrency: int = Field(4, ge=1, le=64, description="Questions under way at once.")
    timeout_seconds: float = Field(120.0, gt=0, description="One try, first byte to last.")
    tries: int = Field(4, ge=1, le=10, description="Tries of a question that time may heal.")
    answer_tokens: int = Field(3_000, ge=100, description="The longest answer.")
    article_characters: int = Field(40_000, ge=500, description="A longer article is left to the reader.")
