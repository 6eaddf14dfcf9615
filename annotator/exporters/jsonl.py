# SPDX-License-Identifier: MIT
"""Our own JSON Lines: everything in the project, one article a line, after a line that describes the project.

Owns the writer of what `annotator.importers.jsonl` reads and `docs/export-formats.md` describes.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from annotator.exporters.abilities import EVERYTHING, losses_of
from annotator.exporters.base import Entry, ExportOptions, ExportSource, Format, Written
from annotator.i18n import N_
from annotator.importers import jsonl_lines as lines
from annotator.importers.jsonl import Counts, Header, header_line, more, read_header, read_lines
from annotator.importers.safety import opened
from annotator.model.annotator import Annotator

# Numbers of this many digits are foreseen in the first line, whose length is fixed before they are known.
_WIDEST_COUNT = 10**12


def write(path: Path, source: ExportSource, options: ExportOptions) -> Iterator[Written]:  # noqa: ARG001
    """Write every article, then the numbers into the first line, which is why it is padded with blanks."""
    header = _header(source)
    counts = Counts()
    with path.open("wb") as file:
        room = len(header_line(replace(header, counts=Counts(*[_WIDEST_COUNT] * 4))))
        file.write(b" " * room + b"\n")
        for tagged in source.articles():
            file.write(lines.encode(lines.article_line(tagged)) + b"\n")
            counts = more(counts, tagged)
            yield Written(tagged, _entry(tagged.article, tagged.text, tagged))
        header = replace(header, counts=counts)
        file.seek(0)
        file.write(header_line(header).ljust(room))
    yield Written(None, Entry(0, header))


def read_back(path: Path, part: str) -> Iterator[Entry]:  # noqa: ARG001 - all is in one file
    """Read every article with the strict reader, then the header."""
    with opened(path) as file:
        header = read_header(file, path)
        for line in read_lines(file, path, header):
            yield _entry(line, line.text, line)
    yield Entry(0, header)


def verifier() -> str:
    """Return by what files are read back: the reader of this module."""
    return "tawsim"


def _entry(article: object, text: str, of: Any) -> Entry:
    return Entry(len(of.spans), lines.compared(article, text, of), len(of.relations), len(of.document_tags))


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


#: Neither cut nor renamed: the file is the project.
ABILITIES = replace(EVERYTHING, both_links=True, cuts=False, names=False)

FORMAT = Format(
    id="jsonl",
    name_key=N_("Tawsim JSONL"),
    description_key=N_("Everything in the project, one article a line; nothing is lost."),
    suffix=".jsonl",
    abilities=ABILITIES,
    losses=losses_of(ABILITIES),
    write=write,
    read_back=read_back,
    verifier=verifier,
)
