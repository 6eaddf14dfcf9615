# SPDX-License-Identifier: MIT
"""Articles in tables, one a row: CSV and TSV, whatever parts their columns, and the sheets of an XLSX workbook.

Rows are counted as a spreadsheet counts them, from 1. Formulas are not run: what they gave last is what is read.
"""

import csv
import datetime as dt
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, Any
from xml.parsers import expat
from zlib import error as ZlibError  # noqa: N812 - an exception like the others

from defusedxml.common import DefusedXmlException

from annotator.errors import UserError
from annotator.importers.base import ReadArticle, Unread
from annotator.importers.columns import ImportOptions, Row
from annotator.importers.rows import PlacedRow, Table, articles_of
from annotator.importers.safety import Archive
from annotator.importers.sources import Meter, Source, open_source
from annotator.importers.text_streams import LONGEST_LINE, TextStream, open_text
from annotator.late import LateModule

if TYPE_CHECKING:
    import openpyxl
else:
    openpyxl = LateModule("openpyxl")

_DELIMITERS = ",;\t|"
_TAB_SUFFIXES = (".tsv", ".tab")
#: By so many lines it is told what parts the columns.
_SNIFFED_LINES = 200
#: In characters: a cell of the first row that is longer is an article, not the name of a column.
_LONGEST_NAME = 200
#: Cells of a row beyond these are not read.
_MOST_COLUMNS = 1_000
_XML_PARTS = (".xml", ".rels", ".vml")
_PIECE = 16_384  # in bytes
#: What openpyxl and what it stands on raise for a workbook that is none; errors of XML are `SyntaxError`s.
_BROKEN = (
    zipfile.BadZipFile, SyntaxError, DefusedXmlException, ZlibError, EOFError, OSError, LookupError, ValueError,
    TypeError, AttributeError, NotImplementedError, RuntimeError, AssertionError,
)  # fmt: skip


class _Cut(Exception):  # noqa: N818 - no error of the user's, but where reading ends
    """A line that is too long for one piece."""


def read_csv(source: Source, options: ImportOptions, meter: Meter) -> Iterator[ReadArticle | Unread]:
    """Yield the articles of a CSV or TSV file.

    Raises:
        UserError: what `open_text` refuses, `file_empty`, `column_missing` or `columns_unknown`.
    """
    with open_csv(source, options, meter) as table:
        yield from articles_of(table, options)


@contextmanager
def open_csv(source: Source, options: ImportOptions, meter: Meter) -> Iterator[Table]:
    """Open a CSV or TSV file as a table.

    Raises:
        UserError: what `open_text` refuses, or `file_empty`.
    """
    # The library's own limit is an eighth of a megabyte, and one for the whole program.
    csv.field_size_limit(LONGEST_LINE)
    with open_text(source, options.encoding, meter) as stream:
        head = list(islice(stream.lines(), _SNIFFED_LINES))
        named = _named_delimiter(head)
        lines = _Lines(head[1:] if named else head, stream)
        delimiter = named or _delimiter(source.name or source.path.name, head)
        rows = _csv_rows(lines, delimiter, source, first=2 if named else 1)
        names, placed = _with_names(rows)
        if not names:
            raise UserError("file_empty", path=source.path)
        yield Table(source, placed, names, stream.encoding, stream.guessed)


class _Lines:
    """The lines of a table, which tell whether they ended in the middle of a row."""

    def __init__(self, head: Sequence[str | None], stream: TextStream) -> None:
        self._head, self._rest = iter(head), stream.lines()
        self.in_row = 0
        self.cut_short = False

    def __iter__(self) -> Iterator[str]:
        for lines in (self._head, self._rest):
            for line in lines:
                if line is None:
                    raise _Cut
                self.in_row += 1
                yield line
        # A row that has begun asks for another line only where a quotation is open.
        self.cut_short = self.in_row > 0


_Cells = tuple[str, Sequence[str] | UserError]


def _csv_rows(lines: _Lines, delimiter: str, source: Source, first: int) -> Iterator[_Cells]:
    """Yield the number of each row with its cells; the last may be what ends the reading."""
    reader = csv.reader(lines, delimiter=delimiter)
    number = first
    while True:
        lines.in_row = 0
        try:
            cells = next(reader, None)
        except (csv.Error, UnicodeDecodeError, _Cut) as error:
            yield str(number), _broken(source, number, error)
            return
        if lines.cut_short and cells is not None:
            yield str(number), _broken(source, number, "unexpected end of data")
            return
        if cells is None:
            return
        yield str(number), cells[:_MOST_COLUMNS]
        number += 1


