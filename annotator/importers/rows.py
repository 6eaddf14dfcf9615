# SPDX-License-Identifier: MIT
"""Rows of tables and records made into articles: the columns settled by the first ones, then one row at a time.

Owns how a cell becomes a text or one of an article's particulars. Knows no format.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from annotator.errors import UserError
from annotator.importers.base import ReadArticle, Unread, title_of
from annotator.importers.columns import Columns, ImportOptions, Row, chosen
from annotator.importers.dates import Order, iso_date, order_of
from annotator.importers.sources import Source
from annotator.text.blanks import BLANKS
from annotator.text.decoding import decode

#: By so many rows, or so many characters of them, the columns are told.
_SAMPLE_ROWS = 200
_SAMPLE_LENGTH = 2_000_000
_TITLE_LENGTH = 200
_LONGEST_PARTICULAR = 2_000
#: What no database takes as text: half characters, which JSON can spell, and the null character.
_NO_TEXT = re.compile("[\ud800-\udfff\x00]")

#: What a reader of rows yields: a place and a row, or a place and why there is none.
PlacedRow = tuple[str, Row | UserError]


@dataclass(slots=True)
class Table:
    """Rows that have the same columns.

    Attributes:
        names: the columns, known beforehand; those of the sample if empty.
        encoding: the codec of the file.
        guessed: whether that was guessed.
    """

    source: Source
    rows: Iterable[PlacedRow]
    names: Sequence[str] = ()
    encoding: str = "utf-8"
    guessed: bool = False
    sample: list[PlacedRow] = field(default_factory=list)

    def take_sample(self) -> list[Row]:
        """Return the first rows; they stay to be read."""
        rest, length = iter(self.rows), 0
        for placed in rest:
            self.sample.append(placed)
            row = placed[1]
            length += 0 if isinstance(row, UserError) else sum(map(len, row.values()))
            if len(self.sample) >= _SAMPLE_ROWS or length > _SAMPLE_LENGTH:
                break
        self.rows = chain(self.sample, rest)
        sample = [row for _, row in self.sample if not isinstance(row, UserError)]
        if not self.names:
            self.names = list(dict.fromkeys(name for row in sample for name in row))
        return sample


def articles_of(table: Table, options: ImportOptions) -> Iterator[ReadArticle | Unread]:
    """Yield the article of each row, or why it is none.

    Raises:
        UserError: `column_missing` or `columns_unknown`.
    """
    sample = table.take_sample()
    path = table.source.path
    if not sample and not table.sample:
        raise UserError("file_empty", path=path)
    columns = chosen(options, table.names, sample, path) if sample else Columns()
    order = order_of(row[columns.date] for row in sample if columns.date in row)
    table.sample = []
    for place, row in table.rows:
        if isinstance(row, UserError):
            yield Unread(path, table.source.at(place), row)
        else:
            yield _article(table, table.source.at(place), row, columns, order)


def _article(table: Table, place: str, row: Row, columns: Columns, order: Order) -> ReadArticle | Unread:
    path, text = table.source.path, row.get(columns.text, "")
    if not text.strip(BLANKS):
        return Unread(path, place, UserError("row_without_text", path=path, place=place, column=columns.text))
    try:
        raw = text.encode(table.encoding)
        decoded = decode(raw, table.encoding)
    except UserError as error:
        return Unread(path, place, UserError(error.key, **{"path": path, **error.params}))
    except UnicodeEncodeError as error:
        return Unread(path, place, UserError("table_broken", path=path, place=place, detail=error.reason))
    written = _line(row.get(columns.date, "")).strip(BLANKS)
    date = iso_date(written, order)
    return ReadArticle(
        path=path,
        title=_line(row.get(columns.title, ""))[:_TITLE_LENGTH] or title_of(decoded.text),
        decoded=replace(decoded, guessed=table.guessed),
        text_sha256=hashlib.sha256(decoded.text.encode()).hexdigest(),
        raw_sha256=hashlib.sha256(raw).hexdigest(),
        place=place,
        outlet=_line(row.get(columns.outlet, "")),
        url=_line(row.get(columns.url, "")) or table.source.url,
        author=_line(row.get(columns.author, "")),
        date=date,
        unsure_date="" if date else written[:_TITLE_LENGTH],
    )


def _line(cell: str) -> str:
    """Return a cell in one line; several lines are several names."""
    cut = _NO_TEXT.sub("\ufffd", cell[: _LONGEST_PARTICULAR + 1])
    if "\n" not in cut and "\r" not in cut and len(cut) <= _LONGEST_PARTICULAR:
        return " ".join(cut.split())
    lines = (" ".join(line.split()) for line in cut[:_LONGEST_PARTICULAR].splitlines())
    return ", ".join(filter(None, lines))
