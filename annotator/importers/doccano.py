# SPDX-License-Identifier: MIT
"""doccano's JSON Lines, all layouts: lists of `[start, end, label]`, entities and relations with ids, or bare labels.

Also its export as it comes: a zip with `all.jsonl`, or with a file for each user. Offsets are code points. doccano's
own importer (`data_import/pipeline`) takes other keys as columns of metadata, and its export gives them back.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from annotator.errors import UserError
from annotator.i18n import N_
from annotator.importers.foreign import ForeignFormat, checked, from_json, refuse_twice
from annotator.importers.json_items import read_items
from annotator.importers.json_values import both, offset, particulars, said
from annotator.importers.safety import decoded, open_archive, opened, read_lines
from annotator.model import exchange
from annotator.model.exchange import Skipped

_Lines = Iterable[tuple[str, str]]
#: A document, with the number by which a file of doccano's is ordered.
_Numbered = tuple[int, exchange.Document]

#: What doccano calls the file of a project that all work on together.
_ALL = "all"
#: The keys of what is read of a line; anything else is metadata, of which we know our own.
_LABELS = ("label", "labels", "entities", "cats")


class _Relation(msgspec.Struct):
    from_id: int | str
    to_id: int | str
    type: str


class _Line(msgspec.Struct, kw_only=True):
    """One document; null is what doccano's export makes of metadata that only other documents have."""

    text: str | None = None
    #: What the text was called in doccano 1.5.
    data: str | None = None
    id: Any = None
    label: list[Any] | str | None = None
    labels: list[Any] | None = None
    entities: list[Any] | None = None
    cats: list[Any] | None = None
    relations: list[_Relation] | None = None
    comments: list[Any] | None = msgspec.field(default=None, name="Comments")
    article_id: Any = None
    title: Any = None
    source: Any = None
    outlet: Any = None
    url: Any = None
    author: Any = None
    date: Any = None


def read(path: Path) -> Iterator[exchange.Document]:
    """Read every line, of every member of a zip; see `annotator.importers.foreign.Read`."""
    if path.name.lower().endswith(".zip"):
        return (checked(document, path) for document in _of_archive(path))
    return (checked(document, path) for _, document in _documents(_lines(path), path, ""))


def recognise(path: Path) -> bool:
    """Return whether the first line looks like one of doccano's, or a zip has nothing but files of lines."""
    if path.name.lower().endswith(".zip"):
        with open_archive(path) as archive:
            return bool(archive.names) and all(name.endswith(".jsonl") for name in archive.names)
    for _, line in _lines(path):
        try:
            first: Any = msgspec.json.decode(line)
        except (msgspec.DecodeError, RecursionError):
            return False
        known = isinstance(first, dict) and isinstance(first.get("text", first.get("data")), str)
        return known and any(isinstance(first.get(name), list) for name in _LABELS)
    return False


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the objects of a file with their places: its lines, or the items of the list that it is."""
    with opened(path) as file:
        start = file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"["):
        yield from read_items(path)
    else:
        yield from ((str(number), line) for number, line in read_lines(path))


# A zip


def _of_archive(path: Path) -> Iterator[exchange.Document]:
    """Yield the documents of all members; what several users did on one document is one."""
    with open_archive(path) as archive:
        names = sorted(name for name in archive.names if name.endswith((".jsonl", ".json")))
        if not names:
            raise UserError("foreign_missing", path=path, place="*.jsonl")
        users = [PurePosixPath(name).stem for name in names]
        members = [_member(archive.read(name), path, name) for name in names]
        streams = [
            _documents(lines, path, "" if user == _ALL else user) for user, lines in zip(users, members, strict=True)
        ]
        yield from _side_by_side(streams)


def _member(raw: bytes, path: Path, name: str) -> _Lines:
    for number, line in enumerate(raw.splitlines(), start=1):
        place = f"{name}:{number}"
        text = decoded(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line, path, place)
        if text.strip():
            yield place, text


def _side_by_side(streams: Sequence[Iterator[_Numbered]]) -> Iterator[exchange.Document]:
    """Yield documents in the order of their numbers, those of one id and text in several streams as one."""
    heads = [next(stream, None) for stream in streams]
    while there := [head for head in heads if head]:
        _, document = min(there, key=lambda head: head[0])
        key = document.id, document.text
        found: exchange.Document | None = None
        for index, head in enumerate(heads):
            if head and (head[1] is document or (document.id and (head[1].id, head[1].text) == key)):
                found = both(found, head[1]) if found else head[1]
                heads[index] = next(streams[index], None)
        if found:
            yield found


# One line


def _documents(lines: _Lines, path: Path, user: str) -> Iterator[_Numbered]:
    for place, text in lines:
        line = from_json(text, _Line, path, place)
        yield offset(line.id) or 0, _document(line, user, path, place)


def _document(line: _Line, user: str, path: Path, place: str) -> exchange.Document:
    text = line.data if line.text is None else line.text
    if text is None:
        raise UserError("foreign_missing", path=path, place=f"{place}: text")
    labels = [line.label] if isinstance(line.label, str) else line.label
    held = [*(labels or ()), *(line.labels or ()), *(line.entities or ()), *(line.cats or ())]
    refuse_twice((said(one["id"]) for one in held if isinstance(one, dict) and "id" in one), path, place)
    bad = partial(UserError, "foreign_malformed", path=path, place=place)
    tags = [_tag(one, user, place, bad) for one in held if not isinstance(one, str)]
    skipped = Counter({Skipped.COMMENT: len(line.comments or ())})
    return exchange.Document(
        text=text,
        id=said(line.article_id) or said(line.id),
        tags=tuple(tags),
        relations=tuple(_relation(one, user, place) for one in line.relations or ()),
        document_tags=tuple(
            exchange.DocumentTag(one, annotator=user, place=place) for one in held if isinstance(one, str) and one
        ),
        skipped=+skipped,
        place=place,
        **particulars(msgspec.structs.asdict(line)),
    )


def _tag(one: object, user: str, place: str, bad: Any) -> exchange.Tag:
    """Return a tag of either layout.

    Raises:
        UserError: `foreign_malformed`.
    """
    match one:
        case [start, end, label]:
            key: object = ""
        case {"start_offset": start, "end_offset": end, "label": label, **rest}:
            key = rest.get("id", "")
        case _:
            raise bad(detail="neither [start, end, label] nor an entity")
    first, last = offset(start), offset(end)
    if first is None or last is None or not isinstance(label, str) or not label:
        raise bad(detail="neither [start, end, label] nor an entity")
    return exchange.Tag(label, first, last, said(key), annotator=user, place=place)


def _relation(one: _Relation, user: str, place: str) -> exchange.Relation:
    return exchange.Relation(one.type, str(one.from_id), str(one.to_id), annotator=user, place=place)


FORMAT = ForeignFormat("doccano", N_("doccano JSONL"), (".jsonl", ".json", ".zip"), recognise, read)
