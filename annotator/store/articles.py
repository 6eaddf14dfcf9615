# SPDX-License-Identifier: MIT
"""Queries of articles and their texts."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

from annotator.model.article import Article, ArticleState, ArticleSummary
from annotator.model.ids import ArticleId
from annotator.store.columns import (
    FLAG,
    ID,
    ID_IF_ANY,
    MISREADS,
    TUPLE,
    RecordTable,
    RowUnreadableError,
    choice,
    misreads_told,
)

ARTICLES = RecordTable(
    "article",
    Article,
    {
        "id": ID,
        "state": choice(ArticleState),
        "text_sha256": ID,
        "raw_sha256": ID,
        "bom": FLAG,
        "exact": FLAG,
        "annotator_id": ID,
        "boilerplate": TUPLE,
        "duplicate_group": ID_IF_ANY,
    },
)

_PARTICULARS = ("outlet", "url", "author", "date")
_MOST_PARAMETERS = 500


def iterate(connection: sqlite3.Connection) -> Iterator[Article]:
    """Yield every article, in the order of the list."""
    return map(ARTICLES.from_row, connection.execute(f"{ARTICLES.select} order by position, id"))


def summaries(connection: sqlite3.Connection, offset: int, limit: int) -> list[ArticleSummary]:
    """Return a stretch of the list of articles; a negative limit means all."""
    rows = connection.execute(
        """
        select id, position, title, state, length, source, outlet, date, duplicate_group,
            (select count(*) from span where span.article_id = article.id)
        from article
        order by position, id
        limit ? offset ?
        """,
        (limit, offset),
    )
    return [_summary(row) for row in rows]


def ids(connection: sqlite3.Connection, offset: int, limit: int) -> list[ArticleId]:
    """Return the ids of a stretch of the list of articles; a negative limit means all."""
    if not offset:
        rows = connection.execute("select id from article order by position, id limit ?", (limit,))
    else:
        # Rows are passed over in the index alone; only those of the first place itself are looked at.
        rows = connection.execute(
            """
            with first as (select position from article order by position limit 1 offset :offset)
            select id
            from article
            where position >= (select position from first)
            order by position, id
            limit :limit
            offset :offset - (select count(*) from article where position < (select position from first))
            """,
            {"limit": limit, "offset": offset},
        )
    return [ArticleId(id_.hex()) for (id_,) in rows]


def ids_after(connection: sqlite3.Connection, after: tuple[int, bytes], limit: int) -> list[tuple[int, bytes]]:
    """Return position and id, as 16 bytes, of the articles that come next in the list."""
    rows = connection.execute(
        "select position, id from article where (position, id) > (?, ?) order by position, id limit ?",
        (*after, limit),
    )
    return rows.fetchall()


def said_after(
    connection: sqlite3.Connection, after: tuple[int, bytes], limit: int
) -> list[tuple[int, bytes, str, str, str, str]]:
    """Return position, id, title, source, outlet and date of the articles that come next in the list."""
    rows = connection.execute(
        """
        select position, id, title, source, outlet, date
        from article
        where (position, id) > (?, ?)
        order by position, id
        limit ?
        """,
        (*after, limit),
    )
    return rows.fetchall()


def summaries_of(connection: sqlite3.Connection, article_ids: Sequence[bytes]) -> list[ArticleSummary]:
    """Return the lines of these articles, by their ids as 16 bytes; in no order, and without those that are gone."""
    rows = connection.execute(
        f"""
        select id, position, title, state, length, source, outlet, date, duplicate_group,
            (select count(*) from span where span.article_id = article.id)
        from article
        where id in ({",".join("?" * len(article_ids))})
        """,  # noqa: S608 - question marks
        article_ids,
    )
    return [_summary(row) for row in rows]


def place(connection: sqlite3.Connection, article_id: ArticleId) -> int | None:
    """Return the number of an article in the list, from 1, or None where there is no such article."""
    row = connection.execute(
        """
        select (select count(*) from article as other where other.position < article.position)
            + (select count(*) from article as other where other.position = article.position and other.id <= article.id)
        from article
        where id = ?
        """,
        (bytes.fromhex(article_id),),
    ).fetchone()
    return int(row[0]) if row else None


def summary(connection: sqlite3.Connection, article_id: ArticleId) -> ArticleSummary | None:
    """Return one line of the list of articles, or None."""
    row = connection.execute(
        """
        select id, position, title, state, length, source, outlet, date, duplicate_group,
            (select count(*) from span where span.article_id = article.id)
        from article
        where id = ?
        """,
        (bytes.fromhex(article_id),),
    ).fetchone()
    return _summary(row) if row else None


def common_particulars(connection: sqlite3.Connection, article_ids: Sequence[ArticleId]) -> dict[str, str | None]:
    """Return what articles agree on of outlet, url, author and date; None where they differ."""
    said: dict[str, set[str]] = {name: set() for name in _PARTICULARS}
    for first in range(0, len(article_ids), _MOST_PARAMETERS):
        some = [bytes.fromhex(article_id) for article_id in article_ids[first : first + _MOST_PARAMETERS]]
        bounds = ", ".join(f"min({name}), max({name})" for name in _PARTICULARS)
        marks = ",".join("?" * len(some))
        row = connection.execute(f"select {bounds} from article where id in ({marks})", some).fetchone()  # noqa: S608
        for number, values in enumerate(said.values()):
            values.update(value for value in row[2 * number : 2 * number + 2] if value is not None)
    return {name: next(iter(values), "") if len(values) < 2 else None for name, values in said.items()}


def outlets(connection: sqlite3.Connection) -> list[str]:
    """Return who has published any article."""
    rows = connection.execute("select distinct outlet from article where outlet != '' order by outlet")
    return [outlet for (outlet,) in rows]


def has_dates(connection: sqlite3.Connection) -> bool:
    """Return whether it is known of any article when it was published."""
    return bool(connection.execute("select exists (select 1 from article where date != '')").fetchone()[0])


def urls(connection: sqlite3.Connection) -> list[tuple[ArticleId, str]]:
    """Return the address of each article that has one."""
    rows = connection.execute("select id, url from article where url <> ''")
    with misreads_told("article"):
        return [(ArticleId(id_.hex()), url) for id_, url in rows]


def last_position(connection: sqlite3.Connection) -> int:
    """Return the highest place in the list, or 0."""
    (position,) = connection.execute("select coalesce(max(position), 0) from article").fetchone()
    return int(position)


def put_texts(connection: sqlite3.Connection, texts: Iterable[tuple[str, str]]) -> None:
    """Store texts under their SHA-256 (hex); one that is there already is left alone."""
    connection.executemany(
        "insert or ignore into text (sha256, body) values (?, ?)",
        ((bytes.fromhex(sha256), body) for sha256, body in texts),
    )


def text_hash(connection: sqlite3.Connection, article_id: ArticleId) -> bytes | None:
    """Return the hash under which an article's text is kept, or None if there is no such article."""
    row = connection.execute("select text_sha256 from article where id = ?", (bytes.fromhex(article_id),)).fetchone()
    return None if row is None else bytes(row[0])


