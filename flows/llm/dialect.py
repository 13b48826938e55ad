"""How an endpoint wants to be asked: servers that call themselves compatible differ in what they refuse.

Asked first for a JSON schema; where that is refused, in the older spelling of llama.cpp and its kin, then for any JSON
object, then for plain text. What a run has learned it keeps to.
"""

import re
from dataclasses import dataclass, replace
from typing import Any

from transforms.backends.llm.prompt import Prompt

FORMATS = ("json_schema", "json_object_with_schema", "json_object", "text")
_FORM_REFUSED = ("http_400", "http_422")
_OF_FORM = re.compile(r"response_format|json_schema")  # llama-cpp-python calls it a fault of its own
_TOO_LONG = re.compile(
    r"context[ _](?:length|window|size)|maximum context|too many tokens|exceeds the (?:limit|context)"
)


@dataclass(frozen=True)
class Dialect:
    """One way of asking."""

    response_format: str = FORMATS[0]
    limit_name: str = "max_tokens"
    states_temperature: bool = True

    def body(self, prompt: Prompt, model: str, answer_tokens: int) -> dict[str, Any]:
        """The JSON of a request."""
        body: dict[str, Any] = {
            "model": model,
            "messages": [{"role": "system", "content": prompt.system}, {"role": "user", "content": prompt.user}],
            self.limit_name: answer_tokens,
            "stream": False,
        }
        if self.states_temperature:
            body["temperature"] = 0
        stated = _response_format(self.response_format, prompt.schema)
        return body | ({"response_format": stated} if stated else {})

    def after_refusal(self, reason: str, said: str) -> "Dialect | None":
        """The next way to try after a failure for this reason, in these words; None where no other way would help."""
        words = said.casefold()
        is_of_form = reason in _FORM_REFUSED or (reason == "http_500" and _OF_FORM.search(words))
        if not is_of_form or _TOO_LONG.search(words):
            return None
        if "max_completion_tokens" in words and self.limit_name != "max_completion_tokens":
            return replace(self, limit_name="max_completion_tokens")
        if "temperature" in words and self.states_temperature:
            return replace(self, states_temperature=False)
        place = FORMATS.index(self.response_format) + 1
        return replace(self, response_format=FORMATS[place]) if place < len(FORMATS) else None


def _response_format(name: str, schema: dict[str, Any]) -> dict[str, Any] | None:
    if name == "json_schema":
        return {"type": "json_schema", "json_schema": {"name": "reading", "strict": True, "schema": schema}}
    if name == "json_object_with_schema":
        return {"type": "json_object", "schema": schema}
    return {"type": "json_object"} if name == "json_object" else None
