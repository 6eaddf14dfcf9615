# SPDX-License-Identifier: MIT
"""Rows of a dataset made into documents: our own, those with entities as lists, and those of labelled tokens only.

Owns which columns are taken for what. Knows no file: rows are plain values, with the names of their classes.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from annotator.errors import UserError
from annotator.importers.foreign import checked, from_json
from annotator.importers.rebuilding import Sentence
from annotator.importers.safety import decoded
from annotator.importers.sheets import read_attributes
from annotator.model import exchange
from annotator.model.span import Piece

#: By which names others call the columns that we call by the first.
TEXT = ("text", "sentence", "content")
TOKENS = ("tokens", "words")
NER_TAGS = ("ner_tags", "tags", "labels", "ner", "ner_labels")
ENTITIES = ("entities", "spans", "ents")
DOC_ID = ("doc_id", "id")
_LABEL, _START, _END = ("label", "type", "tag"), ("start", "start_offset", "begin"), ("end", "end_offset", "stop")
_QUOTE = ("text", "word", "mention")
_FIELDS = ("title", "outlet", "date", "url", "author", "source")

#: Every column that is read.
COLUMNS = (*TEXT, *TOKENS, *NER_TAGS, *ENTITIES, *DOC_ID, *_FIELDS, "relations", "document_tags")

_OUTSIDE = frozenset({"O", ""})
_BEGINNING, _INSIDE = frozenset("BSU"), frozenset("IMEL")

Row = Mapping[str, Any]
#: The names of the classes of each column, of fields of lists as `entities.label`.
Classes = Mapping[str, Sequence[str]]


def has(names: Sequence[str], choices: Sequence[str]) -> str:
    """Return which of some columns is there, or ""."""
    return next((one for one in choices if one in names), "")


def is_readable(names: Sequence[str]) -> bool:
    """Return whether columns of these names hold tagged text."""
    spans = has(names, TEXT) and has(names, ENTITIES)
    return bool(spans or (has(names, TOKENS) and has(names, NER_TAGS)))


def class_names(features: object, at: str = "") -> dict[str, list[str]]:
    """Return the names of the classes in the JSON of a dataset's features."""
    match features:
        case [one]:
            return class_names(one, at)
        case {"_type": "ClassLabel", "names": [*names]}:
            return {at: [str(name) for name in names]}
        case {"_type": str(), "feature": inner}:
            return class_names(inner, at)
        case Mapping():
            found: dict[str, list[str]] = {}
            for key, inner in features.items():
                found |= class_names(inner, f"{at}.{key}" if at else str(key))
            return found
        case _:
            return {}


