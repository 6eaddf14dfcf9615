# SPDX-License-Identifier: MIT
"""A layer below SQLite: every write, truncation, sync and deletion of a project's files passes a hook first.

The hook may write it down, wait, refuse it or kill the process. SQLite here is apsw's, under the program's own `store`:
`in_place` puts it in through `annotator.store.driver`, and `_Connection` gives it the methods of `sqlite3.Connection`.
"""

import contextlib
import itertools
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import apsw

from annotator.store import driver

_NUMBERS = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that SQLite is about to do to a file.

    Attributes:
        kind: `open` (of a file that may have to be made), `emptied` (likewise, and what was in it is gone), `folder`
            (one is made), `write`, `truncate`, `sync`, `move` (from where its data says) or `delete`; where that was
            asked for, `read`.
        offset: of a write where it begins; of a truncation the new length; of a deletion whether its folder is synced.
    """

    kind: str
    path: Path
    offset: int = 0
    data: bytes = b""


Hook = Callable[[Step], None]


class Shim(apsw.VFS):
    """The operating system as SQLite sees it, with a hook."""

    def __init__(self, hook: Hook, *, reads: bool = False) -> None:
        self._kind = _ReadFile if reads else _File
        self.name = f"tawsim-faults-{next(_NUMBERS)}"
        self.hook = hook
        super().__init__(self.name, "")

    def xOpen(self, name: Any, flags: list[int]) -> "_File":  # noqa: N802 - SQLite's name
        if flags[0] & apsw.SQLITE_OPEN_CREATE and name is not None:
            self.hook(Step("open", _path(name)))
        return self._kind(self, name, flags)

    def xDelete(self, name: str, syncdir: bool) -> None:  # noqa: N802 - SQLite's name
        self.hook(Step("delete", Path(name), int(syncdir)))
        # SQLite does not mind that there is none, but apsw would raise that later.
        if Path(name).exists():
            super().xDelete(name, syncdir)

    def excepthook(self, *_: object) -> None:
        """Say nothing: SQLite gets the error as a number, and what it makes of it is what is tested."""


class _File(apsw.VFSFile):
    def __init__(self, shim: Shim, name: Any, flags: list[int]) -> None:
        super().__init__("", name, flags)
        self._shim, self._path = shim, _path(name)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - SQLite's name
        self._shim.hook(Step("write", self._path, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:  # noqa: N802 - SQLite's name
        self._shim.hook(Step("truncate", self._path, size))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:  # noqa: N802 - SQLite's name
        self._shim.hook(Step("sync", self._path))
        super().xSync(flags)

    def excepthook(self, *_: object) -> None:
        """As of `Shim`."""


class _ReadFile(_File):
    """Tells of reads, too, of which there are many."""

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802 - SQLite's name
        self._shim.hook(Step("read", self._path, offset))
        return super().xRead(amount, offset)


def _path(name: Any) -> Path:
    if name is None:  # a temporary file of SQLite's own
        return Path("?")
    return Path(name if isinstance(name, str) else name.filename())


@contextlib.contextmanager
def in_place(hook: Hook, *, before: str = "", reads: bool = False) -> Iterator[Shim]:
    """Open plain project files through a shim within the block.

    Args:
        hook: asked before each step.
        before: SQL that each new connection runs at last, such as one that makes it worse; for `can_fail` tests.
        reads: whether it is asked before reads, too.
    """
    shim = Shim(hook, reads=reads)
    usual = driver.DRIVERS[driver.PLAIN]
    driver.DRIVERS[driver.PLAIN] = driver.Driver(
        lambda address, timeout, key: _connect(shim, address, timeout, before),  # type: ignore[arg-type,return-value]
        lambda: (sqlite3.DatabaseError,),
    )
    try:
        yield shim
    finally:
        driver.DRIVERS[driver.PLAIN] = usual
        shim.unregister()


def _connect(shim: Shim, address: str, timeout: float, before: str) -> "_Connection":
    with _errors():
        flags = apsw.SQLITE_OPEN_URI | apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
        connection = apsw.Connection(address, flags=flags, vfs=shim.name)
        connection.set_busy_timeout(int(timeout * 1000))
    return _Connection(connection, before)


class _Connection:
    """An apsw connection with the methods of `sqlite3.Connection` that the program uses."""

    def __init__(self, connection: apsw.Connection, before: str) -> None:
        self.apsw = connection
        self._before = before

    def execute(self, sql: str, parameters: Any = ()) -> "_Cursor":
        cursor = _Cursor(self.apsw.cursor()).execute(sql, parameters)
        if self._before and "synchronous" in sql:
            self.apsw.execute(self._before)
        return cursor

    def executemany(self, sql: str, parameters: Any) -> "_Cursor":
        cursor = _Cursor(self.apsw.cursor())
        with _errors():
            before = self.apsw.total_changes()
            cursor.apsw.executemany(sql, parameters)
            cursor.rowcount = self.apsw.total_changes() - before
        return cursor

    def executescript(self, script: str) -> "_Cursor":
        return self.execute(script)

    def cursor(self) -> "_Cursor":
        return _Cursor(self.apsw.cursor())

    def create_function(self, name: str, narg: int, func: Any, *, deterministic: bool = False) -> None:
        self.apsw.create_scalar_function(name, func, narg, deterministic=deterministic)

    def backup(self, target: "_Connection", *, pages: int = -1, progress: Any = None, **_: object) -> None:
        with _errors():
            backup = target.apsw.backup("main", self.apsw, "main")
            try:
                while not backup.done:
                    backup.step(pages)
                    if progress:
                        progress(0, backup.remaining, backup.page_count)
            finally:
                # What has just failed fails again when it is taken back, which apsw cannot tell properly.
                with contextlib.suppress(SystemError):
                    backup.close(force=True)

    @property
    def in_transaction(self) -> bool:
        return self.apsw.in_transaction

    @property
    def total_changes(self) -> int:
        return self.apsw.total_changes()

    def commit(self) -> None:
        if self.in_transaction:
            self.execute("commit")

    def rollback(self) -> None:
        if self.in_transaction:
            self.execute("rollback")

    def set_progress_handler(self, handler: Any, steps: int) -> None:
        self.apsw.set_progress_handler(handler, steps)

    def interrupt(self) -> None:
        self.apsw.interrupt()

    def close(self) -> None:
        # The last connection folds the log in; that it could not is no error to SQLite, but apsw raises it.
        with contextlib.suppress(apsw.Error):
            self.apsw.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self.rollback() if kind else self.commit()


class _Cursor:
    def __init__(self, cursor: apsw.Cursor) -> None:
        self.apsw = cursor
        self.description: tuple[tuple[Any, ...], ...] | None = None
        self.rowcount = -1
        self._rows: Iterator[Any] = iter(())

    @property
    def lastrowid(self) -> int:
        return self.apsw.connection.last_insert_rowid()

    def execute(self, sql: str, parameters: Any = ()) -> "_Cursor":
        described: list[Any] = []
        # Once a statement without rows has run, it is too late to ask for its columns. What is asked does not lead back
        # to the cursor, which would be garbage then: taken away in one thread while another has its connection.
        self.apsw.exec_trace = lambda cursor, *_: described.append(cursor.get_description()) or True
        with _errors():
            before = self.apsw.connection.total_changes()
            # All of them at once: a statement that has not come to its end would be in the way of a commit.
            self._rows = iter(self.apsw.execute(sql, parameters).fetchall())
            self.rowcount = self.apsw.connection.total_changes() - before
        self.description = tuple((name, *(None,) * 6) for name, *_ in (described or [()])[-1]) or None
        return self

    def fetchone(self) -> Any:
        return next(self._rows, None)

    def fetchmany(self, size: int = 1) -> list[Any]:
        return list(itertools.islice(self._rows, size))

    def fetchall(self) -> list[Any]:
        return list(self._rows)

    def __iter__(self) -> Iterator[Any]:
        return self._rows

    def __next__(self) -> Any:
        return next(self._rows)

    def close(self) -> None:
        self.apsw.close()


_CLASSES = {
    apsw.SQLITE_CONSTRAINT: sqlite3.IntegrityError,
    apsw.SQLITE_ERROR: sqlite3.OperationalError,
    apsw.SQLITE_CORRUPT: sqlite3.DatabaseError,
    apsw.SQLITE_NOTADB: sqlite3.DatabaseError,
}


@contextlib.contextmanager
def _errors() -> Iterator[None]:
    """Raise what the standard library would raise."""
    try:
        yield
    except apsw.Error as error:
        if not hasattr(error, "extendedresult"):
            raise
        known = _CLASSES.get(error.result, sqlite3.OperationalError)(str(error))
        known.sqlite_errorcode = error.extendedresult
        raise known from error
