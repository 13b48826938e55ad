"""One request to the endpoint, and its answer or the reason why there is none.

The address is the user's own, so a loopback one is as good as any. Redirects are not followed, no proxy or netrc is
taken from the environment, and the key goes into one header and into nothing that is printed, kept or raised.
"""

import email.utils
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx2

from flows.llm.service import Service

ANSWER_BYTES = 4_000_000
_MAY_HEAL = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 522, 524, 529})
_ERROR_CHARACTERS = 2_000


class CallFailed(Exception):
    """A try without an answer. wait: seconds that the server asked for. said: its own words, for the dialect alone."""

    def __init__(self, reason: str, *, may_heal: bool = False, wait: float | None = None, said: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.may_heal = may_heal
        self.wait = wait
        self.said = said


class Channel:
    """Connections to one endpoint, as many as its concurrency."""

    def __init__(self, service: Service, now: Callable[[], datetime]) -> None:
        self._base_url = service.base_url.rstrip("/")
        self._seconds = service.timeout_seconds
        self._now = now
        headers = {"content-type": "application/json", "accept": "application/json", "accept-encoding": "identity"}
        if service.key:
            headers["authorization"] = f"Bearer {service.key}"
        self._http = httpx2.Client(
            headers=headers,
            timeout=service.timeout_seconds,
            limits=httpx2.Limits(max_connections=service.concurrency),
            follow_redirects=False,
            trust_env=False,
            verify=not service.base_url.startswith("http://"),  # a list of authorities that nobody asks takes 0.1 s
        )

    def close(self) -> None:
        self._http.close()

    def post(self, body: dict[str, Any]) -> dict[str, Any]:
        """The endpoint's answer to a chat completion. Raises CallFailed."""
        return self._json("POST", "/chat/completions", json.dumps(body).encode("utf-8"))

    def models(self) -> list[str]:
        """The names of the models that the endpoint says it serves; costs nothing. Raises CallFailed."""
        listed = self._json("GET", "/models", None).get("data")
        names = [each.get("id") for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
        return [name for name in names if isinstance(name, str) and name.isprintable()]

    def _json(self, method: str, path: str, content: bytes | None) -> dict[str, Any]:
        try:
            with self._http.stream(method, self._base_url + path, content=content) as response:
                given = self._within_limits(response)
                status, headers = response.status_code, response.headers
        except httpx2.TimeoutException:
            raise CallFailed("timeout", may_heal=True) from None
        except (httpx2.HTTPError, httpx2.InvalidURL):  # its text would name the address, and may quote a header
            raise CallFailed("unreachable", may_heal=True) from None
        if status != 200:
            said = given[:_ERROR_CHARACTERS].decode("utf-8", "replace")
            wait = seconds_asked(headers.get("retry-after", ""), self._now())
            raise CallFailed(f"http_{status}", may_heal=status in _MAY_HEAL, wait=wait, said=said)
        try:
            answer = json.loads(given)
        except (ValueError, RecursionError):
            raise CallFailed("answer_is_no_json") from None
        if not isinstance(answer, dict):
            raise CallFailed("answer_is_no_json")
        return answer

    def _within_limits(self, response: httpx2.Response) -> bytes:
        """The body; a server that sends a byte now and then is cut off at the deadline like a silent one."""
        deadline = time.monotonic() + self._seconds
        given = bytearray()
        for chunk in response.iter_bytes():
            given += chunk
            if len(given) > ANSWER_BYTES:
                raise CallFailed("answer_too_large")
            if time.monotonic() > deadline:
                raise CallFailed("timeout", may_heal=True)
        return bytes(given)


def seconds_asked(retry_after: str, now: datetime) -> float | None:
    """The seconds of a Retry-After header (RFC 9110, 10.2.3: a number or a date); None where it says nothing usable."""
    stated = retry_after.strip()
    if stated.isascii() and stated.isdigit():
        return float(stated[:9])
    try:
        moment = email.utils.parsedate_to_datetime(stated)
    except (ValueError, TypeError, OverflowError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())
