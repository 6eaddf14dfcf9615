# SPDX-License-Identifier: MIT
"""Our own JSON Lines as a file to import: everything in it, with who made it, when and how."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from annotator.i18n import N_
from annotator.importers import jsonl_lines as lines
from annotator.importers.foreign import ForeignFormat
from annotator.importers.jsonl import read_header, read_lines
from annotator.importers.safety import opened
from annotator.model import exchange
from annotator.model.span import Certainty

_Names = dict[str, str]


class _Format(msgspec.Struct):
    format: str = ""


def recognise(path: Path) -> bool:
    """Return whether the first line says that it is ours, of whatever version."""
    with opened(path) as file:
        start = file.read(200)
    return b'"tawsim-jsonl/' in start


def header(path: Path) -> exchange.Header:
    """Return what the first line says."""
    with opened(path) as file:
        found = read_header(file, path)
    return exchange.Header(found.scheme, found.annotators, found.actors, found.events)


def read(path: Path) -> Iterator[exchange.Document]:
    """Read every article; see `annotator.importers.foreign.Read`."""
    with opened(path) as file:
        found = read_header(file, path)
        names: _Names = {str(one.id): one.name for one in found.annotators}
        for number, line in enumerate(read_lines(file, path, found), start=2):
            yield _document(line, names, str(number))


def _document(line: Any, names: _Names, place: str) -> exchange.Document:
    # Of the lines themselves: an import reads a file twice, and records of them would take a third of that.
    return exchange.Document(
        text=line.text,
        id=line.id,
        title=line.title,
        source=line.source,
        outlet=line.outlet,
        url=line.url,
        author=line.author,
        date=line.date,
        tags=tuple([_tag(span, names, place) for span in line.spans]),
        relations=tuple([_relation(one, names, place) for one in line.relations]),
        document_tags=tuple([_document_tag(tag, names, place) for tag in line.document_tags]),
        article=lines.bare_article(line),
        place=place,
    )


def _tag(span: Any, names: _Names, place: str) -> exchange.Tag:
    return exchange.Tag(
        label=span.label_id,
        start=span.start,
        end=span.end,
        id=span.id,
        pieces=span.pieces,
        quote=span.quote,
        note=span.note,
        unsure=span.certainty is Certainty.UNSURE,
        attributes=span.attributes,
        entity=span.actor_id or span.event_id or "",
        annotator=names[span.annotator_id],
        created_at=span.created_at,
        origin=span.origin,
        place=place,
    )


def _relation(one: Any, names: _Names, place: str) -> exchange.Relation:
    return exchange.Relation(
        type=one.type_id,
        source=one.source_id,
        target=one.target_span_id or "",
        entity=one.target_actor_id or one.target_event_id or "",
        id=one.id,
        annotator=names[one.annotator_id],
        created_at=one.created_at,
        origin=one.origin,
        place=place,
    )


def _document_tag(tag: Any, names: _Names, place: str) -> exchange.DocumentTag:
    return exchange.DocumentTag(
        label=tag.label_id,
        id=tag.id,
        note=tag.note,
        unsure=tag.certainty is Certainty.UNSURE,
        attributes=tag.attributes,
        annotator=names[tag.annotator_id],
        created_at=tag.created_at,
        origin=tag.origin,
        place=place,
    )


FORMAT = ForeignFormat("jsonl", N_("Tawsim JSONL"), (".jsonl",), recognise, read, header)
