# SPDX-License-Identifier: MIT
"""Opening, creating and migrating project files, and what is refused."""

import contextlib
import shutil
import sqlite3
from pathlib import Path

import pytest

from annotator.errors import UserError
from annotator.store.database import APPLICATION_ID, create_database, open_database
from annotator.store.migrations import SQL_DIR, build_migrations


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "p.tawsim"
    create_database(path).close()
    return path


def refusal(path: Path, **options: bool) -> UserError:
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(UserError) as caught:
        open_database(path, **options).close()
    if before is not None:
        assert path.read_bytes() == before
    assert caught.value.params["path"] == path
    return caught.value


def test_new_file_is_marked_and_strict(path: Path) -> None:
    database = open_database(path)
    value = {
        pragma: database.connection.execute(f"pragma {pragma}").fetchone()[0]
        for pragma in ("application_id", "journal_mode", "synchronous", "foreign_keys")
    }
    tables = dict(database.connection.execute("select name, strict from pragma_table_list where schema = 'main'"))
    database.close()
    assert value == {"application_id": APPLICATION_ID, "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    assert {name for name, strict in tables.items() if not strict} <= {
        "_sqlite_migrations",
        "sqlite_schema",
        "sqlite_sequence",
    }


def test_closing_leaves_one_file(path: Path) -> None:
    database = open_database(path)
    with database.write() as connection:
        connection.execute("insert into project values ('a', 'b')")
    database.close()
    assert [item.name for item in path.parent.iterdir()] == ["p.tawsim"]


def test_missing(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.tawsim").key == "project_missing"


def test_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path).key == "file_unreadable"


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3", bytes(4096)])
def test_not_sqlite(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "p.tawsim"
    path.write_bytes(content)
    assert refusal(path).key == "project_not_sqlite"


def test_cut_off_after_the_header(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:60])
    assert refusal(path).key in {"project_not_sqlite", "project_damaged"}


@pytest.mark.parametrize("read_only", [False, True])
def test_database_of_another_program(tmp_path: Path, read_only: bool) -> None:
    path = tmp_path / "p.tawsim"
    connection = sqlite3.connect(path)
    connection.execute("create table article (a)")
    connection.close()
    assert refusal(path, read_only=read_only).key == "project_foreign"
    assert [item.name for item in tmp_path.iterdir()] == ["p.tawsim"]


@pytest.mark.parametrize("read_only", [False, True])
def test_newer_version(path: Path, read_only: bool) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(
        "insert into _sqlite_migrations (migration_set, name, applied_at) values ('tawsim', '9999_later', '2030')"
    )
    connection.close()
    error = refusal(path, read_only=read_only)
    assert (error.key, error.params["version"]) == ("project_newer", "9999_later")


def write_something(path: Path) -> None:
    database = open_database(path)
    try:
        with database.write() as connection:
            connection.execute("insert into project values ('a', 'b')")
    finally:
        database.close()


def damage(path: Path) -> None:
    """Overwrite what lies after the first page, which holds the schema."""
    content = bytearray(path.read_bytes())
    for offset in range(4096, len(content), 512):
        content[offset : offset + 64] = b"\xff" * 64
    path.write_bytes(content)


@pytest.mark.parametrize("read_only", [False, True])
def test_damaged(path: Path, read_only: bool) -> None:
    damage(path)
    assert refusal(path, read_only=read_only).key == "project_damaged"


