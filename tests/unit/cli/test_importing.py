# SPDX-License-Identifier: MIT
"""Importing by the command line: columns, what the report says, and the particulars of articles."""

import json
from functools import partialmethod
from pathlib import Path

import pytest
from click.testing import CliRunner

TEXT = "قال المتحدث إن المباحثات بين الجانبين كانت إيجابية، ولم يضف شيئًا آخر في هذا الشأن."


@pytest.fixture
def empty(tmp_path: Path, new_file: bytes) -> Path:
    """Return a project without articles."""
    path = tmp_path / "empty.tawsim"
    path.write_bytes(new_file)
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Return a table with two columns that could be the text."""
    path = tmp_path / "news.csv"
    path.write_text(f"العنوان,النص,ملاحظات,التاريخ\nأول,{TEXT},{TEXT} آخر,1/2/2024\nثان,,,\n", encoding="utf-8")
    return path


def test_columns_are_shown(tawsim, tawsim_json, table: Path) -> None:
    lines = tawsim("columns", table).stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [
        ["title", "العنوان"], ["text", "النص"], ["-", "ملاحظات"], ["date", "التاريخ"],
    ]  # fmt: skip
    shown = tawsim_json("columns", table)
    assert shown["columns"] == ["العنوان", "النص", "ملاحظات", "التاريخ"]
    assert shown["taken"] == {
        "text": "النص",
        "title": "العنوان",
        "outlet": "",
        "url": "",
        "author": "",
        "date": "التاريخ",
    }
    assert shown["rows"][0]["العنوان"] == "أول"


def test_files_without_columns(tawsim, tmp_path: Path, article_files: list[Path]) -> None:
    assert "no columns" in tawsim("columns", article_files[0], code=1).stderr
    assert "no file" in tawsim("columns", tmp_path / "none.csv", code=1).stderr


def test_import_of_a_table(tawsim, tawsim_json, empty: Path, table: Path) -> None:
    said = tawsim("import", empty, table, "--annotator", "Layla").stdout
    assert "the date 1/2/2024 can be read in two ways" in said
    assert "no text in the column “النص” (at 3)" in said
    assert said.endswith("1 article imported, 1 file skipped.\n")


def test_named_columns(tawsim, tawsim_json, empty: Path, table: Path) -> None:
    report = tawsim_json("import", empty, table, "--text-column", "ملاحظات", "--annotator", "Layla")
    first, second = report["files"]
    assert (first["title"], first["place"], first["kind"], first["unsure_date"]) == ("أول", "2", "csv", "1/2/2024")
    assert (first["derived"], first["left_out_count"], second["reason"]) == ("", 0, "row_without_text")
    assert tawsim_json("show", empty, 1)["text"] == f"{TEXT} آخر"
    assert "no column “nix”" in tawsim("import", empty, table, "--url-column", "nix", code=1).stdout


def test_marks_can_be_left_out(tawsim, tawsim_json, empty: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": f"{TEXT}\nExit mobile version"}), encoding="utf-8")
    assert tawsim_json("import", empty, path, "--no-marks", "--encoding", "utf-8")["taken"] == 1


def test_derived_text_is_told(tawsim, empty: Path, tmp_path: Path) -> None:
    pytest.importorskip("markdown_it")
    path = tmp_path / "a.md"
    path.write_text(f"---\nlayout: post\n---\n# عنوان\n\n{TEXT}\n", encoding="utf-8")
    assert "1 stretch left out)" in tawsim("import", empty, path).stdout


def test_particulars(tawsim, path: Path) -> None:
    said = tawsim("article", path, "1-2", "--outlet", "الحرة", "--date", "3 مايو 2024", "--annotator", "Layla").stdout
    assert said == "Change outlet, author or date of 2 articles\n"
    assert "is no date" in tawsim("article", path, "1", "--date", "1/2/2024", "--annotator", "Layla", code=1).stderr
    assert (
        tawsim("undo", path, "--annotator", "Layla").stdout == "Undone: Change outlet, author or date of 2 articles\n"
    )


def test_a_text_from_standard_input(tawsim, tawsim_json, empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def given(raw: bytes) -> None:
        # The runner puts a standard input of its own in place; what it is made of is what counts.
        monkeypatch.setattr(CliRunner, "invoke", partialmethod(invoke, input=raw))

    invoke = CliRunner.invoke
    given(f"عنوان\r\n{TEXT}".encode("windows-1256"))
    assert tawsim("import", empty, "-").stdout == "Imported “عنوان” (windows-1256)\n"
    assert tawsim_json("show", empty, 1)["text"] == f"عنوان\n{TEXT}"
    assert "already" in tawsim("import", empty, "-", code=1).stderr
    given(b"")
    assert "is empty" in tawsim("import", empty, "-", code=1).stderr
    given(TEXT.encode())
    assert tawsim_json("import", empty, "-")["taken"] == 1
