# SPDX-License-Identifier: MIT
"""CoNLL IOB2: what seqeval and spaCy read is what the project says, less what the report counts."""

import sys
from pathlib import Path

import pytest
from seqeval.metrics.sequence_labeling import get_entities

from annotator.exporters import Clitics, ExportOptions, ExportReport, ExportSource, Reason, run_export
from annotator.exporters.conll import read_iob2

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
        list(read_iob2(f"{line}\n" for line in lines))