def test_a_large_file_is_not_read_through_when_it_is_opened(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.store.database.CHECKED_AT_OPENING", 0)
    asked: list[str] = []
    database = open_database(path)
    try:
        database.connection.set_trace_callback(asked.append)
        database.refuse_damage(lambda: True)
    finally:
        database.close()
    assert asked[0] == "pragma quick_check(1)"
    content = bytearray(path.read_bytes())
    content[-4096:] = b"\xff" * 4096
    path.write_bytes(content)
    database = open_database(path)
    try:
        with pytest.raises(UserError, match="project_damaged"):
            database.refuse_damage(lambda: True)
    finally:
        database.close()


def test_looking_at_every_page_can_be_stopped(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.store.database._STEPS_BETWEEN", 1)
    database = open_database(path)
    try:
        with pytest.raises(UserError, match="cancelled"):
            database.refuse_damage(lambda: False)
        database.refuse_damage(lambda: True)
    finally:
        database.close()


def test_any_flipped_page_is_refused_or_read_without_a_crash(path: Path) -> None:
    whole = path.read_bytes()
    for page in range(0, len(whole), 4096):
        content = bytearray(whole)
        content[page + 16 : page + 116] = bytes(b ^ 0xFF for b in content[page + 16 : page + 116])
        path.write_bytes(content)
        with contextlib.suppress(UserError):  # anything else is a crash
            open_database(path).close()


def test_existing_file_is_not_overwritten(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(UserError, match="project_exists"):
        create_database(path)
    assert path.read_bytes() == before


def test_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="path_unwritable"):
        create_database(tmp_path / "file" / "p.tawsim")


def test_busy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.store.database.PATIENCE_S", 0.001)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin immediate")
    database = open_database(path)
    with pytest.raises(UserError, match="project_busy"), database.write():
        pass
    other.execute("rollback")
    with database.write() as connection:
        connection.execute("insert into project values ('a', 'b')")
    database.close()
    other.close()


def test_full_disk_keeps_the_last_state(path: Path) -> None:
    database = open_database(path)
    (pages,) = database.connection.execute("pragma page_count").fetchone()
    database.connection.execute(f"pragma max_page_count = {pages}")
    with pytest.raises(UserError, match="disk_full"):  # noqa: PT012, SIM117 - the block as a whole
        with database.write() as connection:
            connection.execute("insert into project values ('small', 'x')")
            connection.execute("insert into project values ('large', ?)", ("x" * 100_000,))
    with database.read() as connection:
        assert connection.execute("select * from project").fetchall() == []
    database.connection.execute("pragma max_page_count = 10000")
    with database.write() as connection:
        connection.execute("insert into project values ('large', ?)", ("x" * 100_000,))
    database.close()


def test_read_only_refuses_writing(path: Path) -> None:
    database = open_database(path, read_only=True)
    with pytest.raises(UserError, match="project_read_only"), database.write():
        pass
    database.close()


def test_a_failed_block_changes_nothing(path: Path) -> None:
    database = open_database(path)
    with pytest.raises(ZeroDivisionError), database.write() as connection:  # noqa: PT012 - the block as a whole
        connection.execute("insert into project values ('a', 'b')")
        raise ZeroDivisionError
    with database.read() as connection:
        assert connection.execute("select * from project").fetchall() == []
    database.close()


def test_a_bug_in_sql_is_no_user_error(path: Path) -> None:
    database = open_database(path)
    with pytest.raises(sqlite3.OperationalError), database.read() as connection:
        connection.execute("select * from nothing")
    database.close()


@pytest.mark.usefixtures("bound_by_permissions")
class TestPermissions:
    def test_file_that_may_not_be_read(self, tmp_path: Path) -> None:
        path = tmp_path / "p.tawsim"
        create_database(path).close()
        path.chmod(0o000)
        with pytest.raises(UserError, match="file_unreadable"):
            open_database(path)

    @pytest.mark.parametrize("folder", [0o777, 0o555])
    def test_file_that_may_only_be_read(self, tmp_path: Path, folder: int) -> None:
        path = tmp_path / "p.tawsim"
        create_database(path).close()
        path.chmod(0o444)
        tmp_path.chmod(folder)
        database = open_database(path, read_only=True)
        with database.read() as connection:
            assert connection.execute("select count(*) from project").fetchone() == (0,)
        database.close()
        with pytest.raises(UserError, match=r"project_read_only|path_unwritable"):
            write_something(path)
        tmp_path.chmod(0o777)

    def test_folder_that_may_not_be_written(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o555)
        with pytest.raises(UserError, match="path_unwritable"):
            create_database(tmp_path / "p.tawsim")
        tmp_path.chmod(0o777)


def copy_migrations(folder: Path) -> None:
    for file in SQL_DIR.glob("[0-9]*.sql"):
        shutil.copy(file, folder)


class TestMigration:
    @pytest.fixture
    def sql_dir(self, tmp_path: Path) -> Path:
        folder = tmp_path / "sql"
        folder.mkdir()
        copy_migrations(folder)
        return folder

    def test_older_file_is_migrated_and_kept_as_a_backup(self, path: Path, sql_dir: Path) -> None:
        (sql_dir / "9999_more.sql").write_text("create table more (a text) strict; insert into more values ('x');")
        database = open_database(path, migrations=build_migrations(sql_dir))
        assert database.connection.execute("select a from more").fetchall() == [("x",)]
        assert database.connection.execute("pragma synchronous").fetchone() == (2,)
        database.close()
        newest = max(SQL_DIR.glob("[0-9]*.sql")).stem
        backup = path.with_name(f"p.backup-{newest}.tawsim")
        open_database(backup).close()
        assert refusal(path).key == "project_newer"
        assert sorted(item.name for item in path.parent.iterdir() if item.is_file()) == [backup.name, path.name]

    def test_failing_migration_leaves_the_file_as_it_was(self, path: Path, sql_dir: Path) -> None:
        (sql_dir / "9999_bad.sql").write_text("create table more (a text) strict; insert into nothing values (1);")
        before = path.read_bytes()
        with pytest.raises(sqlite3.OperationalError):
            open_database(path, migrations=build_migrations(sql_dir))
        assert path.read_bytes() == before
        assert [item.name for item in path.parent.iterdir() if item.is_file()] == [path.name]

    def test_file_that_others_read_is_not_replaced(self, path: Path, sql_dir: Path) -> None:
        (sql_dir / "9999_more.sql").write_text("create table more (a text) strict;")
        with contextlib.closing(open_database(path, read_only=True)) as reader:
            before = reader.connection.execute("select * from sqlite_schema").fetchall()
            with pytest.raises(UserError, match="project_busy"):
                open_database(path, migrations=build_migrations(sql_dir))
            assert reader.connection.execute("select * from sqlite_schema").fetchall() == before
        open_database(path, migrations=build_migrations(sql_dir)).close()

    def test_reading_an_older_file_does_not_migrate_it(self, path: Path, sql_dir: Path) -> None:
        (sql_dir / "9999_more.sql").write_text("create table more (a text) strict;")
        before = path.read_bytes()
        with pytest.raises(UserError, match="project_older"):
            open_database(path, read_only=True, migrations=build_migrations(sql_dir))
        assert path.read_bytes() == before

    def test_schema_one_still_opens(self, tmp_path: Path, sql_dir: Path) -> None:
        path = tmp_path / "old.tawsim"
        for later in sorted(sql_dir.glob("[0-9]*.sql"))[1:]:
            later.unlink()
        create_database(path, build_migrations(sql_dir)).close()
        open_database(path).close()


def test_text_that_is_no_utf8_any_more_is_damage(path: Path) -> None:
    """As a bad disk leaves it: SQLite's own check does not look into texts."""
    connection = sqlite3.connect(path)
    connection.execute("insert into project values ('id', cast(x'ff61' as text))")
    connection.commit()
    connection.close()
    with contextlib.closing(open_database(path)) as database, pytest.raises(UserError) as caught, database.read() as c:
        c.execute("select value from project").fetchall()
    assert (caught.value.key, caught.value.params["path"]) == ("project_damaged", path)


def test_link_to_an_older_file_stays_a_link(tmp_path: Path, path: Path) -> None:
    folder = tmp_path / "sql"
    folder.mkdir()
    copy_migrations(folder)
    (folder / "9999_more.sql").write_text("create table more (a text) strict;")
    link = tmp_path / "link.tawsim"
    link.symlink_to(path)
    migrations = build_migrations(folder)
    open_database(link, migrations=migrations).close()
    assert link.is_symlink()
    open_database(path, migrations=migrations).close()


def test_a_second_connection_does_not_read_the_file_through(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = []
    monkeypatch.setattr("annotator.store.database.refuse_damage", lambda path, _connection: looked.append(path))
    caches = []
    for options in ({}, {"is_checked": True}, {"is_checked": True, "read_only": True}):
        with contextlib.closing(open_database(path, **options)) as database:
            caches += database.connection.execute("pragma cache_size").fetchone()
    assert looked == [path]
    assert caches == [-8000, -2000, -500]
