"""The text of an element as lines, a line a block, as a reader sees it: for places that are known to be the article."""

from typing import Any

from lxml.etree import iterwalk

from transforms.content.paragraphs import plain

BLOCKS = frozenset(
    ("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "td", "th", "tr", "div", "br", "section",
     "article", "figure", "figcaption", "ul", "ol", "table", "dl", "dt", "dd", "header", "footer", "main", "address")
)  # fmt: skip
SILENT = frozenset(("script", "style", "template", "noscript", "nav", "form", "button", "select", "time", "iframe"))
SILENT_IN_FORMS = SILENT - {"form"}  # where a page may be nothing but a form


def block_lines(root: Any, silenced: frozenset[str] = SILENT) -> list[str]:
    """The lines of an element, plain and not empty, without what is no text and without times: the tags `silenced`."""
    lines: list[str] = []
    pieces: list[str] = []
    silent = 0

    def end_line() -> None:
        line = plain("".join(pieces))
        pieces.clear()
        if line:
            lines.append(line)

    for event, element in iterwalk(root, events=("start", "end")):
        is_block, is_silent = element.tag in BLOCKS, element.tag in silenced
        if is_block:
            end_line()
        if event == "start":
            silent += is_silent
            if not silent:
                pieces.append(element.text or "")
        else:
            silent -= is_silent
            if not silent and element is not root:
                pieces.append(element.tail or "")
    end_line()
    return lines
