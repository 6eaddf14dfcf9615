# SPDX-License-Identifier: MIT
"""Our own JSON Lines, read strictly: `tawsim-jsonl/3`, as `docs/export-formats.md` describes it, and older ones.

Owns the first line and the numbers in it, which `annotator.exporters.jsonl` writes; what stands in the line of an
article is `annotator.importers.jsonl_lines`'.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from annotator.errors import UserError
from annotator.importers import jsonl_lines as lines
from annotator.importers.safety import LARGEST_PART, opened
from annotator.model.annotator import Annotator
from annotator.model.registry import Actor, Event
from annotator.model.scheme import Scheme
from annotator.model.scheme_file import dump_scheme, parse_scheme
from annotator.model.tagged_article import TaggedArticle

FORMAT = "tawsim-jsonl/3"
FORMATS = ("tawsim-jsonl/1", "tawsim-jsonl/2", FORMAT)

# An article of the largest size, each letter of it escaped, and as much again for its tags.
_LONGEST_LINE = 8 * LARGEST_PART


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


def read_jsonl(path: Path) -> tuple[Header, list[TaggedArticle]]:
    """Read a whole file.

    Raises:
        UserError: `jsonl_invalid`, with the line and what is wrong there; `file_missing` or `file_unreadable`.
    """
    with opened(path) as file:
        header = read_header(file, path)
        return header, [lines.tagged(line) for line in read_lines(file, path, header)]


def more(counts: Counts, of: Any) -> Counts:
    """Return the counts with those of one more article, or of its line."""
    return Counts(
        counts.articles + 1,
        counts.tags + len(of.spans),
        counts.relations + len(of.relations),
        counts.document_tags + len(of.document_tags),
    )


def header_line(header: Header) -> bytes:
    """Return the first line of a file, without its end."""
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


def read_header(file: BinaryIO, path: Path) -> Header:
    """Return what the first line says.

    Raises:
        UserError: `jsonl_invalid`, or `foreign_version` for a version that is not known.
    """
    line = file.readline(_LONGEST_LINE)
    try:
        version = msgspec.json.decode(line, type=_Format).format
        if version.startswith("tawsim-jsonl/") and version not in FORMATS:
            raise UserError("foreign_version", path=path, version=version, known=", ".join(FORMATS))
        if version not in FORMATS:
            raise ValueError(f"the first line does not say that the file is {FORMAT}")
        data = msgspec.json.decode(line, type=_HeaderLine)
        scheme = _scheme(bytes(data.scheme).decode(), path)
    except (ValueError, RecursionError) as error:
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


def read_lines(file: BinaryIO, path: Path, header: Header) -> Iterator[Any]:
    """Yield the line of each article after the first line; see `jsonl_lines.read_article`.

    Raises:
        UserError: `jsonl_invalid`, with the line and what is wrong there.
    """
    known, counts = header.known, Counts()
    for number, line in enumerate(iter(lambda: file.readline(_LONGEST_LINE), b""), start=2):
        try:
            if not line.endswith(b"\n"):
                raise ValueError("the line is cut short")
            read = lines.read_article(line, known)
        except (ValueError, RecursionError) as error:
            raise UserError("jsonl_invalid", path=str(path), line=number, detail=str(error)) from error
        counts = more(counts, read)
        yield read
    if counts != header.counts:
        detail = f"{_told(header.counts)} announced, {_told(counts)} found"
        raise UserError("jsonl_invalid", path=str(path), line=1, detail=detail)


def _told(counts: Counts) -> str:
    return ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in asdict(counts).items())


def _scheme(text: str, path: Path) -> Scheme:
    try:
        return parse_scheme(text, where=path.name)
    except UserError as error:
        raise ValueError(str(error)) from error
