# SPDX-License-Identifier: MIT
"""Plain text: reading it into what an article needs."""

import hashlib
from pathlib import Path

from annotator.errors import UserError
from annotator.importers.base import ReadArticle, title_of
from annotator.importers.sources import read_file
from annotator.paths import spelled
from annotator.text.decoding import decode


def read_plain_text(path: Path, encoding: str | None = None) -> ReadArticle:
    """Read one file.

    Args:
        path: the file.
        encoding: the codec to use; guessed if None.

    Raises:
        UserError: `file_missing`, `file_unreadable`, `file_too_large`, or what `annotator.text.decoding.decode`
            refuses, with the path.
    """
    return plain_text(path, read_file(path), encoding)


def plain_text(path: Path, raw: bytes, encoding: str | None = None, place: str = "") -> ReadArticle:
    """Return the article in bytes that are text and nothing else.

    Args:
        path: the file that they are of.
        raw: the bytes.
        encoding: the codec to use; guessed if None.
        place: which part of the file they are.

    Raises:
        UserError: what `annotator.text.decoding.decode` refuses, with the path.
    """
    try:
        decoded = decode(raw, encoding)
    except UserError as error:
        raise UserError(error.key, **{"path": path, **error.params}) from error
    raw_sha256 = hashlib.sha256(raw).hexdigest()
    plain = decoded.encoding == "utf-8" and not decoded.bom and decoded.newline in {"lf", "none"}
    return ReadArticle(
        path=path,
        title=title_of(decoded.text) or spelled(path.stem),
        decoded=decoded,
        # Of a plain UTF-8 file the text's bytes are the file's.
        text_sha256=raw_sha256 if plain else hashlib.sha256(decoded.text.encode()).hexdigest(),
        raw_sha256=raw_sha256,
        place=place,
    )
