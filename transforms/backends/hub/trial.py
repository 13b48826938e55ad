"""A checkpoint tried on one sentence, before a night relies on it."""

from transforms.backends.hub.checkpoint import Checkpoint
from transforms.backends.hub.columns import sentence_tones
from transforms.backends.hub.tagging import mentions_of
from transforms.backends.hub.writing import chunks, written
from transforms.reader.reading import SENTIMENT_LABELS, Document, Span

SENTENCE = "Siemens won an order for 40 trains from Kenya on Monday, and its shares rose."
_DOCUMENT = Document(SENTENCE, (Span(0, len(SENTENCE)),))


def tried(checkpoint: Checkpoint) -> str:
    """What the checkpoint makes of SENTENCE, in words. Raises CheckpointUnusable."""
    if checkpoint.column == "entities":
        found = mentions_of([_DOCUMENT], checkpoint.loaded)[0]
        named = ", ".join(f"{SENTENCE[each.start : each.end]} {each.type}" for each in found)
        return f"finds {named or 'no name'} in a sentence"
    if checkpoint.column == "sentiment":
        chances = sentence_tones([_DOCUMENT], checkpoint)[0][0]
        return f"calls a sentence {SENTIMENT_LABELS[int(chances.argmax())]} ({float(chances.max()):.2f})"
    made = written(chunks(_DOCUMENT, checkpoint.loaded), checkpoint.loaded)
    return f"writes {made[0][:120]!r} of a sentence"
