# SPDX-License-Identifier: MIT
"""REFI-QDA: projects and codebooks fit the standard's schemas, and are read again by pyrefiqda and by our reader."""

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from annotator.errors import UserError
from annotator.exporters import ExportOptions, ExportSource, LabelNames, Reason, Unit, run_export, running
from annotator.exporters import refi_qda as writer
from annotator.exporters.registry import find_format
from annotator.importers import refi_qda
from annotator.importers.registry import recognised
from annotator.model import exchange

SCHEMAS = Path(__file__).parents[2] / "files" / "refi-qda"
QDE = "project.qde"


def _exported(source: ExportSource, folder: Path, **options: object) -> list[exchange.Document]:
    run_export(source, "refi-qda", folder / "x.qdpx", ExportOptions(**options))
    return list(refi_qda.read(folder / "x.qdpx"))


def _qde(folder: Path) -> bytes:
    with zipfile.ZipFile(folder / "x.qdpx") as archive:
        return archive.read(QDE)


@pytest.mark.parametrize("name", ["corpus", "full"])
def test_projects_fit_the_schema(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    _exported(request.getfixturevalue(name), tmp_path)
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "Project.xsd"))

    schema.assertValid(etree.fromstring(_qde(tmp_path)))


def test_codebooks_fit_the_schema(full: ExportSource, tmp_path: Path) -> None:
    report = run_export(full, "refi-codebook", tmp_path / "x.qdc", ExportOptions(names=LabelNames.ARABIC))
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "Codebook.xsd"))
    root = etree.parse(tmp_path / "x.qdc").getroot()

    schema.assertValid(root)
    codes = [(one.get("name"), one.get("isCodable"), one.get("color")) for one in root.iter("{*}Code")]
    assert codes[:3] == [("الفاعلون", "false", None), ("فاعل", "true", "#3b82f6"), ("الأحداث", "false", None)]
    assert {loss.reason: loss.count for loss in report.losses} == {
        Reason.SCHEME_ONLY: 9,
        Reason.RELATION: 6,
        Reason.DOCUMENT_TAG: 1,
        Reason.ACTOR: 1,
        Reason.EVENT: 1,
    }
    assert report.tags_out == 0


def test_everything_comes_back(full: ExportSource, tmp_path: Path) -> None:
    [tagged] = full.articles()
    known = replace(tagged.article, outlet="صحيفة", url="https://x.example/?a=1&b=2", author="ك. ك.", date="2026-01")
    source = replace(full, articles=lambda: iter([replace(tagged, article=known)]))

    [document] = _exported(source, tmp_path)

    assert document.text == tagged.text
    assert (document.id, document.title, document.source) == (known.id, known.title, known.source)
    assert (document.outlet, document.url, document.author, document.date) == (
        "صحيفة", "https://x.example/?a=1&b=2", "ك. ك.", "2026-01",
    )  # fmt: skip
    tags = {(one.start, one.end): one for one in document.tags}
    gantz, visit, stance = tags[17, 27], tags[64, 69], tags[109, 123]
    assert (gantz.label, gantz.entity, visit.entity) == ("ACTOR", "1" * 32, "3" * 32)
    assert (tags[29, 40].note, tags[85, 92].quote) == ("بالإنجليزية", "أردوغان")
    assert {one.created_at for one in document.tags} == {"2026-01-02T03:04:05.678Z"}
    assert sorted((one.type, one.source, one.target, one.entity) for one in document.relations) == sorted(
        [
            ("AGENT", visit.id, gantz.id, ""),
            ("RECIPIENT", visit.id, tags[85, 92].id, ""),
            ("HOLDER", stance.id, "", ""),
            ("TARGET", stance.id, "", "1" * 32),
            ("TARGET", stance.id, "", "3" * 32),
        ]
    )
    [about] = document.document_tags
    assert (about.label, about.note, about.annotator) == ("doc_stance", "عن المقال", "ليلى")


def test_the_registry_comes_back_as_cases(full: ExportSource, tmp_path: Path) -> None:
    _exported(full, tmp_path)
    header = refi_qda.header(tmp_path / "x.qdpx")

    [actor], [event] = header.actors, header.events
    assert replace(actor, annotator_id=full.actors[actor.id].annotator_id) == replace(
        full.actors[actor.id], created_at=""
    )
    assert replace(event, annotator_id=full.events[event.id].annotator_id) == replace(
        full.events[event.id], created_at=""
    )
    assert {one.name for one in header.annotators} == {"Sami", "ليلى"}


