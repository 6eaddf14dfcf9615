# SPDX-License-Identifier: MIT
"""CSV tables and workbooks say everything of an article, and their own readers and others' find it there."""

import csv
import re
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pandas as pd
import pytest

from annotator.errors import UserError
from annotator.exporters import ExportOptions, ExportSource, LabelNames, Overlap, Unit, csv_folder, run_export, xlsx
from annotator.exporters.carrying import Carrier, entry_of
from annotator.exporters.sheets import ABILITIES
from annotator.exporters.splitting import Splits
from annotator.importers.registry import FOREIGN_FORMATS, recognised
from annotator.model.span import Certainty

EACH = pytest.mark.parametrize("kind", ["csv", "xlsx"])
GANTZ, VISIT = "1" * 32, "3" * 32


def _exported(source: ExportSource, kind: str, folder: Path, **options) -> Path:
    path = folder / f"x.{kind}"
    run_export(source, kind, path, ExportOptions(**options))
    return path


def _documents(kind: str, path: Path):
    return list(FOREIGN_FORMATS[kind].read(path))


@EACH
@pytest.mark.parametrize("fixture", ["corpus", "full"])
def test_everything_comes_back(kind: str, fixture: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    source = request.getfixturevalue(fixture)
    documents = _documents(kind, _exported(source, kind, tmp_path))

    carrier = Carrier(source, ExportOptions(), ABILITIES)
    carried = [carrier.carry(tagged).document for tagged in source.articles()]
    assert [entry_of(one, ABILITIES) for one in documents] == [entry_of(one, ABILITIES) for one in carried]
    assert [tag.quote for one in documents for tag in one.tags] == [tag.quote for one in carried for tag in one.tags]


@EACH
def test_what_a_document_says(kind: str, full: ExportSource, tmp_path: Path) -> None:
    [document] = _documents(kind, _exported(full, kind, tmp_path))
    [tagged] = full.articles()

    assert document.text == tagged.text
    assert [(tag.start, tag.end) for tag in document.tags][:3] == [(0, 69), (17, 27), (29, 40)]
    split = document.tags[0]
    assert split.pieces == ((0, 4), (64, 69))
    gantz = document.tags[1]
    assert (gantz.label, gantz.quote, gantz.entity, gantz.annotator) == ("ACTOR", "بيني غانتس", GANTZ, "Sami")
    assert gantz.attributes == {"mention": "named"}
    assert document.tags[2].note == "بالإنجليزية"
    assert [tag.unsure for tag in document.tags] == [s.certainty is Certainty.UNSURE for s in tagged.spans]
    assert [(one.type, one.target != "", one.entity) for one in document.relations] == [
        ("AGENT", True, ""),
        ("RECIPIENT", True, ""),
        ("HOLDER", False, ""),
        ("TARGET", False, GANTZ),
        ("TARGET", False, VISIT),
        ("AGENT", True, ""),
    ]
    [about] = document.document_tags
    assert about.attributes == {"issue": "التطبيع", "doc_label": ("a", "b")}
    assert (about.label, about.note, about.annotator) == ("doc_stance", "عن المقال", "ليلى")


@EACH
def test_the_registry_comes_back(kind: str, full: ExportSource, tmp_path: Path) -> None:
    header = FOREIGN_FORMATS[kind].header(_exported(full, kind, tmp_path))

    assert header.actors == tuple(replace(one, annotator_id="Sami") for one in full.actors.values())
    assert header.events == tuple(replace(one, annotator_id="Sami") for one in full.events.values())
    assert [one.name for one in header.annotators] == ["Sami"]


@EACH
def test_it_is_recognised(kind: str, full: ExportSource, tmp_path: Path) -> None:
    assert recognised(_exported(full, kind, tmp_path)).id == kind


@EACH
def test_the_same_project_gives_the_same_bytes(kind: str, full: ExportSource, tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.mkdir()
    second.mkdir()
    one, other = _exported(full, kind, first), _exported(full, kind, second)

    assert _bytes(one) == _bytes(other)


def _bytes(path: Path) -> list[bytes]:
    return [file.read_bytes() for file in sorted(path.glob("*.csv"))] if path.is_dir() else [path.read_bytes()]


@EACH
@pytest.mark.parametrize(
    "options",
    [
        {"unit": Unit.PARAGRAPH},
        {"unit": Unit.SENTENCE, "overlap": Overlap.LONGEST},
        {"overlap": Overlap.FIRST, "names": LabelNames.ARABIC},
        {"anonymise": True},
    ],
)
def test_options(kind: str, options: dict, full: ExportSource, tmp_path: Path) -> None:
    documents = _documents(kind, _exported(full, kind, tmp_path, **options))

    if "unit" in options:
        assert len(documents) > 1
        assert documents[0].id.endswith("-1")
    if options.get("names"):
        assert {tag.label for one in documents for tag in one.tags} == {"فاعل", "حدث", "موقف"}
    if options.get("anonymise"):
        assert {tag.annotator for one in documents for tag in one.tags} == {"annotator-1", "annotator-2"}


@EACH
def test_splits(kind: str, corpus: ExportSource, tmp_path: Path) -> None:
    path = tmp_path / "splits"
    run_export(corpus, kind, path, ExportOptions(splits=Splits(shares=(600, 200, 200))))

    parts = [path / (part if kind == "csv" else f"{part}.xlsx") for part in ("train", "dev", "test")]
    assert sum(len(_documents(kind, part)) for part in parts if part.exists()) == corpus.count


def test_pandas_and_csv_read_the_tables(corpus: ExportSource, tmp_path: Path) -> None:
    path = _exported(corpus, "csv", tmp_path)

    raw = (path / "spans.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfdoc_id,")
    texts = pd.read_csv(path / "documents.csv", encoding="utf-8-sig", dtype=str, keep_default_na=False)
    text_of = dict(zip(texts["doc_id"], texts["text"], strict=True))
    spans = pd.read_csv(path / "spans.csv", encoding="utf-8-sig", dtype={"doc_id": str}, keep_default_na=False)
    assert len(spans) == 14
    for row in spans.itertuples():
        assert text_of[row.doc_id][row.start : row.end] == row.text
    with (path / "spans.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 14


def test_a_nul_is_no_end(source_of, tmp_path: Path) -> None:
    path = _exported(source_of(("a\0b ab\r", [(0, 3, "ACTOR")])), "csv", tmp_path)

    assert _documents("csv", path)[0].text == "a\0b ab\r"


def test_openpyxl_reads_the_sheets_from_right_to_left(corpus: ExportSource, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(_exported(corpus, "xlsx", tmp_path))

    assert book.sheetnames == ["documents", "spans", "relations", "document_tags", "entities"]
    assert all(sheet.sheet_view.rightToLeft and sheet.freeze_panes == "A2" for sheet in book)
    assert book["spans"].auto_filter.ref == "A1:U15"
    assert isinstance(book["spans"]["G2"].value, int)


def test_nothing_in_a_workbook_is_run(source_of, tmp_path: Path) -> None:
    texts = ['=HYPERLINK("http://a.b")', "http://a.b/c", "+1", "{=1}", "0012", "  x", "mailto:a@b.c"]
    path = _exported(source_of(*((text, [(0, len(text), "ACTOR")]) for text in texts)), "xlsx", tmp_path)

    with zipfile.ZipFile(path) as packed:
        sheets = [packed.read(name) for name in packed.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not any(name for name in packed.namelist() if "_rels/sheet" in name)
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    parts = [part.tag for sheet in sheets for part in ET.fromstring(sheet).iter()]
    assert {f"{space}f", f"{space}hyperlink"}.isdisjoint(parts)
    assert [one.text for one in _documents("xlsx", path)] == texts


@pytest.mark.parametrize("text", ["س" * 32_767, "س" * 32_768, "😀" * 16_384, "_x0041_ \x0b\ufffe " * 9_000])
def test_a_long_cell_goes_on_below(text: str, source_of, tmp_path: Path) -> None:
    source = source_of((text, [(0, len(text), "ACTOR"), (1, 2, "EVENT")]), ("نص", [(0, 2, "ACTOR")]))
    path = _exported(source, "xlsx", tmp_path)

    first, second = _documents("xlsx", path)
    assert (first.text, first.tags[0].quote, second.text) == (text, text, "نص")
    cells = (cell for row in openpyxl.load_workbook(path)["documents"].values for cell in row if cell)
    escape = re.compile("_x[0-9A-F]{4}_")
    assert max(len(escape.sub("x", cell).encode("utf-16-le")) for cell in cells) <= 2 * 32_767


def test_a_long_table_goes_on_in_a_further_sheet(
    monkeypatch: pytest.MonkeyPatch, corpus: ExportSource, tmp_path: Path
) -> None:
    monkeypatch.setattr(xlsx, "_MOST_ROWS", 4)
    path = _exported(corpus, "xlsx", tmp_path)

    book = openpyxl.load_workbook(path)
    assert {name for name in book.sheetnames if name.startswith("spans")} == {
        "spans", *(f"spans_{number}" for number in range(2, 6))
    }  # fmt: skip
    assert all(sheet.sheet_view.rightToLeft and sheet.max_row <= 4 for sheet in book)
    assert sum(len(one.tags) for one in _documents("xlsx", path)) == 14


def test_a_workbook_that_cannot_be_written(corpus: ExportSource, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="path_unwritable"):
        run_export(corpus, "xlsx", tmp_path / "none" / "x.xlsx")


@pytest.mark.parametrize("said", ['"غانتس', ",17,27,", ",AGENT,", ",Benny Gantz,", "عن المقال", "بالإنجليزية"])
def test_another_word_is_found(said: str, monkeypatch: pytest.MonkeyPatch, full: ExportSource, tmp_path: Path) -> None:
    said = said.strip('"')
    write = csv_folder.write

    def tampered(path: Path, *more):
        yield from write(path, *more)
        for file in path.glob("*.csv"):
            raw = file.read_bytes().decode()
            file.write_text(raw.replace(said, said.swapcase()[::-1], 1), encoding="utf-8", newline="")

    found = replace(csv_folder.FORMAT, write=tampered)
    monkeypatch.setattr("annotator.exporters.running.find_format", lambda _: found)
    with pytest.raises(UserError, match="export_mismatch"):
        run_export(full, "csv", tmp_path / "x")


def test_our_own_reader_reads_back_without_pandas(
    monkeypatch: pytest.MonkeyPatch, full: ExportSource, tmp_path: Path
) -> None:
    class _Missing:
        installed = False

    monkeypatch.setattr(csv_folder, "_PANDAS", _Missing())
    report = run_export(full, "csv", tmp_path / "x")

    assert report.verified_by == "tawsim"
    shutil.rmtree(tmp_path / "x")
