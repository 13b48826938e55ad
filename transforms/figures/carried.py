"""The subjects that an article carries on from sentence to sentence."""

from dataclasses import dataclass, field

from transforms.reader.reading import ENTITY_TYPES

CARRIED_FOR = 3  # sentences without a name
PERSON, FIRM, PLACE, OTHER = ENTITY_TYPES


@dataclass(frozen=True)
class Named:
    """A mention of an entity, its place in the text or in the sentence at hand."""

    start: int
    end: int
    type: str
    entity_id: str


@dataclass
class Carried:
    """The last subject of each type; all are forgotten after some sentences without a name."""

    _last: dict[str, str] = field(default_factory=dict)
    _age: int = 0

    def take(self, subject: Named | None, has_names: bool) -> None:
        """A sentence has been read: its subject, and whether it names anybody."""
        self._age = 0 if has_names else self._age + 1
        if self._age > CARRIED_FOR:
            self._last.clear()
        if subject:
            self._last.pop(subject.type, None)
            self._last[subject.type] = subject.entity_id  # the newest last

    @property
    def person(self) -> str | None:
        """The last person who was a subject."""
        return self._last.get(PERSON)

    @property
    def firm(self) -> str | None:
        """The last organisation."""
        return self._last.get(FIRM)

    @property
    def thing(self) -> str | None:
        """Whatever was last spoken of but a person or a nationality."""
        return next((self._last[kind] for kind in reversed(self._last) if kind in (FIRM, PLACE)), None)
