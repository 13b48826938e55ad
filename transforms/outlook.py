"""The outlook: the sentence in which an article says what comes next, which a reader asks of every longer piece.

It comes late and brings words of its own, so that it seldom ranks among an article's best sentences. Where its writer
announces it, and there is room for five key points, one of them is the outlook.
"""

import re
from collections.abc import Sequence

from transforms.candidates import Candidate
from transforms.reader.reading import Document

LATE = 0.5  # of an article's sentences: an outlook stands behind them
_JOINING = r"^(?:(?:and|but|so|now|still|yet|however|meanwhile|aber|und|doch|nun)\b,?\s)?"
# Openings that say that the sentence will look ahead; what somebody only looks forward to is none.
_ANNOUNCED = re.compile(
    _JOINING
    + r"(?:looking\s(?:further\s)?(?:ahead|forward)(?:\sto\s(?:the\s(?:future|next|coming)|20\d\d)[^,]{0,40})?,"
    r"|(?:going|moving)\sforward\b|in\s(?:the\s(?:near\s)?)?future\b|what\s(?:comes|happens|lies)\s(?:next|ahead)\b"
    r"|ahead\slies?\b|next\s(?:comes|up|on\sthe\sagenda|in\sline)\b"
    r"|the\s(?:[\w-]+\s){0,2}(?:(?-i:outlook)|prognosis|(?:road|path|way)\s(?:ahead|forward))\b"
    r"|the\s(?:(?:big|open|key)\s)?question\snow\b|it\sremains\sto\sbe\sseen\b"
    r"|whether\s[^.]{5,120}\sremains\s(?:to\sbe\sseen|unclear|open|uncertain)\b"
    r"|mit\sblick\s(?:nach\svorn|auf\s(?:die\szukunft|d(?:as|ie)\skommenden?))\b"
    r"|in\s(?:der\s)?zukunft\b|künftig\b|als\snächstes\b|wie\ses\s(?:\w+\s)?weitergeht\b"
    r"|ob\s[^.]{5,120},\s(?:bleibt\sabzuwarten|ist\s(?:noch\s)?(?:offen|unklar|ungewiss))\b)",
    re.IGNORECASE,
)
# Openings that do so where the sentence is not told of the past: "Over the next two years he lost all of it".
_NEXT = re.compile(
    _JOINING
    + r"(?:(?:in|over|for|during|within)\sthe\s(?:(?:coming|next)\s(?:\w+\s)?(?:days|weeks|months|years|decades?"
    r"|year|seasons?|quarters?)|(?:\w+\s)?(?:days|weeks|months|years|decades)\s(?:ahead|to\scome))\b"
    r"|(?:the|its|his|her|their|a|another)\snext\s(?:(?:big|major|real|key|first|logical|crucial)\s)?"
    r"(?:tests?|steps?|stages?|phase|hurdles?|challenges?|moves?|chapter|question|task|goal)\b"
    r"|in\sden\s(?:kommenden|nächsten)\s(?:\w+\s)?(?:tagen|wochen|monaten|jahren)\b"
    r"|(?:der|die|das)\snächste\s(?:\w+\s)?(?:schritt|hürde|etappe|frage|aufgabe)\b)",
    re.IGNORECASE,
)
_NOT_PAST = re.compile(
    r"\b(?:will|won['’]t|can|could|may|might|must|should|is|are|has|have|comes?|begins?|starts?|lies?|expects?|plans?|hopes?"
    r"|aims?|wants?|needs?|predicts?|forecasts?|believes?|faces?|wird|werden|soll|sollen|wollen|kann|können|könnten?"
    r"|dürften?|muss|müssen|plant|planen|ist|sind|kommt|beginnt|folgt)\b",
    re.IGNORECASE,
)


def is_announced(sentence: str) -> bool:
    """Whether the sentence opens by saying that it will look ahead, in English or German."""
    if sentence.endswith(("…", "...")):
        return False  # what comes is not said in it
    if _ANNOUNCED.match(sentence):
        return True
    timed = _NEXT.match(sentence)
    return timed is not None and _NOT_PAST.search(sentence, timed.end()) is not None


def with_outlook(
    order: Sequence[int], wanted: int, found: Sequence[Candidate], document: Document, paragraph: Sequence[int]
) -> list[int]:
    """`order`, best first, with an announced outlook among the first `wanted` where the article has one late in it.

    paragraph: by candidate, the long paragraph that it stands in, or -1. The place is given up by the lowest of those
    whose paragraph another speaks for, else by the last; what gives it up comes next.
    """
    late = LATE * len(document.sentences)
    announced = next((n for n in order if found[n].place >= late and is_announced(found[n].shown)), None)
    first = list(order[:wanted])
    if announced is None or announced in first:
        return list(order)
    heard = [n for n in first if paragraph[n] >= 0 and sum(paragraph[n] == paragraph[other] for other in first) > 1]
    given_up = heard[-1] if heard else first[-1]
    kept = [n for n in first if n != given_up]
    rest = [n for n in order[wanted:] if n != announced]
    return [*kept, announced, given_up, *rest]
