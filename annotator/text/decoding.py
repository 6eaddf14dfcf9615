# SPDX-License-Identifier: MIT
"""Bytes of a file to canonical text, and back to the very same bytes.

Owns the choice of encoding and the newline rule: a BOM is dropped, CRLF and CR become LF, nothing else changes. Must
not know where the bytes came from: its errors name no file, the caller adds the path.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from annotator.errors import UserError
from annotator.late import LateModule
from annotator.text import arabic_bytes

if TYPE_CHECKING:
    import charset_normalizer
else:
    charset_normalizer = LateModule("charset_normalizer")

_BOMS = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BOM_OF = {encoding: bom for bom, encoding in _BOMS}
_BOM_STARTS = tuple(bom for bom, _ in _BOMS)

#: First bytes of files that hold no plain text: PNG, JPEG, GIF, ZIP (also docx, odt), PDF, SQLite, gzip, old Office.
_MAGIC = (
    b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"PK\x03\x04", b"%PDF-", b"SQLite format 3\x00",
    b"\x1f\x8b\x08", b"\xd0\xcf\x11\xe0",
)  # fmt: skip

_CONTROLS = bytes(c for c in range(0x20) if c not in b"\t\n\r\v\f") + b"\x7f"
_CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
#: Half a character, which no UTF-8 file or database takes; of all codecs, UTF-7 lets it through.
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

#: Python's names for codecs that have a better known one.
_COMMON_NAMES = {
    "cp1256": "windows-1256", "cp1252": "windows-1252", "cp1250": "windows-1250", "cp1251": "windows-1251",
    "cp1254": "windows-1254", "cp1255": "windows-1255", "iso8859-6": "iso-8859-6", "iso8859-1": "iso-8859-1",
    "utf_8_sig": "utf-8", "utf-8-sig": "utf-8",
}  # fmt: skip
#: Codecs from str to str or for host names and source code; no file is written in them.
_NO_FILE_ENCODINGS = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"}
#: Encodings of the neighbouring scripts, for what does not read as Arabic.
_NEIGHBOURS = ["cp1252", "cp1251", "cp1253", "cp1254", "cp1255", "cp720", "cp864", "koi8_r"]
_EITHER_ENDIAN = {"utf-16": ("utf-16-le", "utf-16-be"), "utf-32": ("utf-32-le", "utf-32-be")}

_NEWLINE = re.compile("\r\n|\r|\n")
_NEWLINE_NAMES = {"\n": "lf", "\r\n": "crlf", "\r": "cr"}
_NEWLINES = {name: characters for characters, name in _NEWLINE_NAMES.items()}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text and what is needed to rebuild the file.

    Attributes:
        text: the canonical text, with LF for every line end.
        encoding: the codec, without a BOM.
        bom: whether the file began with a byte order mark.
        newline: `lf`, `crlf`, `cr`, `none`, or the runs of a mixed file such as `crlf*3,lf*2`.
        exact: whether `encode` gives the file's bytes again.
        guessed: whether the encoding was inferred from the bytes rather than given, marked or certain.
    """

    text: str
    encoding: str
    bom: bool
    newline: str
    exact: bool
    guessed: bool


def decode(raw: bytes, encoding: str | None = None) -> Decoded:
    """Turn a file's bytes into canonical text.

    Args:
        raw: the whole file.
        encoding: the codec the user chose; without it the encoding is detected.

    Raises:
        UserError: `file_empty`, `file_binary`, `encoding_unknown`, `encoding_failed` or `encoding_undetected`.
    """
    if raw in (b"", *_BOM_STARTS):
        raise UserError("file_empty")
    if raw.startswith(_MAGIC):
        raise UserError("file_binary")
    if encoding is not None:
        return _decode_as(raw, _codec_name(encoding))
    for bom, name in _BOMS:
        if raw.startswith(bom):
            return _decode_as(raw, name)
    return _detect(raw)


def encode(text: str, *, encoding: str, bom: bool, newline: str) -> bytes:
    """Rebuild a file's bytes from its canonical text.

    Raises:
        UnicodeEncodeError: if the text has a character which the encoding lacks.
        ValueError: if the newline runs do not fit the text.
    """
    mark = _BOM_OF[encoding] if bom else b""
    return mark + _restore_newlines(text, newline).encode(encoding)


def _decode_as(raw: bytes, encoding: str, *, guessed: bool = False) -> Decoded:
    encoding = _with_byte_order(raw, encoding)
    mark = _BOM_OF.get(encoding, b"")
    bom = bool(mark) and raw.startswith(mark)
    try:
        text = (raw[len(mark) :] if bom else raw).decode(encoding)
    except UnicodeDecodeError as error:
        position = error.start + (len(mark) if bom else 0)
        raise UserError("encoding_failed", encoding=encoding, position=position) from error
    surrogate = _LONE_SURROGATE.search(text)
    if surrogate is not None:
        raise UserError("encoding_failed", encoding=encoding, position=surrogate.start())
    if _has_binary_controls(text):
        raise UserError("file_binary")
    return _canonical(raw, text, encoding, bom=bom, guessed=guessed)


