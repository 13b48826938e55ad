"""Texts of any length as inputs of one size: windows that overlap, and batches of windows alike in length."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from transforms.backends.hub.checkpoint import Loaded


@dataclass(frozen=True)
class Window:
    """A stretch of one text. owner: the text's number. offsets: of each token in the text; None for a mark."""

    owner: int
    inputs: dict[str, Any]
    offsets: tuple[tuple[int, int] | None, ...]


def windows(texts: Sequence[str], loaded: Loaded, overlap: int) -> list[Window]:
    """Every text from its first token to its last, neighbours sharing `overlap` tokens; an empty text has none."""
    cut = []
    for owner, text in enumerate(texts):
        if not text.strip():
            continue
        encoded = loaded.tokenizer(
            text,
            truncation=True,
            max_length=loaded.positions,
            stride=overlap,
            return_overflowing_tokens=True,
            return_offsets_mapping=True,
            return_special_tokens_mask=True,
        )
        for place, ids in enumerate(encoded["input_ids"]):
            marks, offsets = encoded["special_tokens_mask"][place], encoded["offset_mapping"][place]
            inputs = {name: encoded[name][place] for name in ("attention_mask", "token_type_ids") if name in encoded}
            spans = tuple(None if mark else tuple(span) for mark, span in zip(marks, offsets, strict=True))
            cut.append(Window(owner, {"input_ids": ids, **inputs}, spans))
    return cut


def run_batches(
    cut: Sequence[Window], size: int, run: Callable[[list[dict[str, Any]]], Any]
) -> Iterator[tuple[Window, Any]]:
    """Each window with its row of what `run` gives; windows of like length are run together, so that few are padded."""
    by_length = sorted(range(len(cut)), key=lambda place: -len(cut[place].offsets))
    for start in range(0, len(by_length), size):
        batch = [cut[place] for place in by_length[start : start + size]]
        yield from zip(batch, run([window.inputs for window in batch]), strict=True)
