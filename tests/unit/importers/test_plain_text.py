# SPDX-License-Identifier: MIT
"""Finding and reading plain text files."""

import hashlib
from pathlib import Path

import pytest

from annotator.errors import UserError
from annotator.importers.base import title_of
from annotator.importers.plain_text import find_files, read_plain_text


def test_folders_are_searched_for_text_files(tmp_path: Path) -> None:
    names = ["b.txt", "a.TXT", "deep/er/c.text", ".hidden.txt", "picture.png", "notes.md", "article10.txt", "d.txt~"]
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    (tmp_path / "folder.txt").mkdir()
    found = [path.relative_to(tmp_path).as_posix() for path in find_files([tmp_path])]
    assert sorted(found) == sorted(["b.txt", "a.TXT", "deep/er/c.text", "article10.txt"])


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


def test_reading(tmp_path: Path) -> None:
    raw = "\ufeffعنوان\r\nنص\r\n".encode()
    path = tmp_path / "a.txt"
    path.write_bytes(raw)
    read = read_plain_text(path)
    assert (read.title, read.decoded.text) == ("عنوان", "عنوان\nنص\n")
    assert read.raw_sha256 == hashlib.sha256(raw).hexdigest()
    assert read.text_sha256 == hashlib.sha256("عنوان\nنص\n".encode()).hexdigest()


def test_hash_of_the_text_does_not_depend_on_the_file(tmp_path: Path) -> None:
    text = "قال المتحدث إن المباحثات بين الجانبين كانت إيجابية.\n"
    raws = [
        text.encode(),
        text.encode("utf-8-sig"),
        text.replace("\n", "\r\n").encode(),
        text.encode("windows-1256"),
        text.encode("utf-16"),
    ]
    hashes = set()
    for number, raw in enumerate(raws):
        path = tmp_path / f"{number}.txt"
        path.write_bytes(raw)
        hashes.add(read_plain_text(path).text_sha256)
    assert len(hashes) == 1


def test_errors_name_the_file(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    for path, key in [(empty, "file_empty"), (tmp_path / "none.txt", "file_missing"), (tmp_path, "file_unreadable")]:
        with pytest.raises(UserError) as caught:
            read_plain_text(path)
        assert (caught.value.key, caught.value.params["path"]) == (key, path)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("\u200f\u202b\n\u200fعنوان\u200e\nنص", "عنوان"),
        ("", ""),
        ("\n\n", ""),
        ("واحد", "واحد"),
        ("\u00a0\n واحد \nاثنان", "واحد"),
        ("x" * 200, "x" * 200),
        ("x" * 300, "x" * 200 + "…"),
    ],
)
def test_title(text: str, title: str) -> None:
    assert title_of(text) == title


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


def test_file_that_is_too_large_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50_000_001)
    with pytest.raises(UserError) as caught:
        read_plain_text(path)
    assert (caught.value.key, caught.value.params["most"]) == ("file_too_large", 50)
