# SPDX-License-Identifier: MIT
"""doccano's JSON Lines, both layouts: lists of `[start, end, label]`, or entities and relations with ids.

Offsets are code points. doccano's own importer (`data_import/pipeline`) takes other keys as columns of metadata.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from annotator.i18n import N_
from annotator.importers.foreign import ForeignFormat, checked, from_json, refuse_twice
from annotator.importers.safety import read_lines
from annotator.model import exchange


class _Entity(msgspec.Struct):
    id: int
    label: str
    start_offset: int
    end_offset: int


class _Relation(msgspec.Struct):
    from_id: int
    to_id: int
    type: str
    id: int = 0


class _Line(msgspec.Struct, kw_only=True):
    """One document; keys that are not ours are metadata of the file's own."""

    text: str
    id: int | str = ""
    label: list[tuple[int, int, str]] = []
    entities: list[_Entity] = []
    relations: list[_Relation] = []
    article_id: str = ""
    title: str = ""
    source: str = ""
    outlet: str = ""
    url: str = ""
    author: str = ""
    date: str = ""


#: Our own name for doccano's metadata of a document, which are the fields of `exchange.Document`.
METADATA = ("title", "source", "outlet", "url", "author", "date")


def read(path: Path) -> Iterator[exchange.Document]:
    """Read every line; see `annotator.importers.foreign.Read`."""
    for number, line in read_lines(path):
        place = str(number)
        found = from_json(line, _Line, path, place)
        refuse_twice([str(one.id) for one in found.entities], path, place)
        yield checked(_document(found, place), path)


def recognise(path: Path) -> bool:
    """Return whether the first line looks like one of doccano's."""
    for _, line in read_lines(path):
        try:
            first: Any = msgspec.json.decode(line)
        except (msgspec.DecodeError, RecursionError):
            return False
        return isinstance(first, dict) and "text" in first and ("label" in first or "entities" in first)
    return False


def _document(line: _Line, place: str) -> exchange.Document:
    plain = [exchange.Tag(label, start, end, place=place) for start, end, label in line.label]
    named = [
        exchange.Tag(one.label, one.start_offset, one.end_offset, str(one.id), place=place) for one in line.entities
    ]
    return exchange.Document(
        text=line.text,
        id=line.article_id or str(line.id),
        tags=(*plain, *named),
        relations=tuple(
            exchange.Relation(one.type, str(one.from_id), str(one.to_id), place=place) for one in line.relations
        ),
        place=place,
        **{name: getattr(line, name) for name in METADATA},
    )


FORMAT = ForeignFormat("doccano", N_("doccano JSONL"), (".jsonl", ".json"), recognise, read)
