# SPDX-License-Identifier: MIT
"""Queries of spans."""

import sqlite3
from collections.abc import Iterable
from typing import Any

from annotator.model.ids import AnnotatorId, ArticleId, LabelId, SpanId
from annotator.model.span import Origin, Span

_COLUMNS = "id, article_id, label_id, start, end, quote, note, origin, annotator_id, created_at"


def insert(connection: sqlite3.Connection, spans: Iterable[Span]) -> None:
    """Insert spans."""
    connection.executemany(
        f"insert into span ({_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - a constant
        (_values(span) for span in spans),
    )


def update(connection: sqlite3.Connection, span: Span) -> None:
    """Write what can change of a span: its label, bounds, quote and note."""
    connection.execute(
        """
        update span
        set label_id = :label_id, start = :start, end = :end, quote = :quote, note = :note
        where id = :id
        """,
        {
            "id": bytes.fromhex(span.id),
            "label_id": span.label_id,
            "start": span.start,
            "end": span.end,
            "quote": span.quote,
            "note": span.note,
        },
    )


def delete(connection: sqlite3.Connection, span_ids: Iterable[SpanId]) -> None:
    """Delete spans."""
    connection.executemany("delete from span where id = ?", ((bytes.fromhex(id_),) for id_ in span_ids))


def get(connection: sqlite3.Connection, span_id: SpanId) -> Span | None:
    """Return a span, or None."""
    row = connection.execute(
        f"select {_COLUMNS} from span where id = ?",  # noqa: S608 - a constant
        (bytes.fromhex(span_id),),
    ).fetchone()
    return _span(row) if row else None


def of_article(connection: sqlite3.Connection, article_id: ArticleId) -> list[Span]:
    """Return an article's spans by start, the longer first where they start together."""
    rows = connection.execute(
        f"select {_COLUMNS} from span where article_id = ? order by start, end desc, id",  # noqa: S608 - a constant
        (bytes.fromhex(article_id),),
    )
    return [_span(row) for row in rows]


def same(
    connection: sqlite3.Connection,
    article_id: ArticleId,
    *,
    start: int,
    end: int,
    label_id: LabelId,
    annotator_id: AnnotatorId,
) -> Span | None:
    """Return the span of just these bounds, label and annotator, or None."""
    row = connection.execute(
        f"""
        select {_COLUMNS}
        from span
        where article_id = ? and start = ? and end = ? and label_id = ? and annotator_id = ?
        """,  # noqa: S608 - a constant
        (bytes.fromhex(article_id), start, end, label_id, bytes.fromhex(annotator_id)),
    ).fetchone()
    return _span(row) if row else None


def count(connection: sqlite3.Connection) -> int:
    """Return the number of spans."""
    (number,) = connection.execute("select count(*) from span").fetchone()
    return int(number)


def _values(span: Span) -> tuple[Any, ...]:
    return (
        bytes.fromhex(span.id),
        bytes.fromhex(span.article_id),
        span.label_id,
        span.start,
        span.end,
        span.quote,
        span.note,
        span.origin,
        bytes.fromhex(span.annotator_id),
        span.created_at,
    )


def _span(row: tuple[Any, ...]) -> Span:
    return Span(
        id=SpanId(row[0].hex()),
        article_id=ArticleId(row[1].hex()),
        label_id=LabelId(row[2]),
        start=row[3],
        end=row[4],
        quote=row[5],
        note=row[6],
        origin=Origin(row[7]),
        annotator_id=AnnotatorId(row[8].hex()),
        created_at=row[9],
    )
