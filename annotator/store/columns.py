# SPDX-License-Identifier: MIT
"""How the fields of records are kept: as SQL values in a table, and as JSON values in the history.

Owns the kinds of columns and the reading and writing of a table whose columns are the fields of a record.
"""

import contextlib
import json
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, fields
from enum import StrEnum
from functools import cache, cached_property
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from annotator.late import LateModule

if TYPE_CHECKING:
    import msgspec
else:
    msgspec = LateModule("msgspec")

#: A row as the history keeps it, without its id.
Image = dict[str, Any]

#: So many rows are asked for by id at once; SQLite takes no more than 999 parameters where it is old.
BATCH = 500


@cache
def _coders() -> tuple[Callable[[object], bytes], Callable[[str], Any]]:
    """Return what writes and reads JSON; a large import has a million values, and `json` takes four times as long."""
    return msgspec.json.Encoder().encode, msgspec.json.Decoder().decode


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
    return _coders()[0](value).decode()


def parsed_json(text: str) -> Any:
    """Return the value of JSON.

    Raises:
        ValueError: it is none.
    """
    # A large import has loaded the quick one; what an article needs is read by the plain one before that is loaded.
    return (_coders()[1] if "msgspec" in sys.modules else json.loads)(text)


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def _lists(value: Any) -> Any:
    return [_lists(one) for one in value] if isinstance(value, tuple) else value


# Asked of each of a million rows, and of most values neither is to be turned.
def _mapping(value: Mapping[str, Any]) -> Mapping[str, Any]:
    return {key: _tuples(one) if isinstance(one, list) else one for key, one in value.items()}


def _plain_mapping(value: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _lists(one) if isinstance(one, tuple) else one for key, one in value.items()}


def _to_blob(value: str | None) -> bytes | None:
    return None if value is None else bytes.fromhex(value)


def _from_blob(value: bytes | None) -> str | None:
    return None if value is None else value.hex()


PLAIN = Column()
ID = Column(to_sql=bytes.fromhex, from_sql=bytes.hex)
#: Of a column that may be null.
ID_IF_ANY = Column(to_sql=_to_blob, from_sql=_from_blob)
FLAG = Column(to_sql=int, from_sql=bool)
TUPLE = Column(
    to_sql=lambda value: compact_json(value) if value else "[]",
    from_sql=lambda value: () if value == "[]" else _tuples(parsed_json(value)),
    to_json=lambda value: _lists(value) if value else [],
    from_json=lambda value: _tuples(value) if value else (),
)
MAPPING = Column(
    to_sql=lambda value: compact_json(value) if value else "{}",
    from_sql=lambda value: {} if value == "{}" else _mapping(parsed_json(value)),
    to_json=lambda value: _plain_mapping(value) if value else {},
    from_json=lambda value: _mapping(value) if value else {},
)


def choice(kind: type[_E]) -> Column:
    """Return the column of an enum."""
    # A look-up takes a third of the time of a call of the enum; what is no member of it is a bug or damage.
    known = {member.value: member for member in kind}
    return Column(to_sql=str, from_sql=known.__getitem__, to_json=str, from_json=known.__getitem__)


def default_of(field: "Field[Any]") -> Any:
    """Return the default of a record's field, or `MISSING`."""
    return field.default if field.default_factory is MISSING else field.default_factory()


def _default_for(field: "Field[Any]") -> tuple[Any, ...]:
    """Return what `msgspec.defstruct` takes as the default of a record's field, if it has one."""
    if field.default_factory is not MISSING:
        return (msgspec.field(default_factory=field.default_factory),)
    return () if field.default is MISSING else (field.default,)


Reader = Callable[[Any], Any]


