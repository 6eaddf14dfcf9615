# SPDX-License-Identifier: MIT
"""Tables that others changed or damaged: read where they can be, refused with the row where not."""

import io
import tempfile
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import UserError
from annotator.importers import csv_folder, safety, xlsx

DOCUMENTS = "doc_id,text\r\nd1,قال أردوغان\r\nd2,نص\r\n"
SPANS = "doc_id,label,start,end,text\r\nd1,ACTOR,4,11,أردوغان\r\nd2,EVENT,0,2,\r\n"


def _folder(folder: Path, documents: str | bytes = DOCUMENTS, spans: str | bytes = SPANS, **others: str) -> Path:
    for name, said in {"documents": documents, "spans": spans, **others}.items():
        (folder / f"{name}.csv").write_bytes(said if isinstance(said, bytes) else said.encode())
    return folder


def _refused(folder: Path) -> UserError:
    with pytest.raises(UserError) as refused:
        list(csv_folder.read(folder))
    return refused.value


def test_the_least_there_can_be(tmp_path: Path) -> None:
    first, second = csv_folder.read(_folder(tmp_path))

    assert (first.id, first.text, second.text) == ("d1", "قال أردوغان", "نص")
    [tag] = first.tags
    assert (tag.label, tag.start, tag.end, tag.quote) == ("ACTOR", 4, 11, "أردوغان")
    assert second.tags[0].quote is None
    assert csv_folder.recognise(tmp_path)
    assert csv_folder.header(tmp_path).actors == ()


def test_other_orders_more_columns_and_numbers_of_a_spreadsheet(tmp_path: Path) -> None:
    spans = "mine,end,start,label,doc_id\n?,11.0,4.0,ACTOR,d1\n\n"
    first, second = csv_folder.read(_folder(tmp_path, spans=spans))

    assert [(tag.start, tag.end) for tag in first.tags] == [(4, 11)]
    assert second.tags == ()


@pytest.mark.parametrize(
    ("tables", "key", "place"),
    [
        ({"spans": SPANS.replace("4,11", "4,99").replace("أردوغان", "")}, "foreign_offsets", "2"),
        ({"spans": SPANS.replace("4,11", "4,-1")}, "foreign_malformed", "2"),
        ({"spans": SPANS.replace("4,11", "four,11")}, "foreign_malformed", "2"),
        ({"spans": SPANS + "d1,ACTOR,4,11,\r\n"}, "foreign_malformed", "4"),
        ({"spans": SPANS + "d3,ACTOR,4,11,\r\n"}, "foreign_malformed", "4"),
        ({"spans": SPANS + "d2,ACTOR\r\n"}, "foreign_malformed", "4"),
        ({"spans": SPANS + 'd2,ACTOR,0,1,"أر'}, "foreign_cut_short", "4"),
        ({"spans": SPANS.replace("label", "laebl")}, "foreign_missing", "spans: label"),
        ({"spans": ""}, "foreign_missing", "spans: doc_id, label, start, end"),
        ({"documents": DOCUMENTS + "d1,مرة أخرى\r\n"}, "foreign_twice", "4"),
        ({"documents": DOCUMENTS.encode("utf-16")}, "foreign_encoding", "1"),
        ({"documents": DOCUMENTS.encode("windows-1256")}, "foreign_encoding", "2"),
        ({"relations": "doc_id,type,from_span\nd1,AGENT,s1\n"}, "foreign_missing", "2: s1"),
        ({"document_tags": "doc_id,label,attributes\nd1,x,{\n"}, "foreign_cut_short", "2"),
        ({"document_tags": 'doc_id,label,attributes\nd1,x,"{""a"":{}}"\n'}, "foreign_malformed", "2"),
    ],
)
def test_what_is_wrong_is_told_with_its_row(tmp_path: Path, tables: dict, key: str, place: str) -> None:
    refused = _refused(_folder(tmp_path, **tables))

    assert (refused.key, refused.params["place"]) == (key, place)


def test_a_tag_twice(tmp_path: Path) -> None:
    spans = "doc_id,span_id,label,start,end\nd1,s,A,0,1\nd1,s,A,0,2\n"

    assert _refused(_folder(tmp_path, spans=spans)).key == "foreign_twice"


def test_a_table_that_is_not_there(tmp_path: Path) -> None:
    (_folder(tmp_path) / "spans.csv").unlink()

    assert not csv_folder.recognise(tmp_path)
    assert _refused(tmp_path).key == "file_missing"


