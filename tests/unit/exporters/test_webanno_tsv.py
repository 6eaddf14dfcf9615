# SPDX-License-Identifier: MIT
"""WebAnno TSV: what is exported is read again, by web-anno-tsv and by our reader, and in INCEpTION's own terms."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.errors import UserError
from annotator.exporters import ExportOptions, ExportSource, LabelNames, Reason, Unit, run_export, running, webanno_tsv
from annotator.exporters.registry import find_format
from annotator.importers.registry import recognised
from annotator.importers.webanno_tsv import read
from annotator.model import exchange


def _exported(source: ExportSource, folder: Path, **options: object) -> Path:
    run_export(source, "webanno-tsv", folder / "out", ExportOptions(**options))
    return folder / "out"


def _first(folder: Path) -> exchange.Document:
    return next(iter(read(folder)))


def test_rows_are_as_the_format_says(full: ExportSource, tmp_path: Path) -> None:
    [file] = _exported(full, tmp_path).glob("*.tsv")
    lines = file.read_text(encoding="utf-8").split("\n")

    assert lines[0] == "#FORMAT=WebAnno TSV 3.3"
    slot = "ROLE_webanno.custom.Actor:relations_webanno.custom.ActorLink|uima.tcas.Annotation"
    assert lines[1] == f"#T_SP=webanno.custom.Actor|value|note|certainty|entity|annotator|more|mention|{slot}"
    assert lines[5:7] == ["", ""]
    assert lines[7].startswith("#Text=أعلن وزير الدفاع")
    rows = {row.split("\t")[0]: row.split("\t")[1:] for row in lines[8:] if row[:1].isdigit()}
    # After the emoji all is one further in UTF-16, and the clitic stays outside.
    assert rows["1-20"][:3] == ["85-93", "بأردوغان", "_"]
    assert rows["1-20.1"][:3] == ["86-93", "أردوغان", "ACTOR[5]"]
    assert rows["1-4"][2:6] == ["ACTOR[1]", "*[1]", "*[1]", f"{'1' * 32}[1]"]


def test_everything_comes_back(full: ExportSource, tmp_path: Path) -> None:
    document = _first(_exported(full, tmp_path))

    tags = {(one.start, one.end): one for one in document.tags}
    assert len(tags) == 8
    gantz, visit, stance = tags[17, 27], tags[64, 69], tags[109, 123]
    assert (gantz.label, gantz.entity, gantz.attributes) == ("ACTOR", "1" * 32, {"mention": "named"})
    assert (visit.unsure, visit.entity) == (True, "3" * 32)
    assert stance.attributes == {"polarity": "positive", "n": 2}
    assert tags[29, 40].note == "بالإنجليزية"
    assert {one.annotator for one in document.tags} == {"Sami", "ليلى"}
    assert {(one.type, one.source, one.target) for one in document.relations} == {
        ("AGENT", visit.id, gantz.id),
        ("RECIPIENT", visit.id, tags[85, 92].id),
    }
    [tagged] = full.articles()
    assert document.text == tagged.text.rstrip("\n")
    assert (document.id, document.rebuilt) == (tagged.article.id, True)


def test_what_is_lost_is_counted(full: ExportSource, tmp_path: Path) -> None:
    report = run_export(full, "webanno-tsv", tmp_path / "out")

    counts = {loss.reason: loss.count for loss in report.losses}
    assert counts == {
        Reason.DISCONTINUOUS: 1,
        Reason.RELATION_TARGET: 3,
        Reason.RELATION_END: 1,
        Reason.DOCUMENT_TAG: 1,
        Reason.ACTOR: 1,
        Reason.EVENT: 1,
    }
    assert "web-anno-tsv" in report.verified_by


def test_odd_texts(corpus: ExportSource, tmp_path: Path) -> None:
    report = run_export(corpus, "webanno-tsv", tmp_path / "out")

    documents = list(read(tmp_path / "out"))
    texts = [one.text for one in corpus.articles()]
    for document, text, tagged in zip(documents, texts, corpus.articles(), strict=True):
        assert len(document.tags) == len(tagged.spans)
        for tag in document.tags:
            assert text[tag.start : tag.end] == tag.quote
    assert {loss.reason for loss in report.losses} <= {Reason.TRIMMED}
    assert [one.note for one in documents[1].tags if one.note] == ['a "quoted"\nnote \\']


@pytest.mark.parametrize("value", ["_", "*", "a|b", "[5]", "x[5]", "a;b", "a->b", "\\", "\\n", "\t\r\n", "->", " "])
def test_what_cells_mean_is_escaped(full: ExportSource, tmp_path: Path, value: str) -> None:
    [tagged] = full.articles()
    made = replace(tagged, spans=tuple(replace(span, note=value) for span in tagged.spans))
    source = replace(full, articles=lambda: iter([made]))

    assert {one.note for one in _first(_exported(source, tmp_path)).tags} == {value}


def test_units_and_names(full: ExportSource, tmp_path: Path) -> None:
    folder = _exported(full, tmp_path, unit=Unit.SENTENCE, names=LabelNames.ARABIC)

    documents = list(read(folder))
    assert [one.id[-2:] for one in documents] == ["-1", "-2"]
    assert {tag.label for one in documents for tag in one.tags} == {"فاعل", "حدث", "موقف"}


def test_the_same_twice(full: ExportSource, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    [first] = _exported(full, tmp_path / "a").glob("*.tsv")
    [second] = _exported(full, tmp_path / "b").glob("*.tsv")

    assert first.read_bytes() == second.read_bytes()


def test_it_is_recognised(full: ExportSource, tmp_path: Path) -> None:
    assert recognised(_exported(full, tmp_path)).id == "webanno-tsv"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ACTOR[1]", "EVENT[1]"),
        ("ACTOR[1]", "ACTOR[2]"),
        ("86-93\tأردوغان", "87-93\tردوغان"),
        ("AGENT;", "AGENTS;"),
        (f"{'1' * 32}[1]", f"{'2' * 32}[1]"),
        ("بالإنجليزية", "بالعربية"),
        ("unsure[", "*["),
    ],
)
def test_a_difference_is_found(
    full: ExportSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    def tampered(path: Path, source: ExportSource, options: ExportOptions) -> object:
        yield from webanno_tsv.write(path, source, options)
        [file] = path.glob("*.tsv")
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8", newline="\n")

    kind = replace(find_format("webanno-tsv"), write=tampered)
    monkeypatch.setattr(running, "find_format", lambda _: kind)

    with pytest.raises(UserError, match="export_mismatch"):
        run_export(full, "webanno-tsv", tmp_path / "out")


def test_one_reader_alone_finds_other_tags(full: ExportSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _exported(full, tmp_path)
    [file] = folder.glob("*.tsv")
    document = _first(folder)
    webanno_tsv.refuse_other_tags(file, document)

    with pytest.raises(ValueError, match="other tags"):
        webanno_tsv.refuse_other_tags(file, replace(document, tags=document.tags[1:]))


@pytest.mark.parametrize("between", [". ", ".\n \n", ".\n\n ", "؟  "])
def test_a_tag_may_lie_across_sentences(source_of: Callable[..., ExportSource], tmp_path: Path, between: str) -> None:
    text = f"قال هو{between}ثم ذهب"
    report = run_export(source_of((text, [(4, len(text), "ACTOR")])), "webanno-tsv", tmp_path / "x")

    document = _first(tmp_path / "x")
    assert report.tags_out == 1
    assert [(tag.start, tag.end) for tag in document.tags] == [(4, len(text))]
