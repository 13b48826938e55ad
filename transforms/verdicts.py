"""The rules that reject: what each of them sees of a page, and which pages it applies to. None names a source."""

from __future__ import annotations

import re
from collections.abc import Callable

from transforms.content.announced import UNANNOUNCED
from transforms.content.doors import CHOICES, ENTRY, ERROR_MARK, HEADLINES, RECORDING
from transforms.content.forms import AUDIO, VIDEO
from transforms.content.signs import CONSENT_FORM, CONSENT_TEXT, NO_SCRIPT, PASSWORD, PLAYER, PUZZLE
from transforms.paywall import is_notice
from transforms.seen_page import (
    ARTICLE_KINDS,
    BRIEF_WORDS,
    FEW_WORDS,
    LIST_WORDS,
    NOTICE_WORDS,
    SHORT_PAGE,
    TEASER_SENTENCES,
    Seen,
)
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
from transforms.wall_evidence import DENSE, MANY, SOME, consents, errors, lets_in, robots, sells

OPENING = 400  # characters in which a page says why it is none
VIDEO_WORDS = 80  # a stub's caption; a video with a real text has more
MOST = 0.6  # of a title, that is nothing but the phrase in it
ERROR_SHARE = 0.3  # of sentences; an article quotes such a notice once
NOTICE_TITLE = 6  # words of a title that says no more than that there is no page, and the site's name
LONG_ERROR = 400  # words; what stands below a notice that there is no such page
PROSE_WORDS = 60  # of a paragraph; a teaser has less
CONSENT_POINTS = (3, 5)  # of consents(): where the page is refused in any case, and where it may be kept
ERROR_POINTS = (2, 3)  # of errors(), likewise
ROBOT_POINTS = (2, 5)  # of robots(): where there is next to no text, and where there is some
TEASERS = 0.5  # share of the text; an article that shows some cards of others has less

CUT_OFF = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|[,;:–-])$")
VIDEO_KINDS = re.compile(r"^video|^VideoObject$", re.IGNORECASE)
INDEX_KINDS = ("CollectionPage", "ItemList", "SearchResultsPage")


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
    if robots(page) >= ROBOT_POINTS[not page.is_thin]:
        return True
    if page.is_poor:
        is_puzzle = PUZZLE in page.signs and not {PASSWORD, ENTRY} & page.signs
        return is_puzzle or bool(BLOCKED.search(page.title) or BLOCKED.search(page.shown[:OPENING]))
    share = page.share(BLOCKED)
    title = BLOCKED.search(page.title)
    is_titled = title is not None and len(title.group()) >= MOST * len(page.title)
    return (is_titled and share > 0) or (share >= 0.3 and page.words < SHORT_PAGE / 2)


def error_page(page: Seen) -> bool:
    """A soft 404 or a server's error served as a page, with other articles below or without."""
    title = ERROR_TITLE.search(page.title)
    if page.words >= SHORT_PAGE:
        is_titled = title is not None and title.start() == 0 and len(page.title.split()) <= NOTICE_TITLE
        return is_titled and page.words < LONG_ERROR and not page.states_article
    if page.is_poor:
        opening = f"{page.title}\n{page.shown[:OPENING]}"
        return bool(title or ERROR_TEXT.search(opening) or ERROR_WORDS.search(opening))
    is_said = bool(ERROR_TEXT.search(page.text[:OPENING])) and not page.is_announced
    is_all = page.words < SHORT_PAGE / 2 and page.share(ERROR_TEXT) >= ERROR_SHARE
    return is_said and (title is not None or is_all)


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
    is_asked = bool({CHOICES, CONSENT_FORM, UNANNOUNCED} & page.signs) and not (
        page.is_announced or page.states_article
    )
    if not is_asked:  # an article about consent has such phrases, and nothing to press
        return len(phrases) >= 2 and share >= 0.6
    return (len(phrases) >= 2 and share >= 0.4) or (len(phrases) >= 3 and share >= 0.25)


def asks_consent(page: Seen) -> bool:
    """Consent text in other words, told by how the page is built and what it speaks of."""
    return page.words < SHORT_PAGE and consents(page) >= CONSENT_POINTS[not page.is_no_article]


