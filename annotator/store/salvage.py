# SPDX-License-Identifier: MIT
"""The rows of a project file that may be damaged: from each table's tree, and from pages that no tree leads to.

Knows what a row of each table looks like, and nothing of what it means; that is `annotator.store.recovering`'s.
"""

import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from annotator.store.migrations import build_migrations
from annotator.store.pages import (
    INDEX_INNER,
    INDEX_LEAF,
    TABLE_INNER,
    TABLE_LEAF,
    Cell,
    Page,
    PageDamagedError,
    PageFile,
    Value,
    record,
)

_TYPES: dict[str, type] = {"BLOB": bytes, "INTEGER": int, "TEXT": str}
_MIGRATIONS = "_sqlite_migrations"
#: Of the rows of a page so many must be of a table for it to be one of its pages.
_MOST = 0.8
_ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class Table:
    """What a row of a table looks like.

    Attributes:
        types: of each column, what it holds and whether it may be null.
        ids: the places of columns that hold ids.
        rowid: the place of the column that is the row's number; None where there is none.
        has_rowid: whether rows have numbers at all.
    """

    name: str
    columns: tuple[str, ...]
    types: tuple[tuple[type, bool], ...]
    ids: frozenset[int]
    least: int
    rowid: int | None
    has_rowid: bool

    def row(self, cell: Cell) -> tuple[Value, ...] | None:
        """Return the values of a cell; None where it is no row of this table."""
        if cell.payload is None:
            return None
        try:
            values = record(cell.payload, is_whole=cell.is_whole)
        except PageDamagedError:
            return None
        if self.rowid is not None and len(values) > self.rowid:
            values[self.rowid] = cell.rowid
        return tuple(values) if self._fits(values) else None

    def _fits(self, values: Sequence[Value]) -> bool:
        if not self.least <= len(values) <= len(self.columns):
            return False
        for place, (value, (kind, may_be_null)) in enumerate(zip(values, self.types, strict=False)):
            if value is None:
                if not may_be_null:
                    return False
            elif not isinstance(value, kind):
                # A text whose end is lost; its owner looks at what is left.
                if not (self.name == "text" and place == 1 and isinstance(value, bytes)):
                    return False
            elif place in self.ids and len(value) != _ID_BYTES:  # type: ignore[arg-type]  # a blob
                return False
        return True


@dataclass(slots=True)
class Found:
    """How much of a file could be read.

    Attributes:
        versions: the migrations that the file has had; empty where that is not known.
        torn: the tables of which a page or a row cannot be read, or may be missing.
        pages: the pages that cannot be read.
        cells: of each table how many rows of its pages cannot be read.
    """

    versions: list[str] = field(default_factory=list)
    torn: set[str] = field(default_factory=set)
    pages: set[int] = field(default_factory=set)
    cells: dict[str, int] = field(default_factory=dict)


def tables(versions: Sequence[str] = ()) -> dict[str, Table]:
    """Return the tables of a project that has had these migrations, or all."""
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        build_migrations().apply(fresh, versions)
        names = fresh.execute(
            "select name, wr from pragma_table_list where schema = 'main' and type = 'table' "
            "and name not like 'sqlite!_%' escape '!' and name <> 'search_text'"
        ).fetchall()
        return {name: _table(fresh, name, without_rowid=bool(wr)) for name, wr in names}


def _table(fresh: sqlite3.Connection, name: str, *, without_rowid: bool) -> Table:
    said = fresh.execute('select name, type, "notnull", dflt_value, pk from pragma_table_info(?)', (name,)).fetchall()
    keys = sum(pk > 0 for *_, pk in said)
    rowid = next((n for n, (_, kind, _, _, pk) in enumerate(said) if pk and keys == 1 and kind == "INTEGER"), None)
    return Table(
        name=name,
        columns=tuple(column for column, *_ in said),
        types=tuple((_TYPES.get(kind, object), not (notnull or pk)) for _, kind, notnull, _, pk in said),
        ids=frozenset(
            n
            for n, (column, kind, *_) in enumerate(said)
            if kind == "BLOB" and (column == "id" or column[-3:] == "_id")
        ),
        # What later migrations added may be missing at the end of older rows.
        least=next((n for n, (*_, default, _) in enumerate(said) if default is not None), len(said)),
        rowid=None if without_rowid else rowid,
        has_rowid=not without_rowid,
    )


