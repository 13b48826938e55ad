"""The untouched encoder's embeddings, which the trained one is held to."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from transforms.reader.training.model import Encoder, base_folder, load_base

LONGEST = 256
POSITIONS_A_BATCH = 4096


def teach(texts: Sequence[str], cache: Path, device: torch.device) -> NDArray[np.float16]:
    """float16[texts, 384], unit vectors: the mean over all positions of each text alone.

    Those in `cache` are taken from there, the others are added to it.
    """
    keys = np.array([key_of(text) for text in texts], dtype=np.uint64)
    held: dict[int, NDArray[np.float16]] = {}
    if cache.exists():
        with np.load(cache, allow_pickle=False) as found:
            held = dict(zip(found["keys"].tolist(), found["vectors"], strict=True))
    new = {key: text for key, text in zip(keys.tolist(), texts, strict=True) if key not in held}
    if new:
        held |= dict(zip(new, embed_all(list(new.values()), device), strict=True))
        cache.parent.mkdir(parents=True, exist_ok=True)
        np.savez(cache, keys=np.array(list(held), dtype=np.uint64), vectors=np.stack(list(held.values())))
    return np.stack([held[key] for key in keys.tolist()])


def key_of(text: str) -> int:
    """64 bits of the text's SHA-256."""
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8], "big")


def embed_all(texts: Sequence[str], device: torch.device) -> NDArray[np.float16]:
    """The vectors of texts of any length, those of about the same length together."""
    encoder = Encoder()
    load_base(encoder, base_folder())
    torch.nn.init.zeros_(encoder.casing.weight)
    encoder.to(device).eval()
    tokenizer = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    tokenizer.enable_truncation(LONGEST)
    tokenizer.no_padding()
    encoded = [encoding.ids for encoding in tokenizer.encode_batch(list(texts))]
    order = sorted(range(len(texts)), key=lambda index: len(encoded[index]))
    vectors = np.zeros((len(texts), 384), dtype=np.float16)
    while order:
        size = max(1, POSITIONS_A_BATCH // len(encoded[order[-1]]))
        rows, order = order[-size:], order[:-size]
        vectors[rows] = embed(encoder, [encoded[row] for row in rows])
    return vectors


def embed(encoder: Encoder, rows: Sequence[Sequence[int]]) -> NDArray[np.float16]:
    """Unit vectors of texts given as piece ids, marks included."""
    width = max(len(row) for row in rows)
    device = encoder.words.weight.device
    ids = torch.tensor([[*row, *[0] * (width - len(row))] for row in rows], device=device)
    held = ids != 0
    with torch.no_grad():
        hidden, _ = encoder(ids, torch.zeros_like(ids), held[:, None, None, :])
        means = (hidden * held[..., None]).sum(dim=1) / held.sum(dim=1, keepdim=True)
        return np.asarray(torch.nn.functional.normalize(means, dim=-1).half().cpu().numpy())