class RowReader:
    """Makes documents of the rows of one file."""

    def __init__(self, names: Sequence[str], classes: Classes, path: Path) -> None:
        self._classes, self._path = classes, path
        self._text, self._tokens = has(names, TEXT), has(names, TOKENS)
        self._entities, self._ner = has(names, ENTITIES) if self._text else "", has(names, NER_TAGS)
        self._doc_id = has(names, DOC_ID)

    def document(self, row: Row, place: str) -> exchange.Document:
        """Return a row as a document.

        Raises:
            UserError: `foreign_malformed`, `foreign_missing`, `foreign_offsets` or `foreign_twice`.
        """
        text, tags = self._tagged(row, place)
        ids = [tag.id for tag in tags]
        document = exchange.Document(
            text=text,
            id=self._string(row.get(self._doc_id), place),
            title=self._string(row.get("title"), place),
            source=self._string(row.get("source"), place),
            outlet=self._string(row.get("outlet"), place),
            url=self._string(row.get("url"), place),
            author=self._string(row.get("author"), place),
            date=self._string(row.get("date"), place),
            tags=tuple(tags),
            relations=tuple(self._relation(one, ids, place) for one in self._records(row, "relations", place)),
            document_tags=tuple(self._document_tag(one, place) for one in self._records(row, "document_tags", place)),
            rebuilt=not self._text,
            place=place,
        )
        return checked(document, self._path)

    def _tagged(self, row: Row, place: str) -> tuple[str, list[exchange.Tag]]:
        text = self._string(row.get(self._text), place)
        if self._entities:
            records = enumerate(self._records(row, self._entities, place))
            return text, [self._tag(one, number, place) for number, one in records]
        labels = [self._label(one, self._ner, place, outside=True) for one in self._list(row.get(self._ner), place)]
        tokens = [self._string(one, place) for one in self._list(row.get(self._tokens), place)]
        if len(labels) != len(tokens):
            raise self._malformed(place, f"{len(tokens)} {self._tokens}, {len(labels)} {self._ner}")
        text, ranges = Sentence(tokens, text).placed()
        found = ((label, ranges[first][0], ranges[last][1]) for label, first, last in _runs(labels))
        return text, [
            exchange.Tag(label, start, end, id=str(number), quote=text[start:end] or None, place=place)
            for number, (label, start, end) in enumerate(found)
            if start < end
        ]

    def _tag(self, one: Row, number: int, place: str) -> exchange.Tag:
        label, quote = has(tuple(one), _LABEL), self._string(one.get(has(tuple(one), _QUOTE)), place)
        return exchange.Tag(
            self._label(one.get(label), f"{self._entities}.{label}", place),
            self._integer(one.get(has(tuple(one), _START)), place),
            self._integer(one.get(has(tuple(one), _END)), place),
            id=self._string(one.get("id"), place) or str(number),
            pieces=self._pieces(one.get("pieces"), place),
            quote=quote or None,
            note=self._string(one.get("note"), place),
            unsure=one.get("unsure") is True,
            attributes=read_attributes(self._string(one.get("attributes"), place), self._path, place),
            entity=self._string(one.get("entity_id"), place),
            annotator=self._string(one.get("annotator"), place),
            place=place,
        )

    def _relation(self, one: Row, ids: Sequence[str], place: str) -> exchange.Relation:
        label = has(tuple(one), ("type", "label"))
        return exchange.Relation(
            self._label(one.get(label), f"relations.{label}", place),
            self._end(one.get("head"), ids, place),
            self._end(one.get("tail"), ids, place),
            self._string(one.get("entity_id"), place),
            id=self._string(one.get("id"), place),
            annotator=self._string(one.get("annotator"), place),
            place=place,
        )

    def _document_tag(self, one: Row, place: str) -> exchange.DocumentTag:
        return exchange.DocumentTag(
            self._label(one.get("label"), "document_tags.label", place),
            id=self._string(one.get("id"), place),
            note=self._string(one.get("note"), place),
            unsure=one.get("unsure") is True,
            attributes=read_attributes(self._string(one.get("attributes"), place), self._path, place),
            annotator=self._string(one.get("annotator"), place),
            place=place,
        )

    # Values

    def _label(self, value: object, column: str, place: str, *, outside: bool = False) -> str:
        if isinstance(value, str):
            return value
        names = self._classes.get(column, ())
        # Classes that were masked for training are negative.
        if outside and isinstance(value, int) and value < 0:
            return "O"
        if not isinstance(value, int) or not 0 <= value < len(names):
            raise self._malformed(place, f"{column}: {str(value)[:40]}")
        return names[value]

    def _end(self, value: object, ids: Sequence[str], place: str) -> str:
        """Return the id of the entity at the end of a relation: its number in the list, or its id; nothing below 0."""
        if isinstance(value, int):
            if value >= len(ids):
                raise self._malformed(place, f"relations: {value}")
            return ids[value] if value >= 0 else ""
        return self._string(value, place)

    def _records(self, row: Row, name: str, place: str) -> Iterator[Row]:
        """Yield the records of a list, which may be stored as lists of their fields."""
        value = row.get(name)
        if isinstance(value, Mapping):
            fields = {key: self._list(one, place) for key, one in value.items()}
            if len({len(one) for one in fields.values()}) > 1:
                raise self._malformed(place, name)
            value = [dict(zip(fields, values, strict=True)) for values in zip(*fields.values(), strict=True)]
        for one in self._list(value, place):
            if not isinstance(one, Mapping):
                raise self._malformed(place, f"{name}: {str(one)[:40]}")
            yield one

    def _pieces(self, value: object, place: str) -> tuple[Piece, ...]:
        pieces = []
        for one in self._list(value, place):
            ends = [self._integer(end, place) for end in self._list(one, place)]
            if len(ends) != 2:
                raise self._malformed(place, "pieces")
            pieces.append((ends[0], ends[1]))
        return tuple(pieces)

    def _string(self, value: object, place: str) -> str:
        if isinstance(value, list | Mapping | bytes):
            raise self._malformed(place, str(value)[:40])
        return "" if value is None else str(value)

    def _integer(self, value: object, place: str) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._malformed(place, str(value)[:40])
        return value

    def _list(self, value: object, place: str) -> Sequence[Any]:
        if value is None:
            return ()
        if not isinstance(value, list):
            raise self._malformed(place, str(value)[:40])
        return value

    def _malformed(self, place: str, detail: str) -> UserError:
        return UserError("foreign_malformed", path=self._path, place=place, detail=detail)


def features_json(raw: bytes, path: Path) -> object:
    """Return the features that the footer of a file tells of.

    Raises:
        UserError: `foreign_encoding`, `foreign_malformed` or `foreign_cut_short`.
    """
    info: Any = from_json(decoded(raw, path, "features"), dict[str, Any], path, "features").get("info")
    return info.get("features") if isinstance(info, dict) else None


def _runs(labels: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Yield the label, the first and the last token of each entity, in any of the ways to label tokens."""
    start, current = 0, ""
    for index, cell in enumerate((*labels, "O")):
        mark, dash, name = cell.partition("-")
        marked = dash and mark in _BEGINNING | _INSIDE
        label = "" if cell in _OUTSIDE else name if marked else cell
        begins = bool(marked) and mark in _BEGINNING
        if current and (begins or label != current):
            yield current, start, index - 1
            current = ""
        if label and not current:
            start, current = index, label
