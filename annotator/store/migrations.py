# SPDX-License-Identifier: MIT
"""The versions of the project file's schema: readable SQL files, applied in order by sqlite-utils."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.late import LateModule
from annotator.store import history_rows

if TYPE_CHECKING:
    import sqlite_utils
    import sqlite_utils.migrations as sqlite_migrations
else:
    # It takes longer to load than all the rest of the program, and a file of this version is opened without it.
    sqlite_utils = LateModule("sqlite_utils")
    sqlite_migrations = LateModule("sqlite_utils.migrations")

SQL_DIR = Path(__file__).parent / "sql"

_SET = "tawsim"


def _nothing(_connection: sqlite3.Connection) -> None:
    pass


#: What a migration leaves to be done that SQL cannot say.
_AFTERWARDS: dict[str, Callable[[sqlite3.Connection], None]] = {"0005_history": history_rows.pack_all}


class Migrations:
    """The migrations of a folder of `NNNN_name.sql` files.

    Attributes:
        files: these, in order.
    """

    def __init__(self, sql_dir: Path) -> None:
        self.files = sorted(sql_dir.glob("[0-9]*.sql"))

    def pending(self, connection: sqlite3.Connection) -> list[str]:
        """Return the names of those that a file has not had yet."""
        applied = _applied(connection)
        return [path.stem for path in self.files if path.stem not in applied]

    def unknown(self, connection: sqlite3.Connection) -> list[str]:
        """Return the names of those that a file has had and this program does not know."""
        return sorted(_applied(connection) - {path.stem for path in self.files})

    def apply(self, connection: sqlite3.Connection, only: Sequence[str] = ()) -> None:
        """Apply those that are pending, or of these only those named."""
        history_rows.add_functions(connection)
        migrations = sqlite_migrations.Migrations(_SET)
        for path in self.files:
            if not only or path.stem in only:
                _register(migrations, path)
        migrations.apply(sqlite_utils.Database(connection, execute_plugins=False))


def build_migrations(sql_dir: Path = SQL_DIR) -> Migrations:
    """Return the migrations found in a folder of `NNNN_name.sql` files."""
    return Migrations(sql_dir)


def _applied(connection: sqlite3.Connection) -> set[str]:
    (known,) = connection.execute("select count(*) from sqlite_schema where name = '_sqlite_migrations'").fetchone()
    if not known:
        return set()
    return {
        name for (name,) in connection.execute("select name from _sqlite_migrations where migration_set = ?", (_SET,))
    }


def _register(migrations: "sqlite_migrations.Migrations", path: Path) -> None:
    def run(db: "sqlite_utils.Database") -> None:
        for statement in _statements(path.read_text(encoding="utf-8")):
            db.conn.execute(statement)
        _AFTERWARDS.get(path.stem, _nothing)(db.conn)

    migrations(name=path.stem)(run)


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script.

    `executescript` of sqlite-utils, within a transaction, asks after each character whether this is a whole statement,
    which takes a third of the time of making a project.
    """
    statement = ""
    for part in script.split(";"):
        statement += part + ";"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement:
        yield statement
