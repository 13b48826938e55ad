from transforms.reader.training.labelled import Labelled, Name
from transforms.reader.training.names import SAME, WNUT, documents_of, sentence_of

COLUMNS = """\
-DOCSTART- -X- O O

Anna NNP I-NP I-PER
Berg NNP I-NP I-PER
joined VBD O O
Acme NNP I-NP I-ORG
Corp NNP I-NP B-ORG
. . O O

-DOCSTART- -X- O O

Lyon NNP B-NP B-LOC
""".splitlines()


def names(item: Labelled) -> list[tuple[str, str]]:
    return [(item.text[name.start : name.end], name.type) for name in item.names or ()]


def test_documents_sentences_and_names_of_a_column_file() -> None:
    first, second = documents_of(COLUMNS, 0, -1, SAME, has_misc=True)
    assert [item.text for item in first] == ["Anna Berg joined Acme Corp ."]
    assert names(first[0]) == [("Anna Berg", "PER"), ("Acme", "ORG"), ("Corp", "ORG")], "B- begins a name of its own"
    assert names(second[0]) == [("Lyon", "LOC")]


def test_comments_are_no_sentence_and_a_new_document_is_told() -> None:
    lines = (
        "# newdoc id = a\n# text = # Lyon\n1\t#\tO\n2\tLyon\tB-LOC\n\n# newdoc id = b\n1\tParis\tB-LOC\n".splitlines()
    )
    documents = documents_of(lines, 1, 2, SAME, has_misc=False)
    assert [[item.text for item in document] for document in documents] == [["# Lyon"], ["Paris"]]
    assert not documents[0][0].has_misc


def test_types_are_brought_to_ours_and_strange_ones_left_out() -> None:
    item = sentence_of(["Queen", "play", "Hamlet", "here"], ["B-group", "O", "B-creative-work", "B-event"], WNUT, False)
    assert names(item) == [("Queen", "ORG"), ("Hamlet", "MISC")]


def test_an_inside_tag_of_another_type_begins_a_name() -> None:
    item = sentence_of(["Lyon", "Acme"], ["B-LOC", "I-ORG"], SAME, True)
    assert item.names == (Name(0, 4, "LOC"), Name(5, 9, "ORG"))
