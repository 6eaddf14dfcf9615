# SPDX-License-Identifier: MIT
"""Setting, changing and removing the password of a project and its backups; and failing to."""

import contextlib
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import UserError
from annotator.files import DatabaseKind, database_kind
from annotator.model.ids import LabelId
from annotator.ops import backups, history, passwords, tags
from annotator.ops.passwords import Key, copies_of, is_encrypted, key_for, key_of_new, set_password, tried_key
from annotator.ops.projects import new_project
from annotator.project import Project
from annotator.store import rekeying
from annotator.store.driver import connect, database_errors

pytest.importorskip("sqlcipher3")

SECRET = "غانتس"
FILES = Path(__file__).parents[2] / "files"


@pytest.fixture
def path(filled: Project) -> Path:
    """Return a closed project with a tag and an act that was undone."""
    article = filled.articles()[0].id
    start = filled.text(article).index(SECRET)
    tags.add_tag(filled, article, start, start + len(SECRET), LabelId("ACTOR"))
    tags.add_tag(filled, article, 0, 4, LabelId("EVENT"))
    history.undo(filled)
    filled.close()
    return filled.path


def rows(path: Path, key: Key | None) -> dict[str, list[Any]]:
    with contextlib.closing(connect(path, key=key)) as connection:
        tables = [name for (name,) in connection.execute("select name from sqlite_schema where type = 'table'")]
        return {table: connection.execute(f"select * from {table}").fetchall() for table in tables}


def refused(path: Path, key: Key | None, password: str | None) -> UserError:
    with pytest.raises(UserError) as caught:
        set_password(path, key, password)
    return caught.value


def test_set_changed_and_removed_it_is_the_same_project(path: Path) -> None:
    before = rows(path, None)
    first, _ = set_password(path, None, "one")
    assert is_encrypted(path)
    assert SECRET.encode() not in path.read_bytes()
    second, _ = set_password(path, first, "two")
    assert first is not None
    assert second is not None
    assert first.salt != second.salt
    assert rows(path, second) == before
    with pytest.raises(database_errors()):
        rows(path, first)
    third, _ = set_password(path, second, None)
    assert third is None
    assert database_kind(path) is DatabaseKind.PLAIN
    assert rows(path, None) == before
    assert [each.name for each in path.parent.glob("p.*")] == [path.name]


def test_acts_can_be_undone_and_redone_afterwards(path: Path) -> None:
    key, _ = set_password(path, None, "one")
    with Project.open(path, annotator="Layla", key=key) as project:
        history.redo(project)
        assert len(project.spans(project.articles()[0].id)) == 2
        history.undo(project)
        history.undo(project)
        assert not project.spans(project.articles()[0].id)
        assert not list(project.problems())


def test_the_same_password_under_another_writing_of_its_letters(path: Path) -> None:
    set_password(path, None, "caf\u00e9")
    tried_key(path, "cafe\u0301")


def test_backups_go_along(path: Path) -> None:
    folder = path.with_name("p.backups")
    folder.mkdir()
    older, daily, spoilt = path.with_name("p.backup-0001_initial.tawsim"), folder / "p.tawsim", folder / "q.tawsim"
    for each in (older, daily):
        each.write_bytes(path.read_bytes())
    spoilt.write_text("nothing")
    assert copies_of(path) == sorted([older, daily, spoilt])
    key, left = set_password(path, None, "one")
    assert left == [spoilt]
    assert all(SECRET.encode() not in each.read_bytes() for each in (path, older, daily))
    assert rows(older, key) == rows(path, key)
    foreign = folder / "r.tawsim"
    new_project(foreign, annotator="Layla", key=key_of_new("another")).close()
    _, left = set_password(path, key, None)
    assert left == [spoilt, foreign]
    assert rows(daily, None) == rows(path, None)


def test_a_file_that_was_encrypted_long_ago_opens(tmp_path: Path) -> None:
    """Made by SQLCipher 4.19 of a project of the first schema; every later version opens it."""
    path = tmp_path / "p.tawsim"
    path.write_bytes((FILES / "encrypted-0001.tawsim").read_bytes())
    with Project.open(path, annotator="Layla", key=tried_key(path, "كلمة السر 123")) as project:
        assert project.article_count() > 0
        assert not list(project.problems())
    assert is_encrypted(path)
    assert all(map(is_encrypted, copies_of(path)))


