# SPDX-License-Identifier: MIT
"""UIMA CAS: what is exported is read again by cassis and by our readers, with INCEpTION's conventions."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cassis import load_cas_from_json, load_cas_from_xmi, load_typesystem

from annotator.errors import UserError
from annotator.exporters import ExportOptions, ExportSource, LabelNames, Reason, Unit, run_export, running
from annotator.exporters.registry import find_format
from annotator.importers.registry import find_foreign_format, recognised
from annotator.model import exchange

KINDS = pytest.mark.parametrize("kind", ["cas-xmi", "cas-json"])
SUFFIX = {"cas-xmi": "*.xmi", "cas-json": "0*.json"}


def _exported(source: ExportSource, kind: str, folder: Path, **options: object) -> list[exchange.Document]:
    run_export(source, kind, folder / "out", ExportOptions(**options))
    return list(find_foreign_format(kind).read(folder / "out"))


def _by_cassis(folder: Path, kind: str) -> Any:
    [file] = folder.glob(SUFFIX[kind])
    if kind == "cas-json":
        with file.open("rb") as raw:
            return load_cas_from_json(raw)
    return load_cas_from_xmi(file, typesystem=load_typesystem(folder / "TypeSystem.xml"))


@KINDS
def test_cassis_reads_the_conventions_of_inception(full: ExportSource, tmp_path: Path, kind: str) -> None:
    _exported(full, kind, tmp_path)
    cas = _by_cassis(tmp_path / "out", kind)

    erdogan = cas.select("webanno.custom.Actor")[3]
    assert (erdogan.begin, erdogan.end, erdogan.value, erdogan.get_covered_text()) == (85, 92, "ACTOR", "أردوغان")
    relations = cas.select("webanno.custom.Relation")
    assert {(one.value, one.Governor.get_covered_text(), one.annotator) for one in relations} == {
        ("RECIPIENT", "سيزور", "ليلى"),
        ("AGENT", "سيزور", "Sami"),
    }
    assert all((one.begin, one.end) == (one.Dependent.begin, one.Dependent.end) for one in relations)
    [metadata] = cas.select("de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData")
    assert metadata.language == "ar"
    assert [one.value for one in cas.select("webanno.custom.DocumentLabel")] == ["doc_stance"]
    words = [one.get_covered_text() for one in cas.select("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token")]
    assert words[:3] == ["أعلن", "وزير", "الدفاع"]
    assert cas.typecheck() == []


def test_offsets_are_utf16_on_disk(full: ExportSource, tmp_path: Path) -> None:
    _exported(full, "cas-json", tmp_path)
    [file] = (tmp_path / "out").glob("0*.json")
    data = json.loads(file.read_text(encoding="utf-8"))

    visit = [one for one in data["%FEATURE_STRUCTURES"] if one.get("certainty")]
    assert [(one["begin"], one["end"], one["entity"]) for one in visit] == [(65, 70, "3" * 32)]


@KINDS
def test_everything_comes_back(full: ExportSource, tmp_path: Path, kind: str) -> None:
    [tagged] = full.articles()
    known = replace(tagged.article, outlet="صحيفة", url="https://x.example/?a=1&b=2", author="ك. ك.", date="2026-01")
    source = replace(full, articles=lambda: iter([replace(tagged, article=known)]))

    [document] = _exported(source, kind, tmp_path)

    assert document.text == tagged.text
    assert (document.id, document.title, document.source) == (known.id, known.title, known.source)
    assert (document.outlet, document.url, document.author, document.date) == (
        "صحيفة", "https://x.example/?a=1&b=2", "ك. ك.", "2026-01",
    )  # fmt: skip
    tags = {(one.start, one.end): one for one in document.tags}
    gantz, visit, stance = tags[17, 27], tags[64, 69], tags[109, 123]
    assert (gantz.label, gantz.entity, gantz.attributes) == ("ACTOR", "1" * 32, {"mention": "named"})
    assert (visit.unsure, stance.attributes, tags[29, 40].note) == (
        True,
        {"polarity": "positive", "n": 2},
        "بالإنجليزية",
    )
    assert {(one.type, one.source, one.target, one.annotator) for one in document.relations} == {
        ("AGENT", visit.id, gantz.id, "Sami"),
        ("RECIPIENT", visit.id, tags[85, 92].id, "ليلى"),
    }
    [about] = document.document_tags
    assert (about.label, about.note, about.annotator) == ("doc_stance", "عن المقال", "ليلى")
    assert about.attributes == {"issue": "التطبيع", "doc_label": "a, b"}


@KINDS
def test_what_is_lost_is_counted(full: ExportSource, tmp_path: Path, kind: str) -> None:
    report = run_export(full, kind, tmp_path / "out")

    assert {loss.reason: loss.count for loss in report.losses} == {
        Reason.DISCONTINUOUS: 1,
        Reason.RELATION_TARGET: 3,
        Reason.RELATION_END: 1,
        Reason.ACTOR: 1,
        Reason.EVENT: 1,
    }
    assert report.verified_by == "dkpro-cassis 0.12.0 and tawsim"


@KINDS
def test_odd_texts(corpus: ExportSource, tmp_path: Path, kind: str) -> None:
    assert [one.text for one in _exported(corpus, kind, tmp_path)] == [one.text for one in corpus.articles()]


def test_what_xml_does_not_allow(source_of: Callable[..., ExportSource], tmp_path: Path) -> None:
    tags = [(0, 3, "ACTOR"), (4, 5, "EVENT"), (7, 8, "ACTOR", "n\x01\t\n\r")]
    source = source_of(("أ\x00ب\x0b😀\uffff ج", tags))

    [document] = _exported(source, "cas-xmi", tmp_path)
    report = run_export(source, "cas-xmi", tmp_path / "out")

    assert document.text == "أ�ب�😀� ج"
    assert [one.quote for one in document.tags] == ["أ�ب", "😀", "ج"]
    assert document.tags[2].note == "n�\t\n\r"
    assert [(loss.reason, loss.count) for loss in report.losses] == [(Reason.ILLEGAL_CHARACTER, 2)]


@KINDS
def test_units_and_names(full: ExportSource, tmp_path: Path, kind: str) -> None:
    documents = _exported(full, kind, tmp_path, unit=Unit.SENTENCE, names=LabelNames.ARABIC)

    assert [one.id[-2:] for one in documents] == ["-1", "-2"]
    assert {tag.label for one in documents for tag in one.tags} == {"فاعل", "حدث", "موقف"}


@KINDS
def test_the_same_twice(full: ExportSource, tmp_path: Path, kind: str) -> None:
    run_export(full, kind, tmp_path / "a")
    run_export(full, kind, tmp_path / "b")

    for one in (tmp_path / "a").glob("[0T]*"):
        assert one.read_bytes() == (tmp_path / "b" / one.name).read_bytes()


@KINDS
def test_it_is_recognised(full: ExportSource, tmp_path: Path, kind: str) -> None:
    _exported(full, kind, tmp_path)

    assert recognised(tmp_path / "out").id == kind


@KINDS
@pytest.mark.parametrize(
    ("old", "new"),
    [("ACTOR", "EVENT"), ("بالإنجليزية", "بالعربية"), ("RECIPIENT", "AGENT"), ("unsure", "sure"), ("أعلن", "أعلم")],
)
def test_a_difference_is_found(
    full: ExportSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, old: str, new: str
) -> None:
    known = find_format(kind)

    def tampered(path: Path, source: ExportSource, options: ExportOptions) -> Iterator[object]:
        yield from known.write(path, source, options)
        [file] = path.glob(SUFFIX[kind])
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8", newline="\n")

    monkeypatch.setattr(running, "find_format", lambda _: replace(known, write=tampered))

    with pytest.raises(UserError, match="export_mismatch"):
        run_export(full, kind, tmp_path / "out")
