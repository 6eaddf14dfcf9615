# SPDX-License-Identifier: MIT
"""Writing beside and moving into place: a file or folder is either wholly the new one or still the old one.

Owns temporary names, rights, fsync, what an operating system's refusal is called, and how a project file is told from
others. Knows no format.
"""

import errno
import os
import re
import shutil
import stat
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from annotator.errors import UserError
from annotator.paths import is_folder, is_there

if sys.platform != "win32":
    import fcntl

#: Of project files.
SUFFIX = ".tawsim"

#: The rights of a file that its owner alone reads and writes.
PRIVATE = 0o600
_PRIVATE_FOLDER = 0o700
_NO_PROGRAM = 0o666

#: Folders for what is not finished, and for an older export until the new one is in its place.
_PART, _OLDER = ".part", ".older"
_HIDDEN = re.compile(r"\.tawsim-[0-9a-f]{8}\.(part|older)")
#: One that was made in the last seconds may be somebody's.
_NEW_S = 10.0

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_DATABASE = b"SQLite format 3\0"
_PAGE_BYTES = 4096
#: Of 256 values, so many are in a page of chance bytes: a page that misses seven comes up in none of 10^30.
_VALUES_OF_CHANCE = 250
#: What begins like this holds bytes much like chance and is known to be something else: packed, a picture, a table.
_KNOWN_HEADS = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"\x89PNG", b"\xff\xd8\xff", b"%PDF", b"PAR1", b"BZh")


class DatabaseKind(StrEnum):
    """What a project file is for whoever looks at its bytes."""

    PLAIN = "plain"
    ENCRYPTED = "encrypted"


#: The project files that this process has open through SQLite: how often, and what is to be closed after them.
_HELD: dict[tuple[int, int] | None, tuple[int, list[BinaryIO]]] = {}
_MUTEX = threading.Lock()


