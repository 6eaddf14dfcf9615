# SPDX-License-Identifier: MIT
"""Queries of the project's scheme, annotators and own particulars."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from annotator.late import LateModule
from annotator.model.annotator import Annotator
from annotator.model.attributes import Attribute
from annotator.model.changes import Particular
from annotator.model.ids import AnnotatorId
from annotator.model.names import Name
from annotator.model.scheme import DocumentLabel, Label, Layer, RelationType, Scheme, SchemePart
from annotator.model.scheme_file import default_json, part_from_json, part_to_json
from annotator.store.columns import Image, RecordTable, compact_json, misreads_told

if TYPE_CHECKING:
    import hashlib
else:
    hashlib = LateModule("hashlib")  # with OpenSSL, which takes 3 MB

P = TypeVar("P", bound=SchemePart)


class PartTable(Generic[P]):
    """The queries of a table of parts of the scheme: keys are columns, what a part says is JSON in `body`."""

    def __init__(self, name: str, record: type[P], keys: tuple[str, ...] = ("id", "position")) -> None:
        self.name, self._keys = name, keys
        self.record: type[P] = record
        self.defaults: Image = default_json(record)
        columns = (*keys, "body")
        self.select = f"select {', '.join(columns)} from {name}"  # noqa: S608 - the names of a table's columns
        marks = ", ".join("?" * len(columns))
        self._insert = f"insert into {name} ({', '.join(columns)}) values ({marks})"  # noqa: S608 - as above
        assigned = ", ".join(f"{column} = ?" for column in columns[1:])
        self._update = f"update {name} set {assigned} where id = ?"  # noqa: S608 - as above

    def insert(self, connection: sqlite3.Connection, parts: Iterable[P]) -> None:
        """Insert parts."""
        connection.executemany(self._insert, map(self._row, parts))

    def update(self, connection: sqlite3.Connection, pairs: Iterable[tuple[P, P]]) -> None:
        """Write parts that are there, each as it was and as it is to be."""
        rows = (self._row(after) for _, after in pairs)
        connection.executemany(self._update, ((*rest, id_) for id_, *rest in rows))

    def delete(self, connection: sqlite3.Connection, ids: Iterable[str]) -> None:
        """Delete parts by their ids."""
        connection.executemany(f"delete from {self.name} where id = ?", ((id_,) for id_ in ids))  # noqa: S608

    def get_many(self, connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, P]:
        """Return those parts of these ids that are there; a scheme has few, so all are read."""
        wanted = set(ids)
        return {part.id: part for part in self.all(connection) if part.id in wanted}

    def all(self, connection: sqlite3.Connection) -> tuple[P, ...]:
        """Return all parts, in their order."""
        return tuple(map(self.from_row, connection.execute(f"{self.select} order by position, id")))

    def in_order(self, connection: sqlite3.Connection) -> Iterator[P]:
        """Yield every part, by id."""
        return map(self.from_row, connection.execute(f"{self.select} order by id"))

    def image(self, part: P) -> Image:
        """Return a part as the history keeps it, without its id."""
        return {**self.defaults, **{key: value for key, value in part_to_json(part).items() if key != "id"}}

    def brief(self, part: P) -> object:
        """Return what of a part is not as it is by default, as the history keeps it."""
        return {
            key: value
            for key, value in self.image(part).items()
            if key not in self.defaults or self.defaults[key] != value
        }

    def difference(self, before: P, after: P) -> tuple[Image, Image]:
        """Return what two parts do not have in common, as the history keeps it."""
        old, new = self.image(before), self.image(after)
        names = [name for name, value in old.items() if value != new[name]]
        return {name: old[name] for name in names}, {name: new[name] for name in names}

    def from_image(self, id_: str, image: Image) -> P:
        """Return the part of a whole image."""
        return part_from_json(self.record, {"id": id_, **image})

    def _row(self, part: P) -> tuple[Any, ...]:
        body = {key: value for key, value in part_to_json(part).items() if key not in self._keys}
        keys = tuple(getattr(part, key) for key in self._keys)
        return (*keys, compact_json(body))

    def from_row(self, row: tuple[Any, ...]) -> P:
        """Return the part of a row of `select`."""
        *keys, body = row
        with misreads_told(self.name):
            return part_from_json(self.record, {**json.loads(body), **dict(zip(self._keys, keys, strict=True))})


LAYERS = PartTable("layer", Layer)
LABELS = PartTable("label", Label, ("id", "layer_id", "position"))
ATTRIBUTES = PartTable("attribute", Attribute)
RELATION_TYPES = PartTable("relation_type", RelationType)
DOCUMENT_LABELS = PartTable("document_label", DocumentLabel)


class ParticularTable(RecordTable[Particular]):
    """The queries of the project's particulars, whose columns have names of their own."""

    key = "key"

    def __init__(self) -> None:
        super().__init__("project", Particular, {})
        self.select = "select key, value from project"

    def insert(self, connection: sqlite3.Connection, records: Iterable[Particular]) -> None:
        """Insert particulars."""
        put_particulars(connection, {record.id: record.value for record in records})

    def update(self, connection: sqlite3.Connection, pairs: Iterable[tuple[Particular, Particular]]) -> None:
        """Write particulars that are there, each as it was and as it is to be."""
        self.insert(connection, (after for _, after in pairs))

    def delete(self, connection: sqlite3.Connection, ids: Iterable[str]) -> None:
        """Delete particulars."""
        connection.executemany("delete from project where key = ?", ((id_,) for id_ in ids))


PARTICULARS = ParticularTable()


