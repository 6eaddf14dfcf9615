# SPDX-License-Identifier: MIT
"""Writing a project file anew with another key, with one for the first time, or without: beside, compared, moved.

Knows nothing of passwords. Who calls is alone with the file (`annotator.store.lock`).
"""

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path

from annotator.errors import UserError
from annotator.files import keep, refusal
from annotator.paths import real
from annotator.store.database import (
    APPLICATION_ID,
    errors_explained,
    make_empty,
    refuse_damage,
    remove_files,
    rewritten,
)
from annotator.store.driver import Key, attach, connect_for_any
from annotator.store.kinds import check_header, refuse_wrong_key
from annotator.store.placing import put_in_place

#: So many steps of SQLite's machine lie between two questions whether to go on: some milliseconds.
_STEPS_BETWEEN = 10_000
_FRESH = "fresh"
_ZEROS = bytes(1 << 20)


def rekey(path: Path, key: Key | None, new: Key | None, goes_on: Callable[[], bool] = lambda: True) -> None:
    """Write a file anew so that `new` opens it, or anyone where that is None; its place is taken in one step.

    What was not encrypted is written over afterwards; that reaches the old blocks of an ordinary disk, not those that
    an SSD or a copying file system has put elsewhere.

    Args:
        path: the file.
        key: what opens it now.
        new: what shall open it.
        goes_on: asked every few milliseconds; the file stays as it is where it says no.

    Raises:
        UserError: `project_busy` where somebody still reads it, `project_damaged`, `disk_full`, `password_wrong`,
            `cancelled` or `encryption_missing`.
    """
    path = real(path)
    key = check_header(path, key)
    trial = rewritten(path)
    remove_files(trial)
    try:
        with errors_explained(path):
            make_empty(trial)
            write_anew(path, key, trial, new, goes_on)
            try:
                keep(trial)
                with _written_over(path) if key is None else contextlib.nullcontext():
                    put_in_place(trial, path)
            except OSError as error:
                raise refusal(error, path) from error
    finally:
        remove_files(trial)


def write_anew(
    path: Path, key: Key | None, trial: Path, new: Key | None, goes_on: Callable[[], bool] = lambda: True
) -> None:
    """Copy a file into an empty one that `new` opens, and compare the two."""
    with contextlib.closing(connect_for_any(path, key)) as connection:
        if key is not None:
            refuse_wrong_key(path, connection, key)
        connection.set_progress_handler(lambda: not goes_on(), _STEPS_BETWEEN)
        refuse_damage(path, connection)
        (version,) = connection.execute("pragma user_version").fetchone()
        attach(connection, trial, _FRESH, new)
        connection.execute("begin")  # or each table and each index would wait for the disk three times
        connection.execute(f"select sqlcipher_export('{_FRESH}')")
        connection.execute(f"pragma {_FRESH}.application_id = {APPLICATION_ID}")
        connection.execute(f"pragma {_FRESH}.user_version = {version}")
        connection.execute("commit")
        _refuse_difference(path, connection)
        connection.execute(f"pragma {_FRESH}.journal_mode = wal")
        connection.execute(f"detach {_FRESH}")


def _refuse_difference(path: Path, connection: sqlite3.Connection) -> None:
    """Compare the copy with the file, row by row."""
    tables = connection.execute(
        "select name, wr from pragma_table_list where schema = 'main' and type in ('table', 'shadow') and name not in "
        "('sqlite_schema', 'sqlite_stat1', 'sqlite_stat4')"
    ).fetchall()
    queries = [(_WITHOUT_ROWID if without_rowid else _WITH_ROWID, table) for table, without_rowid in tables]
    for query, table in [(_SCHEMA, ""), *queries]:
        ours, fresh = (connection.execute(query.format(name, table)) for name in ("main", _FRESH))
        if any(one != other for one, other in zip_longest(ours, fresh)):
            raise UserError("project_damaged", path=path, detail=f"the copy of its table {table} differs")


_SCHEMA = "select type, name, tbl_name, sql from {}.sqlite_schema order by type, name"
_WITH_ROWID = 'select rowid, * from {}."{}" not indexed'
_WITHOUT_ROWID = 'select * from {}."{}" not indexed'


@contextlib.contextmanager
def _written_over(path: Path) -> Iterator[None]:
    """Write zeros over the file that the block takes from this place."""
    if os.name != "posix":  # Windows replaces no file that is open
        yield
        return
    with path.open("rb+") as file:
        size = os.fstat(file.fileno()).st_size
        yield
        for start in range(0, size, len(_ZEROS)):
            file.write(_ZEROS[: size - start])
        file.flush()
        os.fsync(file.fileno())
