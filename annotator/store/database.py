# SPDX-License-Identifier: MIT
"""Opening, creating and checking a project file, and the one way to write to it.

Owns the pragmas, the transaction and the translation of SQLite's errors into the user's. One thread uses a connection
at a time, not always the one that opened it; a job opens its own.
"""

import contextlib
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType

from annotator.errors import UserError
from annotator.files import held_open, identity, refusal
from annotator.paths import is_there, real
from annotator.store import scheme
from annotator.store.columns import RowUnreadableError
from annotator.store.driver import (
    IMMUTABLE,
    READ_ONLY,
    READ_WRITE,
    Key,
    connect,
    database_errors,
    error_code,
)
from annotator.store.kinds import check_header, refuse_wrong_key
from annotator.store.migrations import Migrations, build_migrations
from annotator.store.placing import fold, put_in_place
from annotator.store.turns import Turns

#: "TWSM": marks a SQLite file as a Tawsim project (`pragma application_id`).
APPLICATION_ID = 0x5457534D

#: The window waits no longer for another program that holds SQLite's own lock, before it says so.
PATIENCE_S = 0.25
#: Files up to so many bytes are read through when they are opened, which takes some milliseconds; what that
#: takes of a larger one would be felt. See docs/adr/0012-checks-that-do-not-grow.md.
CHECKED_AT_OPENING = 8 * 1024 * 1024
#: So many steps of SQLite's machine lie between two questions whether to go on: some milliseconds.
_STEPS_BETWEEN = 10_000
#: Of shared memory, as SQLite makes it.
_SHARED_BYTES = 32 * 1024
#: What a copy is called as long as it is not whole.
_COPYING = ".copying"


#: Does what waits for the disk, and returns when it is done.
Wait = Callable[[Callable[[], object]], object]