def text_of(connection: sqlite3.Connection, article_id: ArticleId) -> tuple[bytes, str] | None:
    """Return the hash of an article's text, and the text; None if there is no such article."""
    row = connection.execute(
        "select sha256, body from article join text on sha256 = text_sha256 where id = ?", (bytes.fromhex(article_id),)
    ).fetchone()
    return None if row is None else (bytes(row[0]), str(row[1]))


def with_texts(connection: sqlite3.Connection) -> Iterator[tuple[Article, str]]:
    """Yield every article with its text, in the order of the list."""
    columns = ARTICLES.select.removesuffix(" from article")
    rows = connection.execute(
        f"{columns}, body from article join text on text.sha256 = text_sha256 order by position, id"
    )
    return ((ARTICLES.from_row(row[:-1]), row[-1]) for row in rows)


def in_groups(connection: sqlite3.Connection) -> list[tuple[ArticleId, ArticleId]]:
    """Return the group of near duplicates and the id of every article that is in one, in the order of the list."""
    rows = connection.execute(
        """
        select lower(hex(duplicate_group)), lower(hex(id))
        from article
        where duplicate_group is not null
        order by position, id
        """
    )
    return cast("list[tuple[ArticleId, ArticleId]]", rows.fetchall())


def with_same_text(connection: sqlite3.Connection, text_sha256: Sequence[str]) -> dict[str, tuple[ArticleId, str]]:
    """Return id and title of the first article that has each of these texts, for those that any article has."""
    # One query for all: an import asks about every file it reads.
    rows = connection.execute(
        f"""
        select text_sha256, id, title
        from article
        where text_sha256 in ({",".join("?" * len(text_sha256))})
        order by position desc
        """,  # noqa: S608 - question marks
        [bytes.fromhex(sha256) for sha256 in text_sha256],
    )
    with misreads_told("article"):
        return {sha256.hex(): (ArticleId(id_.hex()), title) for sha256, id_, title in rows}


def _summary(row: tuple[Any, ...]) -> ArticleSummary:
    id_, position, title, state, length, source, outlet, date, group, tags = row
    try:
        return ArticleSummary(
            id=ArticleId(id_.hex()),
            position=position,
            title=title,
            state=ArticleState(state).with_tags(tags),
            tags=tags,
            length=length,
            source=source,
            outlet=outlet,
            date=date,
            duplicate_group=None if group is None else ArticleId(group.hex()),
        )
    except MISREADS as error:
        raise RowUnreadableError("article", repr(error)) from error
