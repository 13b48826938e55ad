"""Every figure of one maker over all the sets given."""

from collections.abc import Callable

from transforms.evaluation.figure import Measured
from transforms.evaluation.makers import Maker, OfReader
from transforms.evaluation.overlap import MISSING, rouge_scorer
from transforms.evaluation.sets import Sets
from transforms.evaluation.tasks import of_gate, of_names, of_points, of_reading, of_sentences, of_targets


def measure(maker: Maker, sets: Sets, progress: Callable[[str], None] = lambda _: None) -> Measured:
    """The figures in the order in which they are shown. progress is told the name of each set before it is read."""
    found = Measured(maker.label)
    for of_task, given in ((of_names, sets.names), (of_targets, sets.towards), (of_sentences, sets.tones)):
        for data, items in given.items():
            progress(data)
            found.add(of_task(maker, data, items))
    scorer = rouge_scorer()
    if sets.summaries and scorer is None:
        found.notes.append(MISSING)
    for data, articles in sets.summaries.items():
        progress(data)
        if scorer is not None:
            found.add(of_points(maker, data, articles, scorer))
        if isinstance(maker, OfReader):
            found.add(of_reading(maker, data, articles))
    for data, lines in sets.checked.items():
        progress(data)
        found.add(of_gate(data, lines))
    return found
