"""A small made-up file of each form, under names that tell nothing."""

import json
from pathlib import Path

FILES = {
    "one.txt": "-DOCSTART- -X- O O\n\nShares NNS I-NP O\nin IN I-PP O\nSiemens NNP I-NP B-ORG\nrose VBD I-VP O\n\n"
    "Angela NNP I-NP B-PER\nMerkel NNP I-NP I-PER\nleft VBD I-VP O\nParis NNP I-NP B-LOC\n",
    "two.iob2": "# newdoc id = a\n# text = Siemens left Kenya\n"
    "1\tSiemens\tB-ORG\t-\tx\n2\tleft\tO\t-\tx\n3\tKenya\tB-LOC\t-\tx\n",
    "three.jsonl": json.dumps(
        {
            "sentence_normalized": "Siemens soared while Alstom collapsed.",
            "targets": [{"from": 0, "to": 7, "polarity": 6.0}, {"from": 21, "to": 27, "polarity": 2.0}],
        }
    )
    + "\n",
    "four.csv": 'Title,Decisions\nSiemens soars after record profit,"{""Siemens"": ""positive""}"\n',
    "five.csv": "text,label\nShares soar after record profits,1\nLosses deepen as orders collapse,0\n",
    "six.csv": "article,highlights\n"
    '"Siemens sold 40 trains to Kenya. Alstom lost. It rained. Berlin cheered.",Siemens sells\n',
    "seven.jsonl": json.dumps(
        {
            "article": "Siemens sold 40 trains to Kenya.",
            "summary_sentences": [
                {"sentence": "Siemens sold 40 trains.", "responses": [{"response": "yes"}] * 2 + [{"response": "no"}]},
                {"sentence": "Siemens sold 90 trains.", "responses": [{"response": "no"}] * 2 + [{"response": "yes"}]},
            ],
        }
    )
    + "\n",
    "notes/README.md": "Nothing to measure here.\n",
    "notes/broken.jsonl": '{"article": \n',
}


def write_sets(folder: Path) -> Path:
    """The files in a folder."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
