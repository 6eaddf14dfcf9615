# SPDX-License-Identifier: MIT
"""Whether a project file is whole: SQLite's own checks, quotes against texts, and the state against the history.

Reads a row at a time, so that memory does not grow with the file, and goes on after what cannot be read.
"""

import contextlib
import functools
import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from annotator.errors import UserError
from annotator.model.article import Article
from annotator.model.changes import Record
from annotator.model.ids import ArticleId
from annotator.model.span import Span
from annotator.store import articles, history, history_rows, scheme, search, spans
from annotator.store.articles import ARTICLES
from annotator.store.columns import Image, RowUnreadableError, misreads_told
from annotator.store.driver import database_errors, error_code
from annotator.store.migrations import build_migrations
from annotator.store.replaying import Replayed, replay, side_by_side
from annotator.store.row_changes import GIVEN, Change, all_rows, image, table_names
from annotator.text.index_words import index_words

#: Told how much is done, and of how much; False asks to stop.
Progress = Callable[[int, int], bool]

#: Progress is told after each so many texts, rows or acts.
_EVERY = 500
#: So many steps of SQLite's machine lie between two questions whether to go on.
_STEPS = 10_000


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a file; `key` is one of `annotator.i18n.PROBLEM_MESSAGES`."""

    key: str
    params: dict[str, object]


def problems(
    connection: sqlite3.Connection, progress: Progress = lambda _done, _total: True, *, secret: bool = False
) -> Iterator[Problem]:
    """Yield all that is wrong: nothing, for a sound file.

    Args:
        connection: to the file, within a snapshot.
        progress: is told how far it is.
        secret: whether the file is encrypted, so that nothing of it may be written elsewhere.

    Raises:
        UserError: `cancelled`.
    """
    counting = _Counting(connection, progress)
    replayed = Replayed(secret=secret)
    connection.set_progress_handler(counting.is_stopped, _STEPS)
    try:
        for part in (
            _damage,
            _schema,
            _dangling,
            _seal,
            _digests,
            partial(_texts, counting=counting),
            partial(_history, state=replayed, counting=counting),
            partial(_state, state=replayed, counting=counting),
            _index,
        ):
            yield from _readable(part, connection, counting)
    finally:
        connection.set_progress_handler(None, 0)
        replayed.close()


class _Counting:
    """How far a check is.

    Attributes:
        knows_history: whether all of the history could be read.
    """

    def __init__(self, connection: sqlite3.Connection, progress: Progress) -> None:
        self._progress = progress
        self.done = 0
        self.total = sum(_count(connection, query) for query in (_ACTS, *map(_COUNT.format, ("text", *table_names()))))
        self.knows_history = False

    def step(self) -> None:
        """Count one thing that was looked at."""
        self.done += 1
        if not self.done % _EVERY and self.is_stopped():
            raise UserError("cancelled")

    def is_stopped(self) -> bool:
        """Tell how far it is, and return whether the user wants no more of it."""
        return not self._progress(min(self.done, self.total), self.total)


_COUNT = "select count(*) from {}"
_ACTS = "select coalesce(max(seq), 0) from history"


def _count(connection: sqlite3.Connection, query: str) -> int:
    try:
        (number,) = connection.execute(query).fetchone()
    except UnicodeDecodeError:
        return 0
    except database_errors():
        return 0
    return int(number)


def _readable(
    part: Callable[[sqlite3.Connection], Iterator[Problem]], connection: sqlite3.Connection, counting: _Counting
) -> Iterator[Problem]:
    """Yield what one part of the check finds, and that the file is damaged where it cannot go on."""
    try:
        yield from part(connection)
    except RowUnreadableError as error:
        yield Problem("row_unreadable", {"table": error.table, "detail": error.detail})
    except UnicodeDecodeError as error:  # of SQLite's own message on a damaged schema
        yield Problem("damaged", {"detail": str(error)})
    except database_errors() as error:
        if error_code(error) == sqlite3.SQLITE_INTERRUPT or counting.is_stopped():
            raise UserError("cancelled") from error
        if error_code(error) not in _DAMAGE:
            raise
        yield Problem("damaged", {"detail": str(error)})


_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR})


def _damage(connection: sqlite3.Connection) -> Iterator[Problem]:
    for (verdict,) in connection.execute("pragma integrity_check"):
        if verdict != "ok":
            yield Problem("damaged", {"detail": verdict})


def _schema(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Compare the tables with those of a new project."""
    wanted, found = _said_of_a_new_one(), _said(connection)
    for name in sorted(wanted.keys() | found.keys()):
        if wanted.get(name) != found.get(name):
            yield Problem("schema_differs", {"name": name})