def _canonical(raw: bytes, text: str, encoding: str, *, bom: bool, guessed: bool) -> Decoded:
    if "\r" in text:
        newline, text = _newline_style(text), text.replace("\r\n", "\n").replace("\r", "\n")
    else:
        newline = "lf" if "\n" in text else "none"
    # Strict UTF-8 has one spelling for every text, so bytes that decode are the bytes that encode gives; the newline
    # runs are as lossless. Encoding again would cost as much as the decoding. Property tests hold this down.
    exact = encoding == "utf-8" or _rebuilds(raw, text, encoding, bom=bom, newline=newline)
    return Decoded(text, encoding, bom, newline, exact, guessed)


def _rebuilds(raw: bytes, text: str, encoding: str, *, bom: bool, newline: str) -> bool:
    try:
        return encode(text, encoding=encoding, bom=bom, newline=newline) == raw
    except UnicodeEncodeError:
        return False


def _codec_name(encoding: str) -> str:
    """Return the usual name of a text encoding.

    Raises:
        UserError: `encoding_unknown`.
    """
    try:
        name = codecs.lookup(encoding).name
        b"a".decode(name)  # refuses codecs that are no text encodings, such as hex
    except UnicodeDecodeError:
        pass  # one byte is too little for UTF-16, which is a text encoding all the same
    except (LookupError, ValueError) as error:
        raise UserError("encoding_unknown", encoding=encoding) from error
    name = name.replace("_", "-") if name.replace("_", "-") in _NO_FILE_ENCODINGS else name
    if name in _NO_FILE_ENCODINGS:
        raise UserError("encoding_unknown", encoding=encoding)
    return _COMMON_NAMES.get(name, name)


def _with_byte_order(raw: bytes, encoding: str) -> str:
    """Settle which end comes first for `utf-16` and `utf-32`: by the BOM, else by the look of the text, else little."""
    candidates = _EITHER_ENDIAN.get(encoding)
    if candidates is None:
        return encoding
    marked = [name for name in candidates if raw.startswith(_BOM_OF[name])]
    return (marked or [arabic_bytes.wide_encoding(raw, candidates) or candidates[0]])[0]


def _detect(raw: bytes) -> Decoded:
    """Detect the encoding of bytes without a BOM."""
    if b"\x00" in raw or b"\x06" in raw:  # Arabic in UTF-16 has 06 in every other byte, and looks like valid UTF-8
        wide = arabic_bytes.wide_encoding(raw)
        if wide is not None:
            return _decode_as(raw, wide, guessed=True)
    if _is_binary(raw):
        raise UserError("file_binary")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_as(raw, _single_byte_encoding(raw), guessed=True)
    return _canonical(raw, text, "utf-8", bom=False, guessed=False)


def _single_byte_encoding(raw: bytes) -> str:
    arabic = arabic_bytes.arabic_encoding(raw)
    if arabic is not None:
        return arabic
    best = charset_normalizer.from_bytes(raw, cp_isolation=_NEIGHBOURS).best()
    if best is None:
        raise UserError("encoding_undetected")
    return _codec_name(best.encoding)


def _is_binary(raw: bytes) -> bool:
    controls = len(raw) - len(raw.translate(None, _CONTROLS))
    return b"\x00" in raw or _too_many(controls, len(raw))


def _has_binary_controls(text: str) -> bool:
    return "\x00" in text or _too_many(len(_CONTROL_CHARACTERS.findall(text)), len(text))


def _too_many(controls: int, length: int) -> bool:
    # Random bytes hold 11 % control characters; a text may hold a stray one, such as the Ctrl-Z that DOS left.
    return controls >= 3 and controls * 50 > length


def _newline_style(text: str) -> str:
    kinds = [(_NEWLINE_NAMES[kind], len(list(run))) for kind, run in groupby(_NEWLINE.findall(text))]
    if len(kinds) == 1:
        return kinds[0][0]
    return ",".join(f"{name}*{count}" for name, count in kinds)


def _restore_newlines(text: str, newline: str) -> str:
    if newline in ("lf", "none"):
        return text
    if newline in _NEWLINES:
        return text.replace("\n", _NEWLINES[newline])
    pieces = text.split("\n")
    ends = [*_expand_runs(newline), ""]
    return "".join(piece + end for piece, end in zip(pieces, ends, strict=True))


def _expand_runs(newline: str) -> Iterator[str]:
    for run in newline.split(","):
        name, _, count = run.partition("*")
        for _ in range(int(count)):
            yield _NEWLINES[name]
