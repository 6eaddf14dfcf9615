# SPDX-License-Identifier: MIT
"""spaCy's `.spacy` files, or a folder of them: spans, entities, categories, relations, and what our own files add.

A file is a zlib stream of MessagePack. It is taken apart here, with its sizes bounded, and not by spaCy's `DocBin`,
which trusts every number that it reads; spaCy gives the table of strings only (hashes of labels are spaCy's own).
"""

import struct
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from annotator.errors import UserError
from annotator.extras import load
from annotator.i18n import N_
from annotator.importers.foreign import ForeignFormat, checked
from annotator.importers.rebuilding import Rebuilt, Sentence
from annotator.importers.safety import opened, read_bytes
from annotator.importers.spacy_said import REL_KEY, Said, said_of
from annotator.model import exchange

_SUFFIX = ".spacy"
_VERSION = "0.1"
#: In bytes. A full file of our own has a fifth of it.
_MOST_UNPACKED = 512_000_000
_SPAN = struct.Struct(">QQQllll")
#: `ENT_IOB`: a token inside an entity, and one that begins one.
_INSIDE, _BEGINS = 1, 3
#: From what score on a category or relation holds.
_HOLDS = 0.5

T = TypeVar("T")
_DAMAGED = (msgspec.MsgspecError, RecursionError, TypeError, UnicodeDecodeError)


class _Bin(msgspec.Struct):
    """What a file holds; numbers as the bytes of arrays."""

    attrs: list[int]
    tokens: bytes
    spaces: bytes
    lengths: bytes
    strings: list[str]
    cats: list[dict[str, Any]]
    version: str = _VERSION
    flags: list[dict[str, Any]] = []
    span_groups: list[bytes] = []
    user_data: list[bytes | None] = []


class _Group(msgspec.Struct):
    """One list of `doc.spans`."""

    name: str
    spans: list[bytes]


@dataclass(frozen=True, slots=True)
class _Found:
    """A span: label, first token, the token after the last, id and id of what it is linked to."""

    label: str
    first: int
    after: int
    id: str = ""
    link: str = ""


def read(path: Path) -> Iterator[exchange.Document]:
    """Read every document; see `annotator.importers.foreign.Read`."""
    FORMAT.require()
    for file in _files(path):
        yield from _File(file).documents()


def recognise(path: Path) -> bool:
    """Return whether a file, or the first of a folder, begins as a packed DocBin does."""
    try:
        with opened(next(_files(path))) as file:
            begin = zlib.decompressobj().decompress(file.read(1_000), 1_000)
    except (zlib.error, UserError):
        return False
    return b"attrs" in begin[:30]


def _files(path: Path) -> Iterator[Path]:
    files = sorted([*path.glob(f"*{_SUFFIX}"), *path.glob(f"*/*{_SUFFIX}")]) if path.is_dir() else [path]
    if not files:
        raise UserError("foreign_missing", path=path, place=f"*{_SUFFIX}")
    return iter(files)