@functools.cache
def _said_of_a_new_one() -> dict[str, str]:
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        build_migrations().apply(fresh)
        return _said(fresh)


def _said(connection: sqlite3.Connection) -> dict[str, str]:
    """Return what SQLite says of each table, index and trigger; blanks and quotes depend on how it came to be."""
    rows = connection.execute("select type, name, tbl_name, coalesce(sql, '') from sqlite_schema").fetchall()
    with misreads_told("sqlite_schema"):
        return {
            f"{kind} {name}": f"{table} {''.join(sql.replace(chr(34), '').split())}"
            for kind, name, table, sql in rows
            # The search index is made anew from the texts where it is missing.
            if not name.startswith(("search_index", "sqlite_"))
        }


def _dangling(connection: sqlite3.Connection) -> Iterator[Problem]:
    for table, row, parent, _ in connection.execute("pragma foreign_key_check"):
        yield Problem("dangling_reference", {"table": table, "row": row, "parent": parent})


def _seal(connection: sqlite3.Connection) -> Iterator[Problem]:
    if not scheme.is_sealed(connection):
        yield Problem("seal_broken", {})


def _digests(connection: sqlite3.Connection) -> Iterator[Problem]:
    for seq in history_rows.broken(connection):
        yield Problem("history_changed", {"seq": seq})


def _texts(connection: sqlite3.Connection, counting: _Counting) -> Iterator[Problem]:
    for sha256, text in connection.execute("select sha256, body from text order by sha256"):
        counting.step()
        used_by = ARTICLES.where(connection, "where text_sha256 = ? order by position, id", (sha256,))
        with misreads_told("text"):
            digest, known_by = hashlib.sha256(text.encode()).digest(), sha256.hex()
        if digest != sha256:
            for article in used_by:
                yield Problem("text_changed", {"article": article.title})
            if not used_by:
                yield Problem("unused_text_changed", {"text": known_by})
        for article in used_by:
            yield from _quotes(connection, article, text)


def _index(connection: sqlite3.Connection) -> Iterator[Problem]:
    if search.differs(connection, index_words):
        yield Problem("search_index_differs", {})


def _quotes(connection: sqlite3.Connection, article: Article, text: str) -> Iterator[Problem]:
    if len(text) != article.length:
        yield Problem("text_changed", {"article": article.title})
    for span in spans.of_article(connection, ArticleId(article.id)):
        if text[span.start : span.end] != span.quote:
            yield Problem("quote_differs", {"tag": span.id, "article": article.title, "quote": span.quote})


def _history(connection: sqlite3.Connection, state: Replayed, counting: _Counting) -> Iterator[Problem]:
    def counted() -> Iterator[tuple[int, Iterator[Change]]]:
        for act in history.acts(connection):
            counting.step()
            yield act

    for seq in replay(counted(), state):
        yield Problem("history_misfit", {"seq": seq})
    counting.knows_history = True


def _state(connection: sqlite3.Connection, state: Replayed, counting: _Counting) -> Iterator[Problem]:
    if not counting.knows_history:
        return  # every row would differ from it
    for table in table_names():
        for id_, record, known in side_by_side(all_rows(connection, table), state.rows(table)):
            counting.step()
            if record is None:
                yield Problem("row_missing", {"table": table, "row": id_})
            elif not _is_known(image(record), known, given=table in GIVEN):
                yield _unlike_history(connection, table, record)
    for table in state.tables():
        if table not in table_names():
            yield Problem("row_missing", {"table": table, "row": ""})


def _is_known(now: Image, known: Image | None, *, given: bool) -> bool:
    if known is None:
        return given
    if given:  # the history knows the columns that were changed
        return all(now.get(name) == value for name, value in known.items())
    return now == known


def _unlike_history(connection: sqlite3.Connection, table: str, record: Record) -> Problem:
    if isinstance(record, Article):
        return Problem("article_not_in_history", {"article": record.title})
    if isinstance(record, Span):
        article = articles.ARTICLES.get(connection, record.article_id)
        title = article.title if article else record.article_id
        return Problem("tag_not_in_history", {"tag": record.id, "article": title})
    return Problem("row_not_in_history", {"table": table, "row": record.id})
