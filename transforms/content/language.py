"""The language of a text: py3langid's naive Bayes (Lui and Baldwin 2012) weighed with what page and source state."""

import re
from functools import cache
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from transforms.content.page import Page
from transforms.content.stated import strings

SAMPLE = 3_000  # characters read; more changes nothing
ENOUGH = 60  # characters from which the detector is asked at all
SURE = 0.95  # probability from which the detector overrules what is stated
SURE_LENGTH = 200  # characters from which it may

CODE = re.compile(r"^\s*([a-zA-Z]{2})(?:[-_].*)?\s*$")


@cache
def identifier() -> Any:
    """The detector, loaded once; its probabilities sum to 1."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def code(stated: str | None) -> str | None:
    """The ISO 639-1 code of a language tag, lower case: "de-AT" is "de"; None where it is none."""
    match = CODE.match(stated or "")
    return match[1].lower() if match else None


def stated_language(page: Page) -> str | None:
    """The language tag that the page states: of its html element, else of its linked data or meta elements."""
    root = page.tree
    inner = page.of_article("inLanguage")
    stated = (
        root.get("lang"),
        root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        root.get("xml:lang"),
        *strings(inner.get("alternateName") if isinstance(inner, dict) else inner),
        *page.stated("og:locale", "content-language", "language", "dc.language", "dcterms.language"),
    )
    return next((tag for tag in stated if code(tag)), None)


def language_of(text: str, page_says: str | None, source_says: str | None) -> str | None:
    """ISO 639-1 code of the text's language.

    page_says, source_says: language tags stated by the page's html element and by the source's facts. What is stated
    stands unless the text is long enough and the detector is sure; of two different statements the detector chooses.
    """
    stated = [found for tag in (page_says, source_says) if (found := code(tag))]
    sample = text[:SAMPLE]
    if len(sample) < ENOUGH:
        return stated[0] if stated else None
    detected, probability = identifier().classify(sample)
    if detected in stated or not stated:
        return str(detected)
    if probability >= SURE and len(sample) >= SURE_LENGTH:
        return str(detected)
    return stated[0]
