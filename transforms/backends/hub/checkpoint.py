"""A checkpoint on disk, and how it becomes a model: safetensors only, none of its own code, no network."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

MISSING_EXTRA = "the backend hub needs torch, which is not installed"
MOST_POSITIONS = 1_024  # of a window; longer ones cost with the square of their length
_POSITIONS = ("max_position_embeddings", "n_positions", "max_encoder_position_embeddings")

# What each column asks of a checkpoint: the class of transformers that loads it, and how such models call themselves.
TASKS = {
    "entities": "AutoModelForTokenClassification",
    "sentiment": "AutoModelForSequenceClassification",
    "summary": "AutoModelForSeq2SeqLM",
}
_CALLED = {
    "entities": ("ForTokenClassification",),
    "sentiment": ("ForSequenceClassification",),
    "summary": ("ForConditionalGeneration", "WithLMHeadModel", "ForSeq2SeqLM"),
}


class CheckpointUnusable(RuntimeError):
    """A checkpoint that cannot be had, loaded or understood. `hint` says what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True)
class Checkpoint:
    """Which model, where its files lie, and how it is run.

    column: what it is for. device, dtype: `auto` or a name of torch. labels: ours by the model's own. languages: those
    whose tone it knows. prefix: words before each article. most_tokens: the longest summary. threads: on the cpu.
    """

    column: str
    model: str
    revision: str
    folder: Path
    device: str = "auto"
    dtype: str = "auto"
    batch: int = 8
    labels: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ("en",)
    prefix: str = ""
    beams: int = 4
    most_tokens: int = 160
    threads: int = 2

    @property
    def parameters(self) -> str:
        """Whatever decides the rows but the machine they are made on."""
        labels = ",".join(f"{theirs}={ours}" for theirs, ours in sorted(self.labels.items()))
        asked = f"dtype={self.dtype} labels={labels} languages={','.join(self.languages)} prefix={self.prefix!r}"
        return f"hub={self.model}@{self.revision} {asked} beams={self.beams} tokens={self.most_tokens}"

    @cached_property
    def loaded(self) -> "Loaded":
        """The model in memory; loaded when it is first asked for."""
        return load(self)


@dataclass(frozen=True)
class Loaded:
    """A model in memory with its tokenizer. positions: tokens of one window, marks included."""

    checkpoint: Checkpoint
    torch: Any
    model: Any
    tokenizer: Any
    device: str
    dtype: str
    positions: int

    @property
    def revision(self) -> str:
        """For the lineage: the commit, and on what it was run (bfloat16 rounds otherwise than float32)."""
        return f"{self.checkpoint.revision} {self.dtype} on {self.device}"

    @property
    def id2label(self) -> list[str]:
        names = self.model.config.id2label
        return [str(names[place]) for place in range(len(names))]

    def on_device(self, encoded: list[dict[str, Any]]) -> dict[str, Any]:
        """Several inputs as one batch of tensors, padded to the longest of them."""
        padded = self.tokenizer.pad(encoded, return_tensors="pt")
        return {name: tensor.to(self.device) for name, tensor in padded.items()}

    def probabilities(self, encoded: list[dict[str, Any]]) -> Any:
        """float32 softmax of the model's scores over its labels, as numpy, one row an input."""
        with self.torch.inference_mode():
            logits = self.model(**self.on_device(encoded)).logits
            return logits.float().softmax(-1).cpu().numpy()


