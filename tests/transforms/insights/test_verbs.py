"""Forms of verbs: a question may only be built with the right one."""

import pytest

from transforms.insights.verbs import FORMS, GERUNDS, gerund, third_person


@pytest.mark.parametrize(
    ("word", "base", "past", "participle"),
    [
        ("left", "leave", "left", "left"),
        ("ordered", "order", "ordered", "ordered"),
        ("took", "take", "took", "taken"),
        ("taken", "take", "took", "taken"),
        ("banned", "ban", "banned", "banned"),
        ("offered", "offer", "offered", "offered"),
        ("denied", "deny", "denied", "denied"),
        ("delayed", "delay", "delayed", "delayed"),
        ("closes", "close", "closed", "closed"),
        ("cut", "cut", "cut", "cut"),
    ],
)
def test_a_form_knows_its_verb(word: str, base: str, past: str, participle: str) -> None:
    form = FORMS[word]
    assert (form.base, form.past, form.participle) == (base, past, participle)


def test_third_persons_are_spelled_as_they_are_said() -> None:
    spelled = [third_person(base) for base in ("go", "push", "carry", "delay", "miss", "cut")]
    assert spelled == ["goes", "pushes", "carries", "delays", "misses", "cuts"]


def test_forms_in_ing_are_spelled_as_they_are_said() -> None:
    spelled = [gerund(base) for base in ("close", "cut", "plan", "carry", "agree", "die", "buy", "win", "ban", "order")]
    assert spelled[:5] == ["closing", "cutting", "planning", "carrying", "agreeing"]
    assert spelled[5:] == ["dying", "buying", "winning", "banning", "ordering"]
    assert GERUNDS["investigating"] == "investigate"
