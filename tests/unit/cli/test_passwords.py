# SPDX-License-Identifier: MIT
"""Encrypted projects on the command line: where the password may come from, and where not."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from annotator.cli import secrets
from annotator.files import DatabaseKind, database_kind

pytest.importorskip("sqlcipher3")

Tawsim = Callable[..., Result]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what somebody at the terminal types, an answer after the other."""
    answers: list[str] = []
    monkeypatch.setattr(secrets, "_somebody_there", lambda: True)
    monkeypatch.setattr(secrets.click, "prompt", lambda asked, **more: answers.pop(0))
    return answers


def test_a_project_with_a_password_from_the_environment(
    tawsim: Tawsim, tmp_path: Path, article_files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TAWSIM_PASSWORD", "سر")
    path = tmp_path / "p.tawsim"
    tawsim("new", path, "--encrypt")
    assert database_kind(path) is DatabaseKind.ENCRYPTED
    tawsim("import", path, *article_files)
    tawsim("tag", path, 1, 5, 10, "ACTOR")
    tawsim("undo", path)
    tawsim("redo", path)
    assert "[1 غانتس 1]" in tawsim("show", path, "1").output
    tawsim("export", path, "--format", "jsonl", tmp_path / "out.jsonl")
    assert "in order" in tawsim("check", path).output
    monkeypatch.setenv("TAWSIM_PASSWORD", "other")
    assert "does not open" in tawsim("articles", path, code=1).output
    monkeypatch.delenv("TAWSIM_PASSWORD")
    assert "--password-file" in tawsim("articles", path, code=1).output


def test_a_password_from_a_file(tawsim: Tawsim, tmp_path: Path) -> None:
    path, file = tmp_path / "p.tawsim", tmp_path / "password"
    file.write_text("one two\n", encoding="utf-8")
    tawsim("--password-file", file, "new", path, "--encrypt")
    tawsim("--password-file", file, "articles", path)
    assert "could not be read" in tawsim("--password-file", tmp_path / "none", "articles", path, code=1).output
    file.write_bytes(b"\xef\xbb\xbfone two\r\n")  # as Windows' editor writes it
    tawsim("--password-file", file, "articles", path)
    file.write_bytes(b"\xff")
    assert "could not be read" in tawsim("--password-file", file, "articles", path, code=1).output
    file.write_text("", encoding="utf-8")
    assert "empty" in tawsim("--password-file", file, "articles", path, code=1).output


def test_a_password_that_is_typed(tawsim: Tawsim, path: Path, typed: list[str]) -> None:
    typed += ["one", "other"]
    assert "not the same" in tawsim("password", "set", path, code=1).output
    typed += ["one", "one"]
    said = tawsim("password", "set", path).output
    assert "cannot be recovered" in said
    assert "is protected" in said
    typed += ["one"]
    tawsim("articles", path)
    typed += ["wrong", "two", "two"]
    assert "does not open" in tawsim("password", "set", path, code=1).output
    typed[:] = ["one", "two", "two"]
    tawsim("password", "set", path)
    typed += ["two"]
    tawsim("password", "remove", path)
    assert database_kind(path) is DatabaseKind.PLAIN
    assert "has no password" in tawsim("password", "remove", path, code=1).output
    assert not typed


def test_backups_are_told(tawsim: Tawsim, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAWSIM_NEW_PASSWORD", "one")
    folder = path.with_name("p.backups")
    folder.mkdir(exist_ok=True)
    (folder / "good.tawsim").write_bytes(path.read_bytes())
    (folder / "bad.tawsim").write_bytes(b"nothing")
    said = tawsim("password", "set", path).output
    assert "Likewise its backup “good.tawsim”" in said
    assert "“bad.tawsim” stays as it was" in said


def test_a_plain_project_asks_for_nothing(tawsim: Tawsim, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAWSIM_PASSWORD", "of another project")
    tawsim("articles", path)


def test_recovering_with_a_wrong_password(tawsim: Tawsim, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAWSIM_NEW_PASSWORD", "one")
    tawsim("password", "set", path)
    monkeypatch.setenv("TAWSIM_PASSWORD", "other")
    assert "with this password" in tawsim("recover", path, "--out", path.with_name("new"), code=1).stderr
    assert sorted(item.name for item in path.parent.glob("*new*")) == []


def _lose_salt(content: bytearray) -> None:
    content[:16] = bytes(range(16))


def _zero_first_page(content: bytearray) -> None:
    content[:4096] = bytes(4096)


def _flip_in_first_page(content: bytearray) -> None:
    content[100] ^= 0xFF


@pytest.mark.parametrize("damage", [_lose_salt, _zero_first_page, _flip_in_first_page])
def test_recovering_takes_what_the_key_is_made_with_from_a_backup(
    tawsim: Tawsim, path: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[bytearray], None]
) -> None:
    monkeypatch.setenv("TAWSIM_NEW_PASSWORD", "one")
    monkeypatch.setenv("TAWSIM_PASSWORD", "one")
    tawsim("tag", path, "1", "5", "10", "ACTOR")
    tawsim("password", "set", path)
    tawsim("backup", path)
    listed = tawsim("tags", path).stdout
    content = bytearray(path.read_bytes())
    damage(content)
    path.write_bytes(content)
    refusal = tawsim("check", path, code=1).stderr
    assert ("not a Tawsim project" if damage is _zero_first_page else "is damaged") in refusal
    new = path.with_name("new.tawsim")
    tawsim("recover", path, "--out", new)
    assert tawsim("tags", new).stdout == listed
    assert database_kind(new) is DatabaseKind.ENCRYPTED
    monkeypatch.setenv("TAWSIM_PASSWORD", "other")
    assert "with this password" in tawsim("recover", path, "--out", path.with_name("newer"), code=1).stderr


def test_the_report_of_a_recovery_has_no_word_of_the_project(
    tawsim: Tawsim, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tawsim("tag", path, "1", "5", "10", "ACTOR")
    monkeypatch.setenv("TAWSIM_NEW_PASSWORD", "one")
    monkeypatch.setenv("TAWSIM_PASSWORD", "one")
    tawsim("password", "set", path)
    size = path.stat().st_size
    for cut in range(size // 2, size, 4096 * 4):
        damaged, new = path.with_name("damaged.tawsim"), path.with_name(f"new{cut}.tawsim")
        damaged.write_bytes(path.read_bytes()[:cut])
        tawsim("recover", damaged, "--out", new)
        report = json.loads(new.with_suffix(".recovery.json").read_text("utf-8"))
        assert not any(loss["name"] or loss["article"] for loss in report["losses"])
        assert report["articles"] == []
        assert not any(letter.isascii() is False and letter.isalpha() for letter in json.dumps(report["losses"]))


def test_a_password_that_is_no_text(tawsim: Tawsim, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAWSIM_NEW_PASSWORD", "a\udcff")
    assert "TAWSIM_NEW_PASSWORD" in tawsim("password", "set", path, code=1).stderr
    assert database_kind(path) is DatabaseKind.PLAIN