class Database:
    """One connection to a project file.

    Attributes:
        read_only: whether writing is refused.
        key: what it was opened with, for a further connection; None where the file is not encrypted.
        turns: whose turn it is to write, among the connections that share them.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, *, read_only: bool, key: Key | None = None) -> None:
        self.path = path
        self.key = key
        self.read_only = read_only
        self.turns = Turns()
        self._connection = connection
        self._writing = self._is_derived = False
        self._wait: Wait | None = None
        self._patience_s = PATIENCE_S
        # While another thread has the connection: what reads meanwhile, once anything does.
        self._is_lent = False
        self._is_returned = threading.Event()
        self._aside: sqlite3.Connection | None = None
        self._file = identity(path)
        self._held = contextlib.ExitStack()
        self._held.enter_context(held_open(path))

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection for the query modules of this package; in autocommit mode outside `write`."""
        if not self._is_lent:
            return self._connection
        if self._aside is None and identity(self.path) == self._file:
            with contextlib.suppress(*database_errors()):
                self._aside = _connect(self.path, self.key, read_only=True)
        if self._aside is not None:
            return self._aside
        # Of a file that has gone from its place the one connection tells, as soon as it has done what it was lent for.
        self._is_returned.wait()
        return self._connection

    @property
    def is_waiting(self) -> bool:
        """Whether a transaction is being written: what is read now is the state before it, or already the one after."""
        return self._is_lent

    def wait_by(self, wait: Wait) -> None:
        """Have what waits for the disk done by `wait`, in another thread: this one may read meanwhile, but not write.

        What it reads does not wait: it comes from a connection of its own.
        """
        self._wait = wait

    def be_patient(self, seconds: float) -> None:
        """Wait so long from now on for another program that holds SQLite's own lock."""
        self._patience_s = seconds
        self._be_patient(seconds)

    def _be_patient(self, seconds: float) -> None:
        self._connection.execute(f"pragma busy_timeout = {int(seconds * 1000)}")

    def close(self) -> None:
        """Close the connection; what waits in the write-ahead log goes into the file."""
        with self._held, errors_explained(self.path):
            if not self.read_only:
                # SQLite does this by itself, but not for a file that was moved: what is in the log would stay behind.
                # Who has opened it where it lies now has another log, and then this one must not be written over that.
                is_moved = identity(self.path) != self._file
                emptying = "journal_mode = delete" if is_moved else "wal_checkpoint(passive)"
                with contextlib.suppress(*database_errors()):
                    self._lend(lambda connection: connection.execute(f"pragma {emptying}"))
            self._connection.close()

    def is_at(self, path: Path) -> bool:
        """Return whether the file that is open lies at a path, also where it did not when it was opened."""
        return identity(path) == self._file

    def copy_to(self, destination: Path) -> None:
        """Copy the file as it is now by SQLite's online backup, encrypted as it is; nothing is left where that fails.

        Raises:
            UserError: `project_exists`, `path_unwritable`, `disk_full` or `write_failed`.
        """
        if is_there(destination):
            raise UserError("project_exists", path=destination)
        trial = destination.with_name(destination.name + _COPYING)
        with errors_explained(destination):
            try:
                self._lend(lambda connection: _copy_into(trial, connection, self.key))
                put_in_place(trial, destination)
            except OSError as error:
                raise refusal(error, destination) from error
            finally:
                with contextlib.suppress(OSError):
                    remove_files(trial)

    def refuse_while_lent(self) -> None:
        """See that no transaction is being written: what is begun now would be no part of it, nor after it."""
        if self._is_lent:
            raise RuntimeError("another transaction is not done yet")

    @contextlib.contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Run the block as one durable transaction: all of it is in the file afterwards, or nothing.

        A block within another one is part of that one's transaction.

        Raises:
            UserError: `project_read_only`, `project_moved`, `project_busy`, `disk_full`, `project_damaged` or
                `text_unstorable`.
        """
        self.refuse_while_lent()
        if self._writing:
            yield self._connection
            return
        if self.read_only:
            raise UserError("project_read_only", path=self.path)
        # The system would let us go on, in a file that nobody finds again.
        if identity(self.path) != self._file:
            raise UserError("project_moved", path=self.path)
        with errors_explained(self.path):
            self._begin()
            self._writing = True
            try:
                yield self._connection
                self._lend(lambda connection: connection.execute("commit"))
            except BaseException:
                # A full disk may have rolled back by itself.
                if self._connection.in_transaction:
                    self._connection.execute("rollback")
                raise
            finally:
                self._writing = False

    def _begin(self) -> None:
        """Begin a transaction; where another program is within one, or an index is, wait as for the disk."""
        if self._wait is not None:
            self._be_patient(0)
            try:
                _begin_at_once(self._connection)
            except database_errors() as error:
                if error_code(error) != sqlite3.SQLITE_BUSY:
                    raise
            else:
                return
            finally:
                self._be_patient(self._patience_s)
        self._lend(self._begin_in_turn)

    def _begin_in_turn(self, connection: sqlite3.Connection) -> None:
        if self._is_derived:
            _begin_at_once(connection)
            return
        with self.turns.for_act():
            _begin_at_once(connection)

    def _lend(self, step: Callable[[sqlite3.Connection], object]) -> None:
        """Do what waits for the disk with the connection, which nobody else uses meanwhile."""
        if self._wait is None:
            step(self._connection)
            return

        def run() -> None:
            try:
                step(self._connection)
            finally:
                self._is_returned.set()

        self._is_returned.clear()
        self._is_lent = True
        try:
            self._wait(run)
        finally:
            self._is_lent = False
            aside, self._aside = self._aside, None
            if aside is not None:
                aside.close()

    @contextlib.contextmanager
    def write_derived(self) -> Iterator[sqlite3.Connection]:
        """Run the block as `write` does, of what can be made again from the rest, such as an index.

        It does not wait for the disk: a power cut may take it back, and with it nothing that was there before. The next
        act, whosever it is, waits for both.
        """
        with self.turns.for_index():
            with errors_explained(self.path):
                self._connection.execute("pragma synchronous = normal")
            self._is_derived = True
            try:
                with self.write() as connection:
                    yield connection
            finally:
                self._is_derived = False
                self._connection.execute("pragma synchronous = full")

    def read(self) -> contextlib.AbstractContextManager[sqlite3.Connection]:
        """Give the connection for queries, with SQLite's errors explained."""
        return _Reading(self)

    def let_go(self) -> None:
        """Forget the pages of the file that are kept in memory."""
        with self.read() as connection:
            connection.execute("pragma shrink_memory")

    def refuse_damage(self, goes_on: Callable[[], bool]) -> None:
        """Look at every page of the file until the end, or until `goes_on` says no.

        Raises:
            UserError: `project_damaged`, or `cancelled`.
        """
        with self.read() as connection:
            connection.set_progress_handler(lambda: not goes_on(), _STEPS_BETWEEN)
            try:
                refuse_damage(self.path, connection)
            finally:
                connection.set_progress_handler(None, 0)

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """Give the connection for several queries that must see one and the same state."""
        connection = self.connection
        within_one = connection.in_transaction
        if within_one:
            yield connection
            return
        with errors_explained(self.path):
            connection.execute("begin")
            try:
                yield connection
            finally:
                if connection.in_transaction:
                    connection.execute("commit")


