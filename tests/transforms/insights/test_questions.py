"""Questions are built of the article's own words, and only where their grammar is sure."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.transforms.written import Written
from transforms.entities import rows
from transforms.insights.article import Article
from transforms.insights.questions import questions

Make = Callable[..., Written]


def asked(made: Written, title: str = "") -> dict[str, str]:
    """The questions of a text with their facets."""
    article = Article(made.document, title, rows(made.document, made.reading, title))
    return {each.text: each.facet for each in questions(article, range(len(made.document.sentences)))}


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("[PER Yann LeCun] left [ORG Meta] on Monday.", "Why did Yann LeCun leave Meta?"),
        ("[ORG Aurelia] has ordered 45 jets from [ORG Airbus].", "Why has Aurelia ordered 45 jets from Airbus?"),
        ("[ORG Aurelia] has ordered 45 jets from [ORG Airbus].", "How many jets has Aurelia ordered from Airbus?"),
        ("[ORG Acme], the maker of pumps, was fined by [ORG Ofgem].", "Why was Acme fined by Ofgem?"),
        ("On Tuesday, [ORG Acme] cut its forecast for 2026.", "Why did Acme cut its forecast for 2026?"),
        ("[ORG Acme] said it would close a plant in [LOC Ohio].", "Why will Acme close a plant in Ohio?"),
        ("[ORG Acme] said on Monday that [ORG Bolt] had bought the port.", "Why has Bolt bought the port?"),
        ("[ORG Acme] did not publish a figure.", "Why did Acme not publish a figure?"),
        ("[ORG Acme] paid 21 billion yen for a plant.", "How much did Acme pay for a plant?"),
        ("Sales of frozen meals dropped 5.1 percent.", "How far did sales of frozen meals drop?"),
        ("Prices for juice fruit have dropped to seven cents a pound.",
         "Why have prices for juice fruit dropped to seven cents a pound?"),
        ("The conversion cost 480,000 euros, of which readers gave half.", "How much did the conversion cost?"),
        ("[ORG Acme] will reopen the mine in March.", "When will Acme reopen the mine?"),
        ("Police are investigating the fire at [ORG Acme].", "Why are police investigating the fire at Acme?"),
        ("[ORG Acme] is expected to reopen the mine in March.", "When will Acme reopen the mine?"),
        ("The value of start-ups could face a cut.", "Why could the value of start-ups face a cut?"),
        ("The rift at [ORG Meta] reportedly intensified.", "What led to the rift at Meta?"),
        ("They bet on the scaling hypothesis—the belief that more is more.", "What is the scaling hypothesis?"),
        ("[PER Tineke Veldkamp], who runs the firm, smiled.", "Who is Tineke Veldkamp?"),
        ("The verdict is wrong, prosecutor [PER Brice Robin] said.", "Who is Brice Robin?"),
        ("[ORG Acme] has been fined by [ORG Ofgem].", "Why has Acme been fined by Ofgem?"),
        ("[ORG Acme] has been fined by [ORG Ofgem].", "How has Acme responded to the fine?"),
        ("[ORG Acme] sued [ORG Bolt] on Monday.", "How has Bolt responded to Acme's lawsuit?"),
        ("[PER Ann Lee] was charged with fraud.", "When will Ann Lee stand trial?"),
        ("[PER Ann Lee] was arrested on Monday.", "Who besides Ann Lee was arrested?"),
        ("[PER Ann Lee] left [ORG Acme] in May.", "Who will replace Ann Lee at Acme?"),
        ("[PER Ann Lee] left [ORG Acme] in May.", "Who else has left Acme?"),
        ("[ORG Acme] bought [ORG Bolt] in May.", "What does Acme plan to do with Bolt?"),
        ("[ORG Acme] closed a plant in [LOC Ohio].", "What could Acme have done instead of closing a plant in Ohio?"),
        ("[ORG Acme] will close a plant in [LOC Ohio].", "What could Acme do instead of closing a plant in Ohio?"),
        ("[ORG Acme] closed a plant in [LOC Ohio].", "How many people work at the plant?"),
        ("[ORG Ofgem] approved a new levy on gas.", "When will the new levy take effect?"),
        ("[PER Ann Lee] won the race.", "How did Ann Lee win the race?"),
        ("[PER Ann Lee] warned that the pumps may fail again.", "What does Ann Lee warn of?"),
        ("[PER Ann Lee] moved into the top 50 for the first time.", "Why did Ann Lee move into the top 50?"),
        ("[ORG Acme] closed 12 cafes in the closing months of 2004.", "Why did Acme close 12 cafes?"),
        ("[LOC France] coach [PER Bernard Lame] has dropped a player.", "Why has Bernard Lame dropped a player?"),
        ("[ORG Airbus] shares gained 1.3 percent.", "Why did Airbus shares gain 1.3 percent?"),
        ("The survey of 1,000 people found that four in five were late.", "What has the survey found?"),
        ("The report reveals that the pumps of the mine fail.", "What has the report revealed?"),
        ("The report shows that the pumps of the mine fail.", "What does the report show?"),
        ("Researchers found that the pumps of the mine fail.", "What have researchers found?"),
        ("Dozens of miners were hurt in the fire.", "How many miners were hurt in the fire?"),
        ("About 30 percent of miners left the town in May.", "What share of miners left the town?"),
        ("They fear a fire at [ORG Acme] and its cost.", "What caused the fire at Acme?"),
        ("They hope for the merger with [ORG Bolt].", "What are the terms of the merger with Bolt?"),
        ("They read the plan of [ORG Bolt].", "What alternatives to the plan of Bolt are there?"),
        ("Prices for copper fell 4 percent.", "When did prices for copper last fall as much?"),
        ("[PER Ann Lee], who quit [ORG Acme] in May, smiled.", "Why did Ann Lee quit Acme?"),
        ("The pumps stood still, and [ORG Acme] closed the mine.", "Why did Acme close the mine?"),
    ],
)  # fmt: skip
def test_a_sentence_calls_for_a_question_in_its_own_words(written: Make, sentence: str, question: str) -> None:
    assert question in asked(written(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "[ORG Acme] has 340 employees.",  # what somebody has or is, is no event
        "[ORG Acme] is a maker of pumps.",
        "He left [ORG Meta] on Monday.",  # nobody knows who he is
        "The ships delayed by the storm arrived late.",
        "If [ORG Acme] decided to close the mine, it would have to pay.",  # it has not
        '[PER Carl Osgood] called the crossing "a museum with a payroll".',
        "[ORG Acme] frobbed the market.",  # no verb that is known
        "[PER Ann Lee] reported from [LOC Rome].",  # nobody asks why
        "[ORG Acme] hired male and female pilots of young and old age.",  # "of young" is half of it
        "[ORG Acme] fought the decision by [LOC India] and [LOC Pakistan].",  # "by India" is half of it
        "They fear the law enforcement officials of [LOC Rome].",  # no law
        "The plan that [ORG Acme] announced on Monday at last was late.",  # what it announced stands before it
        "Photo: [PER A. Berg] / [ORG Reuters].",
    ],
)
def test_where_the_grammar_is_not_sure_nothing_is_asked_of_the_subject(written: Make, sentence: str) -> None:
    found = asked(written(sentence))
    assert not [question for question in found if question.startswith(("Why", "What happens", "When", "Who"))], found


def test_a_speaker_is_asked_about_what_the_article_is_about(written: Make) -> None:
    made = written(
        "[ORG Nestlé] sold more coffee, and [ORG Nestlé] sold less water.",
        '"[ORG Nestlé] has slept," said [PER Marta Oyelaran], an economist at [ORG Halden Bank].',
    )
    found = asked(made, "Nestlé sells coffee")
    assert found["What does Marta Oyelaran, an economist at Halden Bank, say about Nestlé?"] == "reactions"


def test_a_pronoun_stands_for_whom_the_sentence_before_begins_with(written: Make) -> None:
    made = written("[PER Ann Lee] runs the mine.", "She closed the mine.")
    assert "Why did Ann Lee close the mine?" in asked(made)


def test_a_pronoun_that_may_mean_two_people_means_nobody(written: Make) -> None:
    made = written("[PER Ann Lee] met [PER Bo Ray].", "She closed the mine.")
    assert not [question for question in asked(made) if "close the mine" in question]


def test_who_is_not_quoted_is_asked_about_what_stands_beside_them(written: Make) -> None:
    made = written("[PER Ann Lee] saw the fire at [ORG Acme].", "[PER Ann Lee] wept.", "[ORG Acme] wept.")
    assert asked(made, "Ann Lee and Acme")["What does Ann Lee say about the fire at Acme?"] == "reactions"


def test_the_dead_are_not_asked(written: Make) -> None:
    made = written("[PER Ann Lee] died in the fire at [ORG Acme].", "[PER Ann Lee] was 50.", "[ORG Acme] wept.")
    assert not [question for question in asked(made, "Ann Lee and Acme") if "Ann Lee say" in question]


def test_not_every_article_is_asked_the_same(written: Make) -> None:
    one = asked(written("[ORG Acme] closed the mine because the pumps failed."))
    other = asked(written("[ORG Bolt] faces a risk, and its rivals have noticed. [ORG Bolt] may lose.", "[ORG Bolt]."))
    assert one
    assert not set(one) & set(other)
    assert not {re.sub("Acme|Bolt", "", question) for question in one} & {
        re.sub("Acme|Bolt", "", question) for question in other
    }


WORDS = st.sampled_from(
    """[ORG Acme]|[PER Ann Lee]|[LOC Rome]|the|a|its|left|has|had|will|said|that|it|closed|cut|plans|to|because|after|
    45|$3|percent|rise|in|of|deal|mine|by|who|which|not|shares|and|risk|,|.|—|(|)|"|'""".replace("\n", "").split("|")
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(WORDS, min_size=1, max_size=25), min_size=1, max_size=4))
def test_whatever_the_text_a_question_is_one_line_of_words_with_a_mark(written: Make, lines: list[list[str]]) -> None:
    for question in asked(written(*(" ".join(line) for line in lines))):
        assert re.fullmatch(r"(?:Why|What|When|Who|How|Which) [^\n?]+\?", question), question


def test_a_huge_sentence_costs_little(written: Make) -> None:
    made: Any = written("The " + "risk of the rise in the deal between [ORG Acme] and " * 800 + "Rome closed.")
    assert len(asked(made)) < 5_000
