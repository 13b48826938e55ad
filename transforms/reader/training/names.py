"""Parsers of the named-entity sets: column files with one token a line and a blank line after each sentence."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from transforms.reader.reading import Span
from transforms.reader.training.labelled import Labelled, Name

SAME = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "MISC": "MISC"}
# WNUT 2017: bands and teams are organisations as in CoNLL, works and products are MISC; nationalities are not marked.
WNUT = {
    "person": "PER",
    "location": "LOC",
    "corporation": "ORG",
    "group": "ORG",
    "creative-work": "MISC",
    "product": "MISC",
}
NEW_DOCUMENT = "-DOCSTART-"
LEFT_OUT = 40  # the last documents of CoNLL++ train: what decisions are taken on


def sentence_of(tokens: Sequence[str], tags: Sequence[str], types: Mapping[str, str], has_misc: bool) -> Labelled:
    """One sentence from its tokens and their BIO or IOB1 tags. Types that are not in `types` count as O."""
    names: list[Name] = []
    position, open_type = 0, ""
    for token, tag in zip(tokens, tags, strict=True):
        mark, _, raw = tag.partition("-")
        kind = types.get(raw, "")
        if kind and mark == "I" and open_type == raw:
            names[-1] = Name(names[-1].start, position + len(token), kind)
        elif kind:
            names.append(Name(position, position + len(token), kind))
        open_type = raw if kind else ""
        position += len(token) + 1
    text = " ".join(tokens)
    return Labelled(text, (Span(0, len(text)),), tuple(names), has_misc)


def documents_of(
    lines: Iterable[str], token: int, tag: int, types: Mapping[str, str], has_misc: bool
) -> list[list[Labelled]]:
    """The sentences of a column file, by document. token and tag are column numbers; comments start with "# "."""
    documents: list[list[Labelled]] = [[]]
    tokens: list[str] = []
    tags: list[str] = []

    def close() -> None:
        if tokens:
            documents[-1].append(sentence_of(tokens, tags, types, has_misc))
            tokens.clear()
            tags.clear()

    for line in lines:
        columns = line.split()
        if len(columns) <= max(token, tag % 100 if tag >= 0 else 1):
            close()
            continue
        if line.startswith("# "):
            if "newdoc" in line:
                close()
                documents.append([])
            continue
        if columns[0] == NEW_DOCUMENT:
            close()
            documents.append([])
            continue
        tokens.append(columns[token])
        tags.append(columns[tag])
    close()
    return [document for document in documents if document]


def read_columns(
    path: Path, token: int = 0, tag: int = -1, types: Mapping[str, str] = SAME, has_misc: bool = True
) -> list[list[Labelled]]:
    """The documents of the column file at `path`."""
    with path.open(encoding="utf-8", errors="replace") as lines:
        return documents_of(lines, token, tag, types, has_misc)


def conllpp(folder: Path, part: str) -> list[list[Labelled]]:
    """CoNLL++ (CoNLL-2003 with corrected labels), part "train" or "dev", by document."""
    return read_columns(folder / "ner/conllpp/data" / f"conllpp_{part}.txt")


def conllpp_to_train(folder: Path, is_left_out: bool) -> list[list[Labelled]]:
    """The documents of CoNLL++ train that are trained on, or those left out of it."""
    found = conllpp(folder, "train")
    return found[-LEFT_OUT:] if is_left_out else found[:-LEFT_OUT]


def other_names(folder: Path) -> dict[str, list[list[Labelled]]]:
    """The further sets that are trained on, by name."""
    ner = folder / "ner"
    ewt = sorted((ner / "uner-ewt").glob("*.iob2"))
    wnut = [ner / "wnut17/wnut17train.conll", ner / "wnut17/emerging.dev.conll", ner / "wnut17/emerging.test.annotated"]
    tweets = sorted((ner / "BTC/CONLL-format/data").glob("*.conll"))
    return {
        "uner-ewt": [d for p in ewt for d in read_columns(p, token=1, tag=2, has_misc=False)],
        "wnut17": [d for p in wnut for d in read_columns(p, types=WNUT, has_misc=False)],
        "btc": [d for p in tweets for d in read_columns(p, has_misc=False)],
        "wikigold": read_columns(ner / "wikigold/CONLL-format/data/wikigold.conll.txt"),
    }
