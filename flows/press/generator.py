"""Any number of articles for load tests, recombined from the press's own English texts. Same seed, same editions."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from functools import cache

from flows.press.editions import NIGHTS, Article, Editions, Paper, load_editions

_COMPANIES = (
    "Airbus",
    "Maersk",
    "Nestlé",
    "Nvidia",
    "Siemens",
    "Toyota",
    "Philips",
    "Novartis",
    "Unilever",
    "Ericsson",
    "Danone",
    "Bosch",
    "Sony",
    "Roche",
    "Volvo",
    "Fujitsu",
    "Iberdrola",
    "Kone",
    "Heineken",
    "Panasonic",
)
_PLACES = (
    "Basel",
    "Rotterdam",
    "Nairobi",
    "Osaka",
    "Porto",
    "Gdansk",
    "Lyon",
    "Valparaíso",
    "Busan",
    "Halifax",
    "Mombasa",
    "Trieste",
    "Aarhus",
    "Leeds",
    "Kobe",
    "Turin",
    "Tampere",
    "Cork",
    "Durban",
    "Zaragoza",
)
_DEEDS = (
    "opens a plant in",
    "orders machines for its site in",
    "delays its expansion in",
    "moves its training centre to",
    "hires apprentices in",
    "reports a better quarter from",
    "closes an old line in",
    "tests electric lorries in",
)
_GIVEN = ("Amara", "Jonas", "Mei", "Tobias", "Lucía", "Kwame", "Sanna", "Idris", "Clara", "Hiro", "Petra", "Rafael")
_FAMILY = ("Okafor", "Lindqvist", "Moreau", "Tanaka", "Brandt", "Silva", "Novak", "Mwangi", "Keller", "Ferrari")
_OPENINGS = (
    "{company} will spend {amount} million euros in {place} over the next {years} years, the company told its staff "
    "on {{day}}, and number {serial} on its list of projects has a date at last.",
    "The people of {place} learned on {{day}} that {company} had decided about project {serial}, and that {amount} "
    "million euros and {jobs} jobs hang on the decision for {years} years.",
    "After {years} years of talks, project {serial} of {company} in {place} moved forward on {{day}}; it is worth "
    "{amount} million euros and concerns {jobs} workers.",
)
_NUMBER = re.compile(r"\b\d{2,3}\b")
_ENGINES = (("rss", "semantic"), ("atom", "soup"), ("json_feed", "amp"), ("sitemap", "app"), ("rss", "microdata"))


@dataclass(frozen=True)
class _Pool:
    """What is recombined: paragraphs that stand alone, and sections."""

    paragraphs: tuple[str, ...]
    tags: tuple[str, ...]


def generate(articles: int, papers: int, seed: int) -> Editions:
    """`articles` distinct articles spread evenly over `papers` newspapers and the three nights.

    Raises ValueError where there are more papers than articles, or none of either.
    """
    if not 0 < papers <= articles:
        raise ValueError(f"{articles} articles cannot fill {papers} papers")
    chance = random.Random(seed)
    pool = _pool()
    made = [_article(number, pool, chance) for number in range(articles)]
    return Editions(tuple(_paper(index, made[index::papers]) for index in range(papers)))


@cache
def _pool() -> _Pool:
    texts = [article for paper in load_editions().papers if paper.language == "en" for article in paper.articles]
    plain = [text for a in texts if a.serve == "article" and not a.copies for text in a.paragraphs[1:]]
    return _Pool(
        tuple(text for text in plain if not text.startswith(("## ", "> "))),
        tuple(sorted({tag for article in texts for tag in article.tags})),
    )


def _article(number: int, pool: _Pool, chance: random.Random) -> Article:
    company, place = chance.choice(_COMPANIES), chance.choice(_PLACES)
    opening = chance.choice(_OPENINGS).format(
        company=company,
        place=place,
        serial=number + 1,
        amount=chance.randint(12, 940),
        years=chance.randint(2, 9),
        jobs=chance.randint(40, 900),
    )
    body = chance.sample(pool.paragraphs, chance.randint(4, 8))
    return Article(
        slug=f"{company.lower()}-{place.lower()}-{number + 1}".replace("é", "e").replace("í", "i"),
        night=NIGHTS[number % len(NIGHTS)],
        at=f"{chance.randint(4, 20):02d}:{chance.randint(0, 59):02d}",
        title=f"{company} {chance.choice(_DEEDS)} {place} (project {number + 1})",
        section="News",
        summary=f"A decision by {company} concerns {place} and project {number + 1}.",
        paragraphs=(opening, *(_jittered(text, chance) for text in body)),
        authors=(f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY)}",),
        tags=tuple(chance.sample(pool.tags, 2)),
    )


def _jittered(text: str, chance: random.Random) -> str:
    """`text` with its two- and three-digit numbers changed by up to a fifth, date words left alone."""
    parts = re.split(r"(\{[^}]*\})", text)

    def changed(match: re.Match[str]) -> str:
        return str(max(10, round(int(match.group()) * chance.uniform(0.8, 1.2))))

    return "".join(part if part.startswith("{") else _NUMBER.sub(changed, part) for part in parts)


def _paper(index: int, articles: list[Article]) -> Paper:
    engine, template = _ENGINES[index % len(_ENGINES)]
    slug = f"load{index + 1:03d}"
    return Paper(
        paper_id=slug,
        name=f"Load Gazette {index + 1}",
        domain=f"{slug}.example",
        tagline="Recombined from the sample press",
        language="en",
        country="GB",
        topics=("world",),
        engine=engine,
        template=template,
        path_pattern="/{section}/{slug}",
        sections=("News",),
        articles=tuple(articles),
        feed_length=len(articles),
        gzip=index % 2 == 0,
    )
