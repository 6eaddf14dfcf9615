# SPDX-License-Identifier: MIT
"""Our own JSON Lines: everything in the project, one article a line, after a line that describes the project.

Owns the writer and the strict reader of `tawsim-jsonl/2`, which `docs/export-formats.md` describes; files of `/1` are
read, too. What stands in the line of an article is `annotator.exporters.jsonl_lines`'.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from annotator.errors import UserError
from annotator.exporters import jsonl_lines as lines
from annotator.exporters.base import Entry, ExportOptions, ExportSource, TaggedArticle, Written
from annotator.model.annotator import Annotator
from annotator.model.registry import Actor, Event
from annotator.model.scheme import Scheme
from annotator.model.scheme_file import dump_scheme, parse_scheme

FORMAT = "tawsim-jsonl/2"
_FORMATS = ("tawsim-jsonl/1", FORMAT)

# Numbers of this many digits are foreseen in the first line, whose length is fixed before they are known.
_WIDEST_COUNT = 10**12


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is in a file."""

    articles: int = 0
    tags: int = 0
    relations: int = 0
    document_tags: int = 0


@dataclass(frozen=True, slots=True)
class Header:
    """What the first line says: the project, its scheme, who works in it, its registry, and how much follows."""

    project_id: str
    project_name: str
    scheme: Scheme
    annotators: tuple[Annotator, ...]
    actors: tuple[Actor, ...]
    events: tuple[Event, ...]
    counts: Counts

    @property
    def known(self) -> lines.Known:
        """Return what the lines may name."""
        keys = ([one.id for one in group] for group in (self.annotators, self.actors, self.events))
        return lines.known(self.scheme, *keys)


class _Project(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    name: str


class _Format(msgspec.Struct):
    format: str = ""


class _HeaderLine(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The first line; what has a default is not in files of the first format."""

    format: str
    articles: int
    tags: int
    relations: int = 0
    document_tags: int = 0
    project: _Project
    scheme: msgspec.Raw
    scheme_version: int = 0
    annotators: tuple[lines.AnnotatorLine, ...]
    actors: tuple[lines.ActorLine, ...] = ()
    events: tuple[lines.EventLine, ...] = ()


def write(path: Path, source: ExportSource, options: ExportOptions) -> Iterator[Written]:  # noqa: ARG001
    """Write every article, then the numbers into the first line, which is why it is padded with blanks."""
    header = _header(source)
    counts = Counts()
    with path.open("wb") as file:
        room = len(_header_line(replace(header, counts=Counts(*[_WIDEST_COUNT] * 4))))
        file.write(b" " * room + b"\n")
        for tagged in source.articles():
            file.write(lines.encode(lines.article_line(tagged)) + b"\n")
            counts = _more(counts, tagged)
            yield Written(tagged, _entry(tagged.article, tagged.text, tagged))
        header = replace(header, counts=counts)
        file.seek(0)
        file.write(_header_line(header).ljust(room))
    yield Written(None, Entry(0, header))


def read_back(path: Path) -> Iterator[Entry]:
    """Read every article with the strict reader, then the header."""
    with path.open("rb") as file:
        header = _read_header(file, path)
        for line in _read_lines(file, path, header):
            yield _entry(line, line.text, line)
    yield Entry(0, header)


def verifier() -> str:
    """Return by what files are read back: the reader of this module."""
    return "tawsim"


def read_jsonl(path: Path) -> tuple[Header, list[TaggedArticle]]:
    """Read a whole file.

    Raises:
        UserError: `jsonl_invalid`, with the line and what is wrong there.
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        header = _read_header(file, path)
        return header, [lines.tagged(line) for line in _read_lines(file, path, header)]


def _entry(article: object, text: str, of: Any) -> Entry:
    return Entry(len(of.spans), lines.compared(article, text, of), len(of.relations), len(of.document_tags))


def _more(counts: Counts, of: Any) -> Counts:
    return Counts(
        counts.articles + 1,
        counts.tags + len(of.spans),
        counts.relations + len(of.relations),
        counts.document_tags + len(of.document_tags),
    )


def _header(source: ExportSource) -> Header:
    return Header(
        project_id=source.project_id,
        project_name=source.project_name,
        scheme=source.scheme.numbered(),
        annotators=tuple(Annotator(key, name) for key, name in sorted(source.annotators.items())),
        actors=tuple(source.actors.values()),
        events=tuple(source.events.values()),
        counts=Counts(),
    )


def _header_line(header: Header) -> bytes:
    line = _HeaderLine(
        format=FORMAT,
        articles=header.counts.articles,
        tags=header.counts.tags,
        relations=header.counts.relations,
        document_tags=header.counts.document_tags,
        project=_Project(header.project_id, header.project_name),
        scheme=msgspec.Raw(msgspec.json.format(dump_scheme(header.scheme).encode(), indent=-1)),
        scheme_version=header.scheme.version,
        annotators=tuple(map(lines.annotator_line, header.annotators)),
        actors=tuple(map(lines.actor_line, header.actors)),
        events=tuple(map(lines.event_line, header.events)),
    )
    return lines.encode(line)


def _read_header(file: BinaryIO, path: Path) -> Header:
    line = file.readline()
    try:
        if msgspec.json.decode(line, type=_Format).format not in _FORMATS:
            raise ValueError(f"the first line does not say that the file is {FORMAT}")
        data = msgspec.json.decode(line, type=_HeaderLine)
        scheme = parse_scheme(bytes(data.scheme).decode(), where=path.name)
    except (ValueError, RecursionError, UserError) as error:
        raise UserError("jsonl_invalid", path=str(path), line=1, detail=str(error)) from error
    return Header(
        project_id=data.project.id,
        project_name=data.project.name,
        scheme=replace(scheme, version=data.scheme_version),
        annotators=tuple(Annotator(**msgspec.structs.asdict(one)) for one in data.annotators),
        actors=tuple(Actor(**msgspec.structs.asdict(one)) for one in data.actors),
        events=tuple(Event(**msgspec.structs.asdict(one)) for one in data.events),
        counts=Counts(data.articles, data.tags, data.relations, data.document_tags),
    )


def _read_lines(file: BinaryIO, path: Path, header: Header) -> Iterator[Any]:
    known, counts = header.known, Counts()
    for number, line in enumerate(file, start=2):
        try:
            if not line.endswith(b"\n"):
                raise ValueError("the line is cut short")
            read = lines.read_article(line, known)
        except (ValueError, RecursionError) as error:
            raise UserError("jsonl_invalid", path=str(path), line=number, detail=str(error)) from error
        counts = _more(counts, read)
        yield read
    if counts != header.counts:
        detail = f"{_told(header.counts)} announced, {_told(counts)} found"
        raise UserError("jsonl_invalid", path=str(path), line=1, detail=detail)


def _told(counts: Counts) -> str:
    return ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in asdict(counts).items())
