# SPDX-License-Identifier: MIT
"""brat folders: what the files say, what comes back, and that a change in them is noticed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.errors import UserError
from annotator.exporters import ExportOptions, ExportSource, Overlap, Reason, Unit, run_export
from annotator.exporters.base import Entry
from annotator.exporters.brat import ABILITIES, read_back
from annotator.exporters.brat_config import files_of
from annotator.exporters.carrying import Carrier, entry_of
from annotator.importers import brat
from annotator.importers.registry import recognised
from annotator.model.attributes import Attribute, AttributeKind, Value
from annotator.model.ids import AttributeId, LabelId
from annotator.model.names import Name
from annotator.model.span import Piece

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of bratly's own

ANN = """T1	EVENT 0 4;64 69	أعلن سيزور
T2	ACTOR 17 27	بيني غانتس
T3	ACTOR 29 40	Benny Gantz
T4	ACTOR 58 63	جانتس
T5	EVENT 64 69	سيزور
T6	ACTOR 85 92	أردوغان
T7	ACTOR 99 106	إردوغان
T8	STANCE 109 123	نرحّب بالزيارة
T9	EVENT 116 123	الزيارة
"""


@pytest.fixture
def folder(full: ExportSource, tmp_path: Path) -> Path:
    run_export(full, "brat", tmp_path / "out")
    return tmp_path / "out"


def _ann(folder: Path) -> Path:
    [path] = folder.glob("*.ann")
    return path


def test_files(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == [
        "000001-00000000.ann",
        "000001-00000000.txt",
        "annotation.conf",
        "export_report.json",
        "kb_shortcuts.conf",
        "tawsim-documents.jsonl",
        "tawsim-scheme.json",
        "tools.conf",
        "visual.conf",
    ]


def test_lines(folder: Path) -> None:
    text = _ann(folder).read_text(encoding="utf-8")
    bounds, others = text[: len(ANN)], text[len(ANN) :].split("\n")

    assert bounds == ANN
    assert "E1\tEVENT:T1 AGENT:T2" in others
    assert "E3\tEVENT:T9" in others
    assert [line for line in others if line.startswith("N")] == [
        "N1\tHOLDER T8 TawsimAuthor:author\tauthor",
        f"N2\tTARGET T8 Tawsim:{'1' * 32}\tبيني غانتس",
        f"N3\tTARGET T8 Tawsim:{'3' * 32}\tزيارة أنقرة",
        f"N4\tReference E1 Tawsim:{'3' * 32}\tزيارة أنقرة",
        f"N5\tReference T2 Tawsim:{'1' * 32}\tبيني غانتس",
        f"N6\tReference E2 Tawsim:{'3' * 32}\tزيارة أنقرة",
    ]
    assert [line.partition("\t")[2] for line in others if line.startswith("#")] == [
        "Attribute T2\tmention=named",
        "AnnotatorNotes T3\tبالإنجليزية",
        "Attribute T8\tpolarity=positive",
        "Attribute T8\tn=2",
        "Attribute T10\tissue=التطبيع",
        'Attribute T10\tdoc_label=["a", "b"]',
        "AnnotatorNotes T10\tعن المقال",
    ]
    assert [line for line in others if line.startswith("A")] == ["A1\tUnsure E1", "A2\tUnsure E2"]
    assert "T10\tDOCUMENT_doc_stance 0 4\tأعلن" in others


def test_configuration(scheme) -> None:
    files = files_of(scheme)

    entities, relations, events, _ = files["annotation.conf"].split("\n\n")
    assert entities == "[entities]\nACTOR\nSTANCE\nPLACE\nTIME\nDOCUMENT_doc_stance"
    assert relations.split("\n") == [
        "[relations]",
        "HOLDER\tArg1:STANCE, Arg2:ACTOR",
        "TARGET\tArg1:STANCE, Arg2:ACTOR|EVENT",
        "SOURCE\tArg1:STANCE, Arg2:ACTOR",
        "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>",
    ]
    roles = "AGENT*:ACTOR, RECIPIENT*:ACTOR, PLACE*:PLACE|ACTOR, TIME*:TIME, CONTENT*:EVENT, SOURCE*:ACTOR"
    assert events == f"[events]\nEVENT\t{roles}"
    assert "polarity\tArg:STANCE, Value:FAVOR|AGAINST|NEUTRAL" in files["annotation.conf"].split("\n")
    assert "negated\tArg:EVENT" in files["annotation.conf"].split("\n")
    assert "ACTOR | فاعل (Actor) | فاعل | Actor" in files["visual.conf"].split("\n")
    assert "Text\tdirection:rtl" in files["visual.conf"].split("\n")
    assert files["kb_shortcuts.conf"].startswith("1 ACTOR\n2 EVENT\n")
    for text in files.values():
        assert text.isascii() or text is files["visual.conf"]


@pytest.mark.parametrize("name", ["corpus", "full"])
def test_what_comes_back(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    source = request.getfixturevalue(name)
    report = run_export(source, "brat", tmp_path / "out")
    carrier = Carrier(source, ExportOptions(), ABILITIES)

    documents = list(brat.read(tmp_path / "out"))

    carried = [carrier.carry(tagged).document for tagged in source.articles()]
    assert [entry_of(one, ABILITIES) for one in documents] == [entry_of(one, ABILITIES) for one in carried]
    assert [one.text for one in documents] == [one.text for one in carried]
    assert report.verified_by.startswith("bratly ")
    assert brat.header(tmp_path / "out").scheme == source.scheme
    assert recognised(tmp_path / "out").id == "brat"


def test_values_have_their_types(folder: Path) -> None:
    [document] = brat.read(folder)

    stance = next(tag for tag in document.tags if tag.label == "STANCE")
    assert stance.attributes == {"polarity": "positive", "n": 2}
    [about] = document.document_tags
    assert about.attributes == {"issue": "التطبيع", "doc_label": ("a", "b")}
    assert [(one.type, one.entity) for one in document.relations if not one.target] == [
        ("HOLDER", ""),
        ("TARGET", "1" * 32),
        ("TARGET", "3" * 32),
    ]


def _with_attributes(source: ExportSource, values: dict, *attributes: Attribute) -> ExportSource:
    [tagged] = source.articles()
    spans = tuple(replace(span, attributes=values) for span in tagged.spans)
    scheme = replace(source.scheme, attributes=(*source.scheme.attributes, *attributes))
    return replace(source, scheme=scheme, articles=lambda: iter([replace(tagged, spans=spans)]))


def test_what_brat_offers_are_attributes_of_brat(full: ExportSource, tmp_path: Path) -> None:
    topics = Attribute(
        AttributeId("topics"),
        Name("Topics"),
        AttributeKind.CHOICES,
        ("ACTOR",),
        (Value("peace", Name("Peace")), Value("حرب", Name("War", "حرب"))),
    )
    values = {"negated": True, "polarity": "FAVOR", "topics": ("peace", "حرب"), "mode": "third-party"}
    source = _with_attributes(full, values, topics)

    run_export(source, "brat", tmp_path / "out")

    lines = [line.split("\t")[1] for line in _ann(tmp_path / "out").read_text(encoding="utf-8").splitlines()]
    wanted = "negated", "polarity T2 FAVOR", "topics_x3A_peace T2", "mode T2 third-party"
    assert "topics_x3A_peace T2" in lines
    assert "topics_x3A__x62D__x631__x628_ T2" in lines
    assert {"negated T2", *wanted[1:]} <= set(lines)
    [document] = brat.read(tmp_path / "out")
    assert document.tags[0].attributes == values


@pytest.mark.parametrize(
    "value",
    ["", " ", "2", '"', '"a"', '"a\\n"', "a\nb", "a\u2028b", "true", "[]", "\t", "a=b", (), ("x y",), 1.5, False],
)
def test_every_value_comes_back(full: ExportSource, tmp_path: Path, value) -> None:
    run_export(_with_attributes(full, {"issue": value, "سمة": value}), "brat", tmp_path / "out")

    [document] = brat.read(tmp_path / "out")
    assert [tag.attributes for tag in document.tags] == [{"issue": value, "سمة": value}] * 9


@pytest.mark.parametrize("note", ["a\nb", '"a"', '"a\\nb"', " a", "\x85", "C:\\new", "a\tb", "2"])
def test_every_note_comes_back(full: ExportSource, tmp_path: Path, note: str) -> None:
    [tagged] = full.articles()
    spans = tuple(replace(span, note=note) for span in tagged.spans)
    run_export(replace(full, articles=lambda: iter([replace(tagged, spans=spans)])), "brat", tmp_path / "out")

    [document] = brat.read(tmp_path / "out")
    assert {tag.note for tag in document.tags} == {note}


@pytest.mark.parametrize(
    ("text", "pieces", "fragments"),
    [
        ("سطر\nآخر", ((0, 7),), "0 3;4 7"),
        ("سطر \n\n آخر", ((0, 9),), "0 4;6 9"),
        ("سطر\u2028آخر", ((0, 7),), "0 3;4 7"),
        ("\nسطر\n", ((0, 5),), "1 4"),
        ("سطر\nآخر", ((0, 3), (4, 7)), "0 3;4 7"),
        ("سطر ثم آخر", ((0, 3), (7, 10)), "0 3;7 10"),
        ("سطر\nثم آخر", ((0, 6), (7, 10)), "0 3;4 6;7 10"),
    ],
)
def test_tags_over_lines_come_back(
    source_of: Callable[..., ExportSource], tmp_path: Path, text: str, pieces: tuple[Piece, ...], fragments: str
) -> None:
    source = source_of((text, [(pieces[0][0], pieces[-1][1], "ACTOR")]))
    [tagged] = source.articles()
    [span] = tagged.spans
    span = replace(span, pieces=pieces if len(pieces) > 1 else ())
    run_export(replace(source, articles=lambda: iter([replace(tagged, spans=(span,))])), "brat", tmp_path / "out")

    assert _ann(tmp_path / "out").read_text(encoding="utf-8").startswith(f"T1\tACTOR {fragments}\t")
    [document] = brat.read(tmp_path / "out")
    [tag] = document.tags
    assert (tag.start, tag.end, tag.pieces) == (span.start, span.end, span.pieces)
    assert tag.quote == text[tag.start : tag.end]


def test_labels_that_brat_cannot_call_so(full: ExportSource, tmp_path: Path) -> None:
    names = {"ACTOR": "DOCUMENT_y", "EVENT": "E-V_x2D_"}

    def renamed(label_id: str) -> LabelId:
        return LabelId(names.get(label_id, label_id))

    [tagged] = full.articles()
    spans = tuple(replace(span, label_id=renamed(span.label_id)) for span in tagged.spans)
    relations = tuple(
        replace(one, type_id={"AGENT": "Arg-1"}.get(one.type_id, one.type_id)) for one in tagged.relations
    )
    scheme = full.scheme
    scheme = replace(
        scheme,
        all_labels=tuple(replace(one, id=renamed(one.id)) for one in scheme.all_labels),
        relation_types=tuple(
            replace(
                one,
                id={"AGENT": "Arg-1"}.get(one.id, one.id),
                sources=tuple(map(renamed, one.sources)),
                targets=tuple(map(renamed, one.targets)),
            )
            for one in scheme.relation_types
        ),
        attributes=tuple(replace(one, labels=tuple(map(renamed, one.labels))) for one in scheme.attributes),
    )
    made = replace(tagged, spans=spans, relations=relations)
    run_export(replace(full, scheme=scheme, articles=lambda: iter([made])), "brat", tmp_path / "out")

    ann = _ann(tmp_path / "out").read_text(encoding="utf-8")
    assert "\t_x44_OCUMENT_y 17 27\t" in ann
    assert "E1\tE-V_x5F_x2D_:T1 Arg_x2D__x31_:T2" in ann
    [document] = brat.read(tmp_path / "out")
    assert {tag.label for tag in document.tags} == {"DOCUMENT_y", "E-V_x2D_", "STANCE"}
    assert {one.type for one in document.relations} == {"Arg-1", "RECIPIENT", "HOLDER", "TARGET"}


def test_a_document_label_needs_a_word(
    full: ExportSource, source_of: Callable[..., ExportSource], tmp_path: Path
) -> None:
    [tagged] = full.articles()
    source = source_of(("", []))
    [empty] = source.articles()
    made = replace(empty, document_tags=tagged.document_tags)

    report = run_export(replace(source, articles=lambda: iter([made])), "brat", tmp_path / "out")

    assert [(loss.reason, loss.count) for loss in report.losses] == [(Reason.DOCUMENT_TAG_BLANK, 1)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("T2\tACTOR 17 27", "T2\tACTOR 17 28"),
        ("T2\tACTOR 17 27", "T2\tSTANCE 17 27"),
        ("\tبيني غانتس\nT3", "\tبيني غانتسس\nT3"),
        ("E1\tEVENT:T1 AGENT:T2", "E1\tEVENT:T1 AGENT:T3"),
        ("TARGET T8 Tawsim:1", "TARGET T8 Tawsim:2"),
        ("A1\tUnsure E1", "A1\tUnsure T3"),
        ("\tبالإنجليزية", "\tبالعربية"),
        ("n=2", "n=3"),
        ("T3\tACTOR 29 40\tBenny Gantz\n", ""),
        ("DOCUMENT_doc_stance", "DOCUMENT_x"),
    ],
)
def test_a_change_is_noticed(folder: Path, old: str, new: str) -> None:
    before = _said(folder)
    ann = _ann(folder).read_text(encoding="utf-8")
    assert ann.count(old) == 1

    _ann(folder).write_text(ann.replace(old, new), encoding="utf-8", newline="\n")

    assert _said(folder) != before


def _said(folder: Path) -> list[Entry] | str:
    try:
        return list(read_back(folder, ""))
    except UserError as error:
        return error.key


def test_the_same_project_makes_the_same_files(full: ExportSource, tmp_path: Path) -> None:
    for name in ("one", "two"):
        run_export(full, "brat", tmp_path / name)

    for path in (tmp_path / "one").iterdir():
        if path.name != "export_report.json":
            assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_units_and_overlap(corpus: ExportSource, full: ExportSource, tmp_path: Path) -> None:
    options = ExportOptions(unit=Unit.PARAGRAPH, overlap=Overlap.LONGEST)

    report = run_export(full, "brat", tmp_path / "out", options)

    ids = [document.id for document in brat.read(tmp_path / "out")]
    assert ids == [f"{1:016x}{0:016x}-{number}" for number in (1, 2)]
    assert {loss.reason for loss in report.losses} >= {Reason.OVERLAP, Reason.DOCUMENT_TAG_UNIT}


def test_a_text_may_begin_with_a_byte_order_mark(source_of: Callable[..., ExportSource], tmp_path: Path) -> None:
    report = run_export(source_of(("\ufeffقال أردوغان", [(5, 12, "ACTOR")])), "brat", tmp_path / "x")

    assert report.tags_out == 1
