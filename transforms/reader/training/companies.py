"""Sentences in which each organisation is called by the name of a listed company.

The labelled news is of 1996 and knows teams and ministries better than companies; so each sentence with an
organisation is read once more with other names in it. The names come from pytickersymbols.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pytickersymbols import PyTickerSymbols

from transforms.names import DESCRIPTORS, LEGAL_FORMS, name_key
from transforms.reader.reading import Span
from transforms.reader.training.hints import WORD, hints_of
from transforms.reader.training.labelled import Labelled, Name, Target

IN_FULL = 0.25  # chance of the name as it is listed
LONGEST_NAME = 40  # characters
PLAIN = (  # sentences that say nothing of what the thing is but that it does business
    "{} raised its forecast for the year.",
    "Shares of {} fell 3 percent on Tuesday.",
    "Analysts expect {} to cut jobs in Europe.",
    "The deal gives {} a foothold in Asia.",
    "The chairman, who left {} last year, did not comment.",
)
WORDS_TOO = (
    "Meta",
    "Apple",
    "Amazon",
    "Target",
    "Shell",
    "Orange",
    "Visa",
    "Ford",
)  # names that mean something else too


def short_name(name: str) -> str:
    """`name` as news writes it: "Meta Platforms, Inc." gives "Meta"."""
    words = name.split()
    while len(words) > 1 and name_key(words[-1]) in LEGAL_FORMS | DESCRIPTORS:
        words.pop()
    return " ".join(words).rstrip(",& ")


def company_names() -> list[str]:
    """Every listed company's name, each once, in order."""
    stated = {str(stock["name"]).partition("(")[0].strip() for stock in PyTickerSymbols().get_all_stocks()}
    return sorted(name for name in stated if 0 < len(name) <= LONGEST_NAME)


def renamed(item: Labelled, companies: Sequence[str], rng: random.Random) -> Labelled:
    """A text of one sentence with another name for each organisation; nothing else of it changes."""
    text, place = "", 0
    names: list[Name] = []
    for name in item.names or ():
        text += item.text[place : name.start]
        shown = item.text[name.start : name.end]
        if name.type == "ORG":
            company = rng.choice(companies)
            shown = company if rng.random() < IN_FULL else short_name(company)
        names.append(Name(len(text), len(text) + len(shown), name.type))
        text += shown
        place = name.end
    text += item.text[place:]
    return Labelled(text, (Span(0, len(text)),), tuple(names), item.has_misc)


def renamed_all(items: Sequence[Labelled], seed: int) -> list[Labelled]:
    """Those of the sentences that name an organisation, renamed."""
    companies, rng = company_names(), random.Random(seed)
    return [renamed(item, companies, rng) for item in items if any(n.type == "ORG" for n in item.names or ())]


def headline_renamed(
    item: Labelled, companies: Sequence[str], shares: Mapping[str, float], rng: random.Random
) -> Labelled | None:
    """A headline with a company's name for each target that is wholly name, or None where there is none such."""
    text, place = "", 0
    names: list[Name] = []
    targets: list[Target] = []
    for target in sorted(item.targets, key=lambda t: t.start):
        if target.start < place:
            return None  # one inside another
        text += item.text[place : target.start]
        shown = item.text[target.start : target.end]
        start, place = len(text), target.end
        if len(hints_of(item.text, target, shares)) == len(WORD.findall(shown)) > 0:
            company = rng.choice(companies)
            shown = company if rng.random() < IN_FULL else short_name(company)
            names.append(Name(start, start + len(shown), "ORG"))
        targets.append(Target(start, start + len(shown), target.label))
        text += shown
    text += item.text[place:]
    if not names:
        return None
    return replace(
        item, text=text, sentences=(Span(0, len(text)),), names=tuple(names), targets=tuple(targets), is_partial=True
    )


def headlines_renamed(items: Sequence[Labelled], shares: Mapping[str, float], seed: int) -> list[Labelled]:
    """Those of the headlines that have such a target, renamed."""
    companies, rng = company_names(), random.Random(seed)
    made = [headline_renamed(item, companies, shares, rng) for item in items]
    return [item for item in made if item]


def plain_sentences(companies: int, seed: int) -> list[Labelled]:
    """One plain sentence about each of so many companies, by the short name, and every one about each of WORDS_TOO."""
    chosen = random.Random(seed).sample(company_names(), companies)
    pairs = [(short_name(name), PLAIN[place % len(PLAIN)]) for place, name in enumerate(chosen)]
    pairs += [(name, sentence) for name in WORDS_TOO for sentence in PLAIN]
    made = []
    for name, sentence in pairs:
        text, start = sentence.format(name), sentence.index("{")
        made.append(Labelled(text, (Span(0, len(text)),), (Name(start, start + len(name), "ORG"),)))
    return made
