# SPDX-License-Identifier: MIT
"""What the command line prints of articles, tags, files and acts: plain data for JSON, names for people."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from annotator import i18n
from annotator.i18n import tr, tr_marked
from annotator.model.article import ArticleState, ArticleSummary
from annotator.model.attributes import AttributeValue
from annotator.model.changes import ActKind, HistoryEntry, Op
from annotator.model.document_tag import DocumentTag
from annotator.model.ids import ActorId, AttributeId, EventId
from annotator.model.registry import Actor, Event
from annotator.model.relation import Relation
from annotator.model.scheme import Scheme
from annotator.model.span import Span
from annotator.ops.importing import ImportedFile
from annotator.ops.naming import with_names
from annotator.project import Project

#: Enough for the longest state in either language.
STATE_WIDTH = 12


def article_data(number: int, article: ArticleSummary) -> dict[str, Any]:
    """Return one article of the list."""
    return {
        "number": number,
        "id": article.id,
        "title": article.title,
        "state": article.state,
        "tags": article.tags,
        "length": article.length,
        "source": article.source,
    }


def span_data(project: Project, number: int, span: Span, names: Mapping[str, str]) -> dict[str, Any]:
    """Return one tag."""
    return {
        "id": span.id,
        "article": span.article_id,
        "article_number": number,
        "start": span.start,
        "end": span.end,
        "label": span.label_id,
        "layer": project.scheme.label(span.label_id).layer_id,
        "quote": span.quote,
        "note": span.note,
        "origin": span.origin,
        "annotator": names[span.annotator_id],
        "created_at": span.created_at,
        "certainty": span.certainty,
        "pieces": span.pieces,
        "attributes": dict(span.attributes),
        "actor": span.actor_id,
        "event": span.event_id,
    }


def actor_data(actor: Actor, mentions: Mapping[ActorId | EventId, int]) -> dict[str, Any]:
    """Return one actor of the registry, with how many tags mention it."""
    return {**_fields(actor), "mentions": mentions.get(actor.id, 0)}


def event_data(event: Event, mentions: Mapping[ActorId | EventId, int]) -> dict[str, Any]:
    """Return one event of the registry, with how many tags tell of it."""
    return {**_fields(event), "mentions": mentions.get(event.id, 0)}


def relation_data(relation: Relation, number: int, names: Mapping[str, str]) -> dict[str, Any]:
    """Return one relation; where no target is named, it leads to the author."""
    return {**_fields(relation), "article_number": number, "annotator": names[relation.annotator_id]}


def document_tag_data(tag: DocumentTag, number: int, names: Mapping[str, str]) -> dict[str, Any]:
    """Return one document tag."""
    return {
        **_fields(tag),
        "article_number": number,
        "annotator": names[tag.annotator_id],
        "attributes": dict(tag.attributes),
    }


def values_text(values: Mapping[AttributeId, AttributeValue]) -> str:
    """Return what is said of a tag in one line, ids as in the scheme."""
    return "; ".join(f"{key}={_value_text(value)}" for key, value in values.items())


def _value_text(value: AttributeValue) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ",".join(value) if isinstance(value, tuple) else str(value)


def _fields(record: Any) -> dict[str, Any]:
    return {field.name: getattr(record, field.name) for field in fields(record) if field.name != "annotator_id"}


def annotator_names(project: Project) -> dict[str, str]:
    """Return the name of every annotator by id."""
    return {annotator.id: annotator.name for annotator in project.annotators()}


def file_data(file: ImportedFile) -> dict[str, Any]:
    """Return one line of an import report."""
    return {
        "path": str(file.path),
        "outcome": file.outcome,
        "reason": file.error.key if file.error else None,
        "message": i18n.describe(file.error) if file.error else None,
        "title": file.title,
        "encoding": file.encoding,
        "guessed": file.guessed,
        "exact": file.exact,
        "article": file.article_id,
        "place": file.place,
        "kind": file.kind,
        "derived": file.derived,
        "left_out": file.left_out,
        "left_out_count": file.left_out_count,
        "unsure_date": file.unsure_date,
    }


def entry_data(project: Project, entry: HistoryEntry) -> dict[str, Any]:
    """Return one act of the history."""
    return {
        "seq": entry.seq,
        "at": entry.at,
        "annotator": entry.annotator_name,
        "op": entry.op,
        "kind": entry.kind,
        "target": entry.target,
        "params": dict(entry.params),
        "rows": entry.rows,
        "name": entry_name(project, entry),
    }


def entry_name(project: Project, entry: HistoryEntry) -> str:
    """Return what an act is called in the history, undone and redone ones with that word before them."""
    name = act_name(project.scheme, entry.op, entry.params)
    if entry.kind is ActKind.UNDO:
        return tr("Undo: {act}", act=name)
    if entry.kind is ActKind.REDO:
        return tr("Redo: {act}", act=name)
    return name


def act_name(scheme: Scheme, op: Op, params: Mapping[str, object]) -> str:
    """Return what an act is called, parts of the scheme by their names."""
    return i18n.op_name(op, with_names(scheme, params))


def state_name(state: ArticleState) -> str:
    """Return what a state is called."""
    return tr_marked(i18n.STATE_NAMES[state])