def test_what_is_lost_is_counted(full: ExportSource, tmp_path: Path) -> None:
    report = run_export(full, "refi-qda", tmp_path / "x.qdpx")

    assert {loss.reason: loss.count for loss in report.losses} == {
        Reason.DISCONTINUOUS: 1,
        Reason.ATTRIBUTES: 2,
        Reason.CERTAINTY: 1,
        Reason.RELATION_END: 1,
        Reason.DOCUMENT_TAG_DETAILS: 1,
    }
    assert report.verified_by == "pyrefiqda 0.3.1 (up to 16 MB) and tawsim"


def test_pyrefiqda_is_not_asked_for_what_is_large(
    full: ExportSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(writer, "check_by_pyrefiqda", asked.append)
    _exported(full, tmp_path)
    monkeypatch.setattr(writer, "MOST_CHECKED", len(_qde(tmp_path)) - 1)

    _exported(full, tmp_path)

    assert len(asked) == 1


def test_odd_texts(corpus: ExportSource, tmp_path: Path) -> None:
    assert [one.text for one in _exported(corpus, tmp_path)] == [one.text for one in corpus.articles()]


def test_what_xml_does_not_allow(source_of: Callable[..., ExportSource], tmp_path: Path) -> None:
    source = source_of(("\ufeffأ\x00ب ج", [(1, 4, "ACTOR"), (5, 6, "ACTOR", " n\x01\t\r\n<&>\"' ")]))

    [document] = _exported(source, tmp_path)
    report = run_export(source, "refi-qda", tmp_path / "x.qdpx")

    assert document.text == "\ufeffأ\x00ب ج"
    assert [one.note for one in document.tags] == ["", " n�\t\r\n<&>\"' "]
    assert [(loss.reason, loss.count) for loss in report.losses] == [(Reason.ILLEGAL_CHARACTER, 1)]


def test_units_and_names(full: ExportSource, tmp_path: Path) -> None:
    documents = _exported(full, tmp_path, unit=Unit.SENTENCE, names=LabelNames.ARABIC, anonymise=True)

    assert [one.id[-2:] for one in documents] == ["-1", "-2"]
    assert {tag.label for one in documents for tag in one.tags} == {"فاعل", "حدث", "موقف"}
    assert {tag.annotator for one in documents for tag in one.tags} == {"annotator-1", "annotator-2"}


def test_the_same_twice(full: ExportSource, tmp_path: Path) -> None:
    for name in ("a.qdpx", "b.qdpx"):
        run_export(full, "refi-qda", tmp_path / name)

    assert (tmp_path / "a.qdpx").read_bytes() == (tmp_path / "b.qdpx").read_bytes()


def test_it_is_recognised(full: ExportSource, tmp_path: Path) -> None:
    _exported(full, tmp_path)

    assert recognised(tmp_path / "x.qdpx").id == "refi-qda"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('name="ACTOR"', 'name="ACTORS"'),
        ('startPosition="17"', 'startPosition="18"'),
        ("بالإنجليزية", "بالعربية"),
        ('name="RECIPIENT"', 'name="AGENT"'),
        ("جانتس", "غانتس"),
        ('name="Sami"', 'name="Samy"'),
    ],
)
def test_a_difference_is_found(
    full: ExportSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    known = find_format("refi-qda")

    def tampered(path: Path, source: ExportSource, options: ExportOptions) -> Iterator[object]:
        yield from known.write(path, source, options)
        with zipfile.ZipFile(path) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        text = members[QDE].decode()
        assert old in text
        members[QDE] = text.replace(old, new).encode()
        with zipfile.ZipFile(path, "w") as archive:
            for name, raw in members.items():
                archive.writestr(name, raw)

    monkeypatch.setattr(running, "find_format", lambda _: replace(known, write=tampered))

    with pytest.raises(UserError, match="export_mismatch"):
        run_export(full, "refi-qda", tmp_path / "x.qdpx")
