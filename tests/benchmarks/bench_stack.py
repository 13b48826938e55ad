"""How much faster the reader is than the usual three models, on the same articles, in one run.

    python tests/benchmarks/bench_stack.py [--articles 2] [--rounds 3] [--threads 2] [--folder WEIGHTS]

The three: distilbart-cnn-12-6 (4 beams, 60 tokens), a BERT-base for names, FinBERT for the tone of each sentence. They
are built here from their shapes with random weights: what a model costs does not hang on what its weights say, and
nothing is fetched. Both sides read the same articles of 600 words in turns; the reader's side is every column of a
night, files included. Only a quiet machine gives a ratio to rely on; with other work going on, that of the processor
time of one thread (--threads 1) is the nearest to it. This needs torch, which
the project itself does not, and is skipped by name without it.
"""

import argparse
import importlib.util
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.benchmarks.bench_reader import BATCH, Taken, document, memory, night, texts
from transforms.reader.reader import WEIGHTS, load_reader

BEAMS, TOKENS = 4, 60
MOST_POSITIONS = 1024  # of BART; longer articles are cut there, as that stack does
WINDOW = 512  # of BERT
BERT_VOCABULARY = 28_996


def stack(torch: Any, threads: int) -> Callable[[str], None]:
    """A function that reads one article with the three models."""
    from transformers import (
        BartConfig,
        BartForConditionalGeneration,
        BertConfig,
        BertForSequenceClassification,
        BertForTokenClassification,
    )

    torch.set_num_threads(threads)
    torch.manual_seed(13)
    shape = BartConfig(  # distilbart-cnn-12-6: BART large with every second layer of its decoder
        vocab_size=50_264, d_model=1024, encoder_layers=12, decoder_layers=6, encoder_attention_heads=16,
        decoder_attention_heads=16, encoder_ffn_dim=4096, decoder_ffn_dim=4096, max_position_embeddings=1024,
    )  # fmt: skip
    writer: Any = BartForConditionalGeneration(shape)
    names: Any = BertForTokenClassification(BertConfig.from_dict({"vocab_size": BERT_VOCABULARY, "num_labels": 9}))
    tone: Any = BertForSequenceClassification(BertConfig.from_dict({"num_labels": 3}))
    for model in (writer, names, tone):
        model.eval()
    generator = torch.Generator().manual_seed(13)

    def ids(count: int) -> Any:
        return torch.randint(1000, 20_000, (1, count), generator=generator)

    def read(text: str) -> None:
        pieces = round(1.3 * len(text.split()))
        with torch.inference_mode():
            writer.generate(
                ids(min(pieces, MOST_POSITIONS)), num_beams=BEAMS, min_new_tokens=TOKENS, max_new_tokens=TOKENS
            )
            for start in range(0, pieces, WINDOW):
                names(ids(min(WINDOW, pieces - start)))
            for sentence in document(text).sentences:
                words = len(text[sentence.start : sentence.end].split())
                tone(ids(max(3, round(1.3 * words) + 2)))

    return read


def timed(work: Callable[[], object]) -> Taken:
    """What the work takes."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return Taken(time.perf_counter() - wall, time.process_time() - processor)


def report(what: str, ours: Sequence[float], theirs: Sequence[float], articles: tuple[int, int]) -> None:
    """Print the medians an article and their ratio, and the ratio of each round."""
    mine, other = (statistics.median(side) / count for side, count in zip((ours, theirs), articles, strict=True))
    rounds = ", ".join(f"{(b / articles[1]) / (a / articles[0]):.0f}" for a, b in zip(ours, theirs, strict=True))
    print(f"{what}: reader {1000 * mine:.0f} ms, stack {1000 * other:.0f} ms an article, ratio {other / mine:.0f}")
    print(f"  by rounds {rounds}")


def main() -> int:
    """Print the ratio by the clock and by processor time."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, default=2, help="for the stack; the reader reads two batches")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--folder", type=Path, default=WEIGHTS)
    given = parser.parse_args()
    if importlib.util.find_spec("torch") is None:
        print("skipped: bench_stack compares with three torch models, and torch is not installed (extra [train])")
        return 0
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # on a busy machine torch's threads would count their waiting
    import torch

    reader, articles = load_reader(given.threads, given.folder), texts(2 * BATCH)
    read_by_stack, few = stack(torch, given.threads), articles[: given.articles]
    read_by_stack(few[0])
    night(reader, articles[:4])
    ours, theirs = [], []
    for _ in range(given.rounds):
        ours.append(night(reader, articles))
        theirs.append(timed(lambda: [read_by_stack(text) for text in few]))
    counts = len(articles), len(few)
    print(f"{counts[0]} and {counts[1]} articles in turns, {given.threads} threads, {given.rounds} rounds")
    for what in ("wall", "processor"):
        report(what, [getattr(t, what) for t in ours], [getattr(t, what) for t in theirs], counts)
    print(f"{memory():.2f} GB at most, both sides together")
    return 0


if __name__ == "__main__":
    sys.exit(main())
