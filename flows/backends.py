"""Who writes each column tonight: the settings' choice as transforms, with whatever they need held open meanwhile.

What no column asks for is not imported, opened or connected to.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date

from flows.clock import Clock
from flows.columns import READING_TRANSFORMS
from flows.errors import ConfigurationError
from flows.gazetteer import read_own_names
from flows.settings import Settings
from transforms.backends import HUB, LLM
from transforms.contract import Transform
from transforms.entities import ENTITIES, with_own_names

Counts = Callable[[], dict[str, int]]


@dataclass(frozen=True)
class Chosen:
    """The reading transforms, each by its maker. counts: what the makers have to report of the run so far."""

    transforms: tuple[Transform, ...] = READING_TRANSFORMS
    reports: tuple[Counts, ...] = ()

    def counts(self) -> dict[str, int]:
        return {name: number for report in self.reports for name, number in report().items()}


@contextmanager
def chosen_transforms(settings: Settings, clock: Clock, night: date) -> Iterator[Chosen]:
    """The transforms of the settings, in the order in which they run; what they hold open is closed after use.

    Raises ConfigurationError where a backend cannot be had or the user's gazetteer is wrong.
    """
    made = {transform.name: transform for transform in READING_TRANSFORMS}
    made[ENTITIES.name] = with_own_names(read_own_names(settings))
    reports: list[Counts] = []
    with ExitStack() as held:
        asked = tuple(name for name in made if settings.backend_of(name) == LLM)
        if asked:
            from flows.llm.desk import open_desk

            desk = held.enter_context(open_desk(settings, asked, clock, night))
            made |= {name: desk.transform(made[name]) for name in asked}
            reports.append(desk.counts)
        by_checkpoint = tuple(name for name in made if settings.backend_of(name) == HUB)
        if not by_checkpoint:
            yield Chosen(tuple(made.values()), tuple(reports))
            return
        from flows.checkpoints import checkpoint_of
        from transforms.backends.hub.checkpoint import CheckpointUnusable
        from transforms.backends.hub.columns import hub_transform

        made |= {name: hub_transform(made[name], checkpoint_of(settings, name)) for name in by_checkpoint}
        try:
            yield Chosen(tuple(made.values()), tuple(reports))
        except CheckpointUnusable as error:
            raise ConfigurationError(error.message, error.hint) from error