def test_a_line_without_end(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(csv_folder, "LARGEST_PART", 50)

    assert _refused(_folder(tmp_path, documents=DOCUMENTS + "x" * 60)).key == "foreign_too_long"


@pytest.mark.parametrize("entity", ["actor,1,\nactor,1,", "thing,1,", "actor,1,[1]"])
def test_a_registry_that_is_none(entity: str, tmp_path: Path) -> None:
    _folder(tmp_path, entities=f"entity,id,aliases\n{entity}\n")
    with pytest.raises(UserError, match=r"foreign_(twice|malformed)"):
        csv_folder.header(tmp_path)


def _workbook(**tables: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


GOOD = {
    "documents": [["doc_id", "text"], ["d1", "قال أردوغان"], [None, None], [2.0, "نص"]],
    "spans": [["doc_id", "label", "start", "end"], ["d1", "ACTOR", 4, 11.0], [2, "EVENT", 0, 2]],
}


def _book(folder: Path, **tables: list[list[object]]) -> Path:
    path = folder / "x.xlsx"
    path.write_bytes(_workbook(**{**GOOD, **tables}))
    return path


def test_a_workbook_of_others(tmp_path: Path) -> None:
    path = _book(tmp_path)
    first, second = xlsx.read(path)

    assert xlsx.recognise(path)
    assert (first.tags[0].start, first.tags[0].end, second.id) == (4, 11, "2")


def test_characters_that_xml_does_not_have(tmp_path: Path) -> None:
    rows = [["doc_id", "text"], ["d1", "قال_x000B_ _x005F_x0041_"], [2.0, "_xD800_"]]
    first, second = xlsx.read(_book(tmp_path, documents=rows, spans=GOOD["spans"][:1]))

    assert (first.text, second.text) == ("قال\x0b _x0041_", "_xD800_")


@pytest.mark.parametrize(
    ("tables", "key"),
    [
        ({"spans": [["doc_id", "label", "start"]]}, "foreign_missing"),
        ({"spans": [*GOOD["spans"], [2, "EVENT", "x", 2]]}, "foreign_malformed"),
        ({"spans": [["doc_id", "label", "start", "end", "part"], ["d1", "ACTOR", 4, 11, 2]]}, "foreign_malformed"),
    ],
)
def test_a_workbook_that_is_wrong(tables: dict, key: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=key):
        list(xlsx.read(_book(tmp_path, **tables)))


def test_a_workbook_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    for raw in (b"", b"PK\x03\x04", _workbook(**GOOD)[:2000]):
        path.write_bytes(raw)
        with pytest.raises(UserError, match="foreign_cut_short"):
            list(xlsx.read(path))


def test_a_workbook_that_would_do_harm(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b" " * (safety.LARGEST_PART + 1))
    with pytest.raises(UserError, match="foreign_unsafe"):
        list(xlsx.read(path))


def test_a_large_sheet_is_read_in_pieces(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = _book(tmp_path)
    with zipfile.ZipFile(path) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    most = max(map(len, members.values()))
    sheet = "xl/worksheets/sheet2.xml"
    members[sheet] = members[sheet].replace(b"</sheetData>", b" " * most + b"</sheetData>")
    with zipfile.ZipFile(path, "w") as packed:
        for name, raw in members.items():
            packed.writestr(name, raw)
    monkeypatch.setattr(safety, "LARGEST_PART", most)
    assert len(list(xlsx.read(path))) == 2

    monkeypatch.setattr(safety, "LARGEST_STREAMED", most)
    with pytest.raises(UserError, match="foreign_unsafe"):
        list(xlsx.read(path))


def _read_all(read, header, path: Path) -> None:
    try:
        list(read(path))
        header(path)
    except UserError as error:
        assert error.key.startswith("foreign_") or error.key == "file_missing"  # noqa: PT017


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_any_bytes_of_a_table_are_read_or_refused(data: st.DataObject) -> None:
    known = [DOCUMENTS.encode(), SPANS.encode()]
    made = data.draw(st.binary(max_size=40) | st.text('",\r\n0d1{}[]ق', max_size=40).map(str.encode))
    at = data.draw(st.integers(0, 60))
    which = data.draw(st.sampled_from([0, 1]))
    known[which] = known[which][:at] + made + known[which][at + data.draw(st.integers(0, 30)) :]
    with tempfile.TemporaryDirectory() as folder:
        _read_all(csv_folder.read, csv_folder.header, _folder(Path(folder), *known))


@given(st.integers(0, 5_000), st.binary(min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_any_bytes_of_a_workbook_are_read_or_refused(at: int, made: bytes) -> None:
    raw = _WORKBOOK[:at] + made + _WORKBOOK[at + len(made) :]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.xlsx"
        path.write_bytes(raw)
        _read_all(xlsx.read, xlsx.header, path)


_CELL = st.none() | st.integers() | st.floats() | st.text(max_size=4) | st.booleans() | st.sampled_from(["d1", "[]"])
_WORKBOOK = _workbook(**GOOD)


@given(st.lists(st.lists(_CELL, max_size=6), max_size=3))
@settings(max_examples=30, deadline=None)
def test_any_cells_are_read_or_refused(rows: list[list[object]]) -> None:
    rows = [[cell for cell in row if not _is_unwritable(cell)] for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        path = _book(Path(folder), spans=[*GOOD["spans"], *rows])
        _read_all(xlsx.read, xlsx.header, path)


def _is_unwritable(cell: object) -> bool:
    return isinstance(cell, str) and not cell.isprintable()
