# SPDX-License-Identifier: MIT
"""Reading a report back, by the parser of Python's own library: the texts, and what is said of each.

Finds a tag twice, as it is drawn and as the table has it, and refuses a report in which the two differ.
"""

import json
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from annotator.exporters.placing import Range
from annotator.model import exchange
from annotator.model.attributes import AttributeValue
from annotator.model.span import Piece

_CHUNK = 1 << 16

Fields = dict[str, str]


def read(path: Path) -> Iterator[exchange.Document]:
    """Yield every document of a report.

    Raises:
        ValueError: something in it is not as we write it.
    """
    reader = _Reader()
    with path.open(encoding="utf-8", newline="") as file:
        while chunk := file.read(_CHUNK):
            yield from reader.found_in(chunk)
    if reader.is_open:
        raise ValueError(f"{path} ends in the middle of a document")


class _Reader(HTMLParser):
    """Collects what carries `data-` attributes; everything else is there for the eye."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._found: list[exchange.Document] = []
        self._document: _Document | None = None
        self._row: Fields | None = None
        self._field, self._element = "", ""
        self._said: list[str] = []
        self._spans: list[int] = []
        self._in_character = False

    @property
    def is_open(self) -> bool:
        """Return whether a document has begun that has not ended."""
        return self._document is not None

    def found_in(self, chunk: str) -> list[exchange.Document]:
        """Return the documents that end in the next piece of the file.

        Raises:
            ValueError: an element lacks something.
        """
        try:
            self.feed(chunk)
        except LookupError as error:
            raise ValueError(f"an element lacks {error}") from error
        found, self._found = self._found, []
        return found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "article":
            self._document = _Document(known["data-id"])
        elif tag == "tr" and "data-kind" in known:
            self._row = known
        elif tag == "span" and "data-n" in known:
            self._spans.append(int(known["data-n"]))
        elif "data-c" in known:
            self._take(chr(int(known["data-c"], 16)))
            self._in_character = True
        elif "data-f" in known:
            self._field, self._element, self._said = known["data-f"], tag, []
            if self._field == "line" and self._document:
                self._document.begin_line()

    def handle_data(self, data: str) -> None:
        if not self._in_character:
            self._take(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "i" and self._in_character:
            self._in_character = False
        elif tag == "span" and self._spans:
            self._spans.pop()
        elif self._field and tag == self._element:
            self._end_field()
        elif tag == "tr" and self._row is not None and self._document:
            self._document.rows.append(self._row)
            self._row = None
        elif tag == "article" and self._document:
            self._found.append(self._document.made())
            self._document = None

    def _take(self, data: str) -> None:
        if self._field == "line" and self._document:
            self._document.add(data, self._spans)
        elif self._field:
            self._said.append(data)

    def _end_field(self) -> None:
        said = "".join(self._said)
        if self._row is not None:
            self._row[self._field] = said
        elif self._document and self._field != "line":
            self._document.fields[self._field] = said
        self._field = ""


class _Document:
    """One article while it is read."""

    def __init__(self, document_id: str) -> None:
        self.fields: Fields = {"id": document_id}
        self.rows: list[Fields] = []
        self._text: list[str] = []
        self._length = 0
        self._lines = 0
        self._drawn: dict[int, list[Range]] = {}

    def begin_line(self) -> None:
        if self._lines:
            self._text.append("\n")
            self._length += 1
        self._lines += 1

    def add(self, data: str, spans: list[int]) -> None:
        start, self._length = self._length, self._length + len(data)
        self._text.append(data)
        for number in spans:
            ranges = self._drawn.setdefault(number, [])
            if ranges and ranges[-1][1] == start:
                ranges[-1] = (ranges[-1][0], self._length)
            else:
                ranges.append((start, self._length))

    def made(self) -> exchange.Document:
        text = "".join(self._text)
        rows = {kind: [row for row in self.rows if row["data-kind"] == kind] for kind in _KINDS}
        for row in rows["tag"]:
            self._refuse_other(row, text)
        self._refuse_unknown(rows["tag"])
        known = {name: self.fields.get(name, "") for name in exchange.PARTICULARS}
        return exchange.Document(
            text,
            self.fields["id"],
            known["title"],
            known["source"],
            known["outlet"],
            known["url"],
            known["author"],
            known["date"],
            tags=tuple(map(_tag, rows["tag"])),
            relations=tuple(map(_relation, rows["relation"])),
            document_tags=tuple(map(_document_tag, rows["document_tag"])),
        )

    def _refuse_other(self, row: Fields, text: str) -> None:
        parts = _parts(row)
        if " … ".join(text[start:end] for start, end in parts) != row["words"]:
            raise ValueError(f"a tag's words are not those of the text: {row['words']}")
        expected = [piece for part in parts for piece in _without_line_ends(text, *part)]
        if self._drawn.get(int(row["data-n"]), []) != expected:
            raise ValueError(f"a tag is not drawn where it is: {row['words']}")

    def _refuse_unknown(self, rows: list[Fields]) -> None:
        if not self._drawn.keys() <= {int(row["data-n"]) for row in rows}:
            raise ValueError("a tag is drawn that is in no table")


_KINDS = ("tag", "relation", "document_tag")


def _without_line_ends(text: str, start: int, end: int) -> Iterator[Range]:
    for line in text[start:end].split("\n"):
        if line:
            yield start, start + len(line)
        start += len(line) + 1


def _parts(row: Fields) -> list[Piece]:
    parts: list[Piece] = [(start, end) for start, end in json.loads(row["data-parts"])]
    return parts


def _tag(row: Fields) -> exchange.Tag:
    parts = _parts(row)
    return exchange.Tag(
        row["data-label"],
        parts[0][0],
        parts[-1][1],
        id=row["data-id"],
        pieces=tuple(parts) if len(parts) > 1 else (),
        quote=row["words"],
        note=row["note"],
        unsure=row["data-certainty"] == "unsure",
        attributes=_attributes(row),
        entity=row["data-entity"],
        annotator=row["annotator"],
    )


def _relation(row: Fields) -> exchange.Relation:
    return exchange.Relation(
        row["data-type"],
        row["data-source"],
        row["data-target"],
        row["data-entity"],
        id=row["data-id"],
        annotator=row["annotator"],
    )


def _document_tag(row: Fields) -> exchange.DocumentTag:
    return exchange.DocumentTag(
        row["data-label"],
        id=row["data-id"],
        note=row["note"],
        unsure=row["data-certainty"] == "unsure",
        attributes=_attributes(row),
        annotator=row["annotator"],
    )


def _attributes(row: Fields) -> Mapping[str, AttributeValue]:
    values: dict[str, Any] = json.loads(row["data-attributes"])
    return {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
