# SPDX-License-Identifier: MIT
"""A folder of CSV tables: documents, spans, relations, document tags and the registry's entities.

Owns the bytes of the tables: UTF-8 with a byte order mark, by which spreadsheets tell it, CRLF between rows, and quotes
as RFC 4180 has them. What stands in them is `annotator.exporters.sheets`'.
"""

import csv
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from annotator.exporters import sheets
from annotator.exporters.abilities import losses_of
from annotator.exporters.base import Entry, ExportOptions, ExportSource, Format, Layout, Written
from annotator.exporters.carrying import Carrier
from annotator.extras import EXTRAS, load
from annotator.i18n import N_
from annotator.importers import csv_folder
from annotator.importers.sheets import COLUMNS, PlacedRow

#: In rows: what pandas reads at once.
_CHUNK = 1_000
_PANDAS = EXTRAS["pandas"]


def write(path: Path, source: ExportSource, options: ExportOptions) -> Iterator[Written]:
    """Write the rows of every document into each table, then the registry."""
    carrier = Carrier(source, options, sheets.ABILITIES)
    maker = sheets.RowMaker(source)
    with ExitStack() as stack:
        writers = {table: _writer(stack, path / f"{table}.csv", names) for table, names in COLUMNS.items()}
        for tagged in source.articles():
            carried = carrier.carry(tagged)
            rows = maker.rows(tagged, carried)
            for table, cells in sheets.by_table(rows):
                writers[table].writerow(cells)
            yield Written(tagged, sheets.entry(carried.document, rows), carried.lost)
        rows = maker.registry()
        for table, cells in sheets.by_table(rows):
            writers[table].writerow(cells)
    yield sheets.registry_written(rows)


def _writer(stack: ExitStack, path: Path, names: tuple[str, ...]) -> Any:
    file = stack.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(names)
    return writer


def read_back(path: Path, part: str) -> Iterator[Entry]:  # noqa: ARG001 - a split is a folder of its own
    """Read every table by pandas where it is installed, else by our own strict reader."""
    return sheets.entries(partial(_table_rows if _PANDAS.installed else csv_folder.rows, path), path)


def verifier() -> str:
    """Return by what files are read back here."""
    return _PANDAS.label if _PANDAS.installed else "tawsim"


def _table_rows(folder: Path, table: str) -> Iterator[PlacedRow]:
    return pandas_rows(folder / f"{table}.csv")


def pandas_rows(path: Path) -> Iterator[PlacedRow]:
    """Yield the rows of a file, with the number of each, as pandas reads them."""
    # Its faster engine ends a cell at a NUL.
    engine = "python" if _has_nul(path) else "c"
    read: Any = load("pandas").read_csv
    with read(
        path, encoding="utf-8-sig", dtype=str, keep_default_na=False, na_filter=False, chunksize=_CHUNK, engine=engine
    ) as chunks:
        for chunk in chunks:
            names = list(chunk.columns)
            for place, *cells in chunk.itertuples(name=None):
                yield str(place), dict(zip(names, cells, strict=True))


def _has_nul(path: Path) -> bool:
    with path.open("rb") as file:
        return any(b"\0" in piece for piece in iter(partial(file.read, 1 << 20), b""))


FORMAT = Format(
    id="csv",
    name_key=N_("CSV tables"),
    description_key=N_(
        "A folder of tables for statistics programs: documents, tags, relations, document tags, actors."
    ),
    suffix="",
    abilities=sheets.ABILITIES,
    losses=losses_of(sheets.ABILITIES),
    write=write,
    read_back=read_back,
    verifier=verifier,
    layout=Layout.FOLDER,
)
