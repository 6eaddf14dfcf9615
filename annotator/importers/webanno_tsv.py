# SPDX-License-Identifier: MIT
"""WebAnno TSV 3, as INCEpTION exports it: a file a document, or a folder of such files.

Offsets in the file are UTF-16. The text between sentences is not in it: it is put together from the sentences, with
line breaks between them, so that offsets hold. Chains are read as tags, without their links; annotations of no width
are not read. Owns the rows; the header is `annotator.importers.webanno_tsv_header`'s, and what features mean
`annotator.importers.inception`'s.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from annotator.errors import UserError
from annotator.i18n import N_
from annotator.importers.foreign import ForeignFormat, checked
from annotator.importers.inception import ANNOTATION, document_id, is_layer_of_tags, label_of, tag_of
from annotator.importers.safety import opened, read_text
from annotator.importers.webanno_tsv_header import FORMAT_LINE, Layer, Slot, layers_of
from annotator.model import exchange
from annotator.text.offsets import Utf16Map

#: In code units: text that is not in the file, between two sentences; more than this is no text.
_WIDEST_GAP = 1_000_000
_ROW = re.compile(r"(\d{1,9}-\d{1,9}(?:\.\d{1,9})?)\t(\d{1,9})-(\d{1,9})\t")
_NUMBERED = re.compile(r"(?s)((?:\\.|[^\\])*?)\[(\d{1,18})\]")
_REFERENCE = re.compile(r"(\d{1,9}-\d{1,9}(?:\.\d{1,9})?)(?:\[(\d{1,18})(?:_(\d{1,18}))?\])?")
_MARK = re.compile(r"(?s)\\.|[|;]")
_ESCAPE = re.compile(r"(?s)\\(->|.)")
_CHARACTERS = {"t": "\t", "n": "\n", "r": "\r"}


@dataclass(slots=True)
class _Row:
    number: int
    unit: str
    start_utf16: int
    end_utf16: int
    token: str
    cells: Sequence[str]


@dataclass(slots=True)
class _Sentence:
    text: str
    rows: list[_Row] = field(default_factory=list)


@dataclass(slots=True)
class _Found:
    """An annotation as far as it is read."""

    layer: Layer
    id: str
    features: dict[str, str]
    row: int
    start_utf16: int
    end_utf16: int


def read(path: Path) -> Iterator[exchange.Document]:
    """Read every file; see `annotator.importers.foreign.Read`."""
    for file in _files(path):
        name = file.relative_to(path).as_posix() if file != path else path.name
        yield checked(_File(file).document(document_id(name.removesuffix(".tsv"))), file)


def recognise(path: Path) -> bool:
    """Return whether the first file of a folder begins as such a file does."""
    for file in _files(path):
        with opened(file) as raw:
            return raw.read(64).removeprefix(b"\xef\xbb\xbf").startswith(FORMAT_LINE.encode())
    return False


def split(cell: str, mark: str) -> list[str]:
    """Return the parts of a cell, still escaped."""
    parts, start = [], 0
    for match in _MARK.finditer(cell):
        if match.group() == mark:
            parts.append(cell[start : match.start()])
            start = match.end()
    return [*parts, cell[start:]]


def unescape(value: str) -> str:
    """Return a part of a cell as it was before it was escaped."""
    return _ESCAPE.sub(lambda match: _CHARACTERS.get(match[1], match[1]), value)


def _files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.tsv")) if path.is_dir() else [path]


class _File:
    """One file, taken apart."""

    def __init__(self, path: Path) -> None:
        self._path = path
        text = read_text(path)
        # A line of the text may hold any character but these two.
        self._lines = [line.removesuffix("\r") for line in text.split("\n")]
        self._layers, self._begin = layers_of(self._lines, path)
        self._columns = self._layers[-1].end if self._layers else 0
        self._found: dict[tuple[int, str], _Found] = {}
        self._at: defaultdict[tuple[int, str], list[_Found]] = defaultdict(list)
        self._numbered: dict[str, str] = {}

    def document(self, name: str) -> exchange.Document:
        """Return all that is in the file."""
        sentences = list(self._sentences())
        text, position = self._text(sentences)
        for row in (row for sentence in sentences for row in sentence.rows):
            for layer in self._layers:
                if layer.kind != "RL" and is_layer_of_tags(layer.type):
                    self._take(layer, row)
        relations = [
            relation
            for sentence in sentences
            for row in sentence.rows
            for layer in self._layers
            for relation in self._relations(layer, row)
        ]
        # An element of a chain loses its link to the next.
        skipped = sum(not one.id or one.layer.kind == "CH" for one in self._found.values())
        return exchange.Document(
            text=text,
            id=name,
            tags=tuple(self._tag(one, text, position) for one in self._found.values() if one.id),
            relations=tuple(relations),
            rebuilt=True,
            skipped={exchange.Skipped.KIND: skipped} if skipped else {},
        )

    def _error(self, number: int, detail: str, key: str = "foreign_malformed") -> UserError:
        return UserError(key, path=self._path, place=str(number), detail=detail)

    # The rows

    def _sentences(self) -> Iterator[_Sentence]:
        current: _Sentence | None = None
        for number, line in enumerate(self._lines[self._begin :], start=self._begin + 1):
            if line.startswith("#Text="):
                text = unescape(line.removeprefix("#Text="))
                if current and not current.rows:
                    current.text += f"\n{text}"
                    continue
                if current:
                    yield current
                current = _Sentence(text)
            elif line.strip() and not line.startswith("#Sentence."):
                if current is None:
                    raise self._error(number, "a row before the text of its sentence")
                current.rows.append(self._row(line, number))
        if current:
            yield current

    def _row(self, line: str, number: int) -> _Row:
        match = _ROW.match(line)
        cells = line[match.end() :].split("\t") if match else []
        if len(cells) == self._columns + 2 and not cells[-1]:
            cells.pop()
        if not match or len(cells) != self._columns + 1:
            # The last line of a file has its end, where the file has.
            cut = number == len(self._lines)
            detail = f"{len(cells)} columns, not {self._columns + 1}"
            raise self._error(number, detail, "foreign_cut_short" if cut else "foreign_malformed")
        return _Row(number, match[1], int(match[2]), int(match[3]), unescape(cells[0]), cells[1:])

    # The text

    def _text(self, sentences: Sequence[_Sentence]) -> tuple[str, Callable[[int], int]]:
        """Return the text, and what finds a position of the file in it.

        Raises:
            UserError: `foreign_offsets` where the words are not where their rows say, or `foreign_cut_short`.
        """
        for sentence in sentences:
            if not sentence.rows:
                raise UserError("foreign_cut_short", path=self._path, place=str(len(self._lines)))
        text = self._put_together(sentences, _length_utf16)
        if text is not None:
            return text, Utf16Map(text).from_utf16
        # Some programs that write this format count characters.
        text = self._put_together(sentences, len)
        if text is None:
            row = sentences[0].rows[0]
            raise self._offsets(row)
        return text, lambda position: position

    def _put_together(self, sentences: Sequence[_Sentence], length: Callable[[str], int]) -> str | None:
        parts: list[str] = []
        reached = 0
        for sentence in sentences:
            gap = sentence.rows[0].start_utf16 - reached
            if not 0 <= gap <= _WIDEST_GAP:
                raise self._offsets(sentence.rows[0])
            parts += ["\n" * gap, sentence.text]
            reached += gap + length(sentence.text)
        text = "".join(parts)
        position = Utf16Map(text).from_utf16 if length is _length_utf16 else int
        for sentence in sentences:
            for row in sentence.rows:
                if row.end_utf16 > reached or row.start_utf16 > row.end_utf16:
                    raise self._offsets(row)
                if text[position(row.start_utf16) : position(row.end_utf16)] != row.token:
                    return None
            end = position(max(row.end_utf16 for row in sentence.rows))
            begin = position(sentence.rows[0].start_utf16)
            if sentence.text[end - begin :].strip():
                raise UserError("foreign_cut_short", path=self._path, place=str(sentence.rows[-1].number))
        return text

    def _offsets(self, row: _Row) -> UserError:
        return UserError(
            "foreign_offsets", path=self._path, place=str(row.number), start=row.start_utf16, end=row.end_utf16
        )

    # The tags

    def _take(self, layer: Layer, row: _Row) -> None:
        if all(cell in {"_", ""} for cell in row.cells[layer.start : layer.end]):
            return
        targets = {slot.column + 1 for slot in layer.slots}
        stacks = {column: split(row.cells[column], "|") for column in range(layer.start, layer.end)}
        for index in range(max(map(len, stacks.values()))):
            values = {column: stack[index] if index < len(stack) else "_" for column, stack in stacks.items()}
            numbers = [_numbered(value)[1] for column, value in values.items() if column not in targets]
            self._add(layer, row, index, {key: _numbered(value)[0] for key, value in values.items()}, max(numbers))

    def _add(self, layer: Layer, row: _Row, index: int, values: Mapping[int, str], number: str) -> None:
        key = (layer.start, number or f"{row.unit} {index}")
        known = self._found.get(key)
        if known:
            known.start_utf16 = min(known.start_utf16, row.start_utf16)
            known.end_utf16 = max(known.end_utf16, row.end_utf16)
        else:
            features = _features(layer, values)
            known = _Found(layer, "", features, row.number, row.start_utf16, row.end_utf16)
            known.id = str(len(self._found) + 1) if row.start_utf16 < row.end_utf16 else ""
            self._found[key] = known
        if number:
            self._numbered[number] = known.id
        self._at[layer.start, row.unit].append(known)

    def _tag(self, one: _Found, text: str, position: Callable[[int], int]) -> exchange.Tag:
        start, end = position(one.start_utf16), position(one.end_utf16)
        return tag_of(one.layer.type, one.features, start, end, id=one.id, quote=text[start:end], place=str(one.row))

    # The relations

    def _relations(self, layer: Layer, row: _Row) -> Iterator[exchange.Relation]:
        if layer.kind == "RL" and row.cells[layer.end - 1] != "_" and is_layer_of_tags(layer.base):
            yield from self._of_layer(layer, row)
        for slot in layer.slots if is_layer_of_tags(layer.type) else ():
            if row.cells[slot.column + 1] != "_":
                yield from self._of_slot(layer, slot, row)

    def _of_layer(self, layer: Layer, row: _Row) -> Iterator[exchange.Relation]:
        stacks = {column: split(row.cells[column], "|") for column in range(layer.start, layer.end)}
        for index, reference in enumerate(stacks[layer.end - 1]):
            unit, source, target = self._reference(reference, row)
            values = {column: stack[index] if index < len(stack) else "_" for column, stack in stacks.items()}
            features = _features(layer, {key: _numbered(value)[0] for key, value in values.items()})
            ends = self._end(unit, source, layer.base, row), self._end(row.unit, target, layer.base, row)
            if all(ends):
                yield exchange.Relation(label_of(layer.type, features), *ends, place=str(row.number))

    def _of_slot(self, layer: Layer, slot: Slot, row: _Row) -> Iterator[exchange.Relation]:
        hosts = self._at[layer.start, row.unit]
        roles, targets = split(row.cells[slot.column], "|"), split(row.cells[slot.column + 1], "|")
        if len(targets) > len(hosts) or len(roles) != len(targets):
            raise self._error(row.number, "not as many slots as annotations")
        for host, names, references in zip(hosts, roles, targets, strict=False):
            # What is said of a tag of several words is said again in the row of each.
            if references in {"*", "_"} or host.row != row.number or not host.id:
                continue
            types = [_numbered(name)[0] for name in split(names, ";")]
            for index, reference in enumerate(split(references, ";")):
                unit, number, _ = self._reference(reference, row)
                target = self._end(unit, number, slot.target, row)
                role = types[index] if index < len(types) else ""
                if target:
                    known = slot.name if role in {"*", "_", ""} else unescape(role)
                    yield exchange.Relation(known, host.id, target, place=str(row.number))

    def _reference(self, reference: str, row: _Row) -> tuple[str, str, str]:
        match = _REFERENCE.fullmatch(reference)
        if not match:
            raise self._error(row.number, f"no reference: {reference[:80]}")
        return match[1], match[2] or "0", match[3] or "0"

    def _end(self, unit: str, number: str, type_name: str, row: _Row) -> str:
        """Return the id of the tag that a reference names; "" for one of no width.

        Raises:
            UserError: `foreign_missing`.
        """
        if number != "0" and number in self._numbered:
            return self._numbered[number]
        for layer in self._layers:
            fits = type_name in {layer.type, ANNOTATION}
            if number == "0" and fits and self._at.get((layer.start, unit)):
                return self._at[layer.start, unit][0].id
        raise UserError("foreign_missing", path=self._path, place=f"{row.number}: {unit}[{number}]")


def _numbered(value: str) -> tuple[str, str]:
    """Return a part of a cell without the number that tells annotations apart, and that number or ""."""
    match = _NUMBERED.fullmatch(value)
    return (match[1], match[2]) if match else (value, "")


def _features(layer: Layer, values: Mapping[int, str]) -> dict[str, str]:
    named = ((name, values[column]) for name, column in layer.features)
    return {name: unescape(value) for name, value in named if name and value not in {"*", "_", ""}}


def _length_utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


FORMAT = ForeignFormat("webanno-tsv", N_("WebAnno TSV"), (".tsv",), recognise, read, folder=True)
