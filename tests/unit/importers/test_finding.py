# SPDX-License-Identifier: MIT
"""Which files are meant when files and folders are named."""

import os
from pathlib import Path

import pytest

from annotator.errors import UserError
from annotator.importers.articles import find_files
from annotator.importers.plain_text import read_plain_text


def test_folders_are_searched_for_files_of_every_kind(tmp_path: Path) -> None:
    names = ["b.txt", "a.TXT", "deep/er/c.text", ".hidden.txt", "picture.png", "notes.md", "article10.txt", "d.txt~"]
    names += ["t.csv", "p.warc.gz", "x.tar.gz", "README.md", "LICENSE", "~$open.docx", "m.ann"]
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    (tmp_path / "folder.txt").mkdir()
    found = [path.relative_to(tmp_path).as_posix() for path in find_files([tmp_path])]
    assert sorted(found) == sorted(
        ["b.txt", "a.TXT", "deep/er/c.text", "notes.md", "article10.txt", "t.csv", "p.warc.gz"]
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are of POSIX")
def test_a_pipe_is_told_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "none.txt")
    assert find_files([tmp_path]) == [tmp_path / "a.txt"]
    with pytest.raises(UserError) as refusal:
        read_plain_text(tmp_path / "a.txt")
    assert refusal.value.key == "file_unreadable"


def test_a_file_that_is_named_is_taken_whatever_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_bytes(b"x")
    assert find_files([path, path]) == [path]


def test_numbers_in_names_are_ordered_by_value(tmp_path: Path) -> None:
    for number in (10, 9, 1, 100):
        (tmp_path / f"article {number}.txt").write_bytes(b"x")
    assert [path.stem for path in find_files([tmp_path])] == [f"article {number}" for number in (1, 9, 10, 100)]


def test_missing_and_empty(tmp_path: Path) -> None:
    for path, key in [(tmp_path / "none", "file_missing"), (tmp_path, "folder_empty")]:
        with pytest.raises(UserError) as caught:
            find_files([path])
        assert (caught.value.key, caught.value.params["path"]) == (key, path)


def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    for name in (".git/a.txt", ".b.txt", "c.txt"):
        (tmp_path / name).write_bytes(b"x")
    assert find_files([tmp_path]) == [tmp_path / "c.txt"]


def test_links_in_a_circle_are_named_and_keep_no_file_back(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert find_files([tmp_path]) == [tmp_path / "a.txt", tmp_path / "loop.txt"]
    with pytest.raises(UserError, match="file_unreadable"):
        read_plain_text(tmp_path / "loop.txt")
    with pytest.raises(UserError, match="file_unreadable"):
        find_files([tmp_path / "loop.txt"])


def test_name_that_is_too_long(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="file_unreadable"):
        find_files([tmp_path / ("x" * 300)])


@pytest.mark.usefixtures("bound_by_permissions")
def test_folder_within_that_cannot_be_looked_into_keeps_no_file_back(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "closed" / "b.txt").write_bytes(b"x")
    (tmp_path / "a.txt").write_bytes(b"x")
    (tmp_path / "closed").chmod(0o000)
    try:
        assert find_files([tmp_path]) == [tmp_path / "a.txt", tmp_path / "closed"]
        with pytest.raises(UserError, match="file_unreadable"):
            read_plain_text(tmp_path / "closed")
        with pytest.raises(UserError, match="file_unreadable"):
            find_files([tmp_path / "closed"])
    finally:
        (tmp_path / "closed").chmod(0o700)
