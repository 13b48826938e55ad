"""The brief in a terminal. Text from the web holds no markup and no escape sequence by the time it is shown."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.style import Style
from rich.text import Text

from flows.brief.content import Brief, Story
from flows.brief.display import day_in_words, figure_in_words, moment_in_words, tone_in_words, visible
from flows.brief.tally import amber_note, headline, night_lines, nothing_known

_TONES = {"negative": "red", "neutral": "dim", "positive": "green"}


def render_terminal(brief: Brief) -> RenderableType:
    """The brief as something rich can print, at any width, with or without colour."""
    return Group(*_parts(brief))


def _parts(brief: Brief) -> Iterator[RenderableType]:
    yield Text(f"Nightdesk: {day_in_words(brief.day)}", style="bold")
    yield Text(headline(brief), style="dim")
    note = amber_note(brief)
    if note:
        yield Text(note, style="yellow")
    if not brief.sections:
        yield Text("\n" + nothing_known(brief))
    for section in brief.sections:
        yield Text()
        yield Rule(Text(section.name, style="bold"), align="left", style="dim")
        for story in section.stories:
            yield from _story(story, brief)
    yield Text()
    for line in night_lines(brief):
        yield Text(line, style="dim")


def _story(story: Story, brief: Brief) -> Iterator[RenderableType]:
    when = moment_in_words(story.published_at or story.known_at, brief.time_zone, brief.day)
    facts = [story.source, when if story.published_at else f"found {when}", *story.flags]
    yield Text()
    yield Text(story.title, style=Style(bold=True, link=story.url))
    yield Text(" · ".join(facts), style="dim")
    if story.gist:
        yield Text(visible(story.gist.text))
    for point in story.key_points:
        yield Padding(Text("– " + visible(point.text)), (0, 0, 0, 2))
    if story.figures:
        yield _figures(story)
    about = Text()
    tone = tone_in_words(story.sentiment, story.sentiment_score)
    if tone:
        about.append(f"{tone}  ", style=_TONES.get(story.sentiment or "", ""))
    for entity in story.entities:
        about.append(entity.name, style="cyan")
        about.append(f" {entity.ticker}  " if entity.ticker else "  ", style="dim")
    if story.copies:
        about.append("also in " + ", ".join(copy.source for copy in story.copies), style="dim")
    if about:
        yield about
    for each in story.questions:
        yield Padding(Text(each.question, style="italic"), (0, 0, 0, 2))
        where = f"  {each.source}" if each.is_from_archive else ""
        yield Padding(Text.assemble(visible(each.answer), (where, "dim")), (0, 0, 0, 4))


def _figures(story: Story) -> Text:
    """One line: each figure with its arrow and its owner."""
    told = Text()
    for figure in story.figures:
        told.append(" · " if told else "", style="dim")
        told.append(figure_in_words(figure.text, figure.direction))
        told.append(f" {figure.owner}" if figure.owner else "", style="dim")
    return told
