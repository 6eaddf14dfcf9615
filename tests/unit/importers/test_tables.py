# SPDX-License-Identifier: MIT
"""Articles in tables: what is read, and what bad tables do."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from annotator.errors import UserError
from annotator.importers.columns import Columns, ImportOptions
from annotator.importers.previews import table_preview

HEAD = ["العنوان", "النص", "المصدر", "الرابط", "الكاتب", "التاريخ"]


def rows(text: str, count: int = 3) -> list[list[str]]:
    return [
        HEAD,
        *(
            [f"خبر {n}", f"{text} {n}", "الحرة", f"https://x.org/{n}", "ليلى", f"2024-05-{n:02}"]
            for n in range(1, count + 1)
        ),
    ]


def write_csv(path: Path, table: list[list[str]], encoding: str = "utf-8", **more: str) -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, **more).writerows(table)  # type: ignore[arg-type]  # the library's own options


def write_xlsx(path: Path, *sheets: list[list[object]]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, sheet in enumerate(sheets, 1):
        made = book.create_sheet(f"ورقة {number}")
        for row in sheet:
            made.append(row)
    book.save(path)


def changed(path: Path, part: str, change: Callable[[bytes], bytes | None]) -> None:
    """Write a workbook again with one of its parts changed, or left out."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    new = change(parts.pop(part))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, raw in ({**parts, part: new} if new is not None else parts).items():
            file.writestr(name, raw)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1256", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv(tmp_path: Path, read, text, encoding: str, delimiter: str) -> None:
    write_csv(tmp_path / "a.csv", rows(text), encoding, delimiter=delimiter)
    articles, unread = read(tmp_path / "a.csv")
    assert unread == []
    assert [(one.place, one.title, one.decoded.text) for one in articles] == [
        (str(n + 1), f"خبر {n}", f"{text} {n}") for n in (1, 2, 3)
    ]
    first = articles[0]
    assert (first.outlet, first.url, first.author, first.date) == ("الحرة", "https://x.org/1", "ليلى", "2024-05-01")
    assert (first.decoded.exact, first.decoded.guessed) == (True, encoding == "windows-1256")


def test_cells_of_several_lines_and_quotes(tmp_path: Path, read, text) -> None:
    cell = f'{text}\r\nقال: "نعم"، ثم\n\n{text}'
    write_csv(tmp_path / "a.csv", [["title", "text"], ["x", cell]])
    (article,), _ = read(tmp_path / "a.csv")
    assert article.decoded.text == cell.replace("\r\n", "\n")
    assert article.decoded.newline == "crlf*1,lf*2"


def test_a_line_that_says_what_parts_the_columns(tmp_path: Path, read, text) -> None:
    (tmp_path / "a.csv").write_text(f"sep=;\ntitle;text\nx, y, z;{text}\n", encoding="utf-8")
    (article,), _ = read(tmp_path / "a.csv")
    assert (article.title, article.place) == ("x, y, z", "3")


def test_tsv(tmp_path: Path, read, text) -> None:
    (tmp_path / "a.tsv").write_text(f"title\ttext\nx, y, z\t{text}\n", encoding="utf-8")
    (article,), _ = read(tmp_path / "a.tsv")
    assert article.title == "x, y, z"


def test_missing_cells_are_told_row_by_row(tmp_path: Path, read, text) -> None:
    (tmp_path / "a.csv").write_text(f"title,text\na,{text}\nb\n\n,,\n,{text}2,more,and more\nc,  \n", encoding="utf-8")
    articles, unread = read(tmp_path / "a.csv")
    assert [(one.place, one.title) for one in articles] == [("2", "a"), ("6", f"{text}2")]
    assert [(one.place, one.error.key) for one in unread] == [("3", "row_without_text"), ("7", "row_without_text")]


def test_columns_without_names_and_names_twice(tmp_path: Path, text) -> None:
    (tmp_path / "a.csv").write_text(f"{text * 4},x\n{text},y\n", encoding="utf-8")
    assert table_preview(tmp_path / "a.csv").names == ("1", "2")
    (tmp_path / "b.csv").write_text(f"text,,text,\n{text},1,2,\n", encoding="utf-8")
    assert table_preview(tmp_path / "b.csv").names == ("text", "2", "text (2)")