def _begin_at_once(connection: sqlite3.Connection) -> None:
    connection.execute("begin immediate")


def create_database(
    path: Path,
    migrations: Migrations | None = None,
    *,
    key: Key | None = None,
    fill: Callable[[Database], object] = lambda _database: None,
) -> Database:
    """Create a project file, encrypted where there is a key, and open it.

    It is made and filled beside its place and moved there once it is whole, so that no half of one is ever in it.

    Raises:
        UserError: `project_exists` or `log_left`, or `path_unwritable` or `disk_full`.
    """
    if is_there(path):
        raise UserError("project_exists", path=path)
    trial = path.with_name(path.name + ".creating")
    # The folder is tried first: SQLite says only "unable to open database file".
    with errors_explained(path):
        try:
            remove_files(trial)
            make_empty(trial)
        except OSError as error:
            raise refusal(error, path) from error
        try:
            connection = _connect(trial, key, read_only=False)
            try:
                _make_durable(connection)
                connection.execute(f"pragma application_id = {APPLICATION_ID}")
                (migrations or build_migrations()).apply(connection)
                with contextlib.closing(Database(trial, connection, read_only=False, key=key)) as database:
                    fill(database)
                    fold(connection)
            except BaseException:
                connection.close()
                raise
            put_in_place(trial, path)
        finally:
            remove_files(trial)
        with held_open(path):
            try:
                connection = _connect(path, key, read_only=False)
                try:
                    _make_durable(connection)
                except BaseException:
                    connection.close()
                    raise
            except BaseException:
                remove_files(path)  # it is to be made under this name again
                raise
            return Database(path, connection, read_only=False, key=key)


def open_database(
    path: Path,
    *,
    read_only: bool = False,
    migrations: Migrations | None = None,
    key: Key | None = None,
    alone: Callable[[], contextlib.AbstractContextManager[None]] = contextlib.nullcontext,
    is_checked: bool = False,
) -> Database:
    """Open a project file after checking that it is one, is not newer than this program and, if small, is whole.

    An older file is migrated, on a copy first; the file as it was stays beside it as `NAME.backup-VERSION.tawsim`.
    `alone` keeps everyone else away meanwhile. A file that is open already was looked through then (`is_checked`).

    Raises:
        UserError: `project_missing`, `project_not_sqlite`, `project_foreign`, `project_newer`, `project_damaged`,
            `project_older` where it may only be read, `file_unreadable` or `project_busy`; `password_needed`,
            `password_wrong` or `encryption_missing` for an encrypted one.
    """
    migrations = migrations or build_migrations()
    key = check_header(path, key)
    with contextlib.ExitStack() as held, errors_explained(path):
        held.enter_context(held_open(path))  # from now on: another thread may be looking at the file, and close it
        connection = _connect(path, key, read_only=read_only)
        try:
            if key is not None:
                refuse_wrong_key(path, connection, key)
            pending = _check(path, connection, migrations, is_checked=is_checked)
            if pending and read_only:
                raise UserError("project_older", path=path)
            if pending:
                connection.close()
                with alone():
                    connection = _connect(path, key, read_only=False)
                    # Someone else may have done it while this one waited.
                    if _check(path, connection, migrations):
                        connection.close()
                        _migrate_on_copy(path, migrations, key)
                        held.enter_context(held_open(path))
                        connection = _connect(path, key, read_only=False)
            if not read_only:
                _make_durable(connection)
            if is_checked:  # a further connection reads, or writes, most pages once
                connection.execute(f"pragma cache_size = {-500 if read_only else -2000}")
        except BaseException:
            connection.close()
            raise
        return Database(path, connection, read_only=read_only, key=key)


def try_key(path: Path, key: Key) -> None:
    """See that a key opens an encrypted file, of whichever version.

    Raises:
        UserError: `password_wrong`, or what else keeps the file from being opened.
    """
    check_header(path, key)
    with errors_explained(path), held_open(path), contextlib.closing(_connect(path, key, read_only=True)) as connection:
        refuse_wrong_key(path, connection, key)


