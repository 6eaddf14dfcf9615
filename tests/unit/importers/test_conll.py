# SPDX-License-Identifier: MIT
"""Labels of single tokens: every scheme, columns of any number, texts rebuilt, and damaged files."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import UserError
from annotator.importers import conll
from annotator.importers.rebuilding import Rebuilt, Sentence
from annotator.model.exchange import Document


def read(path: Path, text: str | bytes) -> list[Document]:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(conll.read(path))


def tags(document: Document) -> list[tuple[str, str]]:
    return [(tag.label, document.text[tag.start : tag.end]) for tag in document.tags]


@pytest.mark.parametrize(
    "labels",
    [
        "B-PER I-PER O B-LOC B-LOC",
        "I-PER I-PER O I-LOC B-LOC",
        "B-PER L-PER O U-LOC U-LOC",
        "B-PER E-PER O S-LOC S-LOC",
        "B_PER I_PER O B_LOC B_LOC",
        "B-PER I-PER O I-LOC B-LOC",
        "B-PER E-PER O W-LOC W-LOC",
    ],
)
@pytest.mark.parametrize("form", ["{} {}", "{}\t{}", "{} NN I-NP {}", "{}\tx\t{}\t"])
def test_schemes_and_columns(tmp_path: Path, labels: str, form: str) -> None:
    words = ["محمد", "علي", "في", "غزة", "القدس"]
    rows = zip(words, labels.split(), strict=True)

    [document] = read(tmp_path / "x", "\n".join(form.format(*row) for row in rows))

    assert document.text == "محمد علي في غزة القدس\n"
    assert tags(document) == [("PER", "محمد علي"), ("LOC", "غزة"), ("LOC", "القدس")]
    assert document.rebuilt
    assert conll.recognise(tmp_path / "x")


def test_plain_and_bare_labels(tmp_path: Path) -> None:
    [plain] = read(tmp_path / "x", "محمد PER\nعلي PER\nفي O\nغزة LOC\n\nعمان LOC\n")
    [bare] = read(tmp_path / "x", "محمد B\nعلي I\nفي O\nغزة B\n")

    assert tags(plain) == [("PER", "محمد علي"), ("LOC", "غزة"), ("LOC", "عمان")]
    assert tags(bare) == [("_", "محمد علي"), ("_", "غزة")]


def test_documents(tmp_path: Path) -> None:
    text = "-DOCSTART- -X- O O\n\nأ -X- _ O\n\nب -X- _ B-A\n\n-DOCSTART- (2 EU)\n\n-DOCSTART- -X- -X- O\n\nج -X- _ O"

    one, two = read(tmp_path / "x", text)

    assert (one.text, tags(one), one.place) == ("أ\nب\n", [("A", "ب")], "1")
    assert (two.text, two.place) == ("ج\n", "9")


def test_comments(tmp_path: Path) -> None:
    text = (
        "# global.columns = ID FORM NER MISC\n# doc_id = a1\n# text = قال: «نعم».\n"
        "1\tقال\tO\t_\n2\t:\tO\t_\n3\t«\tO\t_\n4\tنعم\tB-S\t_\n5\t»\tO\t_\n6\t.\tO\t_\n\n"
        "# doc_id = a1\n# text = لا يطابق\n1\t#غزة\tB-T\t_\n2\t#\tO\t_\n\n# doc_id = a2\n1\tثم\tO\t_\n"
    )

    one, two = read(tmp_path / "x", text)

    assert (one.id, one.text, tags(one)) == ("a1", "قال: «نعم».\n#غزة #\n", [("S", "نعم"), ("T", "#غزة")])
    assert (two.id, two.text) == ("a2", "ثم\n")


def test_a_line_that_names_the_columns(tmp_path: Path) -> None:
    [document] = read(tmp_path / "x", "id\tner_tag\tword\n1\tB-A\tغزة\n2\tO\tأمس\n")

    assert (document.text, tags(document)) == ("غزة أمس\n", [("A", "غزة")])
    assert conll.recognise(tmp_path / "x") is False  # the label is not last: the user says what it is


def test_a_byte_order_mark_and_line_ends_of_windows(tmp_path: Path) -> None:
    [document] = read(tmp_path / "x", b"\xef\xbb\xbf" + "أ O\r\n\r\nب B-A\r\n".encode())

    assert (document.text, tags(document)) == ("أ\nب\n", [("A", "ب")])


@pytest.mark.parametrize(
    ("text", "key", "place"),
    [
        ("كلمة", "foreign_malformed", "1"),
        ("أ O\nب", "foreign_malformed", "2"),
        ("أ -X- _ O\nب -X-", "foreign_malformed", "2"),
        ("أ\tO\n\tB-A", "foreign_malformed", "2"),
        ("أ - (PER*\n", "foreign_malformed", "1"),
        ("أ O\nب O\n".encode() + b"\xff O\n", "foreign_encoding", "3"),
    ],
)
def test_damaged_files(tmp_path: Path, text: str | bytes, key: str, place: str) -> None:
    with pytest.raises(UserError, match=key) as error:
        read(tmp_path / "x", text)

    assert error.value.params["place"] == place


def test_a_line_that_never_ends(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="foreign_too_long"):
        read(tmp_path / "x", b"x" * 70_000_000)


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing = here\n"])
def test_nothing_in_it(tmp_path: Path, text: str) -> None:
    assert read(tmp_path / "x", text) == []
    assert not conll.recognise(tmp_path / "x")


@pytest.mark.parametrize("text", ["قال الوزير أمس\nثم غادر", "a,b\n1,2\n", "أ O\nب هنا\n"])
def test_what_is_not_recognised(tmp_path: Path, text: str) -> None:
    (tmp_path / "x").write_text(text, "utf-8")

    assert not conll.recognise(tmp_path / "x")


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ("قال ( وزير ) : « نعم » ، ثم …", "قال (وزير): «نعم»، ثم…"),
        ('قال " نعم " أمس', 'قال "نعم" أمس'),
        (". أ", ". أ"),
    ],
)
def test_punctuation(tokens: str, text: str) -> None:
    rebuilt = Rebuilt()
    ranges = rebuilt.add(Sentence(tokens.split()))

    assert rebuilt.text == text + "\n"
    assert [rebuilt.text[start:end] for start, end in ranges] == tokens.split()


CELLS = st.sampled_from(
    ["أ", "B-A", "I-A", "O", "-DOCSTART-", "#", "# text = أ", "L-A", "_", " ", "\t", "\n", "\n\n", "\r", "\x85"]
)


@given(
    st.lists(CELLS | st.text(max_size=3), max_size=40).map("".join).map(lambda text: text.encode(errors="ignore"))
    | st.binary()
)
@settings(max_examples=100)
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "fuzzed.conll"
    path.write_bytes(raw)
    for ask in (conll.recognise, lambda path: list(conll.read(path))):
        try:
            ask(path)
        except UserError as error:
            assert error.key.startswith("foreign_")  # noqa: PT017 - most are read
