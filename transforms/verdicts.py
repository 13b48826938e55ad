"""The rules that reject: what each of them sees of a page, and which pages it applies to. None names a source."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from transforms.content.signs import CONSENT_FORM, CONSENT_TEXT, PASSWORD, PLAYER, PUZZLE
from transforms.paywall import is_notice
from transforms.verdict_phrases import (
    BLOCKED,
    CONSENT,
    CONSENT_TOPIC,
    ERROR_TEXT,
    ERROR_TITLE,
    ERROR_WORDS,
    LOGIN,
    SUBSCRIPTION,
    VIDEO_TEXT,
    VIDEO_TITLE,
)

FEW_WORDS = 30  # a flash of one or two sentences has more
OPENING = 400  # characters in which a page says why it is none
SHORT_PAGE = 150  # words; an error page or consent text has less, an article about errors or consent more
VIDEO_WORDS = 80  # a stub's caption; a video with a real text has more
TEASER_SENTENCES = 2  # of real text, from which a paywalled article is kept
MOST = 0.6  # of a title, that is nothing but the phrase in it
LIST_WORDS = 80
PROSE_WORDS = 60  # of a paragraph; a teaser has less
TEASERS = 0.5  # share of the text; an article that shows some cards of others has less
NOTICE_WORDS = 350  # a page with more shows its text, whatever its templates say about subscribers

FULL_SENTENCE = re.compile(r"[.!?。！？؟।][\"'”’»“)\]]*$")
CUT_OFF = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|[,;:–-])$")
VIDEO_KINDS = re.compile(r"^video|^VideoObject$", re.IGNORECASE)
ARTICLE_KINDS = re.compile(r"(?:Article|BlogPosting|Report|Review)$|^article$")
INDEX_KINDS = ("CollectionPage", "ItemList", "SearchResultsPage")


@dataclass(frozen=True)
class Seen:
    """What the rules look at.

    shown: what the page shows anywhere, where its article is short; else the article. full: sentences of five words and
    more that end as sentences do and are no notice. labels: the share of paragraphs, 0 to 1, that are no sentence, as
    headlines and labels are.
    """

    title: str
    text: str
    shown: str
    words: int
    paragraphs: tuple[str, ...]
    sentences: tuple[str, ...]
    full: int
    labels: float
    link_share: float
    teaser_share: float
    page_type: str
    signs: frozenset[str]
    is_paywalled: bool
    extraction_error: str | None

    @property
    def is_poor(self) -> bool:
        """Whether there is hardly a text: then what else the page shows says what it is."""
        return self.words < FEW_WORDS or self.full < TEASER_SENTENCES

    def share(self, phrases: re.Pattern[str]) -> float:
        """The share of the sentences of the text that have one of the phrases; 0 without a sentence."""
        return sum(1 for sentence in self.sentences if phrases.search(sentence)) / max(1, len(self.sentences))

    def weight(self, phrases: re.Pattern[str]) -> float:
        """The share of the words that the page shows which stand in lines with one of the phrases."""
        lines = [(len(line.split()), bool(phrases.search(line))) for line in self.shown.split("\n")]
        return sum(size for size, is_said in lines if is_said) / max(1, sum(size for size, _ in lines))


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
        words=row["words"],
        paragraphs=paragraphs,
        sentences=sentences,
        full=sum(1 for sentence in sentences if is_full(sentence) and not is_notice(sentence)),
        labels=labels / len(paragraphs) if paragraphs else 0.0,
        link_share=row["link_share"],
        teaser_share=row["teaser_share"],
        page_type=row["page_type"] or "",
        signs=frozenset(row["signs"]),
        is_paywalled=stated is False or (row["has_paywall_notice"] and stated is None and row["words"] < NOTICE_WORDS),
        extraction_error=row["extraction_error"],
    )


def is_full(sentence: str) -> bool:
    """Whether it ends as a sentence does and has the length of one; in scripts without spaces, twelve characters."""
    long_enough = len(sentence.split()) >= 5 or (len(sentence) >= 12 and sentence[-1] in "。！？")
    return long_enough and bool(FULL_SENTENCE.search(sentence))


def too_slow(page: Seen) -> bool:
    """Reading it took more time than a page may."""
    return (page.extraction_error or "").startswith("too slow")


def too_big(page: Seen) -> bool:
    """It is over a limit of size, or reading it took more memory than a page may."""
    return (page.extraction_error or "").startswith("too large")


def extraction_failed(page: Seen) -> bool:
    """The page could not be read, for another reason than that there is nothing on it."""
    return page.extraction_error is not None and not page.extraction_error.startswith("empty")


def bot_check(page: Seen) -> bool:
    """A check for robots, or a refusal to one, in place of an article."""
    if page.words >= SHORT_PAGE:
        return False
    if page.is_poor:
        return PUZZLE in page.signs or bool(BLOCKED.search(page.title) or BLOCKED.search(page.shown[:OPENING]))
    share = page.share(BLOCKED)
    title = BLOCKED.search(page.title)
    is_titled = title is not None and len(title.group()) >= MOST * len(page.title)
    return (is_titled and share > 0) or (share >= 0.3 and page.words < SHORT_PAGE / 2)


def error_page(page: Seen) -> bool:
    """A soft 404 or a server's error served as a page."""
    if page.words >= SHORT_PAGE:
        return False
    if page.is_poor:
        opening = f"{page.title}\n{page.shown[:OPENING]}"
        return bool(ERROR_TITLE.search(page.title) or ERROR_TEXT.search(opening) or ERROR_WORDS.search(opening))
    is_said = bool(ERROR_TEXT.search(page.text[:OPENING]))
    return is_said and (bool(ERROR_TITLE.search(page.title)) or page.words < SHORT_PAGE / 2)


