# SPDX-License-Identifier: MIT
"""A look at what is to be imported, before anything is asked: which of it is annotations, and how tables begin.

Reads the beginnings of files only; runs in a job. Knows no widget.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from annotator.errors import UserError
from annotator.importers.articles import SUFFIXES, find_files, kind_of
from annotator.importers.foreign import ForeignFormat
from annotator.importers.previews import Preview, table_preview
from annotator.importers.registry import FOREIGN_FORMATS, recognised
from annotator.paths import is_folder
from annotator.ui.jobs import Progress

#: Formats whose files may as well be articles: only who has the file knows. The files of the others are told for sure.
AMBIGUOUS = frozenset({"brat", "conll", "doccano", "label-studio", "prodigy", "w3c"})

#: Of more tables than these in a folder, the columns are guessed.
_MOST_TABLES = 50

_FOREIGN_SUFFIXES = tuple({suffix for kind in FOREIGN_FORMATS.values() for suffix in kind.suffixes})


@dataclass(frozen=True, slots=True)
class Foreign:
    """A file or folder that looks like annotations.

    Attributes:
        sure: whether it can be nothing else.
    """

    path: Path
    format_id: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """What is to be imported.

    Attributes:
        paths: all of it.
        foreign: those that look like annotations.
        tables: how each table and file of records begins, those in folders, too.
    """

    paths: tuple[Path, ...]
    foreign: tuple[Foreign, ...] = ()
    tables: Mapping[Path, Preview] = field(default_factory=dict)


def look(paths: Iterable[Path], progress: Progress | None = None) -> Looked:
    """Look at files and folders.

    Raises:
        UserError: `cancelled`.
    """
    given = tuple(paths)
    foreign: list[Foreign] = []
    for number, path in enumerate(given):
        _ask(progress, number, len(given), path)
        kind = annotations_of(path)
        if kind is not None:
            foreign.append(Foreign(path, kind.id, not _may_be_articles(path, kind)))
    sure = {one.path for one in foreign if one.sure}
    return Looked(given, tuple(foreign), _tables([path for path in given if path not in sure], progress))


def annotations_of(path: Path) -> ForeignFormat | None:
    """Return the format of annotations that a file or folder looks like, if it looks like any."""
    if not is_folder(path) and not path.name.lower().endswith(_FOREIGN_SUFFIXES):
        return None
    try:
        return recognised(path)
    except UserError:
        return None  # as articles, it is told what is wrong with it


def _may_be_articles(path: Path, kind: ForeignFormat) -> bool:
    return kind.id in AMBIGUOUS and (is_folder(path) or path.name.lower().endswith(tuple(SUFFIXES)))


def _tables(paths: list[Path], progress: Progress | None) -> dict[Path, Preview]:
    """Return how the tables begin; what cannot be read is left to the import, which reports it."""
    try:
        found = [path for path in find_files(paths) if kind_of(path).columns][:_MOST_TABLES]
    except UserError:
        return {}
    previews: dict[Path, Preview] = {}
    for number, path in enumerate(found):
        _ask(progress, number, len(found), path)
        try:
            previews[path] = table_preview(path)
        except UserError:
            continue
    return previews


def _ask(progress: Progress | None, done: int, total: int, path: Path) -> None:
    if progress and not progress(done, total, path.name):
        raise UserError("cancelled")
