# SPDX-License-Identifier: MIT
"""Backups: copies that are whole, kept few, and put back so that nothing is lost by it."""

import contextlib
import os
import sqlite3
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from annotator.errors import UserError
from annotator.model.ids import ArticleId, LabelId
from annotator.ops import backups, tags
from annotator.ops.backups import BackupKind
from annotator.ops.checking import check
from annotator.ops.passwords import set_password
from annotator.ops.recovering import recover
from annotator.project import Project
from annotator.store import backups as store

ACTOR = LabelId("ACTOR")
FILES = Path(__file__).parents[2] / "files"


def quotes(path: Path) -> list[str]:
    with Project.open(path, read_only=True) as project:
        assert check(project).problems == ()
        return [span.quote for article in project.articles() for span in project.spans(article.id)]


def test_a_backup_is_a_whole_project_and_only_its_owner_reads_it(filled: Project, article_id: ArticleId) -> None:
    tags.add_tag(filled, article_id, 5, 10, ACTOR)
    made = backups.back_up(filled.path, None)
    assert quotes(made.path) == ["غانتس"]
    assert made.size == made.path.stat().st_size
    assert backups.backups_of(filled.path) == [made]
    assert backups.contents(made, None) == backups.Contents(articles=2, tags=1)
    assert [item.name for item in store.folder_of(filled.path).iterdir()] == [made.path.name]
    if sys.platform != "win32":
        assert made.path.stat().st_mode & 0o777 == 0o600
        assert made.path.parent.stat().st_mode & 0o777 == 0o700


