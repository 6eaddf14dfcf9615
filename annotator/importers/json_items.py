# SPDX-License-Identifier: MIT
"""The items of a JSON list one by one, however long the list: no more than one of them is in memory.

Cuts the file at the commas between items and parses nothing; knows no format.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from annotator.errors import UserError
from annotator.importers import safety
from annotator.importers.safety import decoded, opened

_CHUNK = 1 << 20
_BLANKS = b" \t\r\n"
_BOM = b"\xef\xbb\xbf"
_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff")

#: What leads to the end of a string, or of what was read of it; and to the next character that means something.
_IN_STRING = re.compile(rb'(?:[^"\\]++|\\.)*+', re.DOTALL)
_BETWEEN = re.compile(rb'[^"{}\[\],]*+')


def read_items(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each item of a list with its place, as `[3]` for the third; an object that is no list is one item.

    Raises:
        UserError: `file_missing`, `file_unreadable`, `foreign_encoding`, `foreign_malformed`, `foreign_cut_short` or
            `foreign_too_long`, with the place.
    """
    with opened(path) as file:
        for number, raw in enumerate(_Cutter(file, path).items(), start=1):
            place = f"[{number}]"
            yield place, decoded(raw, path, place)


def first_item(path: Path) -> str | None:
    """Return the first item of a file, or None where there is none or the file is no JSON."""
    try:
        return next((item for _, item in read_items(path)), None)
    except UserError:
        return None


class _Cutter:
    """Where the cutting of one file stands."""

    def __init__(self, file: BinaryIO, path: Path) -> None:
        self._file, self._path = file, path
        self._buffer = b""
        # Where the item begins in the buffer, and how far it was looked at.
        self._start = self._position = 0
        self._count = 0

    def items(self) -> Iterator[bytes]:
        """Yield the items as they stand in the file."""
        while self._read() and len(self._buffer.removeprefix(_BOM).strip(_BLANKS)) < len(_BOM):
            pass
        self._buffer = self._buffer.removeprefix(_BOM).lstrip(_BLANKS)
        match self._buffer[:1]:
            case b"[":
                self._start = self._position = 1
                yield from self._of_list()
            case b"{":
                while self._read():
                    pass
                yield self._buffer
            case _ if self._buffer.startswith(_WIDE_BOMS):
                raise UserError("foreign_encoding", path=self._path, place="", position=0)
            case _:
                raise self._malformed("no list of objects")

    def _of_list(self) -> Iterator[bytes]:
        mark = b","
        while mark == b",":
            mark = self._item_end()
            item = self._buffer[self._start : self._position - 1].strip(_BLANKS)
            if item or mark == b"," or self._count:
                if not item:
                    raise self._malformed("nothing between two commas")
                self._count += 1
                yield item
            self._start = self._position
        while not self._buffer[self._position :].strip(_BLANKS):
            self._start = self._position = len(self._buffer)
            if not self._read():
                return
        raise self._malformed("more after the end of the list")

    def _item_end(self) -> bytes:
        """Go behind the comma or bracket that ends an item, and return it."""
        depth, in_string = 0, False
        while True:
            found = (_IN_STRING if in_string else _BETWEEN).match(self._buffer, self._position)
            self._position = found.end() if found else self._position
            # A backslash that is the last of the buffer needs what follows it.
            mark = self._buffer[self._position : self._position + 1]
            if mark in (b"", b"\\"):
                if not self._read():
                    raise UserError("foreign_cut_short", path=self._path, place=f"[{self._count + 1}]")
                continue
            self._position += 1
            if mark == b'"':
                in_string = not in_string
            elif mark in b"[{":
                depth += 1
            elif not depth and mark in b",]":
                return mark
            elif mark in b"]}":
                if not depth:
                    raise self._malformed("a bracket that closes nothing")
                depth -= 1

    def _read(self) -> bool:
        """Add to the buffer, without what lies before the item; return whether there was more."""
        chunk = self._file.read(_CHUNK)
        self._buffer = self._buffer[self._start :] + chunk
        self._position -= self._start
        self._start = 0
        if len(self._buffer) > safety.LARGEST_PART:
            most = safety.LARGEST_PART // 1_000_000
            raise UserError("foreign_too_long", path=self._path, place=f"[{self._count + 1}]", most=most)
        return bool(chunk)

    def _malformed(self, detail: str) -> UserError:
        return UserError("foreign_malformed", path=self._path, place=f"[{self._count + 1}]", detail=detail)