def _readers(columns: Iterable[Column], way: Callable[[Column], Reader]) -> tuple[tuple[int, Reader], ...]:
    """Return of which columns, by their places, values are not taken as they are, and what turns them."""
    return tuple((place, turn) for place, column in enumerate(columns) if (turn := way(column)) is not _same)


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
        self._get = attrgetter(*self._names)
        self._places = {name: place for place, name in enumerate(self._names)}
        kept = [self.columns[name] for name in self._names]
        self._writers = _readers(kept, lambda column: column.to_json)
        self._readers = _readers(kept, lambda column: column.from_json)
        self.defaults = {
            field.name: self.columns[field.name].to_json(default)
            for field in known
            if (default := default_of(field)) is not MISSING
        }
        # Fields without a default come first in every record.
        required = [name for name in self._names if name not in self.defaults]
        self._required = itemgetter(*required) if len(required) > 1 else lambda image: [image[one] for one in required]

    def image(self, record: R) -> Image:
        """Return every field but the id as the history keeps it."""
        return dict(zip(self._names, self._kept(record), strict=True))

    def from_image(self, id_: str, image: Image) -> R:
        """Return the record of an image; what is not in it is as it is by default."""
        values = [*self._required(image), *map(image.get, self.defaults, self.defaults.values())]
        for place, read in self._readers:
            values[place] = read(values[place])
        return self._make(id_, *values)

    def from_images(self, ids: Iterable[str], images: Sequence[Image]) -> list[R]:
        """Return the records of images: `from_image` of many, column by column, which takes two thirds of the time."""
        columns: list[Sequence[Any]] = [*zip(*map(self._required, images), strict=True)] if images else []
        columns += [[image.get(name, default) for image in images] for name, default in self.defaults.items()]
        for place, read in self._readers if images else ():
            columns[place] = [*map(read, columns[place])]
        return [*map(self._make, ids, *columns)]

    def brief(self, record: R) -> object:
        """Return what `compact_json` writes as an image of what in a record is not as it is by default."""
        return self._written(*self._values(record))

    @cached_property
    def _written(self) -> Callable[..., object]:
        # As it writes, msgspec leaves out what is by default, and turns enums and tuples into what `image` says.
        listed = [(field.name, Any, *_default_for(field)) for field in fields(self._make) if field.name != "id"]  # type: ignore[arg-type]  # R is a dataclass
        written: Callable[..., object] = msgspec.defstruct(self._make.__name__, listed, omit_defaults=True)
        return written

    def difference(self, before: R, after: R) -> tuple[Image, Image]:
        """Return what two records do not have in common, as the history keeps it."""
        old, new = self._values(before), self._values(after)
        names = [name for name, one, other in zip(self._names, old, new, strict=True) if one != other]
        return (
            {name: self.columns[name].to_json(old[self._places[name]]) for name in names},
            {name: self.columns[name].to_json(new[self._places[name]]) for name in names},
        )

    def _kept(self, record: R) -> list[Any]:
        values = self._values(record)
        for place, write in self._writers:
            values[place] = write(values[place])
        return values

    def _values(self, record: R) -> list[Any]:
        values = self._get(record)
        return list(values) if len(self._names) > 1 else [values]