def test_others_write_while_a_backup_is_made(
    filled: Project, article_id: ArticleId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.store.backups._PAGES", 1)
    steps: list[int] = []

    def progress(done: int, _total: int) -> bool:
        steps.append(done)
        if len(steps) < 6:
            tags.add_tag(filled, article_id, len(steps) + 4, len(steps) + 5, ACTOR)
        return True

    made = store.make_backup(filled.path, None, BackupKind.DAILY, progress=progress)
    assert steps == sorted(steps), "it began anew"
    assert quotes(made.path) == []
    assert len(quotes(filled.path)) == 5


def test_one_a_day_is_made_and_the_last_ones_are_kept(filled: Project) -> None:
    assert backups.is_due(filled.path)
    first = backups.back_up_daily(filled.path, None, 2)
    assert first is not None
    assert not backups.is_due(filled.path)
    assert backups.is_due(filled.path, first.at.astimezone().date() + timedelta(days=1))
    assert backups.back_up_daily(filled.path, None, 2) is None
    by_hand = backups.back_up(filled.path, None)
    for day in range(1, 5):
        old = first.path.with_name(first.path.name.replace(f"{first.at:%Y-%m-%d}", f"2020-01-0{day}"))
        old.write_bytes(first.path.read_bytes())
    dropped = store.drop_old(filled.path, 2)
    assert [backup.at.day for backup in dropped] == [3, 2, 1]
    assert {backup.path for backup in backups.backups_of(filled.path)} >= {first.path, by_hand.path}
    assert len(backups.backups_of(filled.path)) == 3


def test_none_is_made_where_none_is_wanted(filled: Project) -> None:
    assert backups.back_up_daily(filled.path, None, 0) is None
    assert not store.folder_of(filled.path).exists()


def test_a_damaged_project_drives_out_no_good_backup(filled: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    good = backups.back_up_daily(filled.path, None, 1)
    assert good is not None
    filled.close()
    content = bytearray(filled.path.read_bytes())
    content[-4096:] = b"\xff" * 4096
    filled.path.write_bytes(content)
    monkeypatch.setattr("annotator.ops.backups.is_due", lambda _path: True)
    with pytest.raises(UserError, match="project_damaged"):
        backups.back_up_daily(filled.path, None, 1)
    assert backups.backups_of(filled.path) == [good]
    assert [item.name for item in store.folder_of(filled.path).iterdir()] == [good.path.name]


def test_a_backup_can_be_stopped(filled: Project) -> None:
    with pytest.raises(UserError, match="cancelled"):
        backups.back_up(filled.path, None, lambda _done, _total: False)
    assert list(store.folder_of(filled.path).iterdir()) == []


def test_no_room_is_told_before_anything_is_written(filled: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type("Usage", (), {"free": 10})
    monkeypatch.setattr("annotator.store.backups.shutil.disk_usage", lambda _path: usage)
    with pytest.raises(UserError, match="backup_no_room"):
        backups.back_up(filled.path, None)


def test_a_folder_that_cannot_be_made_is_told(filled: Project) -> None:
    store.folder_of(filled.path).write_text("")
    with pytest.raises(UserError, match="backup_failed"):
        backups.back_up(filled.path, None)


def test_restoring_keeps_what_was_there_and_can_be_undone(filled: Project, article_id: ArticleId) -> None:
    tags.add_tag(filled, article_id, 5, 10, ACTOR)
    made = backups.back_up(filled.path, None)
    tags.add_tag(filled, article_id, 17, 23, ACTOR)
    with pytest.raises(UserError, match="project_locked"):
        backups.restore(filled.path, made.path, None)
    filled.close()
    kept = backups.restore(filled.path, made.path, None)
    assert kept is not None
    assert kept.kind is BackupKind.BEFORE_RESTORING
    assert quotes(filled.path) == ["غانتس"]
    assert backups.restore(filled.path, kept.path, None) is not None
    assert len(quotes(filled.path)) == 2
    assert sorted(item.name for item in filled.path.parent.iterdir()) == ["articles", "p.backups", "p.tawsim"]


def test_a_damaged_project_is_kept_byte_for_byte_when_a_backup_takes_its_place(filled: Project) -> None:
    made = backups.back_up(filled.path, None)
    filled.close()
    damaged = filled.path.read_bytes()[:9000]
    filled.path.write_bytes(damaged)
    kept = backups.restore(filled.path, made.path, None)
    assert kept is not None
    assert kept.path.read_bytes() == damaged
    assert quotes(filled.path) == []
    assert backups.contents(kept, None).error is not None


def test_a_project_that_is_gone_comes_back(filled: Project) -> None:
    made = backups.back_up(filled.path, None)
    filled.close()
    filled.path.unlink()
    assert backups.restore(filled.path, made.path, None) is None
    assert quotes(filled.path) == []


def test_a_spoilt_backup_takes_nobodys_place(filled: Project) -> None:
    made = backups.back_up(filled.path, None)
    filled.close()
    before = filled.path.read_bytes()
    made.path.write_bytes(made.path.read_bytes()[:9000])
    with pytest.raises(UserError, match="project_damaged"):
        backups.restore(filled.path, made.path, None)
    assert filled.path.read_bytes() == before
    backups.delete_backup(made.path)
    assert backups.backups_of(filled.path) == []


def test_a_reader_keeps_a_backup_from_taking_the_place(filled: Project) -> None:
    made = backups.back_up(filled.path, None)
    filled.close()
    with Project.open(filled.path, read_only=True) as reader:
        reader.articles()
        with pytest.raises(UserError, match="project_busy"):
            backups.restore(filled.path, made.path, None)
        assert len(reader.articles()) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no signal to nobody")
def test_what_a_killed_program_left_is_cleared_away(filled: Project) -> None:
    folder = store.folder_of(filled.path)
    folder.mkdir()
    (folder / "999999999.part").write_bytes(b"x")
    (folder / f"{os.getppid()}.part").write_bytes(b"x")
    made = backups.back_up(filled.path, None)
    assert sorted(item.name for item in folder.iterdir()) == sorted([f"{os.getppid()}.part", made.path.name])


def test_other_files_in_the_folder_are_none(filled: Project, tamper: Callable[[Path, str], None]) -> None:
    made = backups.back_up(filled.path, None)
    for name in ("notes.txt", "p 2020-99-01 00-00-00 daily.tawsim", "p 2020-01-01 00-00-00 other.tawsim"):
        (made.path.parent / name).write_bytes(b"")
    assert backups.backups_of(filled.path) == [made]
    with contextlib.closing(sqlite3.connect(made.path)) as connection:
        assert connection.execute("pragma quick_check").fetchone() == ("ok",)


def test_the_backup_of_an_encrypted_project_is_encrypted_and_comes_back(filled: Project, article_id: ArticleId) -> None:
    pytest.importorskip("sqlcipher3")
    tags.add_tag(filled, article_id, 5, 10, ACTOR)
    filled.close()
    key, _ = set_password(filled.path, None, "سرّ")
    made = backups.back_up(filled.path, key)
    assert "غانتس".encode() not in made.path.read_bytes()
    assert backups.contents(made, None).error is not None
    assert backups.contents(made, key) == backups.Contents(articles=2, tags=1)
    with Project.open(filled.path, annotator="Layla", key=key) as project:
        tags.add_tag(project, article_id, 17, 23, ACTOR)
    backups.restore(filled.path, made.path, key)
    with Project.open(filled.path, read_only=True, key=key) as project:
        assert project.span_count() == 1
        assert check(project).problems == ()


def test_a_backup_that_lies_elsewhere_stays_as_it_is(filled: Project, article_id: ArticleId) -> None:
    pytest.importorskip("sqlcipher3")
    tags.add_tag(filled, article_id, 5, 10, ACTOR)
    made = backups.back_up(filled.path, None)
    elsewhere = made.path.rename(filled.path.with_name("elsewhere.tawsim"))
    before = elsewhere.read_bytes()
    filled.close()
    key, _ = set_password(filled.path, None, "سرّ")
    backups.restore(filled.path, elsewhere, key)
    assert elsewhere.read_bytes() == before
    assert "غانتس".encode() not in filled.path.read_bytes()
    with Project.open(filled.path, read_only=True, key=key) as project:
        assert project.span_count() == 1
        assert check(project).problems == ()


@pytest.mark.parametrize("protected", [False, True])
def test_a_backup_of_an_earlier_version_comes_back(tmp_path: Path, protected: bool) -> None:
    path, old = tmp_path / "p.tawsim", FILES / "schema-0002.tawsim"
    path.write_bytes(old.read_bytes())
    Project.open(path, annotator="Layla").close()
    (kept,) = tmp_path.glob("p.backup-*.tawsim")
    made = kept.rename(tmp_path / "kept.tawsim")
    key = None
    if protected:
        pytest.importorskip("sqlcipher3")
        key, _ = set_password(path, None, "سرّ")
    with pytest.raises(UserError, match="project_older"):
        Project.open(made, read_only=True)
    assert backups.restore(path, made, key) is not None
    with Project.open(path, annotator="Layla", key=key) as project:
        assert project.article_count()
        assert check(project).problems == ()


@pytest.mark.skipif(sys.platform != "linux", reason="Other systems have no such names")
def test_a_project_whose_name_is_no_text_is_recovered(filled: Project) -> None:
    filled.close()
    strange = filled.path.rename(filled.path.with_name("p\udcff.tawsim"))
    report = recover(strange, strange.with_name("new\udcfe"), None, annotator="Layla")
    assert report.path.is_file()
    assert "p\\\\udcff" in report.details.read_text("utf-8")
