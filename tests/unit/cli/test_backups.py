# SPDX-License-Identifier: MIT
"""Backups by the command line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import Result

Tawsim = Callable[..., Result]
TawsimJson = Callable[..., Any]


def test_the_first_act_of_a_day_makes_a_backup(tawsim_json: TawsimJson, path: Path) -> None:
    listed = tawsim_json("backups", path)
    (made,) = listed["backups"]
    assert (made["kind"], made["whole"], made["articles"], made["tags"]) == ("daily", True, 2, 0)
    assert Path(made["path"]).parent == Path(listed["folder"])


def test_backing_up_and_restoring(tawsim: Tawsim, tawsim_json: TawsimJson, path: Path) -> None:
    tawsim("tag", path, "1", "5", "10", "ACTOR", "--annotator", "Layla")
    made = tawsim_json("backup", path)
    tawsim("undo", path, "--annotator", "Layla")
    assert tawsim_json("tags", path)["tags"] == []
    said = tawsim("restore", path, Path(made["path"]).name).stdout
    assert "is as in" in said
    assert "before.tawsim" in said
    assert len(tawsim_json("tags", path)["tags"]) == 1
    tawsim("restore", path, "1")
    assert tawsim_json("tags", path)["tags"] == []
    assert "4 backups" in tawsim("backups", path).stdout
    assert "has no backup" in tawsim("restore", path, "99", code=1).stderr


def test_a_backup_of_an_earlier_version_is_whole(tawsim: Tawsim, tawsim_json: TawsimJson, path: Path) -> None:
    tawsim("backup", path)
    older = path.with_name("p.backups") / "p 2020-01-01 00-00-00 kept.tawsim"
    older.write_bytes((Path(__file__).parents[2] / "files" / "schema-0003.tawsim").read_bytes())
    listed = tawsim_json("backups", path)["backups"][-1]
    assert (listed["path"], listed["whole"], "articles" in listed) == (str(older), True, False)
    assert "Of an earlier version of Tawsim. Restored," in tawsim("backups", path).stdout
    tawsim("restore", path, older)
    tawsim("undo", path, "--annotator", "Layla", code=1)
    assert tawsim("check", path).exit_code == 0


def test_a_backup_that_cannot_be_made_keeps_no_act_from_being_done(
    tawsim: Tawsim, tawsim_json: TawsimJson, path: Path
) -> None:
    folder = path.with_name("p.backups")
    for item in folder.iterdir():
        item.unlink()
    folder.rmdir()
    folder.write_text("")
    result = tawsim("tag", path, "1", "5", "10", "ACTOR", "--annotator", "Layla")
    assert "No backup of" in result.stderr
    assert len(tawsim_json("tags", path)["tags"]) == 1


def test_recovering_a_damaged_project(tawsim: Tawsim, tawsim_json: TawsimJson, path: Path) -> None:
    tawsim("tag", path, "1", "5", "10", "ACTOR", "--annotator", "Layla")
    whole = path.read_bytes()
    damaged = path.with_name("d.tawsim")
    damaged.write_bytes(whole[: len(whole) // 2])
    assert "Recover a damaged project" in tawsim("articles", damaged, code=1).stderr
    report = tawsim_json("recover", damaged, "--out", path.with_name("one.tawsim"), "--annotator", "Omar")
    assert report["problems"] == []
    assert Path(report["report"]).is_file()
    said = tawsim("recover", path, "--out", path.with_name("two")).stdout
    assert "Saved: 2 articles, 1 tag, 2 acts of the history.\nNothing else is lost.\n" in said
    assert "exists already" in tawsim("recover", path, "--out", path.with_name("two"), code=1).stderr
    tawsim("check", path.with_name("two.tawsim"))


def test_a_project_that_is_gone_comes_back_under_its_name(tawsim: Tawsim, path: Path) -> None:
    path.unlink()
    name = path.with_suffix("")
    assert "1 backup, " in tawsim("backups", name).stdout
    tawsim("restore", name, "1")
    assert path.is_file()
    assert not name.exists()


def test_what_never_was_has_no_backups(tawsim: Tawsim, tmp_path: Path) -> None:
    assert "There is no project" in tawsim("backups", tmp_path / "none", code=1).stderr
