"""What a brief holds. Offsets are characters [start, end) into the text of the revision named."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Cited:
    """A gist or a key point with the evidence for it.

    text: what is claimed. start, end: the stretch of the revision's text that bears it out, whole or trimmed.
    before, marked, after: the sentence or sentences that hold that stretch, which is `marked`.
    """

    text: str
    start: int
    end: int
    before: str
    marked: str
    after: str


@dataclass(frozen=True)
class Named:
    """A main entity of an article. `sentiment` is negative, neutral, positive, or None where it was not read."""

    name: str
    type: str
    ticker: str | None
    sentiment: str | None


@dataclass(frozen=True)
class Figure:
    """A figure of an article: as written, whose it is where that is clear, up, down or flat where it is said."""

    text: str
    owner: str | None
    direction: str | None
    sentence: str
    start: int


@dataclass(frozen=True)
class Answered:
    """A question that an article calls for, with the sentence that answers it and where that stands.

    article_id, source, title, url, published_at: of the article that answers; `is_from_archive` where it is another.
    """

    question: str
    answer: str
    start: int
    end: int
    article_id: str
    is_from_archive: bool
    source: str
    title: str
    url: str | None
    published_at: datetime | None


@dataclass(frozen=True)
class Copy:
    """The same text, word for word, in another newspaper."""

    source: str
    url: str | None


@dataclass(frozen=True)
class Story:
    """One article of the brief.

    url: http or https, or None where the stored one is neither.
    published_at: UTC; None where the page did not say, then `known_at` is what is left.
    key_points: in reading order, without the one that is the gist.
    sentiment_score: -1 to 1, None where the language is not read.
    flags: of paywalled, partial, edited, undated.
    also_reported_by: other sources of the night whose articles share main entities, by name.
    score: the rank, and `because` its parts by name: see `flows.brief.ranking`.
    """

    article_id: str
    revision_id: str
    title: str
    url: str | None
    source: str
    language: str
    published_at: datetime | None
    known_at: datetime
    gist: Cited | None
    key_points: tuple[Cited, ...]
    entities: tuple[Named, ...]
    figures: tuple[Figure, ...]
    questions: tuple[Answered, ...]
    sentiment: str | None
    sentiment_score: float | None
    flags: tuple[str, ...]
    copies: tuple[Copy, ...]
    also_reported_by: tuple[str, ...]
    score: float
    because: dict[str, float] = field(hash=False)


@dataclass(frozen=True)
class Section:
    """Stories on one topic, best first."""

    name: str
    stories: tuple[Story, ...]


@dataclass(frozen=True)
class Trouble:
    """A source that gave nothing tonight, and why in words."""

    source: str
    reason: str


@dataclass(frozen=True)
class Night:
    """The counts of the night's run; all zero where no run reported. alerts: what changed at the sources, in words."""

    sources_reached: int
    sources_failed: int
    discovered: int
    fetched: int
    articles: int
    rejected: int
    rejected_by_reason: tuple[tuple[str, int], ...]
    troubles: tuple[Trouble, ...]
    alerts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Brief:
    """The brief of one day in one time zone.

    known: articles that became known that day, exact copies counted; `chosen` of them are shown as stories,
    `folded` stand behind a story as its exact copies.
    """

    day: date
    time_zone: str
    sections: tuple[Section, ...]
    known: int
    chosen: int
    folded: int
    sources: int
    night: Night

    @property
    def stories(self) -> tuple[Story, ...]:
        return tuple(story for section in self.sections for story in section.stories)
