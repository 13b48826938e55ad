"""What a text says of one group of mentions, put together for the linking: capitals, cues, what stands beside it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from transforms.ambiguous_names import COMMON_WORDS
from transforms.coreference import Group
from transforms.cues import BEFORE, cues_of, written_small
from transforms.gazetteer import companies
from transforms.geography import places
from transforms.linking import Evidence
from transforms.mentions import Named
from transforms.names import acronym_letters, name_key, without_descriptor, without_legal_form
from transforms.reader.reading import Document

ORDINARY_SHARE = 0.3  # of a sentence's longer words that begin small: below it the line is a heading
MOST_MENTIONS = 24  # of one group that are looked at
_LONGER_WORD = re.compile(r"\b[^\W\d_]{4,}")
_ARTICLE = re.compile(r"\b(?:the|an?) $", re.IGNORECASE)
_WITHIN = re.compile(r", ([A-ZÀ-Þ][\w.\-]+(?: [A-ZÀ-Þ][\w.\-]+){0,2})")


def sentence_at(position: int, document: Document) -> int | None:
    """The number of the sentence that holds a position; None between sentences."""
    low, high = 0, len(document.sentences)
    while low < high:
        middle = (low + high) // 2
        if document.sentences[middle].end <= position:
            low = middle + 1
        else:
            high = middle
    return low if low < len(document.sentences) and document.sentences[low].start <= position else None


@dataclass
class Witness:
    """One document, asked for evidence; what it knows of its sentences it works out once."""

    document: Document
    _ordinary: dict[int, bool] = field(default_factory=dict)

    def evidence(self, group: Group, own: frozenset[str] = frozenset()) -> Evidence:
        """The evidence for one group. Names in neither gazetteer (nor among `own`) get what needs no second look."""
        mean = sum(mention.score for mention in group.mentions) / len(group.mentions)
        keys = {mention.key for mention in group.mentions}
        plain = Evidence(group.forms, group.type, mean, group.agreement)
        if group.type == "LOC":
            within = tuple(dict.fromkeys(filter(None, map(self._within, group.mentions[:MOST_MENTIONS]))))
            with_article = sum(map(self._has_article, group.mentions)) / len(group.mentions)
            plain = replace(plain, within=within, with_article=with_article)
        if not any(is_company_name(key) or key in own for key in keys):
            return plain
        looked_at = group.mentions[:MOST_MENTIONS]
        firm = [each.score for each in looked_at if each.type == group.type and self._is_firm(each)]
        words = {each.text for each in looked_at if each.key in COMMON_WORDS}
        return replace(
            plain,
            best=max(each.score for each in group.mentions),
            best_firm=max(firm, default=0.0),
            firm=len(firm),
            small=sum(written_small(self.document.text, word) for word in sorted(words)),
            cues=cues_of(self.document.text, looked_at),
        )

    def _is_firm(self, mention: Named) -> bool:
        """Whether the mention has its capital for being a name: not the first word, not in a heading."""
        place = sentence_at(mention.start, self.document)
        if place is None or not mention.text[0].isupper():
            return False
        sentence = self.document.sentences[place]
        if acronym_letters(mention.text):
            return any(letter.islower() for letter in self.document.text[sentence.start : sentence.end])
        before = self.document.text[max(sentence.start, mention.start - BEFORE) : mention.start].rstrip()
        if not any(letter.isalnum() for letter in before) or before[-1] in ':“"„«‘':
            return False
        if place not in self._ordinary:
            self._ordinary[place] = is_ordinary(self.document.text[sentence.start : sentence.end])
        return self._ordinary[place]

    def _has_article(self, mention: Named) -> bool:
        return _ARTICLE.search(self.document.text, max(mention.start - 6, 0), mention.start) is not None

    def _within(self, mention: Named) -> str | None:
        found = _WITHIN.match(self.document.text, mention.end, mention.end + 64)
        if not found:
            return None
        words = found[1].split()
        named = (" ".join(words[:count]).rstrip(".") for count in range(len(words), 0, -1))
        return next((name for name in named if is_whole(name_key(name))), None)


def is_whole(key: str) -> bool:
    """Whether a country, a state or a region has this name: what a town lies in."""
    return any(place.kind not in ("city", "continent") for place in places().get(key, ()))


def is_company_name(key: str) -> bool:
    """Whether some company is known by the key, with or without its legal form and words like Group."""
    return key in companies() or without_legal_form(key) in companies() or without_descriptor(key) in companies()


def is_ordinary(sentence: str) -> bool:
    """Whether enough longer words of a sentence begin small for a capital to say something."""
    words: Sequence[str] = _LONGER_WORD.findall(sentence)
    return bool(words) and sum(word[0].islower() for word in words) >= ORDINARY_SHARE * len(words)