def cookie_wall(page: Seen) -> bool:
    """Consent text in place of an article: many phrases of consent for its length."""
    phrases = {match.group().lower() for match in CONSENT.finditer(page.shown if page.is_poor else page.text)}
    if CONSENT_TEXT in page.signs and page.weight(CONSENT_TOPIC) >= 0.3:
        return True
    if page.words < SHORT_PAGE and CONSENT.search(page.title) and (page.is_poor or phrases):
        return True
    if page.is_poor:
        enough = 1 if CONSENT_FORM in page.signs else 2
        return len(phrases) >= enough and page.weight(CONSENT) >= 0.3
    share = page.share(CONSENT)
    return (len(phrases) >= 2 and share >= 0.4) or (len(phrases) >= 3 and share >= 0.25)


def login_wall(page: Seen) -> bool:
    """A form or a word to log in, in place of an article, and not to subscribers."""
    if not page.is_poor or page.words >= SHORT_PAGE or SUBSCRIPTION.search(page.shown):
        return False
    return PASSWORD in page.signs or bool(LOGIN.search(page.title)) or page.weight(LOGIN) >= 0.2


def video_page(page: Seen) -> bool:
    """A video with a caption."""
    if page.words >= VIDEO_WORDS:
        return False
    stated = bool(VIDEO_KINDS.search(page.page_type) or VIDEO_TITLE.search(page.title))
    return stated or (page.is_poor and PLAYER in page.signs) or bool(VIDEO_TEXT.search(page.text))


def paywall_only(page: Seen) -> bool:
    """A paywall with less than a teaser before it."""
    return page.is_poor and (page.is_paywalled or any(is_notice(line) for line in page.shown.split("\n")))


def empty_page(page: Seen) -> bool:
    """No text at all."""
    return not page.text


def index_page(page: Seen) -> bool:
    """A list of other articles: mostly links or cards, or headlines and cut-off teasers in turn."""
    if page.teaser_share >= TEASERS:
        return True
    if len(page.paragraphs) < 4:
        return not page.text and page.link_share >= TEASERS and len(page.shown.split()) >= FEW_WORDS
    cut = sum(1 for paragraph in page.paragraphs if CUT_OFF.search(paragraph)) / len(page.paragraphs)
    limit = 0.25 if page.page_type in INDEX_KINDS else 0.5
    if page.link_share >= limit:
        return True
    return page.labels >= 0.4 and (page.link_share >= 0.25 or (cut >= 0.3 and not opens_as_article(page)))


def opens_as_article(page: Seen) -> bool:
    """Whether the first paragraph is prose and whole, as no teaser is: teasers below an article are not its text."""
    first = page.paragraphs[0]
    return len(first.split()) >= PROSE_WORDS and not CUT_OFF.search(first)


def too_short(page: Seen) -> bool:
    """Too little to be an article. A list of facts has no sentence, and is one where the page says so."""
    is_list = page.words >= LIST_WORDS and bool(ARTICLE_KINDS.search(page.page_type))
    return page.words < FEW_WORDS or (page.full == 0 and not is_list)


# In the order in which they are asked.
REASONS: tuple[tuple[str, Callable[[Seen], bool]], ...] = (
    ("too_slow", too_slow),
    ("too_big", too_big),
    ("extraction_failed", extraction_failed),
    ("bot_check", bot_check),
    ("error_page", error_page),
    ("cookie_wall", cookie_wall),
    ("login_wall", login_wall),
    ("video_page", video_page),
    ("paywall_only", paywall_only),
    ("index_page", index_page),
    ("empty_page", empty_page),
    ("too_short", too_short),
)
PARAMETERS = ";".join(
    str(each)
    for each in (
        FEW_WORDS,
        SHORT_PAGE,
        VIDEO_WORDS,
        TEASER_SENTENCES,
        NOTICE_WORDS,
        TEASERS,
        OPENING,
        MOST,
        PROSE_WORDS,
        LIST_WORDS,
    )
)