def load(checkpoint: Checkpoint) -> Loaded:
    """The model from its folder. Raises CheckpointUnusable where torch, a file, a weight or the device is missing."""
    try:
        import safetensors
        import torch
        import transformers
    except ImportError as error:
        raise CheckpointUnusable(MISSING_EXTRA, 'Install the extra: pip install "nightdesk[hub]".') from error
    named = f"{checkpoint.model} at {checkpoint.revision[:12]}"
    _refuse_strange_files(checkpoint, named)
    device = _device(checkpoint, torch)
    dtype = _dtype(checkpoint, torch, device)
    if device == "cpu":
        torch.set_num_threads(checkpoint.threads)
    logging: Any = transformers.utils.logging
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    own = {"local_files_only": True, "trust_remote_code": False}
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(str(checkpoint.folder), use_fast=True, **own)
        model, found = getattr(transformers, TASKS[checkpoint.column]).from_pretrained(
            str(checkpoint.folder), dtype=getattr(torch, dtype), use_safetensors=True, output_loading_info=True, **own
        )
    except (OSError, ValueError, KeyError, ImportError, RuntimeError, TypeError, safetensors.SafetensorError) as error:
        said = " ".join(str(error).split())[:300]
        raise CheckpointUnusable(f"{named} cannot be loaded for {checkpoint.column}: {said}") from error
    lacking = sorted([*found["missing_keys"], *(str(key) for key in found["mismatched_keys"])])
    if lacking:  # they would be made up at random
        hint = f"Name a checkpoint that is a {' or '.join(_CALLED[checkpoint.column])}."
        raise CheckpointUnusable(f"{named} has no weights for {', '.join(lacking[:3])}", hint)
    if not getattr(tokenizer, "is_fast", False):
        raise CheckpointUnusable(f"{named} has no tokenizer that tells places in the text (no tokenizer.json)")
    tokenizer.backend_tokenizer.encode_special_tokens = True  # "[SEP]" in a text is five characters
    positions = _positions(model.config, tokenizer)
    return Loaded(checkpoint, torch, model.to(device).eval(), tokenizer, device, dtype, positions)


def _refuse_strange_files(checkpoint: Checkpoint, named: str) -> None:
    pull = f"Fetch it: `nightdesk models pull {checkpoint.column}`."
    try:
        config = json.loads((checkpoint.folder / "config.json").read_text("utf-8"))
    except FileNotFoundError:
        raise CheckpointUnusable(f"{named} is not here", pull) from None
    except (OSError, ValueError) as error:
        raise CheckpointUnusable(f"{checkpoint.folder / 'config.json'} cannot be read: {error}", pull) from error
    if not isinstance(config, dict) or "model_type" not in config:
        raise CheckpointUnusable(f"{named}: its config.json names no kind of model")
    if "auto_map" in config:
        raise CheckpointUnusable(f"{named} brings code of its own, which is never run", "Choose another checkpoint.")
    called = [str(name) for name in config.get("architectures") or ()]
    if called and not any(name.endswith(_CALLED[checkpoint.column]) for name in called):
        # the weights of one head may fit another: the model would load, and talk nonsense
        hint = f"Name a checkpoint that is a {' or '.join(_CALLED[checkpoint.column])}."
        raise CheckpointUnusable(f"{named} is a {called[0]}: it cannot write {checkpoint.column}", hint)
    if not any(checkpoint.folder.glob("*.safetensors")):
        raise CheckpointUnusable(f"{named} has no safetensors; other formats of weights can run code", pull)


def _device(checkpoint: Checkpoint, torch: Any) -> str:
    there = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    device = next(name for name in there if there[name]) if checkpoint.device == "auto" else checkpoint.device
    if not there[device]:
        hint = f'Say `device = "auto"` in [hub.{checkpoint.column}].'
        raise CheckpointUnusable(f"there is no {device} on this machine", hint)
    return device


def _dtype(checkpoint: Checkpoint, torch: Any, device: str) -> str:
    if checkpoint.dtype != "auto":
        return checkpoint.dtype
    return "bfloat16" if device == "cuda" and torch.cuda.is_bf16_supported() else "float32"


def _positions(config: Any, tokenizer: Any) -> int:
    """The longest window. Two positions are left: some models count from the padding mark on."""
    stated = [
        getattr(config, name, None)
        for name in ("max_position_embeddings", "n_positions", "max_encoder_position_embeddings")
    ]
    limits = [limit - 2 for limit in stated if isinstance(limit, int) and limit > 8]
    return min([*limits, int(min(tokenizer.model_max_length, MOST_POSITIONS)), MOST_POSITIONS])
