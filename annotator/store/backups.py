# SPDX-License-Identifier: MIT
"""Copies of a project file in a folder beside it: making one while others write, keeping few, putting one back.

Owns the folder `NAME.backups` and the names in it. Knows nothing of days: `annotator.ops.backups` says when one is due.
"""

import contextlib
import os
import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from annotator.errors import UserError
from annotator.files import SUFFIX, keep, make_folder, move, peeking, scratch
from annotator.paths import real, spelled
from annotator.store.database import errors_explained, make_empty, refuse_damage, remove_files
from annotator.store.driver import IMMUTABLE, READ_WRITE, Key, connect, database_errors
from annotator.store.kinds import check_header
from annotator.store.rekeying import write_anew

#: Told how many pages are copied, of how many; False asks to stop.
Progress = Callable[[int, int], bool]

#: So many pages are copied at a time: a megabyte, in some milliseconds.
_PAGES = 256
#: So many steps of SQLite's machine lie between two questions whether to go on.
_STEPS = 10_000
#: Of what a copy may need, so much more must be free: nobody wants a disk filled to the brim.
_ROOM = 1.1

_NAME = re.compile(r"(?P<stem>.*) (?P<at>\d{4}-\d\d-\d\d \d\d-\d\d-\d\d) (?P<kind>[a-z]+)(?: \d+)?" + re.escape(SUFFIX))
_TIME = "%Y-%m-%d %H-%M-%S"
_PART = ".part"


class BackupKind(StrEnum):
    """Why a backup was made; the words are part of its name."""

    DAILY = "daily"
    BY_HAND = "kept"
    BEFORE_RESTORING = "before"


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of a project.

    Attributes:
        at: when it was made, UTC.
        size: in bytes.
    """

    path: Path
    at: datetime
    kind: BackupKind
    size: int


def folder_of(path: Path) -> Path:
    """Return the folder of a project's backups; it may not be there."""
    path = real(path)
    return path.with_name(f"{path.stem}.backups")


def backups_of(path: Path) -> list[Backup]:
    """Return the backups of a project, the newest first; what else lies in the folder is none."""
    try:
        found = [backup for item in folder_of(path).iterdir() if (backup := _backup(item)) is not None]
    except OSError:
        return []
    return sorted(found, key=lambda backup: (backup.at, _changed(backup.path), backup.path.name), reverse=True)


