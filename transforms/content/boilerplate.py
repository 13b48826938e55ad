"""Lines of a body that are no part of the article: its own title and byline, read-also boxes, sign-up and share
lines, captions' credits. General rules only: none names a site."""

import re
from collections.abc import Sequence

from transforms import paywall
from transforms.content.phrases import BYLINE, CREDIT, DATELINE, NOTICE, READ_ALSO, SENTENCE_END

HEAD = 4  # lines at the top where title, byline and date may stand
TAIL = 6  # lines at the end where notices may stand
SHORT = 220  # characters; a longer line is prose
LABEL_WORDS = 5
BETWEEN_LINKS = re.compile(r"[,;|·•/#]")


def key(line: str) -> str:
    """The words of a line, lower case: two lines of one key say the same."""
    return " ".join(re.findall(r"\w+", line.lower()))


def without_boilerplate(lines: Sequence[str], titles: Sequence[str], links: frozenset[str]) -> list[str]:
    """The lines that are the article's own, in order.

    titles: what the page is called, in any of its forms. links: keys of the texts of the page's links.
    """
    named = {key(title) for title in titles} - {""}
    kept: list[str] = []
    after_label = False
    for index, line in enumerate(lines):
        label = read_also(line, links)
        if label or (after_label and is_link(line, links)):
            after_label = True
            continue
        after_label = False
        if index < HEAD and (key(line) in named or is_byline(line)):
            continue
        if is_notice(line, last=index >= len(lines) - TAIL):
            continue
        kept.append(line)
    return without_link_tail(kept, links)


def is_link(line: str, links: frozenset[str]) -> bool:
    """Whether the whole line is the text of a link, a word in brackets after it aside, or of several, as tags are."""
    if key(line) in links or key(re.sub(r"\s*\[[^\]]{1,20}\]\W*$", "", line)) in links:
        return True
    pieces = [key(piece) for piece in BETWEEN_LINKS.split(line)]
    return len(pieces) > 1 and all(piece in links for piece in pieces if piece)


def read_also(line: str, links: frozenset[str]) -> bool:
    """Whether the line points to another article: a label with a link or a colon, or a label alone."""
    match = READ_ALSO.match(line)
    if match is None or len(line) > SHORT:
        return False
    rest = line[match.end() :]
    if not rest.strip(" :.") or (is_link(rest, links) or is_link(line, links)):
        return True
    return bool(match["colon"]) and not SENTENCE_END.search(line)


def is_byline(line: str) -> bool:
    """Whether a line at the top is a byline or a date and no sentence."""
    if len(line) > SHORT / 2 or SENTENCE_END.search(line):
        return False
    words = len(line.split())
    return bool(BYLINE.match(line) and words <= 12) or bool(DATELINE.search(line) and words <= 14)


def is_notice(line: str, last: bool) -> bool:
    """Whether the line invites, credits or claims rights. Near the end whole sentences count, before it labels only."""
    if len(line) > SHORT * (2 if last else 1):
        return False
    if paywall.is_notice(line) and (last or not SENTENCE_END.search(line)):
        return True
    if CREDIT.match(line) and not SENTENCE_END.search(line):
        return True
    return bool(NOTICE.match(line)) and (last or len(line.split()) <= LABEL_WORDS or not SENTENCE_END.search(line))


def without_link_tail(lines: list[str], links: frozenset[str]) -> list[str]:
    """The lines up to the run of lines at the end that are each a link; all of them where nothing else is left."""
    end = len(lines)
    while end and is_link(lines[end - 1], links) and not SENTENCE_END.search(lines[end - 1]):
        end -= 1
    return lines[:end] if end else lines
