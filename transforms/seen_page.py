"""What the rules of `quality` see of a page: one row of the columns of `content`, measured."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from transforms.content.announced import ANNOUNCED, UNANNOUNCED
from transforms.content.doors import ENTRY, ERROR_MARK, OFFER, RECORDING
from transforms.content.signs import CONSENT_TEXT, PASSWORD, PLAYER, PUZZLE
from transforms.paywall import is_notice

FEW_WORDS = 30  # a flash of one or two sentences has more
BRIEF_WORDS = 20  # an agency's two sentences, in languages that need few words
SHORT_PAGE = 150  # words; an error page or consent text has less, an article about errors or consent more
TEASER_SENTENCES = 2  # of real text, from which a paywalled article is kept
NOTICE_WORDS = 350  # a page with more shows its text, whatever its templates say about subscribers
LIST_WORDS = 80

FULL_SENTENCE = re.compile(r"[.!?。！？؟।][\"'”’»“)\]]*$")
ARTICLE_KINDS = re.compile(r"(?:Article|BlogPosting|Report|Review)$|^article$")
# What stands beside a caption, a teaser or a notice.
NO_BRIEF = frozenset((PLAYER, RECORDING, PUZZLE, CONSENT_TEXT, ERROR_MARK, OFFER))
OWN_DATES = frozenset(("json_ld", "microdata", "meta", "selector"))  # stated by the page itself


@dataclass(frozen=True)
class Seen:
    """What the rules look at.

    shown: what the page shows anywhere, where its article is short; else the article.
    shows_nothing: whether none of its text is shown, but all of it kept for browsers without scripts.
    full: sentences of five words and more that end as sentences do and are no notice.
    labels: the share of paragraphs, 0 to 1, that are no sentence, as headlines and labels are.
    states_article: whether the page says that it is an article, by its kind, an author or a date of its own.
    """

    title: str
    text: str
    shown: str
    shows_nothing: bool
    words: int
    paragraphs: tuple[str, ...]
    sentences: tuple[str, ...]
    full: int
    labels: float
    link_share: float
    teaser_share: float
    page_type: str
    form: str
    states_article: bool
    signs: frozenset[str]
    is_paywalled: bool
    extraction_error: str | None

    @property
    def is_thin(self) -> bool:
        """Whether there is too little to be an article. A list of facts has no sentence, and is one where the page says
        so."""
        is_list = self.words >= LIST_WORDS and bool(ARTICLE_KINDS.search(self.page_type))
        return (self.words < FEW_WORDS and not self.is_brief) or (self.full == 0 and not is_list)

    @property
    def is_brief(self) -> bool:
        """Whether it is the shortest kind of article, of two sentences: announced or stated, and nothing beside it."""
        is_known = self.is_announced or (self.states_article and not {PASSWORD, ENTRY} & self.signs)
        is_alone = not (self.is_paywalled or NO_BRIEF & self.signs)
        return is_known and is_alone and self.words >= BRIEF_WORDS and self.full >= TEASER_SENTENCES

    @property
    def is_no_article(self) -> bool:
        """Whether it is refused in any case, and the question is for which reason: it is thin, or not what its feed
        announced and says nothing of being an article."""
        is_another = UNANNOUNCED in self.signs and not self.states_article
        return self.is_thin or (is_another and self.words < SHORT_PAGE)

    @property
    def is_announced(self) -> bool:
        """Whether it bears the title that its feed gave."""
        return ANNOUNCED in self.signs

    @property
    def is_poor(self) -> bool:
        """Whether there is hardly a text: then what else the page shows says what it is."""
        return (self.words < FEW_WORDS and not self.is_brief) or self.full < TEASER_SENTENCES

    def share(self, phrases: re.Pattern[str]) -> float:
        """The share of the sentences of the text that have one of the phrases; 0 without a sentence."""
        return sum(1 for sentence in self.sentences if phrases.search(sentence)) / max(1, len(self.sentences))

    def weight(self, phrases: re.Pattern[str]) -> float:
        """The share of the words that the page shows which stand in lines with one of the phrases."""
        return density(self.shown, (phrases,))


def density(text: str, kinds: tuple[re.Pattern[str], ...]) -> float:
    """The share of the text's words that stand in lines with any of the phrases, 0 to 1."""
    lines = [(len(line.split()), any(kind.search(line) for kind in kinds)) for line in text.split("\n")]
    return sum(size for size, is_about in lines if is_about) / max(1, sum(size for size, _ in lines))


def seen(row: dict[str, Any]) -> Seen:
    """The view of one row of READS."""
    text: str = row["text"]
    paragraphs = tuple(text[span["start"] : span["end"]] for span in row["paragraphs"])
    sentences = tuple(text[span["start"] : span["end"]] for span in row["sentences"])
    labels = sum(1 for paragraph in paragraphs if not FULL_SENTENCE.search(paragraph))
    stated = row["is_free_to_read"]
    return Seen(
        title=row["title"] or "",
        text=text,
        shown=row["shown"] or text,
        shows_nothing=row["shown"] is not None and not any(line in row["shown"] for line in text.split("\n") if line),
        words=row["words"],
        paragraphs=paragraphs,
        sentences=sentences,
        full=sum(1 for sentence in sentences if is_full(sentence) and not is_notice(sentence)),
        labels=labels / len(paragraphs) if paragraphs else 0.0,
        link_share=row["link_share"],
        teaser_share=row["teaser_share"],
        page_type=row["page_type"] or "",
        form=row["form"],
        states_article=bool(
            ARTICLE_KINDS.search(row["page_type"] or "") or row["authors"] or row["published_at_source"] in OWN_DATES
        ),
        signs=frozenset(row["signs"]),
        is_paywalled=stated is False or (row["has_paywall_notice"] and stated is None and row["words"] < NOTICE_WORDS),
        extraction_error=row["extraction_error"],
    )


def is_full(sentence: str) -> bool:
    """Whether it ends as a sentence does and has the length of one; in scripts without spaces, twelve characters."""
    long_enough = len(sentence.split()) >= 5 or (len(sentence) >= 12 and sentence[-1] in "。！？")
    return long_enough and bool(FULL_SENTENCE.search(sentence))
