# SPDX-License-Identifier: MIT
"""The first rows of a table or of records, and which column is taken for what, to be shown before they are imported."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from annotator.errors import UserError
from annotator.importers.articles import kind_of
from annotator.importers.columns import Columns, ImportOptions, Row, guess_columns
from annotator.importers.records import open_json, open_jsonl
from annotator.importers.rows import Table
from annotator.importers.sources import Meter, Source
from annotator.importers.tables import open_csv, open_workbook

#: In characters: a cell of a preview is cut there.
_LONGEST_CELL = 500


@dataclass(frozen=True, slots=True)
class Preview:
    """How a file begins.

    Attributes:
        names: its columns; of records the keys of the first ones, nested keys joined by dots.
        rows: the first rows, long cells cut, by the names of the columns; empty cells are left out.
        guessed: which column is taken for what.
        encoding: the codec that it was read by.
    """

    path: Path
    names: tuple[str, ...]
    rows: tuple[Row, ...]
    guessed: Columns
    encoding: str


def table_preview(path: Path, options: ImportOptions | None = None, *, rows: int = 20) -> Preview:
    """Return how a table or a file of records begins; of a workbook, its first sheet that has rows.

    Args:
        path: a file of a kind that has columns.
        options: its encoding, where the user says it.
        rows: how many to show.

    Raises:
        UserError: `columns_none` where files of this kind have no columns, `file_empty`, or what opening it refuses.
    """
    opener = _OPENERS.get(kind_of(path).id)
    if opener is None:
        raise UserError("columns_none", path=path)
    with opener(Source(path), options or ImportOptions(), Meter()) as table:
        sample = table.take_sample()
        if not sample:
            raise next(
                (row for _, row in table.sample if isinstance(row, UserError)), UserError("file_empty", path=path)
            )
        shown = tuple({name: cell[:_LONGEST_CELL] for name, cell in row.items()} for row in sample[:rows])
        return Preview(path, tuple(table.names), shown, guess_columns(table.names, sample), table.encoding)


@contextmanager
def _first_sheet(source: Source, _options: ImportOptions, meter: Meter) -> Iterator[Table]:
    with open_workbook(source) as book:
        table = next(book.tables(meter), None)
        if table is None:
            raise UserError("file_empty", path=source.path)
        yield table


_OPENERS: dict[str, Callable[[Source, ImportOptions, Meter], AbstractContextManager[Table]]] = {
    "csv": open_csv,
    "xlsx": _first_sheet,
    "json": open_json,
    "jsonl": open_jsonl,
}
