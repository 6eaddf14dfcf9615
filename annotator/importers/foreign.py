# SPDX-License-Identifier: MIT
"""What every reader of annotations gives and how it is declared, and the checks that all of them share.

Plain data and pure checks; knows no format and no project.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

import msgspec

from annotator.errors import UserError
from annotator.extras import require
from annotator.i18n import N_
from annotator.model import exchange

T = TypeVar("T")

#: What a reader left out, as the user is told it after its number.
SKIPPED_TEXTS: dict[exchange.Skipped, str] = {
    exchange.Skipped.CANCELLED: N_("annotations that were cancelled there"),
    exchange.Skipped.COMMENT: N_("comments, which belong to no tag"),
    exchange.Skipped.KIND: N_("parts of a kind that is no tag of text"),
    exchange.Skipped.PREDICTION: N_("predictions of a model"),
    exchange.Skipped.REJECTED: N_("answers that were not accepted there"),
}


class Read(Protocol):
    """Reads the documents of a file, or of a folder of files, one by one."""

    def __call__(self, path: Path) -> Iterator[exchange.Document]:
        """Read the file or folder at `path`.

        Raises:
            UserError: one of the `foreign_` keys, `file_missing` or `file_unreadable`, at any document.
        """
        ...


@dataclass(frozen=True, slots=True)
class ForeignFormat:
    """One format that annotations are read from; dialog, command line and docs are made from it.

    Attributes:
        id: its name on the command line; the same as that of the export format, where there is one.
        name_key: its name for the user, to be translated by `i18n.tr_marked`.
        suffixes: what its files end in, with the dot, in lower case; empty where it is a folder.
        recognise: whether a file or folder looks like it; reads no more than the beginning.
        read: gives the documents.
        header: gives what the file says besides, such as its scheme and its registry.
        extra: the library that it needs, a key of `annotator.extras.EXTRAS`, if any.
        folder: whether it may also be a folder, where it has suffixes, too.
    """

    id: str
    name_key: str
    suffixes: tuple[str, ...]
    recognise: Callable[[Path], bool]
    read: Read
    header: Callable[[Path], exchange.Header] = lambda _path: exchange.NO_HEADER
    extra: str | None = None
    folder: bool = False

    def require(self) -> None:
        """Refuse the format where the library that it needs is not installed.

        Raises:
            UserError: `extra_missing`.
        """
        if self.extra:
            require(self.extra, self.name_key)


def checked(document: exchange.Document, path: Path) -> exchange.Document:
    """Return a document whose tags lie in its text and whose relations name its tags.

    A tag that quotes its text may lie elsewhere: it is found again by its quote when it is imported.

    Raises:
        UserError: `foreign_offsets`, `foreign_twice`, or `foreign_missing` for a tag that a relation names.
    """
    length = len(document.text)
    for tag in document.tags:
        outside = not 0 <= tag.start < tag.end <= length or any(
            not tag.start <= start < end <= tag.end for start, end in tag.pieces
        )
        if outside and not tag.quote:
            place = tag.place or document.place
            raise UserError("foreign_offsets", path=path, place=place, start=tag.start, end=tag.end)
    ids = [tag.id for tag in document.tags if tag.id]
    refuse_twice(ids, path, document.place)
    known = {*ids, ""}
    for one in document.relations:
        for end in (one.source, one.target):
            if end not in known or not one.source:
                raise UserError("foreign_missing", path=path, place=f"{one.place or document.place}: {end}")
    return document


def refuse_twice(names: Iterable[str], path: Path, place: str) -> None:
    """Refuse a name that stands twice where each may stand once.

    Raises:
        UserError: `foreign_twice`.
    """
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise UserError("foreign_twice", path=path, place=place, what=name)
        seen.add(name)


def from_json(raw: str | bytes, kind: type[T], path: Path, place: str) -> T:
    """Return JSON as a value of a type that msgspec knows, such as a `msgspec.Struct`.

    Raises:
        UserError: `foreign_malformed`, with what is wrong and where in the value, `foreign_cut_short`, or
            `foreign_encoding`.
    """
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.ValidationError as error:
        raise UserError("foreign_malformed", path=path, place=place, detail=str(error)) from error
    except UnicodeDecodeError as error:
        raise UserError("foreign_encoding", path=path, place=place, position=error.start) from error
    except (msgspec.DecodeError, RecursionError) as error:
        key = "foreign_cut_short" if "truncated" in str(error) else "foreign_malformed"
        raise UserError(key, path=path, place=place, detail=str(error)) from error


def json_line(value: Any) -> str:
    """Return a value as one line of JSON, Arabic as it is, ends of lines that are none of JSON's escaped."""
    line = json.dumps(value, ensure_ascii=False)
    return line.replace("\x85", "\\u0085").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