def put_particulars(connection: sqlite3.Connection, particulars: dict[str, str]) -> None:
    """Write the project's particulars, such as its id."""
    connection.executemany("insert or replace into project (key, value) values (?, ?)", particulars.items())


def particulars(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the project's particulars."""
    return dict(connection.execute("select key, value from project"))


def scheme_particulars(scheme: Scheme) -> tuple[Particular, ...]:
    """Return what of a scheme is kept among the particulars."""
    return (
        Particular("scheme_id", scheme.id),
        Particular("scheme_name_en", scheme.name.en),
        Particular("scheme_name_ar", scheme.name.ar),
        Particular("scheme_guideline_en", scheme.guideline.en),
        Particular("scheme_guideline_ar", scheme.guideline.ar),
        Particular("scheme_version", str(scheme.version)),
    )


def put_scheme(connection: sqlite3.Connection, scheme: Scheme) -> None:
    """Write the scheme of a new project."""
    scheme = scheme.numbered()
    PARTICULARS.insert(connection, scheme_particulars(scheme))
    LAYERS.insert(connection, scheme.layers)
    LABELS.insert(connection, scheme.all_labels)
    ATTRIBUTES.insert(connection, scheme.attributes)
    RELATION_TYPES.insert(connection, scheme.relation_types)
    DOCUMENT_LABELS.insert(connection, scheme.document_labels)


def scheme(connection: sqlite3.Connection) -> Scheme:
    """Return the project's scheme."""
    known = particulars(connection)
    with misreads_told("project"):
        return Scheme(
            id=known["scheme_id"],
            name=Name(en=known["scheme_name_en"], ar=known["scheme_name_ar"]),
            layers=LAYERS.all(connection),
            all_labels=LABELS.all(connection),
            attributes=ATTRIBUTES.all(connection),
            relation_types=RELATION_TYPES.all(connection),
            document_labels=DOCUMENT_LABELS.all(connection),
            guideline=Name(en=known["scheme_guideline_en"], ar=known["scheme_guideline_ar"]),
            version=int(known["scheme_version"]),
        )


def uses(connection: sqlite3.Connection, part: SchemePart) -> int:
    """Return how many tags, document tags, relations, labels, actors or events have a part of the scheme."""
    query, value = _USES[type(part)], str(part.id)
    # The path of an attribute's value in a JSON object; ids have no quotes in them (`scheme_rules`).
    (number,) = connection.execute(query, {"id": value, "path": f'$."{value}"'}).fetchone()
    return int(number)


_USES: dict[type[SchemePart], str] = {
    Layer: "select count(*) from label where layer_id = :id",
    Label: "select count(*) from span where label_id = :id",
    Attribute: """
        select (select count(*) from span where attributes <> '{}' and json_type(attributes, :path) is not null)
            + (select count(*) from document_tag where json_type(attributes, :path) is not null)
            + (select count(*) from actor where :id = 'actor_kind' and kind <> '')
            + (select count(*) from actor where :id = 'actor_sector' and sector <> '')
            + (select count(*) from event where :id = 'type' and type <> '')
    """,
    RelationType: "select count(*) from relation where type_id = :id",
    DocumentLabel: "select count(*) from document_tag where label_id = :id",
}


#: The key among the particulars that holds the digest of what no other hash and no act vouches for: the scheme as it
#: came with the project, who works in it, and the particulars.
_SEAL = "seal"
_SEALED = (
    "select key, value from project where key <> 'seal' order by key",
    "select id, name, created_at from annotator order by id",
    *(f"{table.select} order by id" for table in (LAYERS, LABELS, ATTRIBUTES, RELATION_TYPES, DOCUMENT_LABELS)),
)


def seal(connection: sqlite3.Connection) -> None:
    """Write the digest of scheme, annotators and particulars, after a change of any of them."""
    put_particulars(connection, {_SEAL: _digest(connection)})


def has_seal(connection: sqlite3.Connection) -> bool:
    """Return whether anything was sealed; in an older file nothing was."""
    return connection.execute("select 1 from project where key = ?", (_SEAL,)).fetchone() is not None


def is_sealed(connection: sqlite3.Connection) -> bool:
    """Return whether scheme, annotators and particulars are what was sealed; nothing was in an older file."""
    found = connection.execute("select value from project where key = ?", (_SEAL,)).fetchone()
    return found is None or found[0] == _digest(connection)


def _digest(connection: sqlite3.Connection) -> str:
    rows = [connection.execute(query).fetchall() for query in _SEALED]
    return hashlib.sha256(json.dumps(rows, default=bytes.hex).encode()).hexdigest()


def put_annotator(connection: sqlite3.Connection, annotator: Annotator, created_at: str) -> bool:
    """Add an annotator who is not there yet; return whether that was so."""
    added = connection.execute(
        "insert or ignore into annotator (id, name, created_at) values (?, ?, ?)",
        (bytes.fromhex(annotator.id), annotator.name, created_at),
    )
    return added.rowcount > 0


def named_annotator(connection: sqlite3.Connection, annotator: Annotator) -> Annotator:
    """Return the annotator of this name as the file has it, or the one given where it has none."""
    row = connection.execute("select id from annotator where name = ?", (annotator.name,)).fetchone()
    return annotator if row is None else Annotator(id=AnnotatorId(row[0].hex()), name=annotator.name)


def annotators(connection: sqlite3.Connection) -> list[Annotator]:
    """Return all annotators, the first to come first."""
    # All at once: a query that is left half done keeps the connection from closing.
    rows = connection.execute("select id, name from annotator order by id").fetchall()
    with misreads_told("annotator"):
        return [Annotator(id=AnnotatorId(id_.hex()), name=name) for id_, name in rows]
