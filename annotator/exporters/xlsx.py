# SPDX-License-Identifier: MIT
"""A workbook for spreadsheet programs: the tables of `annotator.exporters.sheets`, one a sheet, from right to left.

Owns the sheets: nothing in them is a formula or a link, whatever it begins with. What a spreadsheet allows of rows and
of characters in a cell, and how tables go on beyond it, is told in `annotator.importers.xlsx`, which reads them.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.exporters import sheets
from annotator.exporters.abilities import losses_of
from annotator.exporters.base import Entry, ExportOptions, ExportSource, Format, Written
from annotator.exporters.carrying import Carrier
from annotator.files import scratch
from annotator.i18n import N_
from annotator.importers.sheets import COLUMNS, Cells
from annotator.importers.xlsx import PART, open_workbook
from annotator.late import LateModule

if TYPE_CHECKING:
    import openpyxl
    import xlsxwriter
else:
    openpyxl, xlsxwriter = LateModule("openpyxl"), LateModule("xlsxwriter")

#: In rows, with that of the columns' names: what a sheet has.
_MOST_ROWS = 1_048_576
#: In UTF-16 code units: what a cell has.
_LONGEST_UTF16 = 32_767
#: In code points: what surely fits, whatever it is.
_SURE_TO_FIT = _LONGEST_UTF16 // 2

_NUMBERS = frozenset({"start", "end"})
#: In characters; every other column has the last.
_WIDTHS = {"text": 60, "left_context": 40, "right_context": 40, "title": 40, "start": 8, "end": 8, PART: 6}
_WIDTH = 18
#: The same project gives the same bytes, so the file does not say when it was made.
_CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the library wants it without a time zone


def write(path: Path, source: ExportSource, options: ExportOptions) -> Iterator[Written]:
    """Write the rows of every document onto each sheet, then the registry."""
    carrier = Carrier(source, options, sheets.ABILITIES)
    maker = sheets.RowMaker(source)
    with scratch(path) as folder:
        book = _Book(path, folder)
        try:
            for tagged in source.articles():
                carried = carrier.carry(tagged)
                rows = maker.rows(tagged, carried)
                book.add(rows)
                yield Written(tagged, sheets.entry(carried.document, rows), carried.lost)
            rows = maker.registry()
            book.add(rows)
        finally:
            # Its temporary files are open, so it is closed even if nobody wants it any more.
            book.close()
    yield sheets.registry_written(rows)


def read_back(path: Path, part: str) -> Iterator[Entry]:  # noqa: ARG001 - all is in one file
    """Read every sheet by openpyxl."""
    with open_workbook(path) as book:
        yield from sheets.entries(book.rows, path)


def verifier() -> str:
    """Return by what files are read back: openpyxl, which does not write them."""
    return f"openpyxl {openpyxl.__version__}"


class _Book:
    """The workbook while it is written; rows leave memory at once."""

    def __init__(self, path: Path, folder: Path) -> None:
        settings = {
            "constant_memory": True,
            "tmpdir": str(folder),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book: Any = xlsxwriter.Workbook(str(path), settings)
        self._book.use_zip64()  # only where it is large enough to need it
        self._book.set_properties({"created": _CREATED})
        self._bold = self._book.add_format({"bold": True})
        self._sheets = {table: _Sheet(self._book, table, 1, self._bold) for table in COLUMNS}

    def add(self, rows: tuple[Cells, ...]) -> None:
        """Write rows, each onto the sheet of its table."""
        for table, cells in sheets.by_table(rows):
            for row in _parts(cells):
                if self._sheets[table].full:
                    self._sheets[table] = self._sheets[table].next(self._bold)
                self._sheets[table].add(row)

    def close(self) -> None:
        """Write the workbook.

        Raises:
            OSError: it cannot be written.
        """
        for sheet in self._sheets.values():
            sheet.finish()
        try:
            self._book.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            raise error.args[0] from error  # the refusal of the system that it was made of
        finally:
            self._close_files()

    def _close_files(self) -> None:
        """Close what the library leaves open when it could not write."""
        for sheet in self._book.worksheets():
            for file in (sheet.row_data_fh, sheet.fh):
                with suppress(OSError, AttributeError):  # what is still to be written fails again; None is no file
                    file.close()


class _Sheet:
    """One sheet of a table."""

    def __init__(self, book: Any, table: str, number: int, bold: Any) -> None:
        self._book, self._table, self._number = book, table, number
        self._names = (*COLUMNS[table], PART)
        self._sheet = book.add_worksheet(table if number == 1 else f"{table}_{number}")
        self._rows = 1
        self._sheet.right_to_left()
        self._sheet.freeze_panes(1, 0)
        for column, name in enumerate(self._names):
            self._sheet.set_column(column, column, _WIDTHS.get(name, _WIDTH))
            self._sheet.write_string(0, column, name, bold)

    @property
    def full(self) -> bool:
        """Return whether no further row fits."""
        return self._rows >= _MOST_ROWS

    def next(self, bold: Any) -> "_Sheet":
        """Return the sheet on which the table goes on, and finish this one."""
        self.finish()
        return _Sheet(self._book, self._table, self._number + 1, bold)

    def add(self, cells: list[str]) -> None:
        """Write a row."""
        for column, (name, cell) in enumerate(zip(self._names, cells, strict=True)):
            if cell and name in _NUMBERS:
                self._sheet.write_number(self._rows, column, int(cell))
            elif cell:
                self._sheet.write_string(self._rows, column, cell)
        self._rows += 1

    def finish(self) -> None:
        """Let the rows be filtered."""
        self._sheet.autofilter(0, 0, self._rows - 1, len(self._names) - 1)


def _parts(cells: Cells) -> Iterator[list[str]]:
    """Yield the rows that a row takes: one, or as many as its longest cell, each with its number."""
    pieces = [_pieces(cell) for cell in cells]
    rows = max(map(len, pieces))
    for index in range(rows):
        row = [several[index] if index < len(several) else "" for several in pieces]
        yield [*row, str(index + 1) if rows > 1 else ""]


def _pieces(cell: str) -> list[str]:
    if len(cell) <= _SURE_TO_FIT or len(cell.encode("utf-16-le")) // 2 <= _LONGEST_UTF16:
        return [cell]
    return [cell[start : start + _SURE_TO_FIT] for start in range(0, len(cell), _SURE_TO_FIT)]


FORMAT = Format(
    id="xlsx",
    name_key=N_("Excel workbook"),
    description_key=N_("Sheets from right to left for Excel and LibreOffice, with all that is tagged; no formulas."),
    suffix=".xlsx",
    abilities=sheets.ABILITIES,
    losses=losses_of(sheets.ABILITIES),
    write=write,
    read_back=read_back,
    verifier=verifier,
)
