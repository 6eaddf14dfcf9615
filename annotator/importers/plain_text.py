# SPDX-License-Identifier: MIT
"""Plain text files: finding them, and reading each into what an article needs."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.errors import UserError
from annotator.importers.base import LARGEST, ReadArticle, title_of
from annotator.paths import is_folder, spelled
from annotator.text.decoding import decode

#: Files taken from a folder; a file that is named itself is taken whatever it is called.
SUFFIXES = frozenset({".txt", ".text"})

_DIGITS = re.compile(r"\d+")
_MOST_DIGITS = 20  # of a number in a name that is put in order; more than a date and time has


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Return the text files that are named, or that lie in the folders named, each once, in natural order.

    Raises:
        UserError: `file_missing`, `file_unreadable`, or `folder_empty` for a folder without text files.
    """
    found: dict[Path, None] = {}
    for path in paths:
        for file in _files(path):
            found.setdefault(file)
    return list(found)


def read_plain_text(path: Path, encoding: str | None = None) -> ReadArticle:
    """Read one file.

    Args:
        path: the file.
        encoding: the codec to use; guessed if None.

    Raises:
        UserError: `file_missing`, `file_unreadable`, `file_too_large`, or what `annotator.text.decoding.decode`
            refuses, with the path.
    """
    raw = _read(path)
    try:
        decoded = decode(raw, encoding)
    except UserError as error:
        raise UserError(error.key, **{"path": path, **error.params}) from error
    raw_sha256 = hashlib.sha256(raw).hexdigest()
    plain = decoded.encoding == "utf-8" and not decoded.bom and decoded.newline in {"lf", "none"}
    return ReadArticle(
        path=path,
        title=title_of(decoded.text) or spelled(path.stem),
        decoded=decoded,
        # Of a plain UTF-8 file the text's bytes are the file's.
        text_sha256=raw_sha256 if plain else hashlib.sha256(decoded.text.encode()).hexdigest(),
        raw_sha256=raw_sha256,
    )


def _read(path: Path) -> bytes:
    try:
        with path.open("rb", buffering=0) as file:
            if os.fstat(file.fileno()).st_size > LARGEST:
                raise UserError("file_too_large", path=path, most=LARGEST // 1_000_000)
            return file.readall()
    except FileNotFoundError as error:
        raise UserError("file_missing", path=path) from error
    except OSError as error:
        raise UserError("file_unreadable", path=path, detail=error.strerror or error) from error


def _files(path: Path) -> Iterator[Path]:
    if is_folder(path):
        files = _files_in(path)
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


def _files_in(folder: Path) -> list[Path]:
    try:
        found = sorted(_text_files(str(folder)), key=_natural)
    except OSError as error:
        where = Path(error.filename or folder)
        raise UserError("file_unreadable", path=where, detail=error.strerror or error) from error
    return [Path(path) for path in found]


def _natural(path: str) -> tuple[str, str]:
    """Return what sorts `9.txt` before `10.txt`; the path itself settles what is left."""
    return _DIGITS.sub(_padded, path.casefold()), path


def _padded(digits: re.Match[str]) -> str:
    return digits[0].zfill(_MOST_DIGITS)


def _text_files(folder: str) -> Iterator[str]:
    # `Path.rglob` asks the disk about each file once more; a scan has been told already what is a file.
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _text_files(entry.path)
            elif _suffix(entry.name) in SUFFIXES and _is_file(entry):
                yield entry.path


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link that leads round in a circle: reading it will say so, and the other files are taken
        return True


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].lower()  # noqa: PTH122 - a name; making paths of all takes longer than the scan
