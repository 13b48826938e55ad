"""What a language model answered, as far as it has the shape that was asked for.

Nothing here is trusted: each column's part is read on its own, an item of another shape is left out, and a part without
a usable item is no answer to that column, with a reason. Whether the article bears it out is for evidence.py.
"""

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from transforms.backends.llm.prompt import MOST_CITED, MOST_ENTITIES, MOST_FORMS, MOST_POINTS, MOST_TONES
from transforms.reader.reading import ENTITY_TYPES, SENTIMENT_LABELS

# Why an answer, or a column's part of it, cannot be used; each is counted in the run's report.
EMPTY, REFUSED, MALFORMED, WRONG_SHAPE = "empty", "refused", "malformed_json", "wrong_schema"

MOST_CHARACTERS = 600  # of a line
MOST_NAME = 120
SLACK = 0.1  # of three probabilities that a model has rounded
MOST_TRIES = 20  # places at which an object is looked for among prose

_THINKING = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
_NO = re.compile(r"\b(?:sorry|apologi[sz]e|cannot|can['’]t|unable|won['’]t|not able)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Unusable:
    """No answer: the article, or one of its columns, is read by the reader."""

    reason: str


@dataclass(frozen=True)
class Claim:
    """A line with the numbers, from 1, of the sentences it cites."""

    text: str
    cited: tuple[int, ...]


@dataclass(frozen=True)
class Summed:
    gist: Claim | None
    key_points: tuple[Claim, ...]


@dataclass(frozen=True)
class Thing:
    """A named thing with the forms in which the article is said to name it."""

    forms: tuple[str, ...]
    type: str


@dataclass(frozen=True)
class Things:
    things: tuple[Thing, ...]


@dataclass(frozen=True)
class Toned:
    """Weights of negative, neutral, positive, for the article and by name; a score in [-1, 1] by sentence number."""

    article: tuple[float, float, float]
    towards: tuple[tuple[str, tuple[float, float, float]], ...]
    sentences: tuple[tuple[int, float], ...]


Part = Things | Toned | Summed


def parts(content: str, columns: Sequence[str]) -> dict[str, Part | Unusable]:
    """Each column's part of an answer, or why it has none."""
    found = _object_in(content, columns)
    if isinstance(found, Unusable):
        return dict.fromkeys(columns, found)
    readers = {"entities": _things, "sentiment": _toned, "summary": _summed}
    return {name: readers[name](found.get(name)) or Unusable(WRONG_SHAPE) for name in columns}


def _object_in(content: str, columns: Sequence[str]) -> dict[str, Any] | Unusable:
    """The JSON object of an answer: the first one with a column's key, alone or among fences, thoughts and prose."""
    bare = _THINKING.sub("", content).strip()
    if not bare:
        return Unusable(EMPTY)
    decoder = json.JSONDecoder(parse_constant=_no_constant)
    place, reason = bare.find("{"), ""
    for _ in range(MOST_TRIES):
        if place < 0:
            break
        try:
            found, place = decoder.raw_decode(bare, place)
        except (ValueError, RecursionError):
            reason = MALFORMED
            place += 1
        else:
            if any(name in found for name in columns):
                return dict(found)
            reason = reason or WRONG_SHAPE
        place = bare.find("{", place)
    return Unusable(reason or (REFUSED if _NO.search(bare[:300]) else MALFORMED))


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def _dicts(value: object, most: int) -> list[dict[str, Any]]:
    return [each for each in value[:most] if isinstance(each, dict)] if isinstance(value, list) else []


def _line(value: object, most: int) -> str:
    """One line of visible characters; empty for anything else, or for what is longer than `most`."""
    if not isinstance(value, str):
        return ""
    line = " ".join(value.split())
    return line if len(line) <= most and line.isprintable() else ""


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _whole(value: object) -> int | None:
    number = _number(value)
    return int(number) if number is not None and number.is_integer() and abs(number) < 1e6 else None


def _weights(value: object) -> tuple[float, float, float] | None:
    """Three shares of a whole or of a hundred: 1, 2 and 3 are no probabilities, and who says so knows none."""
    if not isinstance(value, dict):
        return None
    found = [number for label in SENTIMENT_LABELS if (number := _number(value.get(label))) is not None]
    if len(found) != 3 or min(found) < 0 or not any(abs(sum(found) / whole - 1) <= SLACK for whole in (1, 100)):
        return None
    return found[0], found[1], found[2]


def _things(value: object) -> Things | None:
    """The things named; none at all is an answer, a list in which nothing has the shape is not."""
    given = _dicts(value, MOST_ENTITIES)
    things = []
    for each in given:
        also = each.get("also")
        forms = [each.get("name"), *(also[:MOST_FORMS] if isinstance(also, list) else ())]
        names = tuple(dict.fromkeys(name for form in forms if (name := _line(form, MOST_NAME))))
        if names and each.get("type") in ENTITY_TYPES:
            things.append(Thing(names, each["type"]))
    return Things(tuple(things)) if things or value == [] else None


def _toned(value: object) -> Toned | None:
    if not isinstance(value, dict) or (article := _weights(value.get("article"))) is None:
        return None
    towards = tuple(
        (name, weights)
        for each in _dicts(value.get("towards"), MOST_ENTITIES)
        if (name := _line(each.get("name"), MOST_NAME)) and (weights := _weights(each))
    )
    sentences = tuple(
        (place, score)
        for each in _dicts(value.get("sentences"), MOST_TONES)
        if (place := _whole(each.get("sentence"))) is not None
        and (score := _number(each.get("score"))) is not None
        and abs(score) <= 1
    )
    return Toned(article, towards, sentences)


def _claim(value: object) -> Claim | None:
    if not isinstance(value, dict) or not (text := _line(value.get("text"), MOST_CHARACTERS)):
        return None
    cited = value.get("sentences")
    found = {number for each in (cited if isinstance(cited, list) else [])[:MOST_CITED] if (number := _whole(each))}
    return Claim(text, tuple(sorted(found))) if found else None


def _summed(value: object) -> Summed | None:
    if not isinstance(value, dict):
        return None
    points = tuple(claim for each in _dicts(value.get("key_points"), MOST_POINTS) if (claim := _claim(each)))
    return Summed(_claim(value.get("gist")), points) if points else None
