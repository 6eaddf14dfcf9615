# SPDX-License-Identifier: MIT
"""Reading plain text."""

import hashlib
from pathlib import Path

import pytest

from annotator.errors import UserError
from annotator.importers.base import title_of
from annotator.importers.plain_text import read_plain_text


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


def test_file_that_is_too_large_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50_000_001)
    with pytest.raises(UserError) as caught:
        read_plain_text(path)
    assert (caught.value.key, caught.value.params["most"]) == ("file_too_large", 50)
