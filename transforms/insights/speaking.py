"""What somebody says of whom or what: those who are quoted, and those whom one would like to hear."""

from collections.abc import Container, Iterator, Sequence

from transforms.insights import facets
from transforms.insights.answers import stems
from transforms.insights.article import LEAST_NAMED, Article
from transforms.insights.nouns import NounPhrase
from transforms.insights.people import Speaker
from transforms.insights.question import Entity, Question

MOST_SILENT = 2  # persons and bodies that are not quoted
OFTEN = 3  # times a thing is named that people may speak of


def asked_of_speaker(article: Article, speaker: Speaker, places: Sequence[int]) -> Iterator[Question]:
    """What somebody says about the main thing named where they speak, or about what the title names."""
    spans = [article.document.sentences[place] for place in places]
    told = {entity["entity_id"] for span in spans for _, entity in article.named_in(span).values()}
    near = {place + more for place in places for more in (-1, 0)}
    main = [each for each in article.main if each["type"] in ("PER", "ORG") or len(each["mentions"]) >= OFTEN]
    main = [each for each in main if each["type"] != "LOC"]
    others = [each for each in article.entities if each["type"] in ("PER", "ORG") and _is_firm(each)]
    things = [each for each in main if each["entity_id"] in told]
    things += [each for each in main if near & set(article.places(each))]
    things += [each for each in others if each["entity_id"] in told]
    things = [each for each in things if each["entity_id"] != speaker.entity["entity_id"]]
    things = [each for each in things if not _is_of(each, speaker)]
    if not things and (article.topic is None or article.topic.entity is not None):
        return
    about = (speaker.entity, things[0]) if things else (speaker.entity,)
    topic = str(things[0]["name"]) if things else article.topic_name
    has_role = speaker.role and topic not in speaker.role
    called = f"{speaker.name}, {speaker.role}," if has_role else speaker.name
    asked = f"What does {called} say about {topic}?"
    yield Question(asked, "reactions", facets.SPEECH, places[0], 0.6, about, None, frozenset(places))


def _is_firm(entity: Entity) -> bool:
    """Whether somebody may be spoken about who is not main: named in full, or twice."""
    return len(entity["mentions"]) >= LEAST_NAMED and " " in entity["name"] and str(entity["name"])[0].isupper()


def _is_of(entity: Entity, speaker: Speaker) -> bool:
    """Whether a thing is named only for telling who speaks: "of Harvard", "told CNN"."""
    return bool(stems(str(entity["name"])) & stems(f"{speaker.name} {speaker.role}"))


def asked_of_silent(article: Article, phrases: Sequence[NounPhrase], spoken: Container[str]) -> Iterator[Question]:
    """What those say of whom the article tells, but whom it does not quote: about what they are named beside."""
    silent = [each for each in article.main if each["entity_id"] not in spoken and article.may_speak(each)]
    for entity in silent[:MOST_SILENT]:
        near = set(article.places(entity))
        phrase = next((each for each in phrases if each.place in near and entity not in each.entities), None)
        main = next((each for each in article.main if each["type"] in ("PER", "ORG")), None)
        about: tuple[Entity, ...]
        if phrase and phrase.entities:
            topic, about, place = phrase.text, phrase.entities, phrase.place
        elif main and main is not entity and near & set(article.places(main)):
            topic, about, place = str(main["name"]), (main,), min(near & set(article.places(main)))
        else:
            continue
        asked = f"What does {entity['name']} say about {topic}?"
        about = (entity, *about)
        yield Question(asked, "reactions", facets.SPEECH, place, 0.5, about, None, frozenset(), is_open=True)