def _changed(path: Path) -> int:
    """Return when a file was last written, which tells apart two of one second."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def make_backup(
    path: Path,
    key: Key | None,
    kind: BackupKind,
    *,
    progress: Progress = lambda _done, _total: True,
    pause: float = 0,
) -> Backup:
    """Copy a project as it is now, by SQLite's online backup, and look at every page of the copy.

    Nobody has to wait for it: it reads one state of the file, whatever is written meanwhile.

    Args:
        path: the project.
        key: what opens it.
        kind: why.
        progress: is told how many pages are done.
        pause: seconds to wait after each megabyte, to leave the disk to others.

    Raises:
        UserError: `backup_no_room`, `backup_failed`, `project_damaged` where the project is, `cancelled`, or what is
            no project is refused for.
    """
    folder = folder_of(path)
    check_header(path, key)
    with errors_explained(path), _failures_told(path, folder):
        _make_folder(folder)
        _refuse_without_room(path, folder)
        at = datetime.now(UTC).replace(microsecond=0)
        part = folder / f"{os.getpid()}{_PART}"
        try:
            _copy(path, part, key, progress, pause)
            keep(part)
            target = _free(folder, real(path).stem, at, kind)
            move(part, target)
        finally:
            remove_files(part)
    return Backup(target, at, kind, target.stat().st_size)


def drop_old(path: Path, most: int) -> list[Backup]:
    """Delete the oldest backups that the program made by itself, beyond `most` of them; those made by hand stay.

    Each was looked at when it was made, so that the newest is a good one.
    """
    own = [backup for backup in backups_of(path) if backup.kind is not BackupKind.BY_HAND]
    old = own[max(most, 1) :]
    for backup in old:
        remove_files(backup.path)
    return old


def put_back(backup: Path, path: Path, key: Key | None) -> None:
    """Put a copy of a backup in the place of the project, in one step. Who calls is alone with the file.

    What is protected does not come back unprotected: with a key, the copy of a backup that has none gets it.

    Raises:
        UserError: `project_busy` where somebody still reads the project, `disk_full` or `path_unwritable`.
    """
    path = real(path)
    with errors_explained(path):
        try:
            with scratch(path) as folder:
                trial = folder / "new"
                if key is not None and check_header(backup, key) is None:
                    make_empty(trial)
                    write_anew(backup, None, trial, key)
                else:
                    _copy(backup, trial, key, lambda _done, _total: True, 0)
                keep(trial)
                # A log does harm beside another file, and so does that of whoever still reads.
                for suffix in ("-wal", "-shm"):
                    if path.with_name(path.name + suffix).exists():
                        raise UserError("project_busy", path=path)
                move(trial, path)
        except OSError as error:
            raise UserError("path_unwritable", path=path, detail=error.strerror or error) from error


def set_aside(path: Path) -> Backup:
    """Keep a project that cannot be read as it lies, with its log, among its backups; byte for byte.

    Raises:
        UserError: `backup_failed` or `backup_no_room`.
    """
    folder, path = folder_of(path), real(path)
    with _failures_told(path, folder):
        _make_folder(folder)
        _refuse_without_room(path, folder)
        at = datetime.now(UTC).replace(microsecond=0)
        target = _free(folder, path.stem, at, BackupKind.BEFORE_RESTORING)
        for suffix in ("-wal", ""):
            source = path.with_name(path.name + suffix)
            if source.exists():
                copied = target.with_name(target.name + suffix)
                make_empty(copied)
                with peeking(source) as old, copied.open("wb") as new:
                    shutil.copyfileobj(old, new, 1 << 20)
                    new.flush()
                    os.fsync(new.fileno())
    return Backup(target, at, BackupKind.BEFORE_RESTORING, target.stat().st_size)


def _copy(source_path: Path, destination: Path, key: Key | None, progress: Progress, pause: float) -> None:
    """Copy one state of a project into a new file of the same key, and look at every page of it."""
    remove_files(destination)
    make_empty(destination)
    with contextlib.closing(_reading(source_path, key)) as source:
        # Held throughout: a copy of a file that changes between two steps would begin anew each time.
        source.execute("begin")
        source.execute("select count(*) from sqlite_schema").fetchone()

        def tell(_status: int, remaining: int, total: int) -> None:
            if not progress(total - remaining, total):
                raise UserError("cancelled")
            if remaining and pause:
                time.sleep(pause)

        with contextlib.closing(connect(destination, READ_WRITE, key=key)) as target:
            source.backup(target, pages=_PAGES, progress=tell)
            target.set_progress_handler(lambda: not progress(1, 1), _STEPS)
            refuse_damage(source_path, target)


def _reading(path: Path, key: Key | None) -> sqlite3.Connection:
    """Open a project or a backup to copy it; a folder that cannot be written to holds no log to read."""
    writable = os.access(path.parent, os.W_OK) and os.access(path, os.W_OK)
    connection = connect(path, READ_WRITE if writable else IMMUTABLE, key=key)
    try:
        connection.execute("pragma query_only = on")
    except database_errors():
        connection.close()
        raise
    return connection


@contextlib.contextmanager
def _failures_told(path: Path, folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserError("backup_failed", path=path, folder=folder, detail=error.strerror or error) from error


def _make_folder(folder: Path) -> None:
    make_folder(folder)
    if os.name == "posix" and folder.stat().st_mode & 0o077:
        folder.chmod(0o700)
    for left in folder.glob(f"*{_PART}"):  # of a program that was killed
        with contextlib.suppress(OSError):
            if not _is_alive(left.stem):
                remove_files(left)


def _is_alive(pid: str) -> bool:
    if not pid.isdecimal() or os.name != "posix":
        return int(pid) == os.getpid() if pid.isdecimal() else False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _refuse_without_room(path: Path, folder: Path) -> None:
    needed = int(real(path).stat().st_size * _ROOM)
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise UserError("backup_no_room", path=path, folder=folder, needed=needed, free=free)


def _free(folder: Path, stem: str, at: datetime, kind: BackupKind) -> Path:
    name = f"{stem} {at.strftime(_TIME)} {kind}"
    places = (folder / f"{name}{number}{SUFFIX}" for number in ("", *(f" {count}" for count in range(2, 1000))))
    return next(place for place in places if not place.exists())


def _backup(path: Path) -> Backup | None:
    match = _NAME.fullmatch(spelled(path.name))
    if match is None or match["kind"] not in list(BackupKind):
        return None
    try:
        at = datetime.strptime(match["at"], _TIME).replace(tzinfo=UTC)
        return Backup(path, at, BackupKind(match["kind"]), path.stat().st_size)
    except (ValueError, OSError):
        return None
