# SPDX-License-Identifier: MIT
"""Large text files read a line at a time: their encoding told by how they begin, their lines bounded.

Knows nothing of what the lines hold.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from annotator.errors import UserError
from annotator.importers.sources import Meter, Source, open_source
from annotator.text.decoding import decode

#: In bytes: by so much of a file its encoding is told. Most files are smaller.
_SAMPLE = 4_000_000
#: In characters; an article of this length would be a book of thousands of pages.
LONGEST_LINE = 10_000_000

_BOM_LENGTHS = {"utf-8": 3, "utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}


@dataclass(slots=True)
class TextStream:
    """An open text file.

    Attributes:
        encoding: its codec, without a BOM.
        guessed: whether that was inferred from the bytes rather than given, marked or certain.
    """

    encoding: str
    guessed: bool
    _file: io.TextIOWrapper
    _binary: BinaryIO
    _size: int
    _meter: Meter

    def lines(self) -> Iterator[str | None]:
        """Yield each line with its end as it is; None for one that is longer than `LONGEST_LINE`.

        Raises:
            UnicodeDecodeError: where the bytes do not fit the encoding.
        """
        while line := self._file.readline(LONGEST_LINE):
            if len(line) == LONGEST_LINE and line[-1] not in "\r\n":
                self._skip_line()
                yield None
            else:
                yield line
            self._meter.share = self._binary.tell() / self._size

    def _skip_line(self) -> None:
        while rest := self._file.readline(LONGEST_LINE):
            if rest[-1] in "\r\n":
                break


@contextmanager
def open_text(source: Source, encoding: str | None, meter: Meter) -> Iterator[TextStream]:
    """Open a text file for reading line by line.

    Args:
        source: the file.
        encoding: the codec the user chose; told by how the file begins if None.
        meter: is told how much of it was read.

    Raises:
        UserError: `file_missing`, `file_unreadable`, or what `annotator.text.decoding.decode` refuses, with the path.
    """
    with open_source(source) as binary:
        size = binary.seek(0, io.SEEK_END)
        binary.seek(0)
        sample = _whole_lines(binary.read(_SAMPLE), ended=size <= _SAMPLE)
        try:
            decoded = decode(sample, encoding)
        except UserError as error:
            raise UserError(error.key, **{"path": source.path, **error.params}) from error
        binary.seek(_BOM_LENGTHS[decoded.encoding] if decoded.bom else 0)
        # With "" line ends come as they are; whoever reads them may need to know.
        file = io.TextIOWrapper(binary, encoding=decoded.encoding, newline="")
        try:
            yield TextStream(decoded.encoding, decoded.guessed, file, binary, size, meter)
        finally:
            file.detach()


def _whole_lines(sample: bytes, *, ended: bool) -> bytes:
    """Return a sample up to where no character can be cut in two."""
    if ended:
        return sample
    if b"\x00" in sample or b"\x06" in sample:  # of wide characters
        return sample[: len(sample) // 4 * 4]
    end = sample.rfind(b"\n") + 1 or sample.rfind(b" ") + 1
    return sample[:end] if end else sample
