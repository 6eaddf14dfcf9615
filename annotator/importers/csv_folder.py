# SPDX-License-Identifier: MIT
"""A folder of CSV tables, as `annotator.importers.sheets` names them: UTF-8, with or without a byte order mark.

Owns how the cells of a file are found. Only commas part columns here; articles come in tables of any kind by
`annotator.importers.tables`.
"""

import csv
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from annotator.errors import UserError
from annotator.i18n import N_
from annotator.importers import sheets
from annotator.importers.foreign import ForeignFormat
from annotator.importers.safety import LARGEST_PART, decoded, opened
from annotator.importers.text_streams import LONGEST_LINE
from annotator.model import exchange


def read(path: Path) -> Iterator[exchange.Document]:
    """Read every document; see `annotator.importers.foreign.Read`."""
    return (document for document, _ in sheets.documents(partial(rows, path), path))


def header(path: Path) -> exchange.Header:
    """Return the registry of the folder, if it has one."""
    return sheets.registry(partial(rows, path), path)[0]


def recognise(path: Path) -> bool:
    """Return whether a folder holds tables of documents and of spans."""
    for table in sheets.NEEDED:
        file = path / f"{table}.csv"
        if not file.is_file() or not sheets.is_table(table, next(_cells(file), ("", []))[1]):
            return False
    return True


def rows(folder: Path, table: str) -> Iterator[sheets.PlacedRow]:
    """Yield the rows of a table of a folder; none of one that may be missing, and is.

    Raises:
        UserError: `file_missing`, `file_unreadable`, or one of the `foreign_` keys with the row.
    """
    path = folder / f"{table}.csv"
    if table not in sheets.NEEDED and not path.exists():
        return
    sheets.check_columns(table, next(_cells(path), ("", []))[1], path, table)
    yield from file_rows(path)


def file_rows(path: Path) -> Iterator[sheets.PlacedRow]:
    """Yield the rows of a file of any columns, which its first row names.

    Raises:
        UserError: `file_missing`, `file_unreadable`, or one of the `foreign_` keys with the row.
    """
    found = _cells(path)
    _, names = next(found, ("", []))
    for place, cells in found:
        if len(cells) != len(names):
            detail = f"{len(cells)} columns, not {len(names)}"
            raise UserError("foreign_malformed", path=path, place=place, detail=detail)
        yield place, dict(zip(names, cells, strict=True))


def _cells(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the cells of each row that is not blank, with the number of its last line."""
    # The library's own limit is an eighth of a megabyte, and one for the whole program.
    csv.field_size_limit(LONGEST_LINE)
    reader = csv.reader(_lines(path), strict=True)
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            key = "foreign_cut_short" if "unexpected end" in str(error) else "foreign_malformed"
            raise UserError(key, path=path, place=str(reader.line_num), detail=str(error)) from error
        if cells is None:
            return
        if cells:
            yield str(reader.line_num), cells


def _lines(path: Path) -> Iterator[str]:
    with opened(path) as file:
        number = 0
        while line := file.readline(LARGEST_PART + 1):
            number += 1
            if len(line) > LARGEST_PART:
                raise UserError("foreign_too_long", path=path, place=str(number), most=LARGEST_PART // 1_000_000)
            yield decoded(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line, path, str(number))


FORMAT = ForeignFormat("csv", N_("CSV tables"), (), recognise, read, header)
