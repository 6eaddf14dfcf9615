# SPDX-License-Identifier: MIT
"""CoNLL-2003, IOB2, BILOU: what seqeval, spaCy and our reader read is what the project says, less what is counted."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from seqeval.metrics.sequence_labeling import get_entities

from annotator.errors import UserError
from annotator.exporters import (
    FORMATS,
    Clitics,
    ExportOptions,
    ExportReport,
    ExportSource,
    LabelNames,
    Overlap,
    Reason,
    Unit,
    conll,
    run_export,
)
from annotator.exporters.token_labels import BILOU, CONLL_2003, IOB2, label_tokens, read_strict
from annotator.importers import conll as reader
from annotator.model.scheme import Name

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of spaCy's and scikit-learn's own


@pytest.fixture
def without_spacy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)


def _sentences(path: Path) -> list[list[list[str]]]:
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    found = [[line.split() for line in block.strip("\n").split("\n")] for block in blocks if block.strip()]
    return [sentence for sentence in found if sentence[0][0] != "-DOCSTART-"]


def _entities(path: Path) -> list[tuple[str, str]]:
    return [
        (label, " ".join(columns[0] for columns in sentence[first : last + 1]))
        for sentence in _sentences(path)
        for label, first, last in get_entities([columns[-1] for columns in sentence])
    ]


def _counts(report: ExportReport) -> dict[Reason, int]:
    return {loss.reason: loss.count for loss in report.losses}


def test_seqeval_finds_the_tags(model: ExportSource, tmp_path: Path, without_spacy: None) -> None:
    report = run_export(model, "conll", tmp_path / "x.conll")

    assert _entities(tmp_path / "x.conll") == [
        ("ACTOR", "بيني غانتس"),
        ("ACTOR", "Benny Gantz"),
        ("ACTOR", "جانتس"),
        ("EVENT", "سيزور"),
        ("ACTOR", "أردوغان"),
        ("ACTOR", "إردوغان"),
        ("STANCE", "نرحّب بالزيارة"),
    ]
    assert (report.tags_in, report.tags_out) == (8, 7)
    assert _counts(report) == {Reason.OVERLAP: 1, Reason.NOTE: 1}
    assert report.verified_by == "tawsim"


def test_the_file_is_conll_2003(model: ExportSource, tmp_path: Path, without_spacy: None) -> None:
    run_export(model, "conll", tmp_path / "x.conll")

    text = (tmp_path / "x.conll").read_text(encoding="utf-8")
    assert text.startswith("-DOCSTART- -X- O O\n\nأعلن -X- _ O\nوزير -X- _ O\n")
    assert "ب -X- _ O\nأردوغان -X- _ B-ACTOR\n. -X- _ O\n\nوقال -X- _ O\n" in text
    assert "بيني -X- _ B-ACTOR\nغانتس -X- _ I-ACTOR\n" in text
    assert {len(columns) for sentence in _sentences(tmp_path / "x.conll") for columns in sentence} == {4}
    assert len(_sentences(tmp_path / "x.conll")) == 2


def test_spacy_reads_it_where_it_is_installed(corpus: ExportSource, tmp_path: Path) -> None:
    report = run_export(corpus, "conll", tmp_path / "x.conll")

    assert report.verified_by.startswith("spacy 3")
    assert report.tags_in == report.tags_out + sum(loss.count for loss in report.losses if loss.tag_lost)


def test_a_proclitic_goes_along_if_asked(model: ExportSource, tmp_path: Path, without_spacy: None) -> None:
    report = run_export(model, "conll", tmp_path / "x.conll", ExportOptions(clitics=Clitics.EXPAND))

    assert ("ACTOR", "بأردوغان") in _entities(tmp_path / "x.conll")
    assert report.tags_out == 7
    assert _counts(report)[Reason.EXPANDED] == 1


def test_a_tag_inside_a_word_is_skipped_if_asked(model: ExportSource, tmp_path: Path, without_spacy: None) -> None:
    report = run_export(model, "conll", tmp_path / "x.conll", ExportOptions(clitics=Clitics.SKIP))

    assert [name for _, name in _entities(tmp_path / "x.conll") if "أردوغان" in name] == []
    assert report.tags_out == 6
    [loss] = [loss for loss in report.losses if loss.reason is Reason.INSIDE_TOKEN]
    assert [(one.start, one.end, one.quote, one.label) for one in loss.examples] == [
        (85, 92, "أردوغان", "ACTOR"),
        (116, 123, "الزيارة", "EVENT"),
    ]


def test_a_tag_over_a_sentence_break_is_kept_whole(source_of, tmp_path: Path, without_spacy: None) -> None:
    source = source_of(("وصل أمس. غادر\nاليوم. انتهى.", [(4, 19, "EVENT")]))

    report = run_export(source, "conll", tmp_path / "x.conll")

    assert _entities(tmp_path / "x.conll") == [("EVENT", "أمس . غادر اليوم")]
    assert len(_sentences(tmp_path / "x.conll")) == 2
    assert report.tags_out == 1
    assert _counts(report) == {Reason.SENTENCE_BREAK: 1}


def test_blanks_at_the_edges_are_left_out(source_of, tmp_path: Path, without_spacy: None) -> None:
    report = run_export(source_of(("قال غانتس أمس", [(3, 10, "ACTOR")])), "conll", tmp_path / "x.conll")

    assert _entities(tmp_path / "x.conll") == [("ACTOR", "غانتس")]
    assert _counts(report) == {Reason.TRIMMED: 1}


def test_a_tag_without_a_word_is_counted(source_of, tmp_path: Path, without_spacy: None) -> None:
    source = source_of(("قال \u2063 غانتس", [(4, 5, "ACTOR")]), ("\n", []))

    report = run_export(source, "conll", tmp_path / "x.conll")

    assert report.tags_in - report.tags_out == _counts(report).get(Reason.BLANK_TOKEN, 0)
    assert report.articles == 2


def test_nothing_to_export_is_an_empty_file(source_of, tmp_path: Path) -> None:
    for sketches in ((), (("", []),)):
        run_export(source_of(*sketches), "conll", tmp_path / "x.conll")
        assert (tmp_path / "x.conll").read_bytes() == b""


def test_what_it_cannot_say_is_counted(full: ExportSource, tmp_path: Path, without_spacy: None) -> None:
    report = run_export(full, "conll", tmp_path / "x.conll")

    assert (report.tags_in, report.tags_out) == (9, 7)
    assert (report.relations_in, report.relations_out) == (6, 0)
    assert (report.document_tags_in, report.document_tags_out) == (1, 0)
    assert _counts(report) == {
        Reason.OVERLAP: 1,
        Reason.DISCONTINUOUS: 1,
        Reason.NOTE: 1,
        Reason.ATTRIBUTES: 2,
        Reason.LINK: 2,
        Reason.CERTAINTY: 1,
        Reason.RELATION: 6,
        Reason.DOCUMENT_TAG: 1,
        Reason.ACTOR: 1,
        Reason.EVENT: 1,
    }


@pytest.mark.parametrize(
    "lines",
    [
        ["قال -X- _ O"],
        ["-DOCSTART- -X- O O", "", "قال -X- _ I-ACTOR"],
        ["-DOCSTART- -X- O O", "", "قال -X- _ B-ACTOR", "", "أمس -X- _ I-ACTOR"],
        ["-DOCSTART- -X- O O", "", "قال -X- _ B-ACTOR", "أمس -X- _ I-EVENT"],
        ["-DOCSTART- -X- O O", "", "قال -X- O"],
        ["-DOCSTART- -X- O O", "", "قال أمس -X- _ O"],
        ["-DOCSTART- -X- O O", "", "قال -X- _ B-"],
        ["-DOCSTART- -X- O O", "", "قال -X- _ X"],
    ],
)
def test_our_reader_is_strict(lines: list[str]) -> None:
    with pytest.raises(ValueError, match=r"columns|begin"):
        list(read_strict((f"{line}\n" for line in lines), CONLL_2003, IOB2))


@pytest.mark.parametrize(
    "labels", ["B-A", "B-A I-A", "B-A B-A L-A", "B-A U-A", "I-A L-A", "L-A", "B-A L-E", "U-", "U-A L-A", "S-A", "B-A O"]
)
def test_what_is_begun_must_end_in_bilou(labels: str) -> None:
    with pytest.raises(ValueError, match="begin"):
        BILOU.entities(labels.split())


@pytest.mark.parametrize("tagging", [IOB2, BILOU])
def test_entities_and_labels_of_tokens_are_the_same(tagging) -> None:
    entities = [("A", 0, 1), ("A", 1, 3), ("B-C", 3, 6), ("D", 7, 8)]

    assert tagging.entities(tagging.labels(9, entities)) == entities


PAIRS = [
    ("ACTOR", "بيني غانتس"),
    ("ACTOR", "Benny Gantz"),
    ("ACTOR", "جانتس"),
    ("EVENT", "سيزور"),
    ("ACTOR", "أردوغان"),
    ("ACTOR", "إردوغان"),
    ("STANCE", "نرحّب بالزيارة"),
]


@pytest.mark.parametrize("format_id", ["conll", "iob2", "bilou"])
def test_our_reader_finds_the_tags(model: ExportSource, tmp_path: Path, format_id: str) -> None:
    path = tmp_path / f"x.{format_id}"
    report = run_export(model, format_id, path)

    [document] = reader.read(path)
    assert [(tag.label, document.text[tag.start : tag.end]) for tag in document.tags] == PAIRS
    assert document.rebuilt
    assert document.text.startswith("أعلن وزير الدفاع بيني غانتس (Benny Gantz) في 9 مارس")
    assert report.tags_out == 7
    assert reader.recognise(path)


def test_two_columns(model: ExportSource, tmp_path: Path) -> None:
    run_export(model, "iob2", tmp_path / "x.iob2")
    report = run_export(model, "bilou", tmp_path / "x.bilou")

    assert (tmp_path / "x.iob2").read_text("utf-8").startswith("-DOCSTART-\tO\n\nأعلن\tO\nوزير\tO\n")
    text = (tmp_path / "x.bilou").read_text("utf-8")
    assert "بيني\tB-ACTOR\nغانتس\tL-ACTOR\n" in text
    assert "جانتس\tU-ACTOR\n" in text
    assert report.verified_by.startswith("seqeval 1")


@pytest.mark.parametrize("unit", Unit)
def test_each_unit_is_a_document(model: ExportSource, tmp_path: Path, unit: Unit) -> None:
    report = run_export(model, "iob2", tmp_path / "x.iob2", ExportOptions(unit=unit))

    documents = list(reader.read(tmp_path / "x.iob2"))
    assert len(documents) == (1 if unit is Unit.ARTICLE else 2)
    assert [(tag.label, one.text[tag.start : tag.end]) for one in documents for tag in one.tags] == PAIRS
    assert report.tags_out == 7


@pytest.mark.parametrize("format_id", ["conll", "iob2", "bilou", "gliner"])
def test_what_units_lose_is_announced(full: ExportSource, tmp_path: Path, format_id: str) -> None:
    report = run_export(full, format_id, tmp_path / "x", ExportOptions(unit=Unit.SENTENCE))

    assert Reason.DOCUMENT_TAG_UNIT in _counts(report)
    assert set(_counts(report)) <= set(FORMATS[format_id].losses)


def test_the_earlier_of_overlapping_tags_if_asked(source_of, tmp_path: Path) -> None:
    source = source_of(("قال وزير الدفاع أمس ثم", [(0, 8, "ACTOR"), (4, 22, "EVENT")]))

    report = run_export(source, "bilou", tmp_path / "x", ExportOptions(overlap=Overlap.FIRST))

    assert "قال\tB-ACTOR\nوزير\tL-ACTOR\nالدفاع\tO\n" in (tmp_path / "x").read_text("utf-8")
    assert _counts(report) == {Reason.OVERLAP_FIRST: 1}


def test_names_are_single_tokens(model: ExportSource, tmp_path: Path) -> None:
    for format_id in ("conll", "iob2", "bilou"):
        run_export(model, format_id, tmp_path / "x", ExportOptions(names=LabelNames.ARABIC))

        [document] = reader.read(tmp_path / "x")
        assert [tag.label for tag in document.tags] == ["فاعل", "فاعل", "فاعل", "حدث", "فاعل", "فاعل", "موقف"]


def test_a_name_with_blanks_and_hyphens(model: ExportSource, tmp_path: Path) -> None:
    names = {"ACTOR": "-وزير\u00a0الدفاع-", "EVENT": "وزير-الخارجية", "STANCE": "وزير الدفاع"}
    labels = tuple(replace(one, name=Name(ar=names.get(one.id, one.id), en="")) for one in model.scheme.all_labels)
    source = replace(model, scheme=replace(model.scheme, all_labels=labels))

    for format_id in ("conll", "iob2", "bilou"):
        run_export(source, format_id, tmp_path / "x", ExportOptions(names=LabelNames.ARABIC))
        [document] = reader.read(tmp_path / "x")
        assert {tag.label for tag in document.tags} == {"وزير_الدفاع", "وزير-الخارجية", "STANCE"}


def test_no_two_labels_are_called_the_same() -> None:
    names = {"A": "x y", "B": "x_y", "x_y": "x\ty", "D": "- -", "-": "\n", "--": ""}

    assert label_tokens(names) == {"A": "x_y", "B": "B", "x_y": "x_y_2", "D": "_", "-": "_2", "--": "_3"}


CHANGES = [("ACTOR", "EVENT"), ("B-ACTOR", "O"), ("وزير", "وزيرا"), ("O", "")]


@pytest.mark.parametrize(
    ("format_id", "change"),
    [*((one, change) for one in ("conll", "iob2", "bilou") for change in CHANGES), ("bilou", ("\tU-", "\tB-"))],
)
def test_nothing_in_the_file_may_differ(
    model: ExportSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format_id: str, change: tuple[str, str]
) -> None:
    line = conll.Columns.line

    def changed(self, token: str, label: str) -> str:
        return line(self, token, label).replace(*change)

    monkeypatch.setattr(conll.Columns, "line", changed)

    with pytest.raises(UserError, match="export_mismatch"):
        run_export(model, format_id, tmp_path / "x")

    assert list(tmp_path.iterdir()) == []
