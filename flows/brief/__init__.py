"""The daily brief: what became known on one day, chosen, grouped, and cited sentence by sentence.

`content` is what a brief holds, `day` reads a day's articles from the marts, `ranking` chooses among them, `build`
puts them together; `markdown`, `page` and `terminal` show one brief in three ways, `files` writes it.
"""

from flows.brief.build import build_brief
from flows.brief.content import Brief
from flows.brief.files import read_brief_text, write_brief, written_day
from flows.brief.markdown import render_markdown
from flows.brief.page import render_html
from flows.brief.terminal import render_terminal

__all__ = [
    "Brief",
    "build_brief",
    "read_brief_text",
    "render_html",
    "render_markdown",
    "render_terminal",
    "write_brief",
    "written_day",
]
