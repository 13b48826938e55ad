"""The reader: documents in, readings out, on onnxruntime and without torch.

Each window is run through the encoder alone and unpadded, and the session uses one thread a window: the activations
are quantized with ranges taken from what is run together, so this is what makes a document's reading the same
whatever else is read with it and however many threads there are.
"""

import hashlib
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from transforms.reader.decode import LABELS, Named, find_names
from transforms.reader.heads import Heads, heads_from, product, salience_inputs, segment_means, softmax, unit
from transforms.reader.reading import VECTOR_SIZE, Document, Mention, Reading
from transforms.reader.windows import Pieces, Window, cut_pieces, pack_windows

WEIGHTS = Path(__file__).parent / "weights"
NAME = "nightdesk-reader"
FILES = ("encoder.onnx", "heads.npz", "tokenizer.json")


class ReaderUnavailable(RuntimeError):
    """The reader's files are missing, damaged, or not of one export."""


@dataclass(frozen=True)
class Encoded:
    """A document's pieces with their hidden states float32[pieces, 384] and label scores float32[pieces, 9]."""

    pieces: Pieces
    hidden: NDArray[np.float32]
    logits: NDArray[np.float32]

    def sentence_means(self, count: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """float32[count, 384], the mean state of each of `count` sentences, and int64[count], their sizes in pieces."""
        owner = self.pieces.sentence
        return segment_means(self.hidden, owner, count), np.bincount(owner, minlength=count)


@dataclass(frozen=True)
class Reader:
    """A loaded model. name and revision go into the lineage of every row it makes."""

    name: str
    revision: str
    session: Any
    tokenizer: Tokenizer
    heads: Heads
    threads: int

    def read(self, documents: Sequence[Document]) -> list[Reading]:
        """One Reading per document, in order. A document's reading depends on that document alone."""
        encoded = self.encode_documents(documents)
        return [reading_of(document, each, self.heads) for document, each in zip(documents, encoded, strict=True)]

    def encode_documents(self, documents: Sequence[Document]) -> list[Encoded]:
        """What the encoder makes of each document, before any head but the labels'."""
        cut = [cut_pieces(document.text, document.sentences, self.tokenizer) for document in documents]
        packed = [pack_windows(pieces) for pieces in cut]
        flat = [window for windows in packed for window in windows]
        with ThreadPoolExecutor(max_workers=self.threads) as pool:
            outputs = iter(list(pool.map(self.encode, flat)))
        found = []
        for pieces, windows in zip(cut, packed, strict=True):
            hidden = np.zeros((len(pieces), VECTOR_SIZE), dtype=np.float32)
            logits = np.zeros((len(pieces), len(LABELS)), dtype=np.float32)
            for window in windows:
                states, scores = next(outputs)
                held = window.source >= 0
                hidden[window.source[held]] = states[held]
                logits[window.source[held]] = scores[held]
            found.append(Encoded(pieces, hidden, logits))
        return found

    def encode(self, window: Window) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Hidden states float32[positions, 384] and label scores float32[positions, 9] of one window."""
        hidden, logits = self.session.run(None, {"ids": window.ids[None], "casing": window.casing[None]})
        return hidden[0], logits[0]


def reading_of(document: Document, encoded: Encoded, heads: Heads) -> Reading:
    """The Reading of a document from what the encoder made of it."""
    means, lengths = encoded.sentence_means(len(document.sentences))
    vectors = unit(product(means, heads.embedding))
    salience = 1 / (1 + np.exp(-heads.salience(salience_inputs(means, lengths))[:, 0]))
    names = find_names(document.text, encoded.pieces, encoded.logits)
    return Reading(
        vector=unit(vectors.sum(axis=0)),
        sentence_vectors=vectors,
        sentence_sentiment=softmax(heads.sentence_sentiment(means)),
        sentence_salience=salience.astype(np.float32),
        mentions=_mentions(names, encoded, means, heads),
    )


def _mentions(
    names: Sequence[Named], encoded: Encoded, means: NDArray[np.float32], heads: Heads
) -> tuple[Mention, ...]:
    if not names:
        return ()
    inputs = np.stack(
        [
            np.concatenate([encoded.hidden[n.first : n.last].mean(axis=0), means[encoded.pieces.sentence[n.first]]])
            for n in names
        ]
    )
    chances = softmax(heads.entity_sentiment(inputs))
    return tuple(
        Mention(n.start, n.end, n.type, n.score, (float(p[0]), float(p[1]), float(p[2])))
        for n, p in zip(names, chances, strict=True)
    )


def load_reader(threads: int = 2, folder: Path = WEIGHTS) -> Reader:
    """The reader from its folder of files, offline. Raises ReaderUnavailable naming the file that is at fault."""
    try:
        expected = json.loads((folder / "config.json").read_text(encoding="utf-8"))["sha256"]
        found = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReaderUnavailable(f"the reader's files in {folder} cannot be read: {error}") from error
    for name, digest in found.items():
        if not isinstance(expected, dict) or expected.get(name) != digest:
            raise ReaderUnavailable(f"{folder / name} is not the file that config.json names: damaged or half copied")
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.encode_special_tokens = True  # "[SEP]" in a text is five characters, not a mark between sentences
    try:
        with np.load(folder / "heads.npz", allow_pickle=False) as arrays:
            heads = heads_from({name: arrays[name].astype(np.float32) for name in arrays.files})
    except KeyError as error:
        raise ReaderUnavailable(f"{folder / 'heads.npz'} lacks the array {error}") from error
    revision = hashlib.sha256("".join(found[name] for name in FILES).encode()).hexdigest()[:16]
    return Reader(NAME, revision, open_session(folder / "encoder.onnx"), tokenizer, heads, threads)


def open_session(path: Path) -> Any:
    """An onnxruntime session on one thread, quiet."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