def refuse_spoilt(path: Path, key: Key | None) -> None:
    """Look at every page of a project file of this version or an older one, which stays as it is.

    Raises:
        UserError: what opening it refuses, or `project_damaged`.
    """
    key = check_header(path, key)
    with errors_explained(path), held_open(path), contextlib.closing(_connect(path, key, read_only=True)) as connection:
        if key is not None:
            refuse_wrong_key(path, connection, key)
        _check(path, connection, build_migrations())
        refuse_damage(path, connection)


def make_empty(path: Path) -> None:
    """Make an empty file that only its owner may read; what SQLite puts beside it takes its rights over."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def remove_files(path: Path) -> None:
    """Remove a project file with its write-ahead log."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def rewritten(path: Path) -> Path:
    """Return where a project file is written anew with another key, beside its place."""
    return path.with_name(path.name + ".rewriting")


def remove_unfinished(path: Path) -> None:
    """Take away what a killed program has left of writing a file anew: where that took the password off, all of it.

    Who calls has the project open, so that nobody is at it now.
    """
    with contextlib.suppress(OSError):
        remove_files(rewritten(real(path)))


def errors_explained(path: Path) -> "_Explaining":
    """Turn those of SQLite's errors that the environment causes into a `UserError`; let bugs pass."""
    return _Explaining(path)


class _Explaining:
    # A class: every question goes through it, and a generator takes five times as long.

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        explained = None if error is None else _explained(self._path, error)
        if explained is not None:
            try:
                raise explained from error
            finally:
                # The error leads to this frame: with these it would hold on to itself, and with it to the statement
                # that failed, for which SQLite keeps a closed file open, with its log, until the next collection.
                del explained, error, trace


class _Reading(_Explaining):
    def __init__(self, database: Database) -> None:
        super().__init__(database.path)
        self._connection = database.connection

    def __enter__(self) -> sqlite3.Connection:  # type: ignore[override]  # what a question is asked of
        return self._connection


def _explained(path: Path, error: BaseException) -> UserError | None:
    """Return what tells the user of an error, or None of a bug."""
    if isinstance(error, UnicodeEncodeError):
        return UserError("text_unstorable", text=error.object.encode("utf-8", "replace").decode())
    if isinstance(error, RowUnreadableError | UnicodeDecodeError):  # the latter of a damaged schema's own message
        return UserError("project_damaged", path=path, detail=str(error))
    if not isinstance(error, database_errors()):
        return None
    # Every table, column and function that is asked for is there, unless a damaged schema calls it otherwise.
    said = "project_damaged" if str(error).startswith(_OF_A_DAMAGED_SCHEMA) else _SAID.get(str(error))
    key = _USER_ERRORS.get(error_code(error), said)
    return None if key is None else UserError(key, path=path, detail=str(error))


#: How SQLite begins where the schema calls a table, a column or a function as nothing is called.
_OF_A_DAMAGED_SCHEMA = ("no such ", "unknown function", "wrong number of arguments to function")

_USER_ERRORS = {
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_IOERR: "write_failed",
    sqlite3.SQLITE_BUSY: "project_busy",
    sqlite3.SQLITE_LOCKED: "project_busy",
    sqlite3.SQLITE_READONLY: "project_read_only",
    sqlite3.SQLITE_CANTOPEN: "path_unwritable",
    sqlite3.SQLITE_CORRUPT: "project_damaged",
    sqlite3.SQLITE_NOTADB: "project_not_sqlite",
    sqlite3.SQLITE_INTERRUPT: "cancelled",
}


#: What a function of SQLCipher met while it copied a file is told by SQLite's words alone.
_SAID = {
    "database or disk is full": "disk_full",
    "disk I/O error": "write_failed",
    "database disk image is malformed": "project_damaged",
    "interrupted": "cancelled",
}


def _connect(path: Path, key: Key | None, *, read_only: bool) -> sqlite3.Connection:
    connection = connect(path, _mode(path, read_only=read_only), key=key, timeout=PATIENCE_S)
    try:
        connection.execute("pragma foreign_keys = on")
        if read_only:
            connection.execute("pragma query_only = on")
    except BaseException:
        connection.close()
        raise
    return connection