def test_the_user_names_the_columns(tmp_path: Path, read, text) -> None:
    write_csv(tmp_path / "a.csv", [["text", "body"], [text, f"{text} body"]])
    options = ImportOptions(columns=Columns(text="text", title="body"))
    (article,), _ = read(tmp_path / "a.csv", options)
    assert (article.decoded.text, article.title) == (text, f"{text} body")
    _, (unread,) = read(tmp_path / "a.csv", ImportOptions(columns=Columns(text="bdy")))
    assert (unread.error.key, unread.error.params["known"]) == ("column_missing", "text, body")


def test_dates_that_can_be_read_in_two_ways(tmp_path: Path, read, text) -> None:
    write_csv(tmp_path / "a.csv", [["text", "date"], [text, "1/2/2024"], [f"{text}2", "3/4/2024"]])
    articles, _ = read(tmp_path / "a.csv")
    assert [(one.date, one.unsure_date) for one in articles] == [("", "1/2/2024"), ("", "3/4/2024")]
    write_csv(
        tmp_path / "b.csv", [["text", "date"], [text, "1/2/2024"], [f"{text}2", "31/4/2024"], [f"{text}3", "31/5/2024"]]
    )
    articles, _ = read(tmp_path / "b.csv")
    assert [one.date for one in articles] == ["2024-02-01", "", "2024-05-31"]


@pytest.mark.parametrize(
    ("content", "key", "place", "taken"),
    [
        (b"", "file_empty", "", 0),
        (b"\n\n , \n", "file_empty", "", 0),
        (b"text,title\n", "file_empty", "", 0),
        (b"a,b\n1,2\n", "columns_unknown", "", 0),
        (b"text\n" + bytes(range(1, 32)) * 9, "file_binary", "", 0),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "file_binary", "", 0),
        ('text,title\nنص المقال,a\n"نص لم'.encode(), "table_broken", "3", 1),
        (b'text\n"' + (b"a" * 1_000 + b"\n") * 10_100 + b'"\n', "table_broken", "2", 0),
        (b"text\n" + b"a" * 12_000_000, "part_too_long", "2", 0),
        (b"text\n" + ("نص" * 500 + "\n").encode() * 2_100 + "نصّ\n".encode("windows-1256"), "table_broken", "", 0),
    ],
)
def test_bad_csv(tmp_path: Path, read, content: bytes, key: str, place: str, taken: int) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    articles, unread = read(tmp_path / "a.csv")
    error = unread[-1].error
    assert error.key == key
    if place:
        assert (len(articles), unread[-1].place) == (taken, place)


def test_a_wrong_encoding_is_told(tmp_path: Path, read, text) -> None:
    write_csv(tmp_path / "a.csv", rows(text), "windows-1256")
    articles, (unread,) = read(tmp_path / "a.csv", ImportOptions(encoding="utf-8"))
    assert (articles, unread.error.key) == ([], "encoding_failed")
    articles, _ = read(tmp_path / "a.csv", ImportOptions(encoding="windows-1256"))
    assert (len(articles), articles[0].decoded.guessed) == (3, False)


def test_a_cell_larger_than_the_limit_of_the_library(tmp_path: Path, read) -> None:
    write_csv(tmp_path / "a.csv", [["text"], ["كلمة " * 40_000]])
    (article,), _ = read(tmp_path / "a.csv")
    assert len(article.decoded.text) == 200_000


def test_100_mb_in_one_line_are_not_kept(tmp_path: Path, read) -> None:
    with (tmp_path / "a.csv").open("wb") as file:
        file.write(b"text\n")
        for _ in range(100):
            file.write(b"a" * 1_000_000)
    _, (unread,) = read(tmp_path / "a.csv")
    assert unread.error.key == "part_too_long"