class RecordTable(Generic[R]):
    """The queries of a table whose columns are the fields of a record.

    Attributes:
        select: `select` with all columns, to which conditions are added.
    """

    key = "id"

    def __init__(self, name: str, record: type[R], columns: Mapping[str, Column]) -> None:
        self.name, self.record = name, record
        codec = Codec(record, columns)
        self.image, self.from_image, self.from_images = codec.image, codec.from_image, codec.from_images
        self.defaults = codec.defaults
        self.brief, self.difference = codec.brief, codec.difference
        kinds = codec.columns
        self._columns = kinds
        self._places = {column: place for place, column in enumerate(kinds)}
        self._get_values = attrgetter(*kinds)
        self._writers = _readers(kinds.values(), lambda column: column.to_sql)
        self._readers = _readers(kinds.values(), lambda column: column.from_sql)
        self._id = kinds["id"]
        listed = self._listed = ", ".join(kinds)
        self.select = f"select {listed} from {name}"  # noqa: S608 - the names of a table's columns
        self._insert = f"insert into {name} ({listed}) values ({', '.join('?' * len(kinds))})"  # noqa: S608 - as above

    def insert(self, connection: sqlite3.Connection, records: Iterable[R]) -> None:
        """Insert records."""
        connection.executemany(self._insert, self.rows(records))

    def update(self, connection: sqlite3.Connection, pairs: Iterable[tuple[R, R]]) -> None:
        """Write what is different in records that are there, each as it was and as it is to be."""
        for names, run in groupby(pairs, self._different):
            self.write(connection, names, [after for _, after in run])

    def write(self, connection: sqlite3.Connection, names: Sequence[str], records: Sequence[R]) -> None:
        """Write these columns of records that are there."""
        # No others: SQLite writes an index anew where one of its columns is named, changed or not.
        assigned = ", ".join(f"{name} = ?" for name in names)
        places = [self._places[name] for name in names]
        connection.executemany(
            f"update {self.name} set {assigned} where id = ?",  # noqa: S608 - names of columns
            ([*(row[place] for place in places), row[0]] for row in self.rows(records)),
        )

    def take(self, connection: sqlite3.Connection, keys_of_all: Sequence[object]) -> dict[object, tuple[Any, ...]]:
        """Delete rows by their ids, as SQLite keeps these; return those that were there."""
        taken: dict[object, tuple[Any, ...]] = {}
        for start in range(0, len(keys_of_all), BATCH):
            keys = keys_of_all[start : start + BATCH]
            marks = ",".join("?" * len(keys))
            rows = connection.execute(
                f"delete from {self.name} where id in ({marks}) returning {self._listed}",  # noqa: S608 - names, marks
                keys,
            )
            taken |= {row[0]: row for row in rows.fetchall()}
        return taken

    def _different(self, pair: tuple[R, R]) -> tuple[str, ...]:
        before, after = map(self._get_values, pair)
        return tuple(name for name, place in self._places.items() if before[place] != after[place])

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
            marks = ",".join("?" * len(keys))
            rows = connection.execute(f"{self.select} where {self.key} in ({marks})", keys)
            found.update((self._id.from_sql(row[0]), self.from_row(row)) for row in rows)
        return found

    def is_as(self, record: R, image: Image) -> bool:
        """Return whether those fields of a record that are in an image are as it says."""
        return all(self._columns[name].to_json(getattr(record, name)) == value for name, value in image.items())

    def replaced(self, record: R, changed: Image) -> R:
        """Return a record with some of its fields as an image says."""
        values = list(self._get_values(record))
        for name, value in changed.items():
            values[self._places[name]] = self._columns[name].from_json(value)
        return self.record(*values)

    def where(self, connection: sqlite3.Connection, condition: str, values: Iterable[object] = ()) -> list[R]:
        """Return the records that meet a condition; it may also order and limit them."""
        return [self.from_row(row) for row in connection.execute(f"{self.select} {condition}", tuple(values))]

    def in_order(self, connection: sqlite3.Connection) -> Iterator[R]:
        """Yield every record, by id."""
        return map(self.from_row, connection.execute(f"{self.select} order by {self.key}"))

    def from_row(self, row: tuple[Any, ...]) -> R:
        """Return the record of a row of `select`."""
        values = list(row)
        try:
            for place, read in self._readers:
                values[place] = read(values[place])
            return self.record(*values)
        except MISREADS as error:
            raise RowUnreadableError(self.name, repr(error)) from error

    def rows(self, records: Iterable[R]) -> list[tuple[Any, ...]]:
        """Return records as SQLite keeps them; column by column, since a call for each value takes twice as long."""
        columns: list[Iterable[Any]] = [*zip(*map(self._get_values, records), strict=True)]
        for place, write in self._writers if columns else ():
            columns[place] = map(write, columns[place])
        return [*zip(*columns, strict=True)]
