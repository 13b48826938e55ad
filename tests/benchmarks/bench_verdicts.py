"""Precision and recall of the verdicts on the labelled pages, and how many real articles they refuse.

    python -m tests.benchmarks.bench_verdicts [--data FOLDER]

FOLDER as in bench_body.py: every page in it is an article.
"""

import argparse
import sys
from pathlib import Path

from tests.benchmarks.bench_body import folder_cases, measured
from tests.transforms.labelled_pages import PARTS, labelled, precision_and_recall, verdicts


def main() -> int:
    """Print the measures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, help="folder of real articles")
    parser.add_argument("--wrong", action="store_true", help="list the labelled pages that came out wrong")
    arguments = parser.parse_args()
    for part in PARTS:
        cases = labelled(part)
        found = verdicts(cases)
        right = sum(case.label == each for case, each in zip(cases, found, strict=True))
        languages = len({case.language for case in cases})
        print(f"{part}: {right} of {len(cases)} pages in {languages} languages right")
        for label, (precision, recall, count) in precision_and_recall(cases, found).items():
            print(f"  {label:<13} precision {precision:.2f}  recall {recall:.2f}  of {count}")
        for case, each in zip(cases, found, strict=True):
            if arguments.wrong and case.label != each:
                print(f"  wrong: {case.label} ({case.language}, {case.engine}) taken for {each}")
    if arguments.data:
        refused = [(each.name, each.reason) for each in map(measured, folder_cases(arguments.data)) if each.reason]
        print(f"real articles refused: {len(refused)}")
        for name, reason in refused:
            print(f"  {name} as {reason}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