def test_xlsx_with_several_sheets(tmp_path: Path, read, text) -> None:
    path = tmp_path / "a.xlsx"
    second = [["date", "text"], [dt.datetime(2024, 5, 3), f"{text} ثانية"], [7, None]]  # noqa: DTZ001 - as a cell has it
    write_xlsx(path, rows(text), [], second)
    articles, unread = read(path)
    assert [one.place for one in articles] == ["ورقة 1!2", "ورقة 1!3", "ورقة 1!4", "ورقة 3!2"]
    assert articles[0].outlet == "الحرة"
    assert articles[-1].date == "2024-05-03"
    assert [(one.place, one.error.key) for one in unread] == [("ورقة 3!3", "row_without_text")]


def test_formulas_are_not_run(tmp_path: Path, read, text) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path, [["text", "title"], [text, '=WEBSERVICE("https://x.org")'], ["=1+1", "x"]])
    articles, unread = read(path)
    assert [(one.decoded.text, one.title) for one in articles] == [(text, text)]
    assert [one.error.key for one in unread] == ["row_without_text"]


def test_preview(tmp_path: Path, text) -> None:
    write_xlsx(tmp_path / "a.xlsx", [], rows(text * 20, 30))
    write_csv(tmp_path / "a.csv", rows(text * 20, 30))
    for name in ("a.xlsx", "a.csv"):
        preview = table_preview(tmp_path / name, rows=5)
        assert preview.names == tuple(HEAD)
        assert preview.guessed == Columns(*(HEAD[n] for n in (1, 0, 2, 3, 4, 5)))
        assert len(preview.rows) == 5
        assert len(preview.rows[0]["النص"]) == 500
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="columns_none"):
        table_preview(tmp_path / "a.txt")
    (tmp_path / "b.csv").write_text("text\n", encoding="utf-8")
    with pytest.raises(UserError, match="file_empty"):
        table_preview(tmp_path / "b.csv")


LAUGHS = b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">' + LAUGHS + b"]>"


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml", "xl/styles.xml"]
)
def test_entities_in_a_workbook_are_refused(tmp_path: Path, read, text, part: str) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path, [["text"], [text]])
    changed(path, part, lambda raw: DOCTYPE + raw[raw.index(b"?>") + 2 if raw.startswith(b"<?xml") else 0 :])
    _, (unread,) = read(path)
    assert (unread.error.key, unread.error.params["path"]) == ("part_unsafe", path / part)


@pytest.mark.parametrize(
    ("part", "change", "key"),
    [
        ("xl/workbook.xml", lambda raw: None, "part_cut_short"),
        ("xl/workbook.xml", lambda raw: raw[:-30], "part_cut_short"),
        ("xl/worksheets/sheet1.xml", lambda raw: None, "file_empty"),
        ("xl/worksheets/sheet1.xml", lambda raw: raw[:-40], "table_broken"),
        ("xl/worksheets/sheet1.xml", lambda raw: b"", ""),
        ("xl/worksheets/sheet1.xml", lambda raw: raw.replace(b'r="A2"', b'r="XFD2"'), "file_empty"),
        ("xl/worksheets/sheet1.xml", lambda raw: raw + bytes(30_000_000), "part_unsafe"),
        ("[Content_Types].xml", lambda raw: raw.replace(b"sheet", b"s"), ""),
    ],
)
def test_damaged_workbooks(
    tmp_path: Path, read, text, part: str, change: Callable[[bytes], bytes | None], key: str
) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path, [["text"], [text]])
    changed(path, part, change)
    _, unread = read(path)
    assert unread[-1].error.key == key or not key


def test_cut_short_workbook(tmp_path: Path, read, text) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path, [["text"], [text]])
    raw = path.read_bytes()
    for length in (0, 10, len(raw) // 2, len(raw) - 5):
        path.write_bytes(raw[:length])
        articles, unread = read(path)
        assert (articles, [one.error.key for one in unread]) == ([], ["part_cut_short"])


def test_a_file_of_one_kind_called_another(tmp_path: Path, read, text) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        file.writestr("a.txt", text)
    (tmp_path / "a.xlsx").write_bytes(stream.getvalue())
    (tmp_path / "b.csv").write_bytes(stream.getvalue())
    assert [read(tmp_path / name)[1][0].error.key for name in ("a.xlsx", "b.csv")] == [
        "part_cut_short",
        "file_binary",
    ]
