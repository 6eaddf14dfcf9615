# SPDX-License-Identifier: MIT
"""An article: what is known about it, apart from its text."""

from dataclasses import dataclass
from enum import StrEnum

from annotator.model.ids import AnnotatorId, ArticleId


class ArticleState(StrEnum):
    """How far the work on an article has come. An untouched article with a tag counts as in progress."""

    UNTOUCHED = "untouched"
    IN_PROGRESS = "in_progress"
    DONE = "done"

    def with_tags(self, tags: int) -> "ArticleState":
        """Return the state of an article that was marked so and has this many tags."""
        return ArticleState.IN_PROGRESS if self is ArticleState.UNTOUCHED and tags else self


@dataclass(frozen=True, slots=True)
class Article:
    """One imported article.

    Attributes:
        position: its place in the list, from 1.
        source: the path or name it was imported from, as given.
        text_sha256: SHA-256 (hex) of the text in UTF-8; the key under which the text is stored.
        raw_sha256: SHA-256 (hex) of the file's bytes.
        length: the text's length in code points.
        encoding: the Python codec that decoded the bytes, without its BOM.
        bom: whether the file began with a byte order mark.
        newline: `lf`, `crlf`, `cr`, or the runs of a mixed file (see `annotator.text.decoding`).
        exact: whether encoding, BOM and newline rebuild the file byte for byte.
    """

    id: ArticleId
    position: int
    title: str
    state: ArticleState
    note: str
    source: str
    text_sha256: str
    raw_sha256: str
    length: int
    encoding: str
    bom: bool
    newline: str
    exact: bool
    annotator_id: AnnotatorId
    created_at: str


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """What the list of articles shows of one article."""

    id: ArticleId
    position: int
    title: str
    state: ArticleState
    tags: int
    length: int
    source: str
