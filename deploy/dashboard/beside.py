"""What the article page shows beside the points: the figures that belong to them, the questions with their answers."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from deploy.dashboard.cards import inside, table
from deploy.dashboard.evidence import points_of
from deploy.dashboard.marking import Cited, line
from deploy.dashboard.tables import Row
from flows.brief.beside import figures_beside, questions_beside
from flows.brief.content import Answered
from flows.brief.display import figure_in_words

FIGURES_SHOWN = 10
QUESTIONS_SHOWN = 15


def figures_panel(row: Row, figures: Sequence[Row]) -> str:
    """The figures of the cited sentences and of the main names, whose each is, and where it stands; empty without."""
    cited = _cited(row)
    cells = [
        (
            f'<span title="{line(figure.sentence)}">{line(figure_in_words(figure.text, figure.direction))}</span>',
            line(figure.owner),
            _citation(cited, figure.start),
        )
        for figure in figures_beside(figures, [(one.start, one.end) for one in cited], FIGURES_SHOWN)
    ]
    return f"<h2>Figures</h2>{table(('figure', 'of', ''), cells, 'figures')}" if cells else ""


def questions_section(row: Row, questions: Sequence[Row], time_zone: str) -> str:
    """The questions that the article calls for, the first unfolded, each answered by a sentence of it or of another."""
    cited = _cited(row)
    asked = [
        f"<details{' open' if number == 0 else ''}><summary>{line(each.question)}</summary>"
        f'<p dir="auto"><q>{line(each.answer)}</q> {_source(each, cited, time_zone)}</p></details>'
        for number, each in enumerate(questions_beside(questions, QUESTIONS_SHOWN))
    ]
    return f'<section class="questions"><h2>Questions</h2>{"".join(asked)}</section>' if asked else ""


def _cited(row: Row) -> list[Cited]:
    gist, points = points_of(row)
    return [point.cited for point in (gist, *points) if point and point.cited]


def _citation(cited: Sequence[Cited], place: int) -> str:
    number = next((one.number for one in cited if one.start <= place < one.end), None)
    if number is None:
        return ""
    return f'<a class="cite" href="#cited-{number}" target="_self" aria-label="source sentence {number}">{number}</a>'


def _source(answered: Answered, cited: Sequence[Cited], time_zone: str) -> str:
    """Where an answer stands: a marked sentence, this text, or another article with its date."""
    if not answered.is_from_archive:
        return _citation(cited, answered.start) or '<span class="note">in this text</span>'
    local = answered.published_at.astimezone(ZoneInfo(time_zone)) if answered.published_at else None
    when = f", {local.day} {local:%b %Y}" if local else ""
    named = f"{line(answered.title)}, {line(answered.source)}{when}"
    return f'<br><span class="note">{inside(named, article=answered.article_id)}</span>'
