# SPDX-License-Identifier: MIT
"""Encrypted project files: what opens them, what they are told from, and how damage to them is told."""

import contextlib
import random
import sqlite3
from pathlib import Path

import pytest

from annotator import extras
from annotator.errors import UserError
from annotator.files import DatabaseKind, database_kind, is_database
from annotator.store.database import create_database, open_database
from annotator.store.driver import Key, file_key, new_key
from annotator.store.migrations import SQL_DIR, build_migrations

PASSWORD = "كلمة السر 123"
PAGE = 4096
#: The same on every run: what is given to a test names it.
_chance = random.Random(1).randbytes

pytest.importorskip("sqlcipher3")


@pytest.fixture(scope="module")
def key() -> Key:
    return new_key(PASSWORD)


@pytest.fixture
def path(tmp_path: Path, key: Key) -> Path:
    create_database(tmp_path / "p.tawsim", key=key).close()
    return tmp_path / "p.tawsim"


def refusal(path: Path, key: Key | None) -> UserError:
    with pytest.raises(UserError) as caught:
        open_database(path, key=key).close()
    return caught.value


def flip(path: Path, position: int) -> None:
    content = bytearray(path.read_bytes())
    content[position] ^= 1
    path.write_bytes(content)


def test_it_opens_with_its_password_only(path: Path, key: Key) -> None:
    assert refusal(path, None).key == "password_needed"
    assert refusal(path, file_key("wrong", path)).key == "password_wrong"
    with contextlib.closing(open_database(path, key=file_key(PASSWORD, path))) as database:
        assert database.key == key
        with contextlib.closing(open_database(path, read_only=True, key=key)) as reader:
            assert reader.connection.execute("pragma application_id").fetchone() == (0x5457534D,)


def test_a_refused_file_is_left_alone(path: Path) -> None:
    before = path.read_bytes()
    refusal(path, file_key("wrong", path))
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_key_does_no_harm_to_a_plain_file(tmp_path: Path, key: Key) -> None:
    create_database(tmp_path / "plain.tawsim").close()
    with contextlib.closing(open_database(tmp_path / "plain.tawsim", key=key)) as database:
        assert database.key is None
        assert isinstance(database.connection, sqlite3.Connection)


def test_without_the_library_nobody_is_asked_for_a_password(
    path: Path, key: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(extras.EXTRAS, "sqlcipher", extras.Extra("encryption", "no_such_library"))
    assert refusal(path, None).key == refusal(path, key).key == "encryption_missing"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("p.tawsim", _chance(PAGE * 3), DatabaseKind.ENCRYPTED),
        ("p.tawsim", _chance(PAGE * 3 + 100), DatabaseKind.ENCRYPTED),
        ("p.bin", _chance(PAGE * 3), DatabaseKind.ENCRYPTED),
        ("p.bin", _chance(PAGE * 3 + 100), None),
        ("p.tawsim", _chance(100), None),
        ("p.tawsim", b"", None),
        ("p.tawsim", b"SQLite format 3\0" + bytes(PAGE), DatabaseKind.PLAIN),
        ("p.tawsim", bytes(PAGE), None),
        ("p.tawsim", "وصل الرئيس إلى القاهرة. ".encode() * PAGE, None),
        ("p.tawsim", b"PK\x03\x04" + _chance(PAGE - 4), None),
        ("p.png", b"\x89PNG" + _chance(PAGE - 4), None),
    ],
)
def test_an_encrypted_file_is_told_from_others(
    tmp_path: Path, name: str, content: bytes, kind: DatabaseKind | None
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert database_kind(path) is kind
    assert is_database(path) == (kind is not None)


def test_a_damaged_first_page_is_no_wrong_password(path: Path, key: Key) -> None:
    flip(path, 100)
    assert refusal(path, key).key == "project_damaged"
    assert refusal(path, file_key("wrong", path)).key == "password_wrong"


def test_a_damaged_page_is_told(path: Path, key: Key) -> None:
    for page in (2, 5, path.stat().st_size // PAGE):
        flip(path, (page - 1) * PAGE + 77)
        assert refusal(path, key).key == "project_damaged"
        flip(path, (page - 1) * PAGE + 77)
    open_database(path, key=key).close()


@pytest.mark.parametrize("length", [PAGE * 2, PAGE * 3 + 1000, PAGE])
def test_a_file_that_was_cut_short_is_damaged(path: Path, key: Key, length: int) -> None:
    path.write_bytes(path.read_bytes()[:length])
    assert refusal(path, key).key == "project_damaged"


def test_an_older_file_is_migrated_and_stays_encrypted(tmp_path: Path, key: Key) -> None:
    path, sql_dir = tmp_path / "p.tawsim", tmp_path / "sql"
    sql_dir.mkdir()
    for file in SQL_DIR.glob("*.sql"):
        (sql_dir / file.name).write_bytes(file.read_bytes())
    create_database(path, build_migrations(sql_dir), key=key).close()
    (sql_dir / "9998_more.sql").write_text("create table more (word text) strict;", encoding="utf-8")
    with contextlib.closing(open_database(path, key=key, migrations=build_migrations(sql_dir))) as database:
        assert database.connection.execute("select count(*) from more").fetchone() == (0,)
    backups = list(tmp_path.glob("p.backup-*.tawsim"))
    assert [database_kind(each) for each in [path, *backups]] == [DatabaseKind.ENCRYPTED] * 2
    open_database(backups[0], key=key).close()
    assert refusal(backups[0], None).key == "password_needed"


def test_a_plain_project_needs_no_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(extras.EXTRAS, "sqlcipher", extras.Extra("encryption", "no_such_library"))
    create_database(tmp_path / "plain.tawsim").close()
    with contextlib.closing(open_database(tmp_path / "plain.tawsim")) as database:
        assert database.connection.execute("select count(*) from span").fetchone() == (0,)