def _broken(source: Source, number: object, detail: object) -> UserError:
    if isinstance(detail, _Cut):
        return UserError("part_too_long", path=source.path, place=source.at(number), most=LONGEST_LINE // 1_000_000)
    reason = f"{detail.encoding}: {detail.reason}" if isinstance(detail, UnicodeDecodeError) else str(detail)
    return UserError("table_broken", path=source.path, place=source.at(number), detail=reason)


def _named_delimiter(head: Sequence[str | None]) -> str:
    """Return what parts the columns where the first line says so, as spreadsheets have it: `sep=;`."""
    first = (head[0] or "").strip() if head else ""
    return first[4] if len(first) == 5 and first.startswith("sep=") else ""


def _delimiter(name: str, head: Sequence[str | None]) -> str:
    """Return what parts the columns: what makes the most rows of one same width, and of those, the widest."""
    if name.lower().endswith(_TAB_SUFFIXES):
        return "\t"
    return max(_DELIMITERS, key=lambda delimiter: _regularity(delimiter, head))


def _regularity(delimiter: str, head: Sequence[str | None]) -> tuple[float, int]:
    widths: Counter[int] = Counter()
    try:
        for cells in csv.reader((line for line in head if line), delimiter=delimiter):
            widths[len(cells)] += bool(cells)
    except csv.Error:
        return 0, 0
    width, rows = max(widths.items(), key=lambda item: (item[0] > 1, item[1]), default=(0, 0))
    return (rows / widths.total(), width) if width > 1 else (0, 0)


def _with_names(rows: Iterator[_Cells]) -> tuple[list[str], Iterator[PlacedRow]]:
    """Return the names of the columns, and the rows by them; without a first row of names, columns are counted."""
    first: list[_Cells] = []
    for place, cells in rows:
        first.append((place, cells))
        if isinstance(cells, UserError) or any(cell.strip() for cell in cells):
            break
    head = first[-1][1] if first else []
    if isinstance(head, UserError):
        return ["1"], iter([(first[-1][0], head)])
    if any(len(cell) > _LONGEST_NAME or "\n" in cell for cell in head):
        names = [str(number) for number in range(1, len(head) + 1)]
        return names, _by_name(names, chain(first[-1:], rows))
    names = _column_names(head)
    return names, _by_name(names, rows)


def _column_names(cells: Sequence[str]) -> list[str]:
    """Return a name for each column: its own, its number where it has none, told apart where two have the same."""
    names: dict[str, None] = {}
    last = max((number for number, cell in enumerate(cells, 1) if cell.strip()), default=0)
    for number, cell in enumerate(cells[:last], 1):
        name = plain = " ".join(cell.split()) or str(number)
        again = 2
        while name in names:
            name, again = f"{plain} ({again})", again + 1
        names[name] = None
    return list(names)


def _by_name(names: Sequence[str], rows: Iterable[_Cells]) -> Iterator[PlacedRow]:
    for place, cells in rows:
        if isinstance(cells, UserError):
            yield place, cells
        elif any(cells):
            row: Row = {name: cell for name, cell in zip(names, cells, strict=False) if cell}
            yield place, row


def read_xlsx(source: Source, options: ImportOptions, meter: Meter) -> Iterator[ReadArticle | Unread]:
    """Yield the articles of every sheet of a workbook, each sheet with columns of its own.

    Raises:
        UserError: `file_missing`, `file_unreadable`, `foreign_cut_short`, `foreign_unsafe`, or `file_empty` where no
            sheet has rows.
    """
    some = False
    with open_workbook(source) as sheets:
        for table in sheets.tables(meter):
            some = True
            try:
                yield from articles_of(table, options)
            except UserError as error:
                yield Unread(source.path, source.at(sheets.title), error)
    if not some:
        raise UserError("file_empty", path=source.path)


class Workbook:
    """An open workbook.

    Attributes:
        title: the sheet that is being read.
    """

    def __init__(self, source: Source, book: Any) -> None:
        self._source, self._book = source, book
        self.title = ""

    def tables(self, meter: Meter) -> Iterator[Table]:
        """Yield every sheet that has rows as a table; each is to be read before the next."""
        sheets = self._book.worksheets
        for number, sheet in enumerate(sheets):
            self.title = sheet.title
            # What the file says of a sheet's size may be wrong, and would cut the rows off or pad them without end.
            sheet.reset_dimensions()
            names, rows = _with_names(self._rows(sheet, meter, number, len(sheets)))
            if names:
                yield Table(self._source, rows, names)

    def _rows(self, sheet: Any, meter: Meter, before: int, sheets: int) -> Iterator[_Cells]:
        rows, number = sheet.iter_rows(values_only=True), 0
        while True:
            number += 1
            try:
                values = next(rows, None)
            except _BROKEN as error:
                yield f"{self.title}!{number}", _broken(self._source, f"{self.title}!{number}", error)
                return
            if values is None:
                break
            yield f"{self.title}!{number}", [_cell(value) for value in values[:_MOST_COLUMNS]]
        meter.share = (before + 1) / sheets


def _cell(value: object) -> str:
    """Return the value of a cell as text; a whole day without its time, which a spreadsheet adds."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


@contextmanager
def open_workbook(source: Source) -> Iterator[Workbook]:
    """Open a workbook that holds nothing harmful.

    Raises:
        UserError: `file_missing`, `file_unreadable`, `foreign_cut_short` or `foreign_unsafe`.
    """
    with open_source(source) as file:
        try:
            with zipfile.ZipFile(file) as packed:
                _refuse_declarations(source, Archive(source.path, packed), packed)
            file.seek(0)
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        except DefusedXmlException as error:
            raise UserError("foreign_unsafe", path=source.path, place="", detail="DOCTYPE") from error
        except _BROKEN as error:
            raise UserError("foreign_cut_short", path=source.path, place="") from error
        try:
            yield Workbook(source, book)
        finally:
            book.close()


def _refuse_declarations(source: Source, archive: Archive, packed: zipfile.ZipFile) -> None:
    """Refuse a workbook with a part that declares a document type, which no spreadsheet writes.

    Raises:
        UserError: `foreign_unsafe`.
    """
    for name in archive.names:
        if name.lower().endswith(_XML_PARTS):
            with packed.open(name) as part:
                if _declares(part):
                    raise UserError("foreign_unsafe", path=source.path, place=source.at(name), detail="DOCTYPE")


def _declares(part: IO[bytes]) -> bool:
    """Return whether an XML file declares a document type, which it can do before its first element only."""
    seen: list[bool] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: seen.append(True)
    parser.StartElementHandler = lambda *_: seen.append(False)
    try:
        while not seen and (piece := part.read(_PIECE)):
            parser.Parse(piece)
    except expat.ExpatError:
        pass  # whoever reads the part says what is wrong with it
    return bool(seen) and seen[0]
