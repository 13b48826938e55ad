"""The replies that were paid for, on disk: a prompt is sent once, whatever becomes of the run.

One file a reply, named by a hash of everything that was asked. The folder may be deleted at any time; the next run asks
again.
"""

import hashlib
import json
import re
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from flows.llm.service import Service
from transforms.backends.llm.answer import EMPTY, REFUSED
from transforms.backends.llm.endpoint import Reply
from transforms.backends.llm.prompt import Prompt

TRUNCATED, NO_CHOICE = "truncated", "answer_without_choice"
TEMPORARY = ".tmp"
_UNSEEMLY = re.compile(r"[^\w.:/@+-]+", re.ASCII)


@dataclass(frozen=True)
class PaidReply:
    """A reply with what the server says it cost; -1 where it does not say."""

    content: str
    reason: str
    maker: str
    tokens_in: int
    tokens_out: int

    @property
    def reply(self) -> Reply:
        return Reply(self.content, self.reason, self.maker)


def prompt_hash(service: Service, prompt: Prompt) -> str:
    """64 hex digits over what decides an answer: the endpoint, the model, the words and the shape asked for."""
    asked = [service.base_url, service.model, prompt.system, prompt.user, prompt.schema, service.answer_tokens]
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode("utf-8")).hexdigest()


def paid_reply(answer: dict[str, Any]) -> PaidReply:
    """What a chat completion says, as far as it has the shape of one."""
    choices = answer.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}
    message = choice["message"] if isinstance(choice.get("message"), dict) else {}
    content = _text(message.get("content"))
    if not message:
        reason = NO_CHOICE
    elif message.get("refusal") or choice.get("finish_reason") == "content_filter":
        reason = REFUSED
    elif choice.get("finish_reason") == "length":
        reason = TRUNCATED
    else:
        reason = "" if content.strip() else EMPTY
    usage = answer["usage"] if isinstance(answer.get("usage"), dict) else {}
    stated = (_seemly(answer.get(name)) for name in ("model", "system_fingerprint"))
    maker = " ".join(part for part in stated if part) or "unstated"
    return PaidReply(content, reason, maker, _tokens(usage, "prompt_tokens"), _tokens(usage, "completion_tokens"))


def _text(content: object) -> str:
    """The text of a message, which some servers send in pieces; without halves of characters, which no file takes."""
    if isinstance(content, list):
        pieces = [piece.get("text") for piece in content if isinstance(piece, dict)]
        content = "".join(piece for piece in pieces if isinstance(piece, str))
    return content.encode("utf-8", "replace").decode("utf-8") if isinstance(content, str) else ""


def _seemly(stated: object) -> str:
    return _UNSEEMLY.sub("-", stated)[:100].strip("-") if isinstance(stated, str) else ""


def _tokens(usage: dict[str, Any], name: str) -> int:
    stated = usage.get(name)
    return stated if isinstance(stated, int) and not isinstance(stated, bool) and 0 <= stated < 10**9 else -1


class Replies:
    """The folder of replies. What cannot be read there counts as not there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, name: str) -> PaidReply | None:
        """The reply of a prompt hash."""
        try:
            kept = json.loads(self._file(name).read_text("utf-8"))
            found = PaidReply(**kept)
        except (FileNotFoundError, ValueError, TypeError, RecursionError):
            return None
        types_hold = all(isinstance(getattr(found, key), type(value)) for key, value in asdict(_ANY).items())
        return found if types_hold else None

    def keep(self, name: str, reply: PaidReply) -> None:
        """Write the reply whole, then rename it into its place. Raises OSError where the disk refuses."""
        file = self._file(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary = file.with_name(f"{name}-{secrets.token_hex(4)}{TEMPORARY}")
        temporary.write_text(json.dumps(asdict(reply)), "utf-8")
        temporary.replace(file)

    def _file(self, name: str) -> Path:
        return self._folder / name[:2] / f"{name}.json"

    def sweep(self) -> None:
        """Delete half-written files of killed runs."""
        for leftover in self._folder.glob(f"*/*{TEMPORARY}"):
            leftover.unlink()


_ANY = PaidReply("", "", "", 0, 0)
