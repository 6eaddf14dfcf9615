# SPDX-License-Identifier: MIT
"""WebAnno TSV of others: layers of any kind, relations, stacked and partial rows; and what is wrong with a file."""

from pathlib import Path

import pytest

from annotator.errors import UserError
from annotator.importers.webanno_tsv import read, recognise
from annotator.model import exchange
from annotator.model.exchange import Skipped

HEADER = "#FORMAT=WebAnno TSV 3.3"
SPAN = [HEADER, "#T_SP=webanno.custom.Span|value", "", ""]
TEST = ["#Text=Eis a test 😀 .", "1-1\t0-3\tEis\t_\t", "1-2\t4-5\ta\t_\t", "1-3\t6-10\ttest\tX[1]|Y[2]\t"]
REST = ["1-4\t11-13\t😀\tX[1]\t", "1-4.1\t11-13\t😀\tZ\t", "1-5\t14-15\t.\t_\t", ""]


def _read(folder: Path, *lines: str) -> exchange.Document:
    path = folder / "x.tsv"
    path.write_text("\n".join(lines), encoding="utf-8", newline="")
    [document] = read(path)
    return document


def _tags(document: exchange.Document) -> list[tuple[str, str]]:
    return [(tag.label, document.text[tag.start : tag.end]) for tag in document.tags]


def test_tags_of_several_rows(tmp_path: Path) -> None:
    document = _read(tmp_path, *SPAN, *TEST, *REST)

    assert document.text == "Eis a test 😀 ."
    assert _tags(document) == [("X", "test 😀"), ("Y", "test"), ("Z", "😀")]


def test_line_ends_of_windows(tmp_path: Path) -> None:
    assert len(_read(tmp_path, "\r\n".join([*SPAN, *TEST, *REST])).tags) == 3


def test_files_that_count_characters(tmp_path: Path) -> None:
    rest = ["1-4\t11-12\t😀\tX[1]\t", "1-5\t13-14\t.\tEND\t", ""]

    assert _tags(_read(tmp_path, *SPAN, *TEST, *rest)) == [("X", "test 😀"), ("Y", "test"), ("END", ".")]


def test_relations_of_a_layer(tmp_path: Path) -> None:
    document = _read(
        tmp_path,
        HEADER,
        "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue",
        "#T_SP=webanno.custom.Span|f1|value",
        "#T_RL=webanno.custom.Rel|value|BT_webanno.custom.Span",
        "#T_RL=webanno.custom.Bare|BT_webanno.custom.Span",
        "#T_RL=a.Dependency|type|BT_de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token",
        "",
        "",
        "#Sentence.id=s1",
        "#Text=A tale of",
        "1-1\t0-1\tA\tDT\tx[1]|y[2]\tOne[1]|*[2]\t_\t_\t_\t_\t_\t_\t",
        "1-2\t2-6\ttale\tNN\t_\tC\tr1|r2\t1-1[2_0]|1-1[1_0]\t*\t1-1[1_0]\tsubj\t1-1\t",
        "1-3\t7-9\tof\t_\t_\t_\t_\t_\t_\t_\t_\t_\t",
    )

    assert [(one.label, one.attributes) for one in document.tags] == [
        ("One", {"f1": "x"}),
        ("Span", {"f1": "y"}),
        ("C", {}),
    ]
    one, two, three = (tag.id for tag in document.tags)
    assert [(r.type, r.source, r.target) for r in document.relations] == [
        ("r1", two, three),
        ("r2", one, three),
        ("Bare", one, three),
    ]


def test_slots_before_features(tmp_path: Path) -> None:
    document = _read(
        tmp_path,
        HEADER,
        "#T_SP=webanno.custom.Simple|",
        "#T_SP=webanno.custom.Host|ROLE_webanno.custom.Host:links_webanno.custom.L|uima.tcas.Annotation|value",
        "",
        "",
        "#Text=This is a",
        "1-1\t0-4\tThis\t_\tp1;*\t1-2[1];1-3[2]\t_\t",
        "1-2\t5-7\tis\t*[1]\t_\t*\tV\t",
        "1-3\t8-9\ta\t*[2]\t_\t_\t_\t",
    )

    assert _tags(document) == [("Host", "This"), ("Simple", "is"), ("V", "is"), ("Simple", "a")]
    assert [(one.type, one.target) for one in document.relations] == [("p1", "2"), ("links", "4")]


