"""How right the figures are on sentences of ours, and what an article costs.

python tests/benchmarks/bench_figures.py [--wrong]
"""

import argparse
import sys
import time

from tests.transforms.figures.labelled import agreement, cases, read

ARTICLE_WORDS = 600
ROUNDS = 20


def main() -> int:
    """Print the measures; with --wrong every figure that differs from its label."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--wrong", action="store_true", help="print what differs")
    arguments = parser.parse_args()
    found = agreement()
    print(f"figures     {found.exact} of {found.expected} right in {len(cases())} cases, {found.found} given")
    print(f"precision   {found.precision:.3f}   recall {found.recall:.3f}")
    print(f"direction   {found.directions / found.exact:.3f} of the right ones")
    where_one_is = found.owned_right / found.owned
    print(f"owner       {found.owners / found.exact:.3f} of the right ones, {where_one_is:.3f} where one is")
    print(f"cost        {milliseconds():.1f} ms of CPU for {ARTICLE_WORDS} words with a figure in most sentences")
    if arguments.wrong:
        print("\n".join(found.wrong))
    return 0


def milliseconds() -> float:
    """CPU time of one article made of the English cases, in milliseconds."""
    sentences = [sentence for case in cases() if case.language == "en" for sentence in case.sentences]
    chosen: list[str] = []
    while sum(len(sentence.split()) for sentence in chosen) < ARTICLE_WORDS:
        chosen.append(sentences[len(chosen) % len(sentences)])
    started = time.process_time()
    for _ in range(ROUNDS):
        read(*chosen)
    return (time.process_time() - started) / ROUNDS * 1000


if __name__ == "__main__":
    sys.exit(main())