def login_wall(page: Seen) -> bool:
    """A form or a word to log in, in place of an article, and not to subscribers."""
    if page.words >= SHORT_PAGE or SUBSCRIPTION.search(page.shown):
        return False
    if lets_in(page):
        return True
    if not page.is_poor:
        return False
    return PASSWORD in page.signs or bool(LOGIN.search(page.title)) or page.weight(LOGIN) >= 0.2


def video_page(page: Seen) -> bool:
    """A video or a recording with a caption."""
    if page.words >= VIDEO_WORDS:
        return False
    stated = bool(VIDEO_KINDS.search(page.page_type) or VIDEO_TITLE.search(page.title))
    is_played = (page.is_poor and PLAYER in page.signs) or (page.is_thin and RECORDING in page.signs)
    is_form = page.form == VIDEO or (page.form == AUDIO and page.is_poor)
    is_form = is_form and ARTICLE_KINDS.search(page.page_type) is None
    return stated or is_form or is_played or bool(VIDEO_TEXT.search(page.text))


def paywall_only(page: Seen) -> bool:
    """A paywall with less than a teaser before it."""
    return page.is_poor and (
        page.is_paywalled or sells(page) or any(is_notice(line) for line in page.shown.split("\n"))
    )


def empty_page(page: Seen) -> bool:
    """No text at all, or only what is said to a browser without scripts."""
    return not page.text or (page.is_thin and NO_SCRIPT in page.signs and page.shows_nothing)


def index_page(page: Seen) -> bool:
    """A list of other articles: mostly links or cards, or headlines and cut-off teasers in turn."""
    if page.teaser_share >= TEASERS or lists_headlines(page):
        return True
    if len(page.paragraphs) < 4:
        return not page.text and page.link_share >= TEASERS and len(page.shown.split()) >= FEW_WORDS
    cut = sum(1 for paragraph in page.paragraphs if CUT_OFF.search(paragraph)) / len(page.paragraphs)
    limit = 0.25 if page.page_type in INDEX_KINDS else 0.5
    if page.link_share >= limit:
        return True
    return page.labels >= 0.4 and (page.link_share >= 0.25 or (cut >= 0.3 and not opens_as_article(page)))


def lists_headlines(page: Seen) -> bool:
    """Whether links as long as headlines stand where an article would."""
    return page.is_thin and HEADLINES in page.signs and not {ERROR_MARK, UNANNOUNCED} & page.signs


def opens_as_article(page: Seen) -> bool:
    """Whether the first paragraph is prose and whole, as no teaser is: teasers below an article are not its text."""
    first = page.paragraphs[0]
    return len(first.split()) >= PROSE_WORDS and not CUT_OFF.search(first)


def stands_for_nothing(page: Seen) -> bool:
    """A notice in other words that there is no such page, told by how the page is built and by what was announced."""
    return page.words < SHORT_PAGE and errors(page) >= ERROR_POINTS[not page.is_no_article]


def too_short(page: Seen) -> bool:
    """Too little to be an article."""
    return page.is_thin


# In the order in which they are asked. A reason that is told by evidence is asked for after those that say so plainly.
REASONS: tuple[tuple[str, Callable[[Seen], bool]], ...] = (
    ("too_slow", too_slow),
    ("too_big", too_big),
    ("extraction_failed", extraction_failed),
    ("bot_check", bot_check),
    ("error_page", error_page),
    ("cookie_wall", cookie_wall),
    ("cookie_wall", asks_consent),
    ("login_wall", login_wall),
    ("video_page", video_page),
    ("paywall_only", paywall_only),
    ("index_page", index_page),
    ("empty_page", empty_page),
    ("error_page", stands_for_nothing),
    ("too_short", too_short),
)
PARAMETERS = ";".join(
    str(each)
    for each in (
        FEW_WORDS,
        BRIEF_WORDS,
        SHORT_PAGE,
        VIDEO_WORDS,
        TEASER_SENTENCES,
        NOTICE_WORDS,
        TEASERS,
        OPENING,
        CONSENT_POINTS,
        ERROR_POINTS,
        ROBOT_POINTS,
        MANY,
        SOME,
        DENSE,
        MOST,
        LONG_ERROR,
        NOTICE_TITLE,
        ERROR_SHARE,
        PROSE_WORDS,
        LIST_WORDS,
    )
)
