# SPDX-License-Identifier: MIT
"""Backups of a project: when one is due, making it, what is in it, and restoring one so that this can be undone.

None of this is an act of the history: it copies the file, or puts another in its place.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from annotator.errors import UserError
from annotator.paths import is_there, real
from annotator.project import Project
from annotator.store.backups import (
    Backup,
    BackupKind,
    Progress,
    backups_of,
    drop_old,
    folder_of,
    make_backup,
    put_back,
    set_aside,
)
from annotator.store.database import refuse_spoilt, remove_files
from annotator.store.driver import Key
from annotator.store.kinds import check_header
from annotator.store.lock import ProjectLock
from annotator.store.rekeying import rekey

__all__ = [
    "Backup",
    "BackupKind",
    "Contents",
    "back_up",
    "back_up_daily",
    "backups_of",
    "contents",
    "delete_backup",
    "folder_of",
    "is_due",
    "restore",
]

#: After each megabyte of a daily backup the disk is left to others for so long: a gigabyte takes ten seconds more.
_PAUSE_S = 0.01


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds; `error` says why that is not known."""

    articles: int = 0
    tags: int = 0
    error: UserError | None = None


def is_due(path: Path, today: date | None = None) -> bool:
    """Return whether a project has no backup of this day yet, by the clock on the wall: an analyst's day, not UTC's."""
    newest = next((backup for backup in backups_of(path) if backup.kind is BackupKind.DAILY), None)
    # A clock that was set back must not keep the program from making any.
    return newest is None or newest.at.astimezone().date() != (today or _now().date())


def back_up(path: Path, key: Key | None, progress: Progress = lambda _done, _total: True) -> Backup:
    """Make a backup that stays until somebody deletes it.

    Raises:
        UserError: what `annotator.store.backups.make_backup` refuses.
    """
    return make_backup(path, key, BackupKind.BY_HAND, progress=progress)


def back_up_daily(
    path: Path, key: Key | None, kept: int, progress: Progress = lambda _done, _total: True
) -> Backup | None:
    """Make the backup of the day if it is due, and then drop the oldest ones.

    Args:
        path: the project.
        key: what opens it.
        kept: how many that the program has made stay; 0 means that it makes none.
        progress: is told how many pages are done.

    Raises:
        UserError: what `annotator.store.backups.make_backup` refuses.
    """
    if kept < 1 or not is_due(path):
        return None
    made = make_backup(path, key, BackupKind.DAILY, progress=progress, pause=_PAUSE_S)
    drop_old(path, kept)
    return made


def contents(backup: Backup, key: Key | None) -> Contents:
    """Return what a backup holds."""
    try:
        with Project.open(backup.path, read_only=True, key=key) as project:
            return Contents(project.article_count(), project.span_count())
    except UserError as error:
        # What is said of a project of an earlier version is no advice for a backup.
        return Contents(error=UserError("backup_older") if error.key == "project_older" else error)


def restore(path: Path, backup: Path, key: Key | None) -> Backup | None:
    """Put a backup in the place of a project, which is kept as a backup first, so that it can be had back.

    Args:
        path: the project, that nobody has open; it may be damaged, or gone.
        backup: a project file.
        key: what opens both.

    Returns:
        What the project was kept as; None where there was none.

    Raises:
        UserError: `project_locked`, `project_busy`, what opening the backup refuses, or what writing files refuses;
            then the project is as it was.
    """
    refuse_spoilt(backup, key)
    if key is not None and real(backup).parent == folder_of(path) and check_header(backup, key) is None:
        rekey(backup, None, key)  # beside a protected project nothing lies unprotected; what lies elsewhere is not ours
    lock = ProjectLock(path)
    lock.acquire()
    try:
        with lock.alone():
            kept = _keep_present(path, key) if is_there(path) else None
            put_back(backup, path, key)
    finally:
        lock.release()
    return kept


def delete_backup(backup: Path) -> None:
    """Delete a backup for good.

    Raises:
        UserError: `path_unwritable`.
    """
    try:
        remove_files(backup)
    except OSError as error:
        raise UserError("path_unwritable", path=backup, detail=error.strerror or error) from error


def _keep_present(path: Path, key: Key | None) -> Backup:
    try:
        return make_backup(path, key, BackupKind.BEFORE_RESTORING)
    except UserError as error:
        if error.key not in _UNREADABLE:
            raise
    kept = set_aside(path)
    for suffix in ("-wal", "-shm"):  # kept along; they must not be read with what comes
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    return kept


#: A project of which this is said is kept byte for byte, as it cannot be copied by SQLite.
_UNREADABLE = frozenset({"project_damaged", "project_not_sqlite", "project_foreign", "password_wrong"})


def _now() -> datetime:
    return datetime.now().astimezone()
