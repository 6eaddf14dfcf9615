# SPDX-License-Identifier: MIT
"""Whether a project file is whole: SQLite's own checks, quotes against texts, and the state against the history."""

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from annotator.model.changes import Particular, Record
from annotator.model.ids import ArticleId
from annotator.store import articles, history, history_rows, registry, relations, scheme, spans
from annotator.store.row_changes import GIVEN, image, table_of


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a file; `key` is one of `annotator.i18n.PROBLEM_MESSAGES`."""

    key: str
    params: dict[str, object]


def problems(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Yield all that is wrong: nothing, for a sound file."""
    yield from _damage(connection)
    yield from _dangling(connection)
    yield from _texts(connection)
    yield from _history(connection)


def _damage(connection: sqlite3.Connection) -> Iterator[Problem]:
    for (verdict,) in connection.execute("pragma integrity_check"):
        if verdict != "ok":
            yield Problem("damaged", {"detail": verdict})


def _dangling(connection: sqlite3.Connection) -> Iterator[Problem]:
    for table, row, parent, _ in connection.execute("pragma foreign_key_check"):
        yield Problem("dangling_reference", {"table": table, "row": row, "parent": parent})


def _texts(connection: sqlite3.Connection) -> Iterator[Problem]:
    for article, text in articles.with_texts(connection):
        if hashlib.sha256(text.encode()).hexdigest() != article.text_sha256 or len(text) != article.length:
            yield Problem("text_changed", {"article": article.title})
        for span in spans.of_article(connection, ArticleId(article.id)):
            if text[span.start : span.end] != span.quote:
                yield Problem("quote_differs", {"tag": span.id, "article": article.title, "quote": span.quote})


def _history(connection: sqlite3.Connection) -> Iterator[Problem]:
    for seq in history_rows.broken(connection):
        yield Problem("history_changed", {"seq": seq})
    try:
        state, misfits = history.replay(connection)
    except history_rows.HistoryDamagedError as error:
        yield Problem("damaged", {"detail": str(error)})
        return
    for seq in misfits:
        yield Problem("history_misfit", {"seq": seq})
    for article in articles.iterate(connection):
        if state.pop(("article", article.id), None) != image(article):
            yield Problem("article_not_in_history", {"article": article.title})
        for span in spans.of_article(connection, ArticleId(article.id)):
            if state.pop(("span", span.id), None) != image(span):
                yield Problem("tag_not_in_history", {"tag": span.id, "article": article.title})
    for record in _others(connection):
        table = table_of(record)
        known = state.pop((table, record.id), {} if table in GIVEN else None)
        now = image(record)
        if known is None or any(now[name] != value for name, value in known.items()):
            yield Problem("row_not_in_history", {"table": table, "row": record.id})
    for table, id_ in state:
        yield Problem("row_missing", {"table": table, "row": id_})


def _others(connection: sqlite3.Connection) -> Iterator[Record]:
    """Yield every row that acts change, apart from articles and spans."""
    for article in articles.iterate(connection):
        yield from relations.of_article(connection, article.id)
        yield from relations.document_tags(connection, article.id)
    yield from registry.actors(connection)
    yield from registry.events(connection)
    yield from scheme.scheme(connection).parts()
    yield from (Particular(key, value) for key, value in scheme.particulars(connection).items())
