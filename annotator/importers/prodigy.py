# SPDX-License-Identifier: MIT
"""Prodigy's JSON Lines, with its tokens or without; and the shorter lines that people train spaCy with.

Offsets are code points; tokens are asked only where something is said by them alone. A task that was not accepted is
read as a text without tags, and counted.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from annotator.errors import UserError
from annotator.i18n import N_
from annotator.importers.foreign import ForeignFormat, checked, from_json
from annotator.importers.json_values import attribute_value, joined, offset, particulars, said
from annotator.importers.safety import read_lines
from annotator.model import exchange
from annotator.model.exchange import Skipped

_Object = dict[str, Any]

#: What only Prodigy's own lines have.
_OWN = ("spans", "tokens", "answer", "_input_hash", "_task_hash")


class _Task(msgspec.Struct, kw_only=True):
    """One line; what is not known of it does not matter."""

    text: str
    tokens: list[_Object] | None = None
    spans: list[_Object] | None = None
    relations: list[_Object] | None = None
    entities: list[tuple[int, int, str]] | None = None
    accept: list[str | int] | None = None
    cats: dict[str, float] | None = None
    document_tags: list[_Object] | None = None
    label: Any = None
    meta: Any = None
    answer: str | None = "accept"
    id: Any = None
    input_hash: Any = msgspec.field(default=None, name="_input_hash")
    annotator_id: Any = msgspec.field(default=None, name="_annotator_id")
    session_id: Any = msgspec.field(default=None, name="_session_id")


@dataclass(frozen=True, slots=True)
class _Place:
    path: Path
    place: str

    def error(self, key: str, what: str) -> UserError:
        """Return an error about something in this line."""
        return UserError(key, path=self.path, place=f"{self.place}: {what}", detail=what)


def read(path: Path) -> Iterator[exchange.Document]:
    """Read every line; see `annotator.importers.foreign.Read`."""
    documents = (
        _document(_task(line, path, str(number)), _Place(path, str(number))) for number, line in read_lines(path)
    )
    return (checked(document, path) for document in joined(documents))


def recognise(path: Path) -> bool:
    """Return whether the first line looks like one of Prodigy's, or like one that spaCy is trained with."""
    for _, line in read_lines(path):
        try:
            first: Any = msgspec.json.decode(line)
        except (msgspec.DecodeError, RecursionError):
            return False
        if isinstance(first, list):
            return len(first) == 2 and isinstance(first[0], str) and isinstance(first[1], dict)
        if not isinstance(first, dict) or not isinstance(first.get("text"), str):
            return False
        if any(name in first for name in _OWN):
            return True
        entities = first.get("entities")
        plain = isinstance(entities, list) and all(isinstance(one, list) for one in entities)
        return plain and not any(name in first for name in ("label", "Comments", "relations", "start_offset"))
    return False


def _task(line: str, path: Path, place: str) -> _Task:
    """Return a line as a task; a pair of a text and what is said of it, as spaCy 2 was trained with, is one, too."""
    if line.lstrip().startswith("["):
        text, rest = from_json(line, tuple[str, _Object], path, place)
        line = msgspec.json.encode({**rest, "text": text}).decode()
    return from_json(line, _Task, path, place)


def _document(task: _Task, place: _Place) -> exchange.Document:
    meta = task.meta if isinstance(task.meta, dict) else {}
    document = exchange.Document(
        text=task.text,
        id=next((name for name in map(said, (meta.get("article_id"), task.input_hash, task.id)) if name), ""),
        place=place.place,
        **particulars(meta),
    )
    if task.answer not in (None, "accept"):
        return replace(document, skipped={Skipped.REJECTED: 1})
    by = said(task.annotator_id) or said(task.session_id)
    skipped: Counter[Skipped] = Counter()
    tags, spans = _tags(task, by, place, skipped)
    return replace(
        document,
        tags=tags,
        relations=tuple(_relations(task, tags, spans, place, skipped)),
        document_tags=tuple(_document_tags(task, by, place.place)),
        skipped=+skipped,
    )


# Tags


def _tags(
    task: _Task, by: str, place: _Place, skipped: Counter[Skipped]
) -> tuple[tuple[exchange.Tag, ...], list[_Object]]:
    """Return the tags, and for each the span that it was read from."""
    tags: list[exchange.Tag] = []
    spans: list[_Object] = []
    for number, span in enumerate(task.spans or ()):
        label = said(span.get("label"))
        if not label:
            skipped[Skipped.KIND] += 1
            continue
        start, end = _range(span, task.tokens or (), place)
        key = said(span.get("id")) or f"#{number}"
        tag = _tag(span, by, place)
        tags.append(replace(tag, label=label, start=start, end=end, id=key))
        spans.append(span)
    entities = task.entities or ()
    plain = (exchange.Tag(label, start, end, annotator=by, place=place.place) for start, end, label in entities)
    return (*tags, *plain), spans


