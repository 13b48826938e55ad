"""Summaries by a sequence-to-sequence model, and the sentences that each of their lines rests on.

Such a model writes freely and cites nothing. So each line is looked for in the article: sentences near it in meaning
and in words are tried, alone and with their neighbours, until the gate passes one. What
none bears out is dropped.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from transforms.backends.hub.checkpoint import Loaded
from transforms.backends.lines import Shown, borne_out, may_be_cited
from transforms.reader.reading import Document, Reading

MOST_CHUNKS = 16  # of one article; what comes after some 10,000 words is not read
ANCHORS = 3  # sentences tried for a line, with their neighbours
MOST_LINES = 60
_SPANS = ((0, 0), (-1, 0), (0, 1), (-1, 1), (-2, 0), (0, 2))  # the anchor alone first
_WRITTEN_POSITIONS = ("max_position_embeddings", "max_decoder_position_embeddings")
_WORD = re.compile(r"\w+")
_MARKS = re.compile(r"<n>|\s+")  # one family of models writes <n> between lines


def chunks(document: Document, loaded: Loaded) -> list[str]:
    """The article in stretches of whole sentences, of about one size, each short enough for the model."""
    prefix = loaded.checkpoint.prefix
    said = [document.text[span.start : span.end] for span in document.sentences]
    if not said:
        return []
    counts = [len(ids) for ids in loaded.tokenizer(said, add_special_tokens=False)["input_ids"]]
    room = loaded.positions - 4 - len(loaded.tokenizer(prefix, add_special_tokens=False)["input_ids"])
    wanted = -(-sum(counts) // room)
    size = min(room, -(-sum(counts) // wanted) + max(counts)) if wanted > 1 else room
    made: list[str] = []
    held: list[str] = []
    used = 0
    for sentence, count in zip(said, counts, strict=True):
        if held and used + count > size:
            made.append(prefix + " ".join(held))
            held, used = [], 0
        held.append(sentence)
        used += count
    return [*made, prefix + " ".join(held)][:MOST_CHUNKS]


def written(texts: Sequence[str], loaded: Loaded) -> list[str]:
    """What the model makes of each text, in order, by beam search without chance."""
    checkpoint, made = loaded.checkpoint, [""] * len(texts)
    encoded = (
        [
            {"input_ids": ids, "attention_mask": [1] * len(ids)}
            for ids in loaded.tokenizer(list(texts), truncation=True, max_length=loaded.positions)["input_ids"]
        ]
        if texts
        else []
    )
    order = sorted(range(len(texts)), key=lambda place: -len(encoded[place]["input_ids"]))
    for start in range(0, len(order), checkpoint.batch):
        places = order[start : start + checkpoint.batch]
        with loaded.torch.inference_mode():
            ids = loaded.model.generate(
                **loaded.on_device([encoded[place] for place in places]),
                max_new_tokens=_most_tokens(loaded),
                max_length=None,
                num_beams=checkpoint.beams,
                do_sample=False,
            )
        for place, text in zip(places, loaded.tokenizer.batch_decode(ids, skip_special_tokens=True), strict=True):
            made[place] = _MARKS.sub(" ", text).strip()
    return made


def _most_tokens(loaded: Loaded) -> int:
    """What the settings allow, and what the model has places for."""
    stated = [getattr(loaded.model.config, name, None) for name in _WRITTEN_POSITIONS]
    return min([loaded.checkpoint.most_tokens, *(limit - 2 for limit in stated if isinstance(limit, int))])


@dataclass(frozen=True)
class Source:
    """An article to cite from. words: of each sentence that may be cited, in the order of `places`."""

    document: Document
    reading: Reading
    places: tuple[int, ...]
    words: tuple[frozenset[str], ...]


def source_of(document: Document, reading: Reading) -> Source:
    """The article with what its sentences say."""
    places = tuple(sorted(may_be_cited(document)))
    spans = [document.sentences[place] for place in places]
    return Source(document, reading, places, tuple(_words(document.text[span.start : span.end]) for span in spans))


def cited(line: str, vector: NDArray[np.float32], source: Source) -> Shown | None:
    """The line with the stretch of the article that bears it out, the shortest there is; None where there is none.

    vector: the line's, of the model that made the reading's. Its score is the salience of what it rests on.
    """
    words = _words(line)
    if not words or not source.places:
        return None
    shared = np.array([len(words & other) / len(words) for other in source.words])
    nearness = source.reading.sentence_vectors[list(source.places)].astype(np.float64) @ vector.astype(np.float64)
    anchors = [source.places[best] for best in np.argsort(-(nearness + shared), kind="stable")[:ANCHORS]]
    for before, after in _SPANS:
        passing = [shown for anchor in anchors if (shown := _tried(line, anchor, before, after, source))]
        if passing:
            return max(passing, key=lambda shown: shown.support)
    return None


def _tried(line: str, anchor: int, before: int, after: int, source: Source) -> Shown | None:
    document = source.document
    places = range(max(0, anchor + before), min(len(document.sentences), anchor + after + 1))
    salience = float(source.reading.sentence_salience[anchor])
    return borne_out(line, document, places, frozenset(source.places), salience)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))
