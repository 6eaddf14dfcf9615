# SPDX-License-Identifier: MIT
"""Reading brat folders that others made, well and badly."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import UserError
from annotator.importers import brat
from annotator.importers.registry import recognised
from annotator.model import exchange

TEXT = "Barack Obama visited\nAnkara and met Erdogan; 😀 Obama spoke."


def _folder(tmp_path: Path, ann: str | bytes | None, text: str | bytes = TEXT, name: str = "doc") -> Path:
    (tmp_path / f"{name}.txt").write_bytes(text if isinstance(text, bytes) else text.encode())
    if ann is not None:
        (tmp_path / f"{name}.ann").write_bytes(ann if isinstance(ann, bytes) else ann.encode())
    return tmp_path


def _read(tmp_path: Path, ann: str | bytes | None, text: str | bytes = TEXT) -> exchange.Document:
    [document] = brat.read(_folder(tmp_path, ann, text))
    return document


def test_events_relations_and_equivalence(tmp_path: Path) -> None:
    ann = (
        "T1\tPerson 0 12\tBarack Obama\r\n"
        "T2\tPerson 36 43\tErdogan\r\n"
        "T3\tVisit 13 20\tvisited\r\n"
        "T4\tPerson 47 52\tObama\r\n"
        "T5\tSay 53 58\tspoke\r\n"
        "E1\tVisit:T3 Agent:T1 Agent2:T4 \r\n"
        "E2\tSay:T5 Agent:T4 Content:E1\r\n"
        "E3\tSay:T5\r\n"
        "R1\tMet Arg1:T1 Arg2:T2\t\r\n"
        "R2\tCauses Arg1:T3 Arg2:E2\r\n"
        "*\tEquiv T1 T4 T2\r\n"
        "A1\tNegation E1\r\n"
        "M2\tSpeculation T5\r\n"
        "A3\tPolarity E2 Positive\r\n"
        "N1\tReference T1 Wikidata:Q76\tBarack Obama\r\n"
        "N2\tReference Annotation:T2 Referent:GO:12\r\n"
        "N3\tReference T1 DBpedia:Obama\tObama\r\n"
        "#1\tAnnotatorNotes T1\tWho else?\r\n"
        "#2\tAnnotationUnconfirmed R1\tby whom\r\n"
        "# a comment\r\n"
    )
    document = _read(tmp_path, ann)

    found = [(tag.id, tag.label, tag.quote, tag.attributes, tag.entity, tag.note) for tag in document.tags]
    extra = "Reference: DBpedia:Obama Obama\nWho else?\nAnnotationUnconfirmed: by whom"
    assert found == [
        ("T1", "Person", "Barack Obama", {}, "Wikidata:Q76", extra),
        ("T2", "Person", "Erdogan", {}, "GO:12", ""),
        ("T4", "Person", "Obama", {}, "", ""),
        ("E1", "Visit", "visited", {"Negation": True}, "", ""),
        ("E2", "Say", "spoke", {"Speculation": True, "Polarity": "Positive"}, "", ""),
        ("E3", "Say", "spoke", {}, "", ""),
    ]
    assert [(one.type, one.source, one.target) for one in document.relations] == [
        ("Agent", "E1", "T1"),
        ("Agent", "E1", "T4"),
        ("Agent", "E2", "T4"),
        ("Content", "E2", "E1"),
        ("Met", "T1", "T2"),
        ("Causes", "E1", "E2"),
        ("Equiv", "T1", "T4"),
        ("Equiv", "T1", "T2"),
    ]


def test_fragments(tmp_path: Path) -> None:
    document = _read(
        tmp_path, "T1\tX 0 6;36 43\tBarack Erdogan\nT2\tY 13 20;21 27\tvisited Ankara\nT3\tZ 0 3;3 6\tBar ack\n"
    )

    assert [(tag.start, tag.end, tag.pieces, tag.quote) for tag in document.tags] == [
        (0, 43, ((0, 6), (36, 43)), TEXT[:43]),
        (13, 27, (), "visited\nAnkara"),
        (0, 6, (), "Barack"),
    ]


@pytest.mark.parametrize("ann", [None, "", "\n"])
def test_nothing_annotated(tmp_path: Path, ann: str | None) -> None:
    assert _read(tmp_path, ann) == exchange.Document(TEXT, "doc", place="doc")


def test_one_file(tmp_path: Path) -> None:
    folder = _folder(tmp_path, "T1\tPerson 0 12\tBarack Obama")
    _folder(tmp_path, None, name="other")

    assert recognised(folder / "doc.ann").id == "brat"
    for name in ("doc.ann", "doc.txt"):
        [document] = brat.read(folder / name)
        assert (document.id, len(document.tags)) == ("doc", 1)


def test_folders_in_the_folder(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    _folder(tmp_path / "b", "", name="2.1")
    _folder(tmp_path, "", name="1")

    assert [document.id for document in brat.read(tmp_path)] == ["1", "b/2.1"]
    assert recognised(tmp_path).id == "brat"
    assert brat.header(tmp_path) == exchange.NO_HEADER


def test_annotations_in_several_files(tmp_path: Path) -> None:
    _folder(tmp_path, None)
    (tmp_path / "doc.a1").write_text("T1\tPerson 0 12\tBarack Obama\n")
    (tmp_path / "doc.a2").write_text("T2\tVisit 13 20\tvisited\nE1\tVisit:T2 Agent:T1\n")

    [document] = brat.read(tmp_path)
    assert [tag.id for tag in document.tags] == ["T1", "E1"]
    assert recognised(tmp_path).id == "brat"


@pytest.mark.parametrize("shift", [0, 2])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_count_or_not(tmp_path: Path, end: str, shift: int) -> None:
    raw = f"\ufeffone{end}two"
    start = raw.index("two") if shift else 4
    document = _read(tmp_path, f"T1\tX {start} {start + 3}\ttwo\n", raw)

    assert document.text == "one\ntwo"
    assert [(tag.start, tag.end) for tag in document.tags] == [(4, 7)]


def test_a_quote_that_lies_elsewhere(tmp_path: Path) -> None:
    [tag] = _read(tmp_path, "T1\tPerson 3 15\tBarack Obama\nA1\tUnsure T1\n").tags

    assert (tag.start, tag.quote, tag.unsure) == (3, "Barack Obama", True)


def test_a_second_value_is_kept(tmp_path: Path) -> None:
    [tag] = _read(tmp_path, "T1\tP 0 3\tBar\nA1\tx T1 a\nA2\tx T1 b\nA3\tx T1\nA4\tx_x3A_c T1\n").tags

    assert tag.attributes == {"x": ("a", "b", "True", "c")}


@pytest.mark.parametrize(
    ("ann", "key", "place"),
    [
        ("T1\tPerson 0 12\tBarack Obama\nT2\tPerson 36", "foreign_malformed", "2"),
        ("T1\tPerson 0 x\tBarack", "foreign_malformed", "1"),
        ("T1", "foreign_malformed", "1"),
        ("T1\tPerson 0 99", "foreign_offsets", "1"),
        ("T1\tPerson 5 5\t", "foreign_offsets", "1"),
        ("T1\tPerson -3 5", "foreign_offsets", "1"),
        ("T1\tPerson 0 999999999999999999999\tBarack", "foreign_malformed", "1"),
        ("\nT1\tPerson 0 6\tBarack\nT1\tPerson 0 6\tBarack\n", "foreign_twice", ""),
        ("E1\tVisit:T3 Agent:T1", "foreign_missing", "1: T3"),
        ("T1\tP 0 3\tBar\nE1\tVisit:T1 Agent:T7", "foreign_missing", "2: T7"),
        ("T1\tP 0 3\tBar\nE1\tVisit", "foreign_malformed", "2"),
        ("T1\tP 0 3\tBar\nR1\tMet Arg1:T1 Arg2:T2", "foreign_missing", "2: T2"),
        ("T1\tP 0 3\tBar\nR1\tMet Arg1:T1", "foreign_malformed", "2"),
        ("*\tEquiv T1 T2", "foreign_missing", "1: T1"),
        ("*\tEquiv", "foreign_malformed", "1"),
        ("A1\tNegation T1", "foreign_missing", "1: T1"),
        ("A1\tNegation", "foreign_malformed", "1"),
        ("N1\tReference T1 Q1", "foreign_malformed", "1"),
        ("N1\tReference Referent:T1 X:Q1", "foreign_malformed", "1"),
        ("#1\tAnnotatorNotes T1\tx", "foreign_missing", "1: T1"),
        ("no annotation", "foreign_malformed", "1"),
        (b"T1\tPerson 0 12\t\xff", "foreign_encoding", ""),
    ],
)
def test_bad_annotations(tmp_path: Path, ann: str | bytes, key: str, place: str) -> None:
    with pytest.raises(UserError) as error:
        _read(tmp_path, ann)

    assert (error.value.key, error.value.params["place"]) == (key, place)
    assert error.value.params["path"] == tmp_path / "doc.ann"


def test_annotations_without_a_text(tmp_path: Path) -> None:
    (tmp_path / "doc.ann").write_text("")

    with pytest.raises(UserError, match="file_missing"):
        list(brat.read(tmp_path))


def test_a_text_that_is_no_utf_8(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="foreign_encoding"):
        _read(tmp_path, "", "قال".encode("cp1256"))


@pytest.mark.parametrize(
    ("name", "said"), [(brat.PARTICULARS, '{"file": 1}'), (brat.PARTICULARS, "{"), (brat.SCHEME, "{}")]
)
def test_bad_additions_of_ours(tmp_path: Path, name: str, said: str) -> None:
    _folder(tmp_path, "")
    (tmp_path / name).write_text(said)

    with pytest.raises(UserError, match="foreign_"):
        _ = brat.header(tmp_path), list(brat.read(tmp_path))


LINES = st.builds(
    lambda name, number, data, tail: f"{name}{number}\t{data}{tail}",
    st.sampled_from(["T", "E", "R", "A", "M", "N", "#", "*", "X", ""]),
    st.integers(-1, 3),
    st.lists(
        st.sampled_from(
            [
                "Person",
                "Visit:T1",
                "Arg1:T1",
                "Arg2:E1",
                "T1",
                "E1",
                "R1",
                "0",
                "6",
                "6;7",
                "9",
                "-1",
                ":",
                "Tawsim:x",
                "Reference",
                "Referent:x:y",
                "Annotation:T1",
                "AnnotatorNotes",
                "Attribute",
                "Pieces",
                "DOCUMENT_",
                "é",
            ]
        ),
        max_size=4,
    ).map(" ".join),
    st.sampled_from(["", "\t", "\tBarack", "\tx=1", "\t0 3;4 6", '\tx="\\ud800"', "\t=", "\tx=[1e999]", "\r"]),
)


@given(ann=st.lists(LINES, max_size=8).map("\n".join) | st.text(max_size=60) | st.binary(max_size=60))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_refused(tmp_path: Path, ann: str | bytes) -> None:
    raw = ann if isinstance(ann, bytes) else ann.encode(errors="replace")
    assert _outcome(tmp_path, raw).startswith(("read", "foreign_"))


def _outcome(tmp_path: Path, raw: bytes) -> str:
    try:
        _read(tmp_path, raw)
    except UserError as error:
        return error.key
    return "read"
