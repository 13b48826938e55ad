"""A checkpoint's labels in our words. What cannot be told from a name is asked for in the settings, never guessed."""

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from transforms.backends.hub.checkpoint import Checkpoint, CheckpointUnusable
from transforms.reader.reading import ENTITY_TYPES, SENTIMENT_LABELS

NOTHING = "none"  # what a label is called in the settings that is to be passed over
_SCHEME = re.compile(r"^([BILOUSEM])[-_](?=.)")
_STARS = re.compile(r"^([1-5]) ?stars?$")

_TYPES: dict[str, str] = {
    **dict.fromkeys(("PER", "PERS", "PERSON", "PEOPLE"), "PER"),
    **dict.fromkeys(("ORG", "ORGANIZATION", "ORGANISATION", "CORP", "CORPORATION", "COMPANY", "GROUP"), "ORG"),
    **dict.fromkeys(("LOC", "LOCATION", "GPE", "FAC", "FACILITY", "PLACE"), "LOC"),
    **dict.fromkeys(
        ("MISC", "MISCELLANEOUS", "OTH", "NORP", "EVENT", "PRODUCT", "WORK_OF_ART", "WORKOFART", "LAW", "LANGUAGE"),
        "MISC",
    ),
    **dict.fromkeys(("DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"), NOTHING),
}
_TONES: dict[str, str] = {
    **dict.fromkeys(("negative", "neg", "bearish"), "negative"),
    **dict.fromkeys(("neutral", "neu"), "neutral"),
    **dict.fromkeys(("positive", "pos", "bullish"), "positive"),
}


def tags(checkpoint: Checkpoint, names: Sequence[str]) -> tuple[list[str], list[str]]:
    """For each label of a token classifier its place in a name (B, I, O, …) and our type, "" for none."""
    places, types = [], []
    for name in names:
        scheme = _SCHEME.match(name)
        bare = name[scheme.end() :] if scheme else name
        ours = _stated(checkpoint, name, bare) or ("" if name == "O" else _TYPES.get(bare.upper()))
        if ours is None or ours not in ("", NOTHING, *ENTITY_TYPES):
            raise _unknown(checkpoint, name, (*ENTITY_TYPES, NOTHING))
        places.append(scheme.group(1) if scheme else "O" if ours in ("", NOTHING) else "I")
        types.append("" if ours == NOTHING else ours)
    return places, types


def tones(checkpoint: Checkpoint, names: Sequence[str]) -> NDArray[np.float64]:
    """float64[labels, 3]: how much each label of a sequence classifier counts for each of SENTIMENT_LABELS."""
    shares = np.zeros((len(names), len(SENTIMENT_LABELS)))
    for place, name in enumerate(names):
        stars = _STARS.match(name.casefold())
        ours = _stated(checkpoint, name) or (_of_stars(int(stars[1])) if stars else _TONES.get(name.casefold()))
        if ours not in SENTIMENT_LABELS:
            raise _unknown(checkpoint, name, SENTIMENT_LABELS)
        shares[place, SENTIMENT_LABELS.index(ours)] = 1.0
    if not shares[:, 0].any() or not shares[:, 2].any():
        said = f"the labels of {checkpoint.model} ({', '.join(names)}) hold no good or no bad tone"
        raise CheckpointUnusable(said, "Choose a checkpoint for sentiment, or state [hub.sentiment.labels].")
    return shares


def _of_stars(stars: int) -> str:
    return "neutral" if stars == 3 else "negative" if stars < 3 else "positive"


def _stated(checkpoint: Checkpoint, *names: str) -> str | None:
    given: Mapping[str, str] = checkpoint.labels
    return next((given[name] for name in names if name in given), None)


def _unknown(checkpoint: Checkpoint, name: str, ours: Sequence[str]) -> CheckpointUnusable:
    return CheckpointUnusable(
        f"what the label {name!r} of {checkpoint.model} means is not known",
        f"Say it under [hub.{checkpoint.column}.labels]: {name} = one of {', '.join(ours)}.",
    )