def identity(path: Path) -> tuple[int, int] | None:
    """Return what stays the same while a file is the same file, or None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


@contextmanager
def held_open(path: Path) -> Iterator[None]:
    """Say of a project file that SQLite has it open throughout the block: see `peeking`."""
    file = identity(path)
    with _MUTEX:
        count, parked = _HELD.get(file, (0, []))
        _HELD[file] = count + 1, parked
    try:
        yield
    finally:
        with _MUTEX:
            count, parked = _HELD.pop(file)
            if count > 1:
                _HELD[file] = count - 1, parked
            else:
                for one in parked:
                    one.close()


def refuse_irregular(path: Path) -> None:
    """See that reading a file comes to an end: of a pipe it waits for whoever writes to it, of a device it may never.

    Raises:
        OSError: it is a pipe, a socket or a device.
    """
    kind = os.stat(path).st_mode  # noqa: PTH116 - of ten thousand files it is felt what a path adds
    if not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):
        raise OSError(errno.ENODEV, os.strerror(errno.ENODEV), str(path))


@contextmanager
def peeking(path: Path, buffering: int = -1) -> Iterator[BinaryIO]:
    """Read the bytes of what may be a project that this process has open: in no other way may it be read.

    On POSIX systems, closing any descriptor of a file gives up all locks that the process holds on it, SQLite's among
    them: another process would take our write-ahead log away, and what we write after that is lost
    (`sqlite.org/howtocorrupt.html`, 2.2). So a descriptor of such a file is closed when SQLite has closed it.
    """
    refuse_irregular(path)
    file = path.open("rb", buffering)
    try:
        yield file
    finally:
        _close(file.fileno(), os.fstat(file.fileno()), file)


def peek_all(path: Path, most: int) -> bytes | None:
    """Return all bytes of a file, or None where there are more than so many: as `peeking`, in half of its time."""
    refuse_irregular(path)
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    status = os.fstat(descriptor)
    try:
        if status.st_size > most:
            return None
        raw = os.read(descriptor, status.st_size + 1)
        # One byte more was asked for: it is not asked again whether that was all.
        while len(raw) != status.st_size and (more := os.read(descriptor, _PAGE_BYTES)):
            raw += more
        return raw
    finally:
        _close(descriptor, status)


def _close(descriptor: int, status: os.stat_result, file: BinaryIO | None = None) -> None:
    """Close a file that was read, now or when SQLite has closed it."""
    with _MUTEX:
        held = _HELD.get((status.st_dev, status.st_ino))
        if held:
            held[1].append(file or os.fdopen(descriptor, "rb"))
        elif file:
            file.close()
        else:
            os.close(descriptor)


def database_kind(path: Path) -> DatabaseKind | None:
    """Return how a project lies at `path`, or None where none does.

    An encrypted one has no mark: it begins with a page of chance bytes and is made of whole pages. One of this
    program's name may also have been cut short.
    """
    with peeking(path) as file:
        page = file.read(_PAGE_BYTES)
    if page.startswith(_DATABASE):
        return DatabaseKind.PLAIN
    by_chance = len(set(page)) >= _VALUES_OF_CHANCE and not page.startswith(_KNOWN_HEADS)
    whole = path.suffix == SUFFIX or path.stat().st_size % _PAGE_BYTES == 0
    return DatabaseKind.ENCRYPTED if by_chance and whole else None


def is_database(path: Path) -> bool:
    """Return whether a project lies at `path`, which an export must never take the place of."""
    try:
        return database_kind(path) is not None
    except OSError:
        return False


@contextmanager
def scratch(path: Path, kind: str = _PART) -> Iterator[Path]:
    """Give a folder for what is needed while a file is written or read; nothing of it is left afterwards.

    Only the user may enter it. It lies beside the file and not in the system's folder for such things: where the file
    goes, its text may go. What a program that was killed has left there is cleared on this occasion.
    """
    _clear_left(path.parent)
    # Not made of the file's name: that may be as long as the file system allows already.
    folder = path.parent / f".tawsim-{os.urandom(4).hex()}{kind}"
    folder.mkdir(mode=_PRIVATE_FOLDER)
    try:
        with _claimed(folder):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _claimed(folder: Path) -> Iterator[None]:
    """Hold a lock on a folder within the block; the system gives it up where the process dies."""
    if sys.platform == "win32":  # which has none for folders: what is left there stays
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # not every file system has them
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def _clear_left(folder: Path) -> None:
    """Remove what killed programs have left in a folder; an older export that was set aside comes back."""
    if sys.platform == "win32":
        return
    with suppress(OSError), os.scandir(folder) as entries:
        hidden = [entry for entry in entries if _HIDDEN.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False)]
        for entry in hidden:
            # A new one may not be locked yet.
            if entry.stat(follow_symlinks=False).st_mtime < time.time() - _NEW_S and not _is_claimed(entry.path):
                left = Path(entry.path)
                if left.suffix == _OLDER:
                    _put_back(left)
                shutil.rmtree(left, ignore_errors=True)


def _is_claimed(folder: str) -> bool:
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


def _put_back(left: Path) -> None:
    for older in left.iterdir():
        if not is_there(left.parent / older.name):
            older.rename(left.parent / older.name)


@contextmanager
def beside(destination: Path) -> Iterator[Path]:
    """Give a path in the folder of `destination` for what will take its place; nothing is left there afterwards.

    Raises:
        UserError: `disk_full` or `path_unwritable`, for any refusal while the file is written or moved.
    """
    try:
        with scratch(destination) as folder:
            yield folder / "new"
    except OSError as error:
        raise refusal(error, destination) from error


def put_text(path: Path, text: str) -> None:
    """Write a text file: wholly, or the file that was there stays.

    Raises:
        UserError: `disk_full` or `path_unwritable`.
    """
    with beside(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")
        keep(temporary)
        move(temporary, path)


def private_opener(path: str, flags: int) -> int:
    """Open a file for `open(…, opener=…)`; one that is made is its owner's alone, whatever the system's habit."""
    return os.open(path, flags, PRIVATE)


def keep(temporary: Path) -> None:
    """Return when what was written, a file or a folder, is on the disk, and not only on its way there."""
    paths = [temporary, *sorted(temporary.rglob("*"))] if is_folder(temporary) else [temporary]
    for path in paths:
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
    # Inner ones first: a name is as safe as the folder that holds it.
    for folder in reversed([path for path in paths if is_folder(path)]):
        sync_folder(folder)


def move(temporary: Path, destination: Path) -> None:
    """Put a finished file or folder in the place of an older one; a file in one step.

    What is new is its owner's alone; what takes the place of an older one gets the rights that this had. No system
    replaces a folder that is not empty: the older one is set aside first, and put back if that fails.
    """
    _set_rights(temporary, destination)
    if is_folder(temporary) and is_there(destination):
        with scratch(destination, _OLDER) as aside:
            older = aside / destination.name  # under its name, so that it finds back if this is cut short
            destination.rename(older)
            try:
                temporary.rename(destination)
            except OSError:
                older.rename(destination)
                raise
    else:
        temporary.replace(destination)
    sync_folder(destination.parent)


def _set_rights(temporary: Path, destination: Path) -> None:
    if os.name != "posix":
        return
    there = stat.S_IMODE(destination.stat().st_mode) if is_there(destination) else _PRIVATE_FOLDER
    for path in [temporary, *temporary.rglob("*")]:
        path.chmod(there if is_folder(path) else there & _NO_PROGRAM)


def make_folder(folder: Path) -> None:
    """Make a folder that is its owner's alone, with those that it lies in, and see that their names are on the disk."""
    new = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
    for path in new:
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Return when the names in a folder are on the disk, where the system can be asked for that."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def refusal(error: OSError, destination: Path) -> UserError:
    """Return what to tell of the operating system's refusal to write something."""
    if error.errno in _FULL:
        return UserError("disk_full", path=str(destination))
    return UserError("path_unwritable", path=str(destination), detail=error.strerror or str(error))
