# SPDX-License-Identifier: MIT
"""Which library opens a file; its errors; and that another can be put in its place."""

import contextlib
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from annotator import extras
from annotator.errors import UserError
from annotator.store import driver
from annotator.store.database import create_database
from annotator.store.driver import DRIVERS, PLAIN, Driver, Key, connect, database_errors, error_code, file_key, new_key


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "p.tawsim"
    path.touch()
    return path


def test_a_plain_file_is_opened_by_the_standard_library(empty: Path) -> None:
    with contextlib.closing(connect(empty)) as connection:
        assert isinstance(connection, sqlite3.Connection)


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        connect(tmp_path / "none.tawsim")
    assert not list(tmp_path.iterdir())


def test_what_is_written_with_a_key_is_read_with_it_only(empty: Path) -> None:
    key = new_key("كلمة السر")
    with contextlib.closing(connect(empty, key=key)) as connection:
        connection.execute("create table t (word)")
        connection.execute("insert into t values ('أردوغان')")
    assert "أردوغان".encode() not in empty.read_bytes()
    assert file_key("كلمة السر", empty) == key
    with contextlib.closing(connect(empty, key=key)) as connection:
        assert connection.execute("select word from t").fetchone() == ("أردوغان",)
    with contextlib.closing(connect(empty, key=file_key("كلمه السر", empty))) as connection:
        with pytest.raises(database_errors()) as caught:
            connection.execute("select word from t")
        assert error_code(caught.value) == sqlite3.SQLITE_NOTADB


def test_other_tools_open_the_file_with_the_password(empty: Path) -> None:
    library = pytest.importorskip("sqlcipher3.dbapi2")
    with contextlib.closing(connect(empty, key=new_key("open 'sesame'"))) as connection:
        connection.execute("create table t (word)")
    with contextlib.closing(library.connect(str(empty))) as connection:
        connection.execute("pragma key = 'open ''sesame'''")
        assert connection.execute("select count(*) from t").fetchone() == (0,)


def test_a_key_is_never_shown() -> None:
    key = Key(b"\x01" * 32, b"\x02" * 16)
    assert repr(key) == str(key) == "Key()"


def test_the_library_of_encrypted_files_is_loaded_with_the_first_one(empty: Path) -> None:
    program = "\n".join(
        (
            "import sys, pathlib",
            "from annotator.store.driver import connect, database_errors, new_key",
            f"path = pathlib.Path({str(empty)!r})",
            "connect(path).close()",
            "print('sqlcipher3' in sys.modules, len(database_errors()))",
            "connect(path, key=new_key('x')).close()",
            "print('sqlcipher3' in sys.modules, len(database_errors()))",
        )
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "1", "True", "2"]


def test_without_the_library_the_command_that_installs_it_is_said(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(extras.EXTRAS, "sqlcipher", extras.Extra("encryption", "no_such_library"))
    with pytest.raises(UserError) as caught:
        connect(empty, key=new_key("x"))
    assert caught.value.key == "encryption_missing"
    assert caught.value.params["command"] == 'pip install "tawsim[encryption]"'


def test_another_driver_can_be_put_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(sqlite3.OperationalError):
        sqlite_errorcode = sqlite3.SQLITE_FULL

    class Connection(sqlite3.Connection):
        def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
            if sql == "begin immediate":
                raise Full("disk full")
            return super().execute(sql, *values)

    def connect_other(address: str, timeout: float, key: driver.Key | None) -> sqlite3.Connection:
        return sqlite3.connect(address, timeout=timeout, uri=True, isolation_level=None, factory=Connection)

    create_database(tmp_path / "p.tawsim").close()
    monkeypatch.setitem(DRIVERS, PLAIN, Driver(connect_other, lambda: (sqlite3.DatabaseError,)))
    with contextlib.closing(create_database(tmp_path / "q.tawsim")) as database:
        with pytest.raises(UserError) as caught, database.write():
            pass
        assert caught.value.key == "disk_full"
