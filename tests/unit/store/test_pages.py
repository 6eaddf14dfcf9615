# SPDX-License-Identifier: MIT
"""Reading the pages of a SQLite file without SQLite, and those of an encrypted one without its library."""

import sqlite3
from pathlib import Path

import pytest

from annotator.store.decrypting import _decrypted, _expanded
from annotator.store.pages import PageDamagedError, PageFile, Value, record, varint

VALUES = [
    *(None, 0, 1, -1, 127, -128, 32767, 8_388_607, 2**31 - 1, 2**47 - 1, -(2**63), 1.5, "", "نص", b"", b"\x00\xff"),
    *("ط" * 5_000, b"x" * 70_000),
]


def rows_of(path: Path, table: str) -> list[list[Value]]:
    with sqlite3.connect(path) as connection:
        (root,) = connection.execute("select rootpage from sqlite_schema where name = ?", (table,)).fetchone()
    connection.close()
    file = PageFile(path)
    rows, todo = [], [root]
    while todo:
        page = file.page(todo.pop())
        assert not page.damaged_cells
        todo += page.children
        rows += [record(cell.payload) for cell in page.cells if cell.payload is not None]
    file.close()
    return rows


@pytest.mark.parametrize("size", [512, 4096, 65536])
@pytest.mark.parametrize("ending", ["", " without rowid"])
def test_every_row_is_read_as_sqlite_reads_it(tmp_path: Path, size: int, ending: str) -> None:
    path = tmp_path / "x.db"
    connection = sqlite3.connect(path)
    connection.execute(f"pragma page_size = {size}")
    connection.execute(f"create table t (a text primary key, b){ending}")
    kept = [(f"{number:05}", VALUES[number % len(VALUES)]) for number in range(400)]
    connection.executemany("insert into t values (?, ?)", kept)
    connection.commit()
    connection.close()
    assert sorted(map(repr, rows_of(path, "t"))) == sorted(repr(list(row)) for row in kept)


def test_what_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(bytes(4096 * 3))
    file = PageFile(path)
    for number in (0, 1, 3, 4):
        with pytest.raises(PageDamagedError):
            file.page(number)
    file.close()


@pytest.mark.parametrize("payload", [b"", b"\x05", b"\x02\x0a", b"\x02\x0f\xff", b"\x02\x01\x05\x05", b"\x09\x01"])
def test_a_record_that_is_none_is_refused(payload: bytes) -> None:
    with pytest.raises(PageDamagedError):
        record(payload)


def test_a_record_that_lost_its_end_gives_what_it_has() -> None:
    assert record(b"\x03\x01\x1f\x07abc", is_whole=False) == [7, b"abc"]


def test_numbers_of_any_length() -> None:
    assert varint(b"\x7f", 0) == (127, 1)
    assert varint(b"\x81\x00", 0) == (128, 2)
    assert varint(b"\xff" * 9, 0) == (2**64 - 1, 9)


def test_the_cipher_is_the_standards() -> None:
    # FIPS 197, appendix C.3.
    key = bytes(range(32))
    assert _decrypted(bytes.fromhex("8ea2b7ca516745bfeafc49904b496089"), _expanded(key)) == bytes.fromhex(
        "00112233445566778899aabbccddeeff"
    )