def test_a_name_that_looks_like_a_pattern(path: Path) -> None:
    odd = path.with_name("p[1]*.tawsim")
    odd.write_bytes(path.read_bytes())
    odd.with_name("p[1]*.backup-0001.tawsim").write_bytes(path.read_bytes())
    odd.with_name("p1.backup-0001.tawsim").write_bytes(path.read_bytes())
    assert [each.name for each in copies_of(odd)] == ["p[1]*.backup-0001.tawsim"]


def test_refusals_leave_everything_as_it_was(path: Path) -> None:
    before = path.read_bytes()
    assert refused(path, None, "").key == "password_empty"
    assert path.read_bytes() == before
    key, _ = set_password(path, None, "one")
    before = path.read_bytes()
    assert refused(path, None, "two").key == "password_needed"
    assert refused(path, key_for(path, "wrong"), "two").key == "password_wrong"
    assert refused(path, key_for(path, "wrong"), None).key == "password_wrong"
    with Project.open(path, annotator="Layla", key=key):
        assert refused(path, key, "two").key == "project_locked"
    with Project.open(path, read_only=True, key=key):
        assert refused(path, key, "two").key == "project_busy"
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.glob("p.*")] == [path.name]


@pytest.mark.parametrize("question", [0, 1, 3])
def test_it_can_be_stopped(path: Path, question: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rekeying, "_STEPS_BETWEEN", 50)
    before, asked = path.read_bytes(), 0

    def goes_on() -> bool:
        nonlocal asked
        asked += 1
        return asked <= question

    with pytest.raises(UserError) as caught:
        set_password(path, None, "one", goes_on)
    assert caught.value.key == "cancelled"
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.glob("p.*")] == [path.name]


def test_a_copy_that_differs_never_takes_the_place(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, compare = path.read_bytes(), rekeying._refuse_difference

    def spoil(path: Path, connection: sqlite3.Connection) -> None:
        connection.execute("update fresh.span set note = 'x'")
        compare(path, connection)

    monkeypatch.setattr(rekeying, "_refuse_difference", spoil)
    assert refused(path, None, "one").key == "project_damaged"
    assert path.read_bytes() == before


def test_a_damaged_project_is_not_written_anew(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 * 2 : 4096 * 3] = bytes(4096)
    path.write_bytes(content)
    assert refused(path, None, "one").key == "project_damaged"
    assert path.read_bytes() == content


def test_what_was_readable_is_written_over(path: Path, tmp_path: Path) -> None:
    """A second name for the old file shows what became of it."""
    other = tmp_path / "other name"
    other.hardlink_to(path)
    size = other.stat().st_size
    set_password(path, None, "one")
    assert other.read_bytes() == bytes(size)


def test_an_unprotected_backup_comes_back_protected(path: Path) -> None:
    before = rows(path, None)
    backup = backups.back_up(path, None)
    plain = backup.path.read_bytes()
    key, _ = set_password(path, None, "one")
    backup.path.write_bytes(plain)  # as if it had been brought back from elsewhere
    with Project.open(path, annotator="Layla", key=key) as project:
        history.undo(project)
    backups.restore(path, backup.path, key)
    assert is_encrypted(path)
    assert is_encrypted(backup.path)
    assert rows(path, key) == before


def test_daily_backups_are_encrypted_and_restored(path: Path) -> None:
    key, _ = set_password(path, None, "one")
    made = backups.back_up_daily(path, key, 3)
    assert made is not None
    assert is_encrypted(made.path)
    assert backups.contents(made, key).articles == 2
    before = rows(path, key)
    with Project.open(path, annotator="Layla", key=key) as project:
        history.undo(project)
    kept = backups.restore(path, made.path, key)
    assert rows(path, key) == before
    assert kept is not None
    assert is_encrypted(kept.path)


def test_a_try_that_was_cut_short_can_be_repeated(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [backups.back_up(path, None).path for _ in range(2)]

    def fill_the_disk(file: Path, *given: Any) -> None:
        if file == path:
            raise UserError("disk_full", path=path)
        rekey(file, *given)

    rekey = rekeying.rekey
    with monkeypatch.context() as patch:
        patch.setattr(passwords, "rekey", fill_the_disk)
        assert refused(path, None, "one").key == "disk_full"
    assert not is_encrypted(path)
    assert all(map(is_encrypted, made))
    key, left = set_password(path, None, "one")
    assert left == []
    assert all(rows(each, key) == rows(path, key) for each in made)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_disk_that_takes_no_more_is_told(path: Path) -> None:
    import resource

    before = path.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) // 2, limits[1]))
    try:
        assert refused(path, None, "one").key in {"write_failed", "disk_full"}
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert path.read_bytes() == before
    assert [item.name for item in path.parent.iterdir() if "rewriting" in item.name] == []
