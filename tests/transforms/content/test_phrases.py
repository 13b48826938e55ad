"""The phrases of boilerplate open a line, in several languages, and end where words end."""

import pytest

from transforms.content.phrases import BYLINE, CREDIT, DATELINE, NOTICE, READ_ALSO, SENTENCE_END


@pytest.mark.parametrize("line", ["Read more", "» Lesen Sie auch:", "LIRE AUSSI", "Te puede interesar", "Leggi anche"])
def test_pointers_to_other_articles_are_known(line: str) -> None:
    assert READ_ALSO.match(line)


@pytest.mark.parametrize("line", ["Relatedly, the hinge", "Readers wrote", "We read more", "Trendings"])
def test_words_that_only_begin_alike_are_not(line: str) -> None:
    assert not READ_ALSO.match(line)


def test_the_colon_after_a_label_is_told_apart() -> None:
    with_colon, without = READ_ALSO.match("Read more: The gate"), READ_ALSO.match("Read more about gates")
    assert with_colon is not None
    assert with_colon["colon"] == ":"
    assert without is not None
    assert without["colon"] is None


@pytest.mark.parametrize(
    "line", ["12 Comments", "Alle Rechte vorbehalten", "Follow us on X", "Abonnez-vous !", "© 2026"]
)
def test_notices_are_known(line: str) -> None:
    assert NOTICE.match(line)


@pytest.mark.parametrize("line", ["Comments by the mayor", "Anzeigen gab es keine", "Tagging eels"])
def test_prose_is_no_notice(line: str) -> None:
    assert not NOTICE.match(line)


def test_credits_bylines_and_datelines() -> None:
    assert CREDIT.match("Foto: Anna Lind")
    assert not CREDIT.match("Photos of the gate went round the town")
    assert BYLINE.match("von Anna Lind")
    assert not BYLINE.match("Bystanders")
    assert all(DATELINE.search(line) for line in ("March 3, 2026", "3. März 2026", "2026-03-03", "03.03.2026"))
    assert not DATELINE.search("In 2026 the gate fell")


@pytest.mark.parametrize(
    ("line", "ends"), [("It fell.", True), ("“It fell.”", True), ("It fell…", True), ("Gates", False)]
)
def test_a_sentence_ends_in_its_mark(line: str, ends: bool) -> None:
    assert bool(SENTENCE_END.search(line)) is ends
