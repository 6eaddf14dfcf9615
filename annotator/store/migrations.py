# SPDX-License-Identifier: MIT
"""The versions of the project file's schema: readable SQL files, applied in order."""

from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

SQL_DIR = Path(__file__).parent / "sql"


def build_migrations(sql_dir: Path = SQL_DIR) -> Migrations:
    """Return the migrations found in a folder of `NNNN_name.sql` files."""
    migrations = Migrations("tawsim")
    for path in sorted(sql_dir.glob("[0-9]*.sql")):
        _register(migrations, path)
    return migrations


def _register(migrations: Migrations, path: Path) -> None:
    def run(db: Database) -> None:
        db.executescript(path.read_text(encoding="utf-8"))

    migrations(name=path.stem)(run)
