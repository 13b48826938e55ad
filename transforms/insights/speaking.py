"""What somebody says of whom or what: those who are quoted, and those whom one would like to hear."""

from collections.abc import Container, Iterator, Sequence

from transforms.insights import facets
from transforms.insights.answers import stems
from transforms.insights.article import LEAST_NAMED, Article
from transforms.insights.nouns import NounPhrase
from transforms.insights.people import Speaker
from transforms.insights.question import Entity, Question

MOST_SILENT = 2  # persons and bodies that are not quoted


def asked_of_speaker(article: Article, speaker: Speaker, places: Sequence[int]) -> Iterator[Question]:
    """What somebody says about the main thing named where they speak, or about what the title names."""
    thing, said = _subject_of(article, speaker, places)
    if thing is None:
        said = [place for place in said if article.tells_of_topic(place)]
    if not said:
        return
    about = (speaker.entity, thing) if thing else (speaker.entity,)
    topic = str(thing["name"]) if thing else article.topic_name
    has_role = speaker.role and topic not in speaker.role
    called = f"{speaker.name}, {speaker.role}," if has_role else speaker.name
    asked = f"What does {called} say about {topic}?"
    yield Question(asked, "reactions", facets.SPEECH, said[0], 0.6, about, None, frozenset(said))


def _subject_of(article: Article, speaker: Speaker, places: Sequence[int]) -> tuple[Entity | None, Sequence[int]]:
    """Whom or what somebody speaks about, and where: named in their sentence, but not in what is told of them."""
    known = [each for each in article.main if each["type"] in ("PER", "ORG")]
    if article.topic and article.topic.entity:
        known.append(article.topic.entity)
    known += [each for each in article.entities if each["type"] in ("PER", "ORG") and _is_firm(each)]
    for thing in known:
        if thing["entity_id"] == speaker.entity["entity_id"] or _is_of(thing, speaker):
            continue
        said = [place for place in places if article.is_spoken_of(thing, speaker.entity, place)]
        if said:
            return thing, said
    return None, places


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
        person = next((each for each in article.main if each["type"] == "PER"), None)
        about: tuple[Entity, ...]
        if phrase and phrase.entities:
            topic, about, place = phrase.text, phrase.entities, phrase.place
        elif entity["type"] == "ORG" and person and (beside := near & set(article.places(person))):
            topic, about, place = str(person["name"]), (person,), min(beside)
        else:
            continue
        asked = f"What does {entity['name']} say about {topic}?"
        about = (entity, *about)
        yield Question(asked, "reactions", facets.SPEECH, place, 0.5, about, None, frozenset(), is_open=True)