class Salvage:
    """Reads what can be read.

    Attributes:
        found: how much that is, once `rows` has ended.
    """

    def __init__(self, file: PageFile, progress: Callable[[int, int], bool]) -> None:
        self._file, self._progress = file, progress
        self._seen: set[int] = set()
        self.found = Found()
        self._roots = self._read_roots()
        self.found.versions = self._read_versions()
        self.tables = tables(self.found.versions)

    def rows(self) -> Iterator[tuple[Table, tuple[Value, ...]]]:
        """Yield every row that can be read, those of each table's own tree before those of pages without one."""
        for table in self.tables.values():
            if table.name == _MIGRATIONS:
                continue
            root = self._roots.get(table.name)
            if root is None:
                self.found.torn.add(table.name)
                continue
            for cell in self._cells(root, table):
                row = table.row(cell)
                if row is not None:
                    yield table, row
        if self.found.torn:
            yield from self._strays()

    def _read_roots(self) -> dict[str, int]:
        roots: dict[str, int] = {}
        for cell in self._cells(1, None):
            with contextlib.suppress(PageDamagedError, ValueError):
                kind, name, _, root, *_ = record(cell.payload or b"")
                if kind == "table" and isinstance(name, str) and isinstance(root, int):
                    roots[name] = root
        return roots

    def _read_versions(self) -> list[str]:
        known = {path.stem for path in build_migrations().files}
        versions = []
        for cell in self._cells(self._roots.get(_MIGRATIONS, 0), None):
            with contextlib.suppress(PageDamagedError, ValueError):
                versions += [value for value in record(cell.payload or b"") if value in known]
        return sorted({str(version) for version in versions})

    def _cells(self, root: int, table: Table | None) -> Iterator[Cell]:
        """Yield the entries of a tree, whatever can be read of it."""
        todo = [root]
        while todo:
            number = todo.pop()
            if number in self._seen or not 0 < number <= self._file.count:
                self._tear(table, number)
                continue
            page = self._page(number)
            if page is None or not _is_of(page, table):
                self._tear(table, number)
                continue
            self._seen.add(number)
            self._count(table, page)
            todo += reversed(page.children)
            yield from page.cells

    def _page(self, number: int) -> Page | None:
        if not self._progress(min(len(self._seen), self._file.count), self._file.count):
            raise InterruptedError
        try:
            return self._file.page(number)
        except PageDamagedError:
            self.found.pages.add(number)
            return None

    def _tear(self, table: Table | None, number: int) -> None:
        if number in range(1, self._file.count + 1) and number not in self._seen:
            self.found.pages.add(number)
        if table is not None:
            self.found.torn.add(table.name)

    def _count(self, table: Table | None, page: Page) -> None:
        """Note how many entries of a page are no rows of its table."""
        if table is None:
            return
        bad = page.damaged_cells + sum(
            not cell.is_whole or table.row(cell) is None for cell in page.cells if cell.payload is not None
        )
        if bad:
            self.found.torn.add(table.name)
            self.found.cells[table.name] = self.found.cells.get(table.name, 0) + bad

    def _strays(self) -> Iterator[tuple[Table, tuple[Value, ...]]]:
        """Yield the rows of pages that no tree leads to, each of the one torn table that all of its rows fit."""
        free = self._file.free_pages()
        for number in range(1, self._file.count + 1):
            if number in self._seen or number in free:
                continue
            try:
                page = self._file.page(number)
            except PageDamagedError:
                continue
            fitting = [table for table in self.tables.values() if table.name in self.found.torn and _is_of(page, table)]
            table = _the_one(page, fitting)
            if table is None or not page.cells:
                continue
            self.found.pages.discard(number)
            for cell in page.cells:
                row = table.row(cell)
                if row is not None:
                    yield table, row


def _is_of(page: Page, table: Table | None) -> bool:
    """Return whether a page can be one of a table's: its kind, and its rows."""
    if table is None:
        return page.kind in (TABLE_LEAF, TABLE_INNER)
    if page.kind not in ((TABLE_LEAF, TABLE_INNER) if table.has_rowid else (INDEX_LEAF, INDEX_INNER)):
        return False
    entries = [cell for cell in page.cells if cell.payload is not None]
    fitting = sum(table.row(cell) is not None for cell in entries)
    return fitting >= _MOST * len(entries)


def _the_one(page: Page, fitting: Sequence[Table]) -> Table | None:
    """Return the table of a stray page; of the parts of a scheme, which look alike, by what their bodies say."""
    if page.kind not in (TABLE_LEAF, INDEX_LEAF):
        return None
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    rows = [row for cell in page.cells if (row := fitting[0].row(cell)) is not None]
    by_name = {table.name: table for table in fitting}
    return by_name.get(_part_told_by(rows))


def _part_told_by(rows: Sequence[tuple[Value, ...]]) -> str:
    try:
        bodies = [json.loads(str(row[-1])) for row in rows]
    except ValueError:
        return ""
    if any("sources" in body for body in bodies):
        return "relation_type"
    if any("kind" in body for body in bodies):
        return "attribute"
    # A layer has a name and little else.
    return "document_label" if any("description" in body for body in bodies) else "layer"
