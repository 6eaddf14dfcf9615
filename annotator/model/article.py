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


class BoilerplateReason(StrEnum):
    """Why a stretch of an article is thought to be none of its text."""

    TITLE = "title"
    CAPTION = "caption"
    COMMENTS = "comments"
    SHARE = "share"
    RELATED = "related"
    PAGE = "page"
    COPYRIGHT = "copyright"


#: `[start, end)` in code points, and why: a value of `BoilerplateReason`.
Boilerplate = tuple[int, int, str]


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
        outlet: who published it, `url` where, `author` who wrote it.
        date: when it was published, ISO 8601 as far as it is known, or "".
        derived: by what the text was made out of the file, such as a PDF; "" where it is the file's own text.
        boilerplate: stretches marked as none of the article's text, in order; they stay in it.
        duplicate_group: the first article of the group of near duplicates that it belongs to, or None.
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
    outlet: str = ""
    url: str = ""
    author: str = ""
    date: str = ""
    derived: str = ""
    boilerplate: tuple[Boilerplate, ...] = ()
    duplicate_group: ArticleId | None = None


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
    outlet: str = ""
    date: str = ""
    duplicate_group: ArticleId | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """Which articles are meant, by who published them and when.

    Attributes:
        outlets: any of these, as articles have them; none: of any outlet, or of none.
        since: ISO 8601, as far as it is wanted; a date that is known in part is meant where it may be. "": at any time,
            then without a date, too.
        until: the same.
    """

    outlets: tuple[str, ...] = ()
    since: str = ""
    until: str = ""


#: All articles.
WHENEVER = Published()
