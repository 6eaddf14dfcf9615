# SPDX-License-Identifier: MIT
"""Finding the files that are meant when files and folders are named. Knows no kind of file."""

import os
import re
from collections.abc import Container, Iterable, Iterator
from pathlib import Path

from annotator.errors import UserError
from annotator.paths import is_folder, is_there

_DIGITS = re.compile(r"\d+")
#: What lies beside articles and tells of them.
_ABOUT = frozenset({"readme", "license", "licence", "copying", "notice"})
_COMPRESSED = ".gz"
_MOST_DIGITS = 20  # of a number in a name that is put in order; more than a date and time has


def find_files(paths: Iterable[Path], suffixes: Container[str]) -> list[Path]:
    """Return the files that are named, and those in the folders named that end so, each once, in natural order.

    A folder within these that cannot be looked into is among them: reading it says why, and the other files are taken.

    Args:
        paths: files and folders.
        suffixes: how a file of a folder must end, as `suffix` gives it.

    Raises:
        UserError: `file_missing`, `file_unreadable`, or `folder_empty` for a folder without such files.
    """
    found: dict[str, Path] = {}  # by name, since telling paths apart takes as long as making them
    for path in paths:
        for file in _files(path, suffixes):
            found.setdefault(os.path.normcase(file), file)
    return list(found.values())


def suffix(name: str) -> str:
    """Return how a file's name ends, in small letters: `.txt`; of what is compressed, with the kind: `.warc.gz`."""
    stem, end = os.path.splitext(name)  # noqa: PTH122 - a name; making paths of all takes longer than the scan
    end = end.lower()
    return f"{os.path.splitext(stem)[1].lower()}{end}" if end == _COMPRESSED else end  # noqa: PTH122 - as above


def is_aside(name: str) -> bool:
    """Return whether a file of a folder or archive is about the others, or the system's, and so no article."""
    return name.startswith((".", "~$")) or name.partition(".")[0].casefold() in _ABOUT


def _files(path: Path, suffixes: Container[str]) -> Iterator[Path]:
    if is_folder(path):
        files = _files_in(path, suffixes)
        if not files:
            raise UserError("folder_empty", path=path)
        yield from files
    else:
        try:
            path.stat()
        except FileNotFoundError as error:
            raise UserError("file_missing", path=path) from error
        except OSError as error:
            raise UserError("file_unreadable", path=path, detail=error.strerror or error) from error
        yield path


def _files_in(folder: Path, suffixes: Container[str]) -> list[Path]:
    try:
        found = sorted(_known_files(str(folder), suffixes), key=_natural)
    except OSError as error:
        where = Path(error.filename or folder)
        raise UserError("file_unreadable", path=where, detail=error.strerror or error) from error
    return [Path(path) for path in found]


def _natural(path: str) -> tuple[str, str]:
    """Return what sorts `9.txt` before `10.txt`; the path itself settles what is left."""
    return _DIGITS.sub(_padded, path.casefold()), path


def _padded(digits: re.Match[str]) -> str:
    return digits[0].zfill(_MOST_DIGITS)


def _known_files(folder: str, suffixes: Container[str]) -> Iterator[str]:
    # `Path.rglob` asks the disk about each file once more; a scan has been told already what is a file.
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                try:
                    yield from _known_files(entry.path, suffixes)
                except OSError:
                    yield entry.path
            elif suffix(entry.name) in suffixes and not is_aside(entry.name) and _is_file(entry):
                yield entry.path


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Return whether to read it; of a pipe, or a link that leads round in a circle, reading says why it cannot be."""
    try:
        return entry.is_file() or (not entry.is_dir() and is_there(Path(entry.path)))
    except OSError:
        return True