def _tag(span: _Object, by: str, place: _Place) -> exchange.Tag:
    """Return what a span says besides its label and its place."""
    return exchange.Tag(
        label="",
        start=0,
        end=0,
        quote=span["text"] if isinstance(span.get("text"), str) else None,
        note=said(span.get("note")),
        unsure=span.get("unsure") is True,
        attributes=_attributes(span),
        entity=said(span.get("entity")),
        annotator=said(span.get("_annotator_id")) or by,
        place=place.place,
    )


def _range(span: _Object, tokens: Sequence[_Object], place: _Place) -> tuple[int, int]:
    """Return the characters of a span, by its tokens where it does not say them."""
    start, end = offset(span.get("start")), offset(span.get("end"))
    if start is None or end is None:
        first, last = offset(span.get("token_start")), offset(span.get("token_end"))
        if first is None or last is None or not 0 <= first <= last < len(tokens):
            raise place.error("foreign_missing", "start, end")
        start, end = offset(tokens[first].get("start")), offset(tokens[last].get("end"))
    if start is None or end is None:
        raise place.error("foreign_missing", "start, end")
    return start, end


def _attributes(of: _Object) -> dict[str, Any]:
    held = of.get("attributes")
    values = {key: attribute_value(value) for key, value in held.items()} if isinstance(held, dict) else {}
    return {key: value for key, value in values.items() if value is not None}


# Relations


def _relations(
    task: _Task, tags: Sequence[exchange.Tag], spans: Sequence[_Object], place: _Place, skipped: Counter[Skipped]
) -> Iterator[exchange.Relation]:
    ends = _Ends(tags, spans)
    for one in task.relations or ():
        label = said(one.get("label"))
        source, target = ends.find(one, "head"), ends.find(one, "child")
        if not (label and source and target):
            skipped[Skipped.KIND] += 1  # between words that are no tags
            continue
        yield exchange.Relation(
            type=label,
            source=source,
            target=target,
            id=said(one.get("id")),
            annotator=said(one.get("_annotator_id")) or said(task.annotator_id) or said(task.session_id),
            place=f"{place.place}: {label}",
        )


class _Ends:
    """The tags of a task by all that relations name them by: an id of ours, characters and label, or the last token."""

    def __init__(self, tags: Sequence[exchange.Tag], spans: Sequence[_Object]) -> None:
        self._ids = {said(span.get("id")) for span in spans} - {""}
        self._spans: dict[tuple[object, object, object], str] = {}
        self._tokens: dict[object, str] = {}
        for tag, span in zip(tags, spans, strict=False):
            self._spans.setdefault((tag.start, tag.end, tag.label), tag.id)
            self._tokens.setdefault(offset(span.get("token_end")), tag.id)

    def find(self, relation: Mapping[str, Any], end: str) -> str:
        """Return the id of the tag at one end of a relation, `head` or `child`; "" where no tag is there."""
        key = said(relation.get(f"{end}_id"))
        if key in self._ids:
            return key
        span = relation.get(f"{end}_span")
        if isinstance(span, dict):
            return self._spans.get((offset(span.get("start")), offset(span.get("end")), said(span.get("label"))), "")
        token = offset(relation.get(end))
        return "" if token is None else self._tokens.get(token, "")


# Document tags


def _document_tags(task: _Task, by: str, place: str) -> Iterator[exchange.DocumentTag]:
    """Yield what is accepted of the whole text; what our own files say more of it only where it still is."""
    accepted = dict.fromkeys(map(str, task.accept or ()))
    if isinstance(task.label, str) and task.label and not task.spans:
        accepted[task.label] = None
    accepted.update((name, None) for name, value in (task.cats or {}).items() if value > 0.5)
    for one in task.document_tags or ():
        label = said(one.get("label"))
        if label in accepted:
            yield _document_tag(one, label, by, place)
    told = {said(one.get("label")) for one in task.document_tags or ()}
    yield from (exchange.DocumentTag(name, annotator=by, place=place) for name in accepted if name and name not in told)


def _document_tag(one: _Object, label: str, by: str, place: str) -> exchange.DocumentTag:
    return exchange.DocumentTag(
        label=label,
        id=said(one.get("id")),
        note=said(one.get("note")),
        unsure=one.get("unsure") is True,
        attributes=_attributes(one),
        annotator=said(one.get("_annotator_id")) or by,
        place=place,
    )


FORMAT = ForeignFormat("prodigy", N_("Prodigy JSONL"), (".jsonl",), recognise, read)
