# SPDX-License-Identifier: MIT
"""Writing beside and moving into place: a file or folder is either wholly the new one or still the old one.

Owns temporary names, fsync and what an operating system's refusal is called. Knows no format.
"""

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from annotator.errors import UserError
from annotator.paths import is_folder, is_there

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_DATABASE = b"SQLite format 3\0"


def is_database(path: Path) -> bool:
    """Return whether a project lies at `path`, which an export must never take the place of."""
    try:
        with path.open("rb") as file:
            return file.read(len(_DATABASE)) == _DATABASE
    except OSError:
        return False


@contextmanager
def beside(destination: Path) -> Iterator[Path]:
    """Give a path in the folder of `destination` for what will take its place; nothing is left there afterwards.

    Raises:
        UserError: `disk_full` or `path_unwritable`, for any refusal while the file is written or moved.
    """
    # Not made of the destination's name: that may be as long as the file system allows already.
    temporary = destination.parent / f".tawsim-{secrets.token_hex(4)}.part"
    try:
        yield temporary
    except OSError as error:
        raise _refusal(error, destination) from error
    finally:
        if is_folder(temporary):
            shutil.rmtree(temporary, ignore_errors=True)
        with suppress(OSError):  # it was moved, or its folder does not exist
            temporary.unlink()


def keep(temporary: Path) -> None:
    """Return when what was written, a file or a folder, is on the disk, and not only on its way there."""
    for path in sorted(temporary.rglob("*")) if is_folder(temporary) else [temporary]:
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())


def move(temporary: Path, destination: Path) -> None:
    """Put a finished file or folder in the place of an older one; a file in one step.

    No system replaces a folder that is not empty: the older one is set aside first, and put back if that fails.
    """
    if is_folder(temporary) and is_there(destination):
        with beside(destination) as older:
            destination.rename(older)
            try:
                temporary.rename(destination)
            except OSError:
                older.rename(destination)
                raise
    else:
        temporary.replace(destination)
    if os.name == "posix":
        _sync_folder(destination.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _refusal(error: OSError, destination: Path) -> UserError:
    if error.errno in _FULL:
        return UserError("disk_full", path=str(destination))
    return UserError("path_unwritable", path=str(destination), detail=error.strerror or str(error))