class _File:
    """One file, unpacked and found to fit together."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._bin = _unpacked(path)
        self._attrs = load("spacy.attrs").IDS
        self._strings = load("spacy.strings").StringStore(self._bin.strings)
        self._width = len(self._bin.attrs)
        self._lengths = self._numbers("i", self._bin.lengths)
        self._tokens = self._numbers("Q", self._bin.tokens)
        self._refuse_misfit()

    def documents(self) -> Iterator[exchange.Document]:
        """Yield every document."""
        edges = pairwise(accumulate(self._lengths, initial=0))
        for number, (start, end) in enumerate(edges):
            yield checked(_Doc(self, number, start, end).document(), self.path)

    def refusal(self, detail: str, place: str = "") -> UserError:
        """Return how damage is told."""
        return UserError("foreign_malformed", path=self.path, place=place, detail=detail)

    def unpack(self, raw: bytes, kind: type[T] | Any, place: str) -> Any:
        """Return what is packed in a document."""
        try:
            return msgspec.msgpack.decode(raw, type=kind)
        except _DAMAGED as error:
            raise self.refusal(str(error), place) from error

    def string(self, key: int, place: str) -> str:
        """Return the string that a number stands for."""
        try:
            return str(self._strings[key]) if key else ""
        except (KeyError, OverflowError) as error:
            raise self.refusal(f"no string {key}", place) from error

    def column(self, name: str, start: int, end: int) -> Sequence[int]:
        """Return one attribute of the tokens of a document; nothing if the file does not have it."""
        attrs = self._bin.attrs
        if self._attrs[name] not in attrs:
            return ()
        index = attrs.index(self._attrs[name])
        return self._tokens[start * self._width + index : end * self._width : self._width]

    def spaces(self, start: int, end: int) -> bytes:
        """Return after which tokens of a document a blank follows."""
        return self._bin.spaces[start:end]

    def has_unknown_spaces(self, number: int) -> bool:
        """Return whether a document's blanks are not known."""
        flags = self._bin.flags
        return number < len(flags) and bool(flags[number].get("has_unknown_spaces"))

    def cats(self, number: int) -> Mapping[str, Any]:
        """Return the scores of a document's categories."""
        return self._bin.cats[number] if number < len(self._bin.cats) else {}

    def user_data(self, number: int, place: str) -> Mapping[Any, Any]:
        """Return what stands in a document's `user_data`."""
        raw = self._bin.user_data[number] if number < len(self._bin.user_data) else None
        found = self.unpack(raw, Any, place) if raw else {}
        return found if isinstance(found, dict) else {}

    def groups(self, number: int, place: str) -> Iterator[tuple[str, list[bytes]]]:
        """Yield the key and the spans of each list of `doc.spans`."""
        raw = self._bin.span_groups[number] if number < len(self._bin.span_groups) else b""
        packed = self.unpack(raw, dict[bytes, list[str]] | list[bytes], place) if raw else []
        for one in packed:
            group = self.unpack(one, _Group, place)
            for key in packed[one] if isinstance(packed, dict) else [group.name]:
                yield key, group.spans

    def _numbers(self, kind: str, raw: bytes) -> "array[int]":
        numbers = array(kind)
        if len(raw) % numbers.itemsize:
            raise self.refusal("numbers that are cut short")
        numbers.frombytes(raw)
        return numbers

    def _refuse_misfit(self) -> None:
        count = sum(self._lengths)
        orth = self._attrs["ORTH"] in self._bin.attrs
        whole = orth and len(self._tokens) == count * self._width and len(self._bin.spaces) == count
        if self._lengths and (not whole or min(self._lengths) < 0):
            raise self.refusal("tokens, blanks and lengths do not fit together")
        if self._bin.version != _VERSION:
            raise UserError("foreign_version", path=self.path, version=self._bin.version, known=_VERSION)


