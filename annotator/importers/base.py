# SPDX-License-Identifier: MIT
"""What every reader of articles gives: one article of a file, or why a part of the file is none.

Plain data only; knows no format.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from annotator.errors import UserError
from annotator.text.blanks import BLANKS
from annotator.text.decoding import Decoded

#: In bytes: many times the longest article, and well below what SQLite keeps in one row.
LARGEST = 50_000_000

_TITLE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """One article, read.

    Attributes:
        path: the file that it was in.
        title: its own title, else its first line that is not blank, else the name of the file.
        text_sha256: SHA-256 (hex) of the text in UTF-8.
        raw_sha256: SHA-256 (hex) of the file's bytes, or of what is the article in a file of several.
        place: which part of the file it was: a row, a line, a member of an archive; "" for all of it.
        outlet: who published it, `url` where, `author` who wrote it, as far as the file says.
        date: when it was published, ISO 8601 as far as it is known.
        unsure_date: a date that the file gives, where it is not sure which day it means; "" where `date` says it.
        derived: by what its text was made out of the file, as `trafilatura 2.1.0`; "" where it is the file's own text.
        left_out: stretches of the file that were taken for no part of the article, such as menus.
    """

    path: Path
    title: str
    decoded: Decoded
    text_sha256: str
    raw_sha256: str
    place: str = ""
    outlet: str = ""
    url: str = ""
    author: str = ""
    date: str = ""
    derived: str = ""
    left_out: tuple[str, ...] = ()
    unsure_date: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of a file that is no article, and why."""

    path: Path
    place: str
    error: UserError


def derived_article(
    path: Path,
    text: str,
    raw: bytes,
    *,
    by: str,
    title: str = "",
    place: str = "",
    outlet: str = "",
    url: str = "",
    author: str = "",
    date: str = "",
    left_out: tuple[str, ...] = (),
) -> ReadArticle:
    """Return an article whose text was made out of a file, so that the file cannot be rebuilt from it.

    Args:
        path: the file.
        text: the text, with any line ends; they become LF.
        raw: the bytes of the file, or of what is the article in it.
        by: by what the text was made.
        title: the article's title; its first line if "".
        place: see `ReadArticle`, as for the rest.
        outlet: see `ReadArticle`.
        url: see `ReadArticle`.
        author: see `ReadArticle`.
        date: see `ReadArticle`.
        left_out: see `ReadArticle`.

    Raises:
        UserError: `file_empty` where the text is blank.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip(BLANKS):
        raise UserError("file_empty", path=path)
    return ReadArticle(
        path=path,
        title=" ".join(title.split())[:_TITLE_LENGTH] or title_of(text) or path.stem,
        decoded=Decoded(text, encoding="utf-8", bom=False, newline="lf", exact=False, guessed=False),
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        raw_sha256=hashlib.sha256(raw).hexdigest(),
        place=place,
        outlet=outlet,
        url=url,
        author=author,
        date=date,
        derived=by,
        left_out=left_out,
    )


def title_of(text: str) -> str:
    """Return the first line that is not blank, cut at a word where it is longer than a title."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start : min(end, start + _TITLE_LENGTH + 1)].strip(BLANKS)
        if line:
            return line if len(line) <= _TITLE_LENGTH else line[:_TITLE_LENGTH].rsplit(None, 1)[0] + "…"
        start = end + 1
    return ""
