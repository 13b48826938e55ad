"""Texts with their readings written by hand: "[PER Yann LeCun] left [ORG Meta]." names its mentions in place."""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from transforms.reader.reading import VECTOR_SIZE, Document, Mention, Reading, Span

MARKED = re.compile(r"\[(PER|ORG|LOC|MISC)(?::([\d.]+))?(?:\s*([+-]))? ([^\]]+)\]")
TONES = {"+": (0.05, 0.15, 0.8), "-": (0.8, 0.15, 0.05), None: (0.1, 0.8, 0.1)}


@dataclass(frozen=True)
class Written:
    """A document and what a reader would say of it."""

    document: Document
    reading: Reading


def bag_of_words(text: str) -> NDArray[np.float32]:
    """A unit vector in which texts with the same words are near each other."""
    vector = np.zeros(VECTOR_SIZE, np.float32)
    for word in re.findall(r"\w{4,}", text.casefold()):
        vector[zlib.crc32(word.encode()) % VECTOR_SIZE] += 1
    length = np.linalg.norm(vector)
    return vector / length if length else np.eye(1, VECTOR_SIZE, dtype=np.float32)[0]


def write(*sentences: str, salience: Sequence[float] = (), tones: Sequence[str | None] = ()) -> Written:
    """Sentences joined by blanks, a line break kept where a sentence ends in one; marked mentions become the reading's.

    [ORG:0.6 Meta] is a mention of score 0.6 (else 0.95), [ORG- Meta] one with a negative tone.
    """
    text, spans, mentions = "", [], []
    for sentence in sentences:
        start = len(text)
        place = 0
        for match in MARKED.finditer(sentence):
            text += sentence[place : match.start()]
            kind, score, sign, name = match.groups()
            mentions.append(Mention(len(text), len(text) + len(name), kind, float(score or 0.95), TONES[sign]))
            text += name
            place = match.end()
        text += sentence[place:].rstrip("\n")
        spans.append(Span(start, len(text)))
        text += "\n" if sentence.endswith("\n") else " "
    vectors = np.array([bag_of_words(text[span.start : span.end]) for span in spans]).reshape(-1, VECTOR_SIZE)
    whole = vectors.sum(axis=0)
    reading = Reading(
        vector=(whole / max(float(np.linalg.norm(whole)), 1e-9)).astype(np.float32),
        sentence_vectors=vectors.astype(np.float32),
        sentence_sentiment=np.array([TONES[tone] for tone in tones or [None] * len(spans)], np.float32).reshape(-1, 3),
        sentence_salience=np.array(salience or [0.5] * len(spans), np.float32),
        mentions=tuple(mentions),
    )
    return Written(Document(text.rstrip(), tuple(spans)), reading)