class _Doc:
    """One document of a file."""

    def __init__(self, file: _File, number: int, start: int, end: int) -> None:
        self._file, self._number, self._start, self._end = file, number, start, end
        self._place = f"[{number}]"
        self._rebuilt = file.has_unknown_spaces(number)
        words = [file.string(key, self._place) for key in self._column("ORTH")]
        self._text, self._ranges = self._joined(words)

    def document(self) -> exchange.Document:
        """Return it."""
        user_data = self._file.user_data(self._number, self._place)
        said = said_of(user_data, self._file.refusal, self._place)
        found = self._spans() or self._entities()
        tags = [self._tag(one, said) for one in self._named(found)]
        return exchange.Document(
            text=self._text,
            tags=tuple(tags),
            relations=said.relations or tuple(self._related(user_data.get(REL_KEY), found, tags)),
            document_tags=said.document_tags or tuple(self._categories()),
            rebuilt=self._rebuilt,
            place=self._place,
            **said.particulars,
        )

    def _column(self, name: str) -> Sequence[int]:
        return self._file.column(name, self._start, self._end)

    def _joined(self, words: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
        if self._rebuilt and words:
            text = Rebuilt()
            ranges = text.add(Sentence(words))
            return text.text, ranges
        ranges, parts, position = [], [], 0
        for word, blank in zip(words, self._file.spaces(self._start, self._end), strict=True):
            ranges.append((position, position + len(word)))
            parts.append(f"{word} " if blank else word)
            position += len(parts[-1])
        return "".join(parts), ranges

    def _spans(self) -> list[_Found]:
        found: dict[tuple[str, int, int, str], _Found] = {}
        for key, spans in self._file.groups(self._number, self._place):
            for packed in spans:
                one = self._span(packed, key)
                found.setdefault((one.label, one.first, one.after, one.id), one)
        return list(found.values())

    def _span(self, packed: bytes, key: str) -> _Found:
        if len(packed) != _SPAN.size:
            raise self._file.refusal("a span that is cut short", self._place)
        span_id, link, label, first, after, _, _ = _SPAN.unpack(packed)
        if not 0 <= first < after <= len(self._ranges):
            raise UserError("foreign_offsets", path=self._file.path, place=self._place, start=first, end=after)
        return _Found(self._string(label) or key, first, after, self._string(span_id), self._string(link))

    def _entities(self) -> list[_Found]:
        found: list[_Found] = []
        is_open = False
        for index, (mark, *strings) in enumerate(self._marked()):
            label, span_id, link = map(self._string, strings)
            if mark == _BEGINS or (mark == _INSIDE and not (is_open and found[-1].label == label)):
                found.append(_Found(label, index, index + 1, span_id, link))
            elif mark == _INSIDE:
                one = found[-1]
                found[-1] = _Found(one.label, one.first, index + 1, one.id, one.link)
            is_open = mark in {_BEGINS, _INSIDE}
        return [one for one in found if one.label]

    def _marked(self) -> Iterator[tuple[int, ...]]:
        nothing = [0] * (self._end - self._start)
        columns = ("ENT_IOB", "ENT_TYPE", "ENT_ID", "ENT_KB_ID")
        return zip(*(self._column(name) or nothing for name in columns), strict=True)

    def _string(self, key: int) -> str:
        return self._file.string(key, self._place)

    def _named(self, found: Sequence[_Found]) -> Iterator[_Found]:
        """Yield spans with ids by which relations can name them: their own only if no two have the same."""
        ids = [one.id for one in found]
        if len(set(ids)) == len(ids) and "" not in ids:
            yield from found
        else:
            for number, one in enumerate(found):
                yield _Found(one.label, one.first, one.after, str(number), one.link)

    def _tag(self, one: _Found, said: Said) -> exchange.Tag:
        start, end = self._ranges[one.first][0], self._ranges[one.after - 1][1]
        entity = "" if one.link == "NIL" else one.link
        return exchange.Tag(
            one.label, start, end, id=one.id, entity=entity, place=self._place, **said.details.get(one.id, {})
        )

    def _categories(self) -> Iterator[exchange.DocumentTag]:
        for label, score in self._file.cats(self._number).items():
            if isinstance(score, int | float) and score > _HOLDS:
                yield exchange.DocumentTag(label, place=self._place)

    def _related(self, rel: Any, found: Iterable[_Found], tags: Iterable[exchange.Tag]) -> Iterator[exchange.Relation]:
        """Yield what `doc._.rel` says of the first tokens of two tags."""
        named = {one.first: tag.id for one, tag in zip(found, tags, strict=True)}
        for ends, types in rel.items() if isinstance(rel, dict) else ():
            if not (isinstance(ends, tuple) and len(ends) == 2 and isinstance(types, dict)):
                continue
            source, target = (named.get(end) if isinstance(end, int) else None for end in ends)
            for name, score in types.items() if source and target else ():
                if isinstance(name, str) and isinstance(score, int | float) and score > _HOLDS:
                    yield exchange.Relation(name, source or "", target or "", place=self._place)


def _unpacked(path: Path) -> _Bin:
    stream = zlib.decompressobj()
    try:
        raw = stream.decompress(read_bytes(path), _MOST_UNPACKED)
    except zlib.error as error:
        raise UserError("foreign_cut_short", path=path, place="") from error
    if stream.unconsumed_tail:
        raise UserError("foreign_unsafe", path=path, place="", detail="too large")
    if not stream.eof:
        raise UserError("foreign_cut_short", path=path, place="")
    try:
        return msgspec.msgpack.decode(raw, type=_Bin)
    except _DAMAGED as error:
        raise UserError("foreign_malformed", path=path, place="", detail=str(error)) from error


FORMAT = ForeignFormat("spacy", N_("spaCy"), (_SUFFIX,), recognise, read, extra="spacy", folder=True)
