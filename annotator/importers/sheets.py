# SPDX-License-Identifier: MIT
"""Tags in tables that belong together: documents, spans, relations, document tags, and the registry's entities.

Owns what the tables and columns are called and how rows become documents. Knows neither CSV nor workbooks: it is given
rows, those of one document together and the documents of every table in the same order, so that nothing is collected.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from annotator.errors import UserError
from annotator.importers.foreign import checked, from_json
from annotator.model import exchange
from annotator.model.annotator import Annotator
from annotator.model.attributes import AttributeValue
from annotator.model.ids import ActorId, AnnotatorId, EventId
from annotator.model.registry import Actor, Event
from annotator.model.span import Piece

DOCUMENTS, SPANS, RELATIONS, DOCUMENT_TAGS, ENTITIES = (
    "documents", "spans", "relations", "document_tags", "entities",
)  # fmt: skip

#: The tables in their order, and the columns of each.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    DOCUMENTS: ("doc_id", "title", "outlet", "date", "url", "author", "source", "text"),
    SPANS: (
        "doc_id", "outlet", "date", "span_id", "layer", "label", "start", "end", "pieces", "text", "left_context",
        "right_context", "entity_id", "entity_name", "attributes", "certainty", "note", "annotator", "origin",
        "created",
    ),
    RELATIONS: (
        "doc_id", "relation_id", "type", "from_span", "from_text", "to_span", "to_entity", "to_text", "annotator",
        "origin", "created",
    ),
    DOCUMENT_TAGS: (
        "doc_id", "tag_id", "label", "attributes", "certainty", "note", "annotator", "origin", "created",
    ),
    ENTITIES: (
        "entity", "id", "name_ar", "name_en", "title", "type", "sector", "country", "anonymous", "aliases", "members",
        "date", "place", "external_id", "note", "annotator", "created",
    ),
}  # fmt: skip

#: Without these columns a table cannot be read; the others may be missing, as may tables that are not named here.
REQUIRED: Mapping[str, tuple[str, ...]] = {
    DOCUMENTS: ("doc_id", "text"),
    SPANS: ("doc_id", "label", "start", "end"),
    RELATIONS: ("doc_id", "type", "from_span"),
    DOCUMENT_TAGS: ("doc_id", "label"),
    ENTITIES: ("entity", "id"),
}
NEEDED = (DOCUMENTS, SPANS)
UNSURE = "unsure"
#: What is in a row of the registry.
ACTOR, EVENT = "actor", "event"

#: A row by its columns, and where it stands.
Row = Mapping[str, str]
PlacedRow = tuple[str, Row]
#: Gives the rows of a table; none where there is no such table.
Rows = Callable[[str], Iterator[PlacedRow]]
#: The cells of a row in the order of `COLUMNS`, after the name of its table: what a file says, to be compared.
Cells = tuple[str, ...]

_NUMBER = re.compile(r"([0-9]{1,12})(?:\.0*)?")


def documents(rows: Rows, path: Path) -> Iterator[tuple[exchange.Document, tuple[Cells, ...]]]:
    """Yield every document, with all that the tables say of it.

    Raises:
        UserError: `foreign_malformed`, `foreign_missing`, `foreign_twice` or `foreign_offsets`.
    """
    others = {table: _Groups(rows(table)) for table in (SPANS, RELATIONS, DOCUMENT_TAGS)}
    seen: set[str] = set()
    for place, row in rows(DOCUMENTS):
        doc_id = row["doc_id"]
        if doc_id in seen:
            raise UserError("foreign_twice", path=path, place=place, what=doc_id)
        seen.add(doc_id)
        groups = {table: group.of(doc_id) for table, group in others.items()}
        said = (cells_of(DOCUMENTS, row), *(cells_of(t, one) for t, group in groups.items() for _, one in group))
        yield _document(place, row, groups, path), said
    for table, group in others.items():
        group.refuse_rest(table, path)


def registry(rows: Rows, path: Path) -> tuple[exchange.Header, tuple[Cells, ...]]:
    """Return the registry, with all that the table says of it.

    Raises:
        UserError: `foreign_malformed` or `foreign_twice`.
    """
    actors: dict[str, Actor] = {}
    events: dict[str, Event] = {}
    said = []
    for place, row in rows(ENTITIES):
        if row["id"] in actors or row["id"] in events:
            raise UserError("foreign_twice", path=path, place=place, what=row["id"])
        if row["entity"] == EVENT:
            events[row["id"]] = _event(row, path, place)
        elif row["entity"] == ACTOR:
            actors[row["id"]] = _actor(row, path, place)
        else:
            raise UserError("foreign_malformed", path=path, place=place, detail=f"entity: {row['entity'][:40]}")
        said.append(cells_of(ENTITIES, row))
    names = [*(one.annotator_id for one in actors.values()), *(one.annotator_id for one in events.values())]
    annotators = tuple(Annotator(name, name) for name in dict.fromkeys(names) if name)
    return exchange.Header(None, annotators, tuple(actors.values()), tuple(events.values())), tuple(said)


def cells_of(table: str, row: Row) -> Cells:
    """Return what a row says, to be compared."""
    return (table, *(row.get(column, "") for column in COLUMNS[table]))


def is_table(table: str, names: Iterable[str]) -> bool:
    """Return whether columns of these names can be read as a table."""
    return set(REQUIRED[table]) <= set(names)


def check_columns(table: str, names: Iterable[str], path: Path, place: str) -> None:
    """Refuse a table that lacks a column.

    Raises:
        UserError: `foreign_missing`.
    """
    missing = [name for name in REQUIRED[table] if name not in set(names)]
    if missing:
        raise UserError("foreign_missing", path=path, place=f"{place}: {', '.join(missing)}")


class _Groups:
    """The rows of a table, document by document."""

    def __init__(self, rows: Iterator[PlacedRow]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def of(self, doc_id: str) -> list[PlacedRow]:
        """Return the rows of the next document, if they are those of this one."""
        group = []
        while self._next is not None and self._next[1]["doc_id"] == doc_id:
            group.append(self._next)
            self._next = next(self._rows, None)
        return group

    def refuse_rest(self, table: str, path: Path) -> None:
        """Refuse rows that no document has taken."""
        if self._next is not None:
            place, row = self._next
            detail = f"{table} are not in the order of {DOCUMENTS}, or there is no document {row['doc_id'][:80]}"
            raise UserError("foreign_malformed", path=path, place=place, detail=detail)


def _document(place: str, row: Row, groups: Mapping[str, list[PlacedRow]], path: Path) -> exchange.Document:
    document = exchange.Document(
        text=row["text"],
        id=row["doc_id"],
        tags=tuple(_tag(at, one, path) for at, one in groups[SPANS]),
        relations=tuple(_relation(at, one) for at, one in groups[RELATIONS]),
        document_tags=tuple(_document_tag(at, one, path) for at, one in groups[DOCUMENT_TAGS]),
        title=row.get("title", ""),
        outlet=row.get("outlet", ""),
        date=row.get("date", ""),
        url=row.get("url", ""),
        author=row.get("author", ""),
        source=row.get("source", ""),
        place=place,
    )
    return checked(document, path)


def _tag(place: str, row: Row, path: Path) -> exchange.Tag:
    start, end = (_number(row[name], name, path, place) for name in ("start", "end"))
    return exchange.Tag(
        row["label"],
        start,
        end,
        id=row.get("span_id", ""),
        pieces=_pieces(row.get("pieces", ""), path, place),
        quote=row.get("text") or None,
        note=row.get("note", ""),
        unsure=row.get("certainty", "") == UNSURE,
        attributes=read_attributes(row.get("attributes", ""), path, place),
        entity=row.get("entity_id", ""),
        annotator=row.get("annotator", ""),
        place=place,
    )


def _relation(place: str, row: Row) -> exchange.Relation:
    return exchange.Relation(
        row["type"],
        row["from_span"],
        row.get("to_span", ""),
        row.get("to_entity", ""),
        id=row.get("relation_id", ""),
        annotator=row.get("annotator", ""),
        place=place,
    )


def _document_tag(place: str, row: Row, path: Path) -> exchange.DocumentTag:
    return exchange.DocumentTag(
        row["label"],
        id=row.get("tag_id", ""),
        note=row.get("note", ""),
        unsure=row.get("certainty", "") == UNSURE,
        attributes=read_attributes(row.get("attributes", ""), path, place),
        annotator=row.get("annotator", ""),
        place=place,
    )


def _actor(row: Row, path: Path, place: str) -> Actor:
    return Actor(
        ActorId(row["id"]),
        row.get("name_ar", ""),
        row.get("name_en", ""),
        AnnotatorId(row.get("annotator", "")),
        row.get("created", ""),
        kind=row.get("type", ""),
        sector=row.get("sector", ""),
        country=row.get("country", ""),
        external_id=row.get("external_id", ""),
        aliases=_names(row.get("aliases", ""), path, place),
        members=tuple(map(ActorId, _names(row.get("members", ""), path, place))),
        anonymous=row.get("anonymous", "") == "true",
        note=row.get("note", ""),
    )


def _event(row: Row, path: Path, place: str) -> Event:
    return Event(
        EventId(row["id"]),
        row.get("title", ""),
        AnnotatorId(row.get("annotator", "")),
        row.get("created", ""),
        type=row.get("type", ""),
        date=row.get("date", ""),
        place=row.get("place", ""),
        external_id=row.get("external_id", ""),
        participants=tuple(map(ActorId, _names(row.get("members", ""), path, place))),
        note=row.get("note", ""),
    )


def read_attributes(raw: str, path: Path, place: str) -> dict[str, AttributeValue]:
    """Return attributes that were written as a JSON object.

    Raises:
        UserError: `foreign_malformed` or `foreign_cut_short`.
    """
    kind: Any = dict[str, AttributeValue]
    found: dict[str, AttributeValue] = from_json(raw, kind, path, place) if raw else {}
    return found


def _names(raw: str, path: Path, place: str) -> tuple[str, ...]:
    return from_json(raw, tuple[str, ...], path, place) if raw else ()


def _pieces(raw: str, path: Path, place: str) -> tuple[Piece, ...]:
    return from_json(raw, tuple[Piece, ...], path, place) if raw else ()


def _number(raw: str, name: str, path: Path, place: str) -> int:
    # Programs that read a table and write it again make 12.0 of 12.
    found = _NUMBER.fullmatch(raw.strip())
    if not found:
        raise UserError("foreign_malformed", path=path, place=place, detail=f"{name}: {raw[:40]}")
    return int(found[1])
