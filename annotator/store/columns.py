# SPDX-License-Identifier: MIT
"""How the fields of records are kept: as SQL values in a table, and as JSON values in the history.

Owns the kinds of columns and the reading and writing of a table whose columns are the fields of a record.
"""

import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, fields
from enum import StrEnum
from operator import attrgetter
from typing import Any, Generic, TypeVar

#: A row as the history keeps it, without its id.
Image = dict[str, Any]

#: So many rows are asked for by id at once; SQLite takes no more than 999 parameters where it is old.
BATCH = 500

R = TypeVar("R")
_E = TypeVar("_E", bound=StrEnum)


#: What comes of values that SQLite takes for whole and that no program wrote: a damaged file holds such.
MISREADS = (ValueError, TypeError, KeyError, AttributeError)


class RowUnreadableError(Exception):
    """A row holds what no program wrote, so the file is damaged; `table` says which one it is in."""

    def __init__(self, table: str, detail: str) -> None:
        super().__init__(f"{table}: {detail}")
        self.table, self.detail = table, detail


@contextlib.contextmanager
def misreads_told(table: str) -> Iterator[None]:
    """Say of values that cannot be read that a row of this table is damaged."""
    try:
        yield
    except MISREADS as error:
        raise RowUnreadableError(table, repr(error)) from error


def _same(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True)
class Column:
    """One way to keep a value.

    Attributes:
        to_sql: the value as SQLite keeps it, and `from_sql` back.
        to_json: the value as the history keeps it, and `from_json` back.
    """

    to_sql: Callable[[Any], Any] = _same
    from_sql: Callable[[Any], Any] = _same
    to_json: Callable[[Any], Any] = _same
    from_json: Callable[[Any], Any] = _same


def compact_json(value: object) -> str:
    """Return a value as JSON without blanks, Arabic as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def _lists(value: Any) -> Any:
    return [_lists(one) for one in value] if isinstance(value, tuple) else value


def _mapping(value: Mapping[str, Any]) -> Mapping[str, Any]:
    return {key: _tuples(one) for key, one in value.items()}


def _plain_mapping(value: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _lists(one) for key, one in value.items()}


def _to_blob(value: str | None) -> bytes | None:
    return None if value is None else bytes.fromhex(value)


def _from_blob(value: bytes | None) -> str | None:
    return None if value is None else value.hex()


PLAIN = Column()
ID = Column(to_sql=_to_blob, from_sql=_from_blob)
FLAG = Column(to_sql=int, from_sql=bool)
TUPLE = Column(
    to_sql=lambda value: compact_json(_lists(value)) if value else "[]",
    from_sql=lambda value: () if value == "[]" else _tuples(json.loads(value)),
    to_json=_lists,
    from_json=_tuples,
)
MAPPING = Column(
    to_sql=lambda value: compact_json(_plain_mapping(value)) if value else "{}",
    from_sql=lambda value: _mapping(json.loads(value)),
    to_json=_plain_mapping,
    from_json=_mapping,
)


def choice(kind: type[_E]) -> Column:
    """Return the column of an enum."""
    return Column(to_sql=str, from_sql=kind, to_json=str, from_json=kind)


def default_of(field: "Field[Any]") -> Any:
    """Return the default of a record's field, or `MISSING`."""
    return field.default if field.default_factory is MISSING else field.default_factory()


class Codec(Generic[R]):
    """Turns records of one kind into what the history keeps, their images, and back.

    Attributes:
        defaults: of the fields that have a default, what an image says of it.
    """

    def __init__(self, record: type[R], columns: Mapping[str, Column]) -> None:
        known = fields(record)  # type: ignore[arg-type]  # R is a dataclass
        self._make: Callable[..., R] = record
        self.columns = {field.name: columns.get(field.name, PLAIN) for field in known}
        self._names = tuple(name for name in self.columns if name != "id")
        self._writers = tuple(self.columns[name].to_json for name in self._names)
        self.defaults = {
            field.name: self.columns[field.name].to_json(default)
            for field in known
            if (default := default_of(field)) is not MISSING
        }

    def image(self, record: R) -> Image:
        """Return every field but the id as the history keeps it."""
        return {name: write(getattr(record, name)) for name, write in zip(self._names, self._writers, strict=True)}

    def from_image(self, id_: str, image: Image) -> R:
        """Return the record of a whole image."""
        return self._make(id=id_, **{name: self.columns[name].from_json(value) for name, value in image.items()})


