"""The brief as Markdown. Text from the web is escaped: it never becomes a heading, a link, an image or HTML."""

import re
from urllib.parse import quote

from flows.brief.content import Answered, Brief, Cited, Figure, Story
from flows.brief.display import day_in_words, figure_in_words, moment_in_words, tone_in_words, visible
from flows.brief.tally import amber_note, headline, night_lines, nothing_known

# What means something anywhere in a line (":" and "." where a bare address would become a link) ...
_INLINE = re.compile(r"[\\`*_\[\]<>|~&$]|:(?=//)|(?<=www)\.")
# ... and what does at its start: headings, lists, rules.
_BLOCK = re.compile(r"^(\d{1,9})?([#+=.)-])")


def render_markdown(brief: Brief) -> str:
    """The brief in CommonMark, ending with a newline."""
    lines = [f"# Nightdesk: {day_in_words(brief.day)}", "", escaped(headline(brief)), ""]
    note = amber_note(brief)
    if note:
        lines += [f"> **Amber.** {escaped(note)}", ""]
    if not brief.sections:
        lines += [escaped(nothing_known(brief)), ""]
    for section in brief.sections:
        lines += [f"## {escaped(section.name)}", ""]
        for story in section.stories:
            lines += _story(story, brief)
    night = [escaped(line) for line in night_lines(brief)]
    closing = f"Every point cites the sentence of its source that it rests on. Times are {escaped(brief.time_zone)}."
    return "\n".join([*lines, "---", "", *(f"{line}  " for line in night), closing, ""])


def escaped(text: str) -> str:
    """The text so that CommonMark shows it as it is, on one line."""
    return _BLOCK.sub(r"\1\\\2", _INLINE.sub(r"\\\g<0>", visible(text)))


def _story(story: Story, brief: Brief) -> list[str]:
    when = moment_in_words(story.published_at or story.known_at, brief.time_zone, brief.day)
    facts = [story.source, when if story.published_at else f"found {when}", *story.flags]
    tone = tone_in_words(story.sentiment, story.sentiment_score)
    names = [f"{entity.name} ({entity.ticker})" if entity.ticker else entity.name for entity in story.entities]
    lines = [f"### {_link(story.title, story.url)}", "", escaped(" · ".join(facts)), ""]
    if story.gist:
        lines += [f"**{escaped(story.gist.text)}** {_place(story.gist)}", ""]
    lines += [f"- {escaped(point.text)} {_place(point)}" for point in story.key_points]
    lines += [""] if story.key_points else []
    about = [f"tone {escaped(tone)}"] if tone else []
    about += [f"names: {', '.join(escaped(name) for name in names)}"] if names else []
    copies = [_link(copy.source, copy.url) for copy in story.copies]
    about += [f"also in: {', '.join(copies)}"] if copies else []
    others = [escaped(source) for source in story.also_reported_by]
    about += [f"on the same matter: {', '.join(others)}"] if others else []
    numbers = " · ".join(_figure(figure) for figure in story.figures)
    lines += [f"figures: {numbers}", ""] if numbers else []
    lines += [" · ".join(about), ""] if about else []
    asked = [f"- *{escaped(each.question)}* {escaped(each.answer)} {_source(each)}" for each in story.questions]
    return [*lines, *([*asked, ""] if asked else [])]


def _figure(figure: Figure) -> str:
    owner = f" ({escaped(figure.owner)})" if figure.owner else ""
    return f"{escaped(figure_in_words(figure.text, figure.direction))}{owner}"


def _source(answered: Answered) -> str:
    place = f"{answered.start}–{answered.end}"
    return f"\\[{_link(answered.source, answered.url)}, {place}\\]" if answered.is_from_archive else f"\\[{place}\\]"


def _place(cited: Cited) -> str:
    return f"\\[{cited.start}–{cited.end}\\]"


def _link(text: str, url: str | None) -> str:
    return f"[{escaped(text)}](<{quote(url, safe=_URL_SAFE)}>)" if url else escaped(text)


_URL_SAFE = ":/?#[]@!$&'()*+,;=%~-._"