def test_named_entities_are_linked(tmp_path: Path) -> None:
    header = "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value"
    row = "1-1\t0-1\tA\thttp://www.wikidata.org/entity/Q1\tPER\t"

    [tag] = _read(tmp_path, HEADER, header, "", "", "#Text=A", row).tags

    assert (tag.label, tag.entity) == ("PER", "http://www.wikidata.org/entity/Q1")


def test_sentences_of_several_lines_and_what_is_between_them(tmp_path: Path) -> None:
    document = _read(
        tmp_path, *SPAN, "#Text=A", "#Text=b\\tc", "1-1\t2-3\tA\tX[1]\t", "1-2\t4-5\tb\tX[1]\t", "1-3\t6-7\tc\t_\t", "",
        "#Text=d", "2-1\t9-10\td\tX[1]\t",
    )  # fmt: skip

    assert document.text == "\n\nA\nb\tc\n\nd"
    assert _tags(document) == [("X", "A\nb\tc\n\nd")]
    assert document.rebuilt


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    document = _read(tmp_path, *SPAN, "#Text=ab", "1-1\t0-2\tab\tX\t", "1-1.1\t1-1\t\tY\t", "1-1.2\t1-2\tb\tZ\t")

    assert _tags(document) == [("X", "ab"), ("Z", "b")]
    assert document.skipped == {Skipped.KIND: 1}


def test_a_folder_in_folders(tmp_path: Path) -> None:
    for name in ("b.txt/sami.tsv", "a.txt/sami.tsv"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("\n".join([*SPAN, *TEST, *REST]), encoding="utf-8")

    assert [one.id for one in read(tmp_path)] == ["a.txt/sami", "b.txt/sami"]
    assert recognise(tmp_path)


def test_what_is_none(tmp_path: Path) -> None:
    assert not recognise(tmp_path)
    (tmp_path / "x.tsv").write_text("a\tb\n", encoding="utf-8")
    assert not recognise(tmp_path)


@pytest.mark.parametrize(
    ("key", "place", "lines"),
    [
        ("foreign_version", None, ["#FORMAT=WebAnno TSV 4.0"]),
        ("foreign_malformed", "1", ["id\ttext"]),
        ("foreign_malformed", "2", [HEADER, "#T_XX=a.B|c"]),
        ("foreign_malformed", "2", [HEADER, "#T_RL=a.B|c"]),
        ("foreign_malformed", "6", [*SPAN, *TEST[:1], "1-1\t0-3\tEis", *TEST[2:], *REST]),
        ("foreign_malformed", "5", [*SPAN, *TEST[1:], *REST]),
        ("foreign_cut_short", "8", [*SPAN, *TEST]),
        ("foreign_cut_short", "8", [*SPAN, *TEST[:-1], "1-3\t6-10\tte"]),
        ("foreign_cut_short", "5", [*SPAN, *TEST[:1]]),
        ("foreign_offsets", "6", [*SPAN, *TEST, *REST[:2], "1-5\t14-99\t.\t_\t"]),
        ("foreign_offsets", "6", [*SPAN, "#Text=A", "1-1\t99999999-99999999\tA\t_\t"]),
        ("foreign_offsets", "6", [*SPAN, *TEST[:2], "1-2\t4-6\ta\t_\t", TEST[3], *REST]),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, key: str, place: str | None, lines: list[str]) -> None:
    with pytest.raises(UserError, match=key) as error:
        _read(tmp_path, *lines)

    assert place is None or key == "foreign_offsets" or error.value.params["place"] == place


def test_a_relation_to_nothing(tmp_path: Path) -> None:
    layers = ["#T_SP=webanno.custom.Span|value", "#T_RL=a.R|BT_webanno.custom.Span"]

    with pytest.raises(UserError, match="foreign_missing"):
        _read(tmp_path, HEADER, *layers, "", "", "#Text=A", "1-1\t0-1\tA\tX\t*\t1-7\t")


def test_no_utf8(tmp_path: Path) -> None:
    (tmp_path / "x.tsv").write_bytes("\n".join([*SPAN, *TEST]).encode("utf-16"))

    with pytest.raises(UserError, match="foreign_encoding"):
        list(read(tmp_path))
