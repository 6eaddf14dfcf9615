# SPDX-License-Identifier: MIT
"""What articles with their tags are as rows of the tables that `annotator.importers.sheets` names.

Owns what stands in each cell. Knows neither CSV nor workbooks.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from annotator.exporters.abilities import EVERYTHING
from annotator.exporters.base import Entry, ExportSource, Written
from annotator.exporters.carrying import Carried, entry_of, refuse_other_quotes
from annotator.importers import sheets
from annotator.importers.sheets import COLUMNS, DOCUMENT_TAGS, DOCUMENTS, ENTITIES, RELATIONS, SPANS, Cells
from annotator.model import exchange
from annotator.model.attributes import AttributeValue
from annotator.model.document_tag import DocumentTag
from annotator.model.relation import Relation
from annotator.model.span import Span
from annotator.model.tagged_article import TaggedArticle

#: In code points: how much of the text around a tag stands beside it.
_CONTEXT = 60

ABILITIES = EVERYTHING


class RowMaker:
    """Makes the rows of the documents and of the registry of one export."""

    def __init__(self, source: ExportSource) -> None:
        self._source = source
        self._layers = {label.id: str(label.layer_id) for label in source.scheme.all_labels}
        self._names: dict[str, str] = {str(key): one.name_in("ar") for key, one in source.actors.items()}
        self._names.update((key, one.title) for key, one in source.events.items())

    def rows(self, tagged: TaggedArticle, carried: Carried) -> tuple[Cells, ...]:
        """Return all rows of a document, table by table."""
        document = carried.document
        spans: dict[str, Span] = {one.span.id: one.span for one in carried.placed}
        relations: dict[str, Relation] = {one.id: one for one in tagged.relations}
        tags: dict[str, DocumentTag] = {tag.id: tag for tag in tagged.document_tags}
        words = {key: span.words for key, span in spans.items()}
        return (
            _cells(
                DOCUMENTS, {name: getattr(document, name, "") for name in COLUMNS[DOCUMENTS]} | {"doc_id": document.id}
            ),
            *(self._span(document, tag, spans[tag.id]) for tag in document.tags),
            *(self._relation(document, one, relations[one.id], words) for one in document.relations),
            *(_document_tag(document, tag, tags[tag.id]) for tag in document.document_tags),
        )

    def registry(self) -> tuple[Cells, ...]:
        """Return the rows of all actors, then of all events."""
        names = self._source.annotators
        actors = (
            asdict(one) | {"entity": sheets.ACTOR, "type": one.kind, "annotator": names[one.annotator_id]}
            for one in self._source.actors.values()
        )
        events = (
            asdict(one) | {"entity": sheets.EVENT, "members": one.participants, "annotator": names[one.annotator_id]}
            for one in self._source.events.values()
        )
        return tuple(_cells(ENTITIES, row | {"created": row["created_at"]}) for row in (*actors, *events))

    def _span(self, document: exchange.Document, tag: exchange.Tag, span: Span) -> Cells:
        text = document.text
        values = {
            "outlet": document.outlet,
            "date": document.date,
            "span_id": tag.id,
            "layer": self._layers.get(span.label_id, ""),
            "start": str(tag.start),
            "end": str(tag.end),
            "pieces": tag.pieces,
            "text": text[tag.start : tag.end],
            "left_context": _line(text[max(tag.start - _CONTEXT, 0) : tag.start]),
            "right_context": _line(text[tag.end : tag.end + _CONTEXT]),
            "entity_id": tag.entity,
            "entity_name": self._names.get(tag.entity, ""),
        }
        return _cells(SPANS, values | _said(document, tag, span))

    def _relation(
        self, document: exchange.Document, one: exchange.Relation, relation: Relation, words: Mapping[str, str]
    ) -> Cells:
        values = {
            "doc_id": document.id,
            "relation_id": one.id,
            "type": one.type,
            "from_span": one.source,
            "from_text": words[one.source],
            "to_span": one.target,
            "to_entity": one.entity,
            "to_text": words.get(one.target, "") or self._names.get(one.entity, ""),
            "annotator": one.annotator,
        }
        return _cells(RELATIONS, values | _made(relation))


def entry(document: exchange.Document, rows: tuple[Cells, ...]) -> Entry:
    """Return what tables say of a document: what every reader makes of it, and each cell."""
    said = entry_of(document, ABILITIES)
    return Entry(said.tags, (said.content, rows), said.relations, said.document_tags)


def registry_written(rows: tuple[Cells, ...]) -> Written:
    """Return that the registry is in the file."""
    return Written(None, Entry(0, rows))


def entries(rows: sheets.Rows, path: Path) -> Iterator[Entry]:
    """Yield what tables say that were read back.

    Raises:
        UserError: what reading them raises.
    """
    for document, said in sheets.documents(rows, path):
        refuse_other_quotes(document)
        yield entry(document, said)
    _, said = sheets.registry(rows, path)
    yield Entry(0, said)


def _document_tag(document: exchange.Document, tag: exchange.DocumentTag, made: DocumentTag) -> Cells:
    return _cells(DOCUMENT_TAGS, {"tag_id": tag.id} | _said(document, tag, made))


def _said(
    document: exchange.Document, tag: exchange.Tag | exchange.DocumentTag, made: Span | DocumentTag
) -> dict[str, object]:
    return {
        "doc_id": document.id,
        "label": tag.label,
        "attributes": tag.attributes,
        "certainty": made.certainty.value,
        "note": tag.note,
        "annotator": tag.annotator,
        **_made(made),
    }


def _made(made: Span | Relation | DocumentTag) -> dict[str, object]:
    return {"origin": made.origin.value, "created": made.created_at}


def _cells(table: str, values: Mapping[str, object]) -> Cells:
    return (table, *(_cell(values.get(column, "")) for column in COLUMNS[table]))


def _cell(value: object) -> str:
    """Return a value as it stands in a cell; what is no single word as JSON, nothing of several as nothing."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case Mapping() | tuple():
            return written(value) if value else ""
        case _:
            return str(value)


def written(value: Mapping[str, AttributeValue] | Sequence[object]) -> str:
    """Return attributes, or a list, as JSON in one line; attributes in the order of their ids."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _line(text: str) -> str:
    return " ".join(text.split())


def by_table(rows: Iterable[Cells]) -> Iterator[tuple[str, Cells]]:
    """Yield the table of each row and its cells."""
    for table, *cells in rows:
        yield table, tuple(cells)