def _make_durable(connection: sqlite3.Connection) -> None:
    """Prepare a connection for writing; the journal mode is kept in the file, so only a checked file may get here."""
    connection.execute("pragma journal_mode = wal")
    # A tag that is shown must outlast a power cut: a commit waits for the disk, on macOS for its cache, too.
    connection.execute("pragma synchronous = full")
    connection.execute("pragma fullfsync = on")
    connection.execute("pragma checkpoint_fullfsync = on")
    # KiB, taken as they are needed. With SQLite's 2,000 an act on 1,000 tags reads the same pages over and over.
    connection.execute("pragma cache_size = -8000")


def _mode(path: Path, *, read_only: bool) -> str:
    if not read_only:
        return READ_WRITE
    # SQLite lets only a connection that may write take the log and the shared memory away when it closes; so a reader
    # opens as a writer where it can, and `query_only` keeps it from writing.
    path = real(path)
    has_room = os.access(path.parent, os.W_OK) and _has_room(path)
    if has_room and os.access(path, os.W_OK):
        return READ_WRITE
    # Reading a file in WAL mode needs a shared-memory file beside it; where none can be made and nothing waits in a
    # log, the file cannot change either.
    log = path.with_name(path.name + "-wal")
    if has_room or (log.exists() and log.stat().st_size):
        return READ_ONLY
    return IMMUTABLE


def _has_room(path: Path) -> bool:
    """Return whether there is a shared-memory file beside a project, as where somebody has it open, or room for one."""
    shared = path.with_name(path.name + "-shm")
    if shared.exists() and shared.stat().st_size >= _SHARED_BYTES:
        return True
    return shutil.disk_usage(path.parent).free >= _SHARED_BYTES


def _check(path: Path, connection: sqlite3.Connection, migrations: Migrations, *, is_checked: bool = False) -> bool:
    """Refuse what is no project of this version or an older one, or is damaged; return whether it is older."""
    (application_id,) = connection.execute("pragma application_id").fetchone()
    if application_id != APPLICATION_ID:
        raise UserError("project_foreign", path=path)
    unknown = migrations.unknown(connection)
    if unknown:
        raise UserError("project_newer", path=path, version=unknown[-1])
    if not is_checked and real(path).stat().st_size <= CHECKED_AT_OPENING:
        refuse_damage(path, connection)
        connection.execute("pragma shrink_memory")  # all of the file was read, of which little is wanted again
    return bool(migrations.pending(connection))


def refuse_damage(path: Path, connection: sqlite3.Connection) -> None:
    """Have SQLite look at every page, but not at whether indexes say the same as their tables.

    Raises:
        UserError: `project_damaged`.
    """
    (verdict,) = connection.execute("pragma quick_check(1)").fetchone()
    if verdict != "ok":
        raise UserError("project_damaged", path=path, detail=verdict)


def _migrate_on_copy(path: Path, migrations: Migrations, key: Key | None) -> None:
    """Migrate a copy, and put it in the file's place once it is whole; the old file is kept as a backup."""
    path = real(path)
    trial, copy = path.with_name(path.name + ".migrating"), path.with_name(path.name + _COPYING)
    try:
        remove_files(trial)
        version = _copy(path, trial, key)
        connection = _connect(trial, key, read_only=False)
        try:
            _make_durable(connection)
            was_sealed = scheme.is_sealed(connection)
            migrations.apply(connection)
            if was_sealed:
                scheme.seal(connection)
            _check(trial, connection, migrations)
            refuse_damage(trial, connection)
            # What a migration rewrote has left its old pages behind, which may be most of the file.
            connection.execute("vacuum")
            fold(connection)
        finally:
            connection.close()
        _copy(path, copy, key)
        put_in_place(copy, path.with_name(f"{path.stem}.backup-{version}{path.suffix}"))
        put_in_place(trial, path)
    except OSError as error:
        raise refusal(error, path) from error
    finally:
        with contextlib.suppress(OSError):
            remove_files(trial)
            remove_files(copy)


def _copy(path: Path, destination: Path, key: Key | None) -> str:
    """Copy a project file by SQLite's online backup; return the name of its last migration."""
    source = _connect(path, key, read_only=False)
    try:
        _copy_into(destination, source, key)
        row = source.execute("select name from _sqlite_migrations order by id desc limit 1").fetchone()
        return str(row[0])
    finally:
        source.close()


def _copy_into(destination: Path, source: sqlite3.Connection, key: Key | None) -> None:
    remove_files(destination)
    make_empty(destination)
    target = connect(destination, key=key)
    try:
        source.backup(target)
    finally:
        target.close()
