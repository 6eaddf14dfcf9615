# SPDX-License-Identifier: MIT
"""Putting a project file that was made beside its place into it, once it is whole: with nothing of it left in a log.

SQLite keeps what was written last in a log beside the file. A file that is moved without its log has lost that, and one
that comes to lie beside the log of another is damaged by it.
"""

import sqlite3
from pathlib import Path

from annotator.errors import UserError
from annotator.files import move, refusal


def fold(connection: sqlite3.Connection) -> None:
    """Have all that waits in the log written into the file itself; closing does that, too, but keeps quiet if it fails.

    Raises:
        sqlite3.DatabaseError: where the disk does not take it; or whatever else the driver raises.
    """
    connection.execute("pragma wal_checkpoint(truncate)").fetchall()


def put_in_place(trial: Path, path: Path) -> None:
    """Put a finished file that nobody has open any more in the place of `path`, in one step.

    Raises:
        UserError: `write_failed` where its log could not be folded in; `project_busy` where somebody still has the
            older file open; `log_left` where that was taken away without its log; `disk_full` or `path_unwritable`.
    """
    if _log_of(trial).exists():
        raise UserError("write_failed", path=path)
    # Whoever still reads the old file keeps its log alive.
    if _log_of(path).exists():
        raise UserError("project_busy" if path.exists() else "log_left", path=path, log=_log_of(path))
    try:
        move(trial, path)
    except OSError as error:
        raise refusal(error, path) from error


def _log_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")
