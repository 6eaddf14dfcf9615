# SPDX-License-Identifier: MIT
"""A workbook of the tables that `annotator.importers.sheets` names, one a sheet.

A table that is longer than a sheet goes on in a further one, `spans_2`; a cell that is longer than a spreadsheet
allows goes on in the rows below, whose column `part` counts from 2. Characters that XML does not have are written as
spreadsheets do: `_x000B_`.
"""

import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import error as ZlibError  # noqa: N812 - an exception like the others

from defusedxml.common import DefusedXmlException

from annotator.errors import UserError
from annotator.i18n import N_
from annotator.importers import sheets
from annotator.importers.foreign import ForeignFormat
from annotator.importers.safety import Archive, opened
from annotator.late import LateModule
from annotator.model import exchange

if TYPE_CHECKING:
    import openpyxl
else:
    openpyxl = LateModule("openpyxl")

#: The column of cells that go on.
PART = "part"

_SHEETS = "xl/worksheets/*"
_MOST_COLUMNS = 1_000
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
#: What openpyxl and what it stands on raise for a workbook that is none, or is damaged; XML errors are syntax errors.
_BROKEN = (
    zipfile.BadZipFile, SyntaxError, DefusedXmlException, ZlibError, EOFError, OSError, LookupError, ValueError,
    TypeError, AttributeError, NotImplementedError, RuntimeError, AssertionError, ArithmeticError,
)  # fmt: skip


def read(path: Path) -> Iterator[exchange.Document]:
    """Read every document; see `annotator.importers.foreign.Read`."""
    with open_workbook(path) as book:
        for document, _ in sheets.documents(book.rows, path):
            yield document


def header(path: Path) -> exchange.Header:
    """Return the registry of the workbook, if it has one."""
    with open_workbook(path) as book:
        return sheets.registry(book.rows, path)[0]


def recognise(path: Path) -> bool:
    """Return whether a workbook has sheets of documents and of spans."""
    with open_workbook(path) as book:
        return all(sheets.is_table(table, book.names(table)) for table in sheets.NEEDED)


class Workbook:
    """An open workbook, whose sheets are read side by side."""

    def __init__(self, book: Any, path: Path) -> None:
        self._path = path
        self._sheets = {sheet.title: sheet for sheet in book.worksheets}

    def names(self, table: str) -> list[str]:
        """Return the columns of a table; none if there is no such sheet.

        Raises:
            UserError: `foreign_cut_short`.
        """
        cells = next(self._cells(table), None) if table in self._sheets else None
        return cells[1] if cells else []

    def rows(self, table: str) -> Iterator[sheets.PlacedRow]:
        """Yield the rows of a table, with cells that go on in further rows put together.

        Raises:
            UserError: `foreign_missing`, `foreign_malformed` or `foreign_cut_short`.
        """
        if table not in sheets.NEEDED and table not in self._sheets:
            return
        sheets.check_columns(table, self.names(table), self._path, table)
        begun: tuple[str, dict[str, list[str]]] | None = None
        for place, row in self._all_rows(table):
            goes_on = row.pop(PART, "") not in {"", "1"}
            if goes_on and begun is None:
                raise UserError("foreign_malformed", path=self._path, place=place, detail=PART)
            if goes_on and begun:
                for name, cell in row.items():
                    begun[1].setdefault(name, []).append(cell)
                continue
            if begun:
                yield _whole(begun)
            begun = place, {name: [cell] for name, cell in row.items()}
        if begun:
            yield _whole(begun)

    def _all_rows(self, table: str) -> Iterator[tuple[str, dict[str, str]]]:
        number, title = 1, table
        while title in self._sheets:
            found = self._cells(title)
            names = next(found, ("", []))[1]
            sheets.check_columns(table, names, self._path, title)
            for place, cells in found:
                row = dict.fromkeys(names, "") | dict(zip(names, cells, strict=False))
                # Spreadsheets leave rows behind in which there is nothing.
                if any(row.values()):
                    yield place, row
            number += 1
            title = f"{table}_{number}"

    def _cells(self, title: str) -> Iterator[tuple[str, list[str]]]:
        sheet = self._sheets[title]
        # What the file says of a sheet's size may be wrong, and would cut the rows off or pad them without end.
        sheet.reset_dimensions()
        rows, number = sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True), 0
        while True:
            number += 1
            place = f"{title}!{number}"
            try:
                values = next(rows, None)
            except _BROKEN as error:
                raise UserError("foreign_cut_short", path=self._path, place=place) from error
            if values is None:
                return
            yield place, [_cell(value) for value in values]


@contextmanager
def open_workbook(path: Path) -> Iterator[Workbook]:
    """Open a workbook that holds nothing harmful.

    Raises:
        UserError: `file_missing`, `file_unreadable`, `foreign_cut_short` or `foreign_unsafe`.
    """
    with opened(path) as file:
        try:
            with zipfile.ZipFile(file) as packed:
                Archive(path, packed, streamed=_SHEETS)
            file.seek(0)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)  # of styles and names, which are not read
                book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        except DefusedXmlException as error:
            raise UserError("foreign_unsafe", path=path, place="", detail="DOCTYPE") from error
        except _BROKEN as error:
            raise UserError("foreign_cut_short", path=path, place="") from error
        try:
            yield Workbook(book, path)
        finally:
            book.close()


def _whole(begun: tuple[str, dict[str, list[str]]]) -> sheets.PlacedRow:
    place, row = begun
    return place, {name: "".join(cells) for name, cells in row.items()}


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    # Half of a pair is no character.
    return found[0] if 0xD800 <= code <= 0xDFFF else chr(code)


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return _ESCAPED.sub(_character, value) if "_x" in value else value
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)


FORMAT = ForeignFormat("xlsx", N_("Excel workbook"), (".xlsx",), recognise, read, header)