class RecordTable(Generic[R]):
    """The queries of a table whose columns are the fields of a record.

    Attributes:
        select: `select` with all columns, to which conditions are added.
    """

    key = "id"

    def __init__(self, name: str, record: type[R], columns: Mapping[str, Column]) -> None:
        self.name, self.record = name, record
        codec = Codec(record, columns)
        self.image, self.from_image, self.defaults = codec.image, codec.from_image, codec.defaults
        kinds = codec.columns
        self._get_values = attrgetter(*kinds)
        self._to_sql = tuple(column.to_sql for column in kinds.values())
        self._from_sql = tuple(column.from_sql for column in kinds.values())
        self._id = kinds["id"]
        listed = ", ".join(kinds)
        self.select = f"select {listed} from {name}"  # noqa: S608 - the names of a table's columns
        self._insert = f"insert into {name} ({listed}) values ({', '.join('?' * len(kinds))})"  # noqa: S608 - as above
        assigned = ", ".join(f"{column} = ?" for column in list(kinds)[1:])
        self._update = f"update {name} set {assigned} where id = ?"  # noqa: S608 - as above

    def insert(self, connection: sqlite3.Connection, records: Iterable[R]) -> None:
        """Insert records."""
        connection.executemany(self._insert, map(self._row, records))

    def update(self, connection: sqlite3.Connection, records: Iterable[R]) -> None:
        """Write every field of records that are there."""
        connection.executemany(self._update, ((*rest, id_) for id_, *rest in map(self._row, records)))

    def delete(self, connection: sqlite3.Connection, ids: Iterable[str]) -> None:
        """Delete records by their ids."""
        connection.executemany(
            f"delete from {self.name} where id = ?",  # noqa: S608 - the table's name
            ((self._id.to_sql(id_),) for id_ in ids),
        )

    def get(self, connection: sqlite3.Connection, id_: str) -> R | None:
        """Return a record, or None."""
        return self.get_many(connection, [id_]).get(id_)

    def get_many(self, connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, R]:
        """Return those records of these ids that are there."""
        found: dict[str, R] = {}
        for start in range(0, len(ids), BATCH):
            keys = [self._id.to_sql(id_) for id_ in ids[start : start + BATCH]]
            rows = connection.execute(f"{self.select} where {self.key} in ({','.join('?' * len(keys))})", keys)
            found.update((self._id.from_sql(row[0]), self.from_row(row)) for row in rows)
        return found

    def where(self, connection: sqlite3.Connection, condition: str, values: Iterable[object] = ()) -> list[R]:
        """Return the records that meet a condition; it may also order and limit them."""
        return [self.from_row(row) for row in connection.execute(f"{self.select} {condition}", tuple(values))]

    def in_order(self, connection: sqlite3.Connection) -> Iterator[R]:
        """Yield every record, by id."""
        return map(self.from_row, connection.execute(f"{self.select} order by {self.key}"))

    def from_row(self, row: tuple[Any, ...]) -> R:
        """Return the record of a row of `select`."""
        try:
            return self.record(*[read(value) for read, value in zip(self._from_sql, row, strict=True)])
        except MISREADS as error:
            raise RowUnreadableError(self.name, repr(error)) from error

    def _row(self, record: R) -> tuple[Any, ...]:
        return tuple(write(value) for write, value in zip(self._to_sql, self._get_values(record), strict=True))
