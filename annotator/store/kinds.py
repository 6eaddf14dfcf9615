# SPDX-License-Identifier: MIT
"""Whether a file is a project at all, whether it is encrypted, and whether a key opens it."""

import sqlite3
from pathlib import Path

from annotator.errors import UserError
from annotator.files import DatabaseKind, database_kind, refuse_irregular
from annotator.store.driver import Key, database_errors, error_code, opens_any_page, refuse_missing_library

_HEADER_BYTES = 100


def check_header(path: Path, key: Key | None = None) -> Key | None:
    """Refuse what is no SQLite file, without a trace of having looked; return the key where one is needed.

    Raises:
        UserError: `project_missing`, `file_unreadable`, `project_not_sqlite`, or, where it is
            encrypted, `encryption_missing` or `password_needed`.
    """
    try:
        refuse_irregular(path)
        kind = database_kind(path) if path.stat().st_size >= _HEADER_BYTES else None
    except FileNotFoundError as error:
        raise UserError("project_missing", path=path) from error
    except OSError as error:
        raise UserError("file_unreadable", path=path, detail=error.strerror or error) from error
    if kind is None:
        raise UserError("project_not_sqlite", path=path)
    if kind is DatabaseKind.PLAIN:
        return None
    refuse_missing_library()
    if key is None:
        raise UserError("password_needed", path=path)
    return key


def refuse_wrong_key(path: Path, connection: sqlite3.Connection, key: Key) -> None:
    """Read the first page of an encrypted file.

    Raises:
        UserError: `password_wrong`, or `project_damaged` where the key is right for other pages.
    """
    try:
        connection.execute("select count(*) from sqlite_schema").fetchone()
    except database_errors() as error:
        if error_code(error) != sqlite3.SQLITE_NOTADB:
            raise
        if opens_any_page(path, key):
            raise UserError("project_damaged", path=path, detail=str(error)) from error
        raise UserError("password_wrong", path=path) from error
