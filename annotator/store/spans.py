# SPDX-License-Identifier: MIT
"""Queries of spans."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from annotator.model.ids import ActorId, AnnotatorId, ArticleId, EventId, LabelId, SpanId
from annotator.model.span import Certainty, Origin, Span
from annotator.model.spans import Spans
from annotator.store.columns import (
    BATCH,
    ID,
    ID_IF_ANY,
    MAPPING,
    MISREADS,
    TUPLE,
    RecordTable,
    RowUnreadableError,
    choice,
)

SPANS = RecordTable(
    "span",
    Span,
    {
        "id": ID,
        "article_id": ID,
        "origin": choice(Origin),
        "annotator_id": ID,
        "certainty": choice(Certainty),
        "pieces": TUPLE,
        "attributes": MAPPING,
        "actor_id": ID_IF_ANY,
        "event_id": ID_IF_ANY,
    },
)

_COLUMNS = ", ".join(f"span.{name}" for name in SPANS.select.removeprefix("select ").split(" from ")[0].split(", "))

#: Tags that are read before the others: more than are seen of an article at its beginning.
_AT_FIRST = 100

# A look-up here takes a third of the time of a call of the enum.
_ORIGINS = {origin.value: origin for origin in Origin}
_CERTAINTIES = {certainty.value: certainty for certainty in Certainty}


def of_article(connection: sqlite3.Connection, article_id: ArticleId) -> list[Span]:
    """Return an article's spans by start, the longer first where they start together."""
    return [_span(row) for row in _rows_of_article(connection, article_id)]


def unread_of_article(connection: sqlite3.Connection, article_id: ArticleId) -> Spans:
    """Return an article's spans, each made when it is first asked for.

    Of more than are seen at first, the rows of the others are read when one of them is asked for: at once, or within a
    snapshot, and all of them before anything is written.
    """
    cursor = _rows_of_article(connection, article_id)
    rows = cursor.fetchmany(_AT_FIRST)
    places = [(row[3], -row[4]) for row in rows]
    if len(rows) == _AT_FIRST:
        # A quarter of the time that all columns take; nearly in order by the index.
        at = (bytes.fromhex(article_id),)
        places = sorted(connection.execute("select start, -end from span where article_id = ? order by start", at))
    starts, ends = [start for start, _ in places], [-end for _, end in places]
    return Spans.unread(rows, starts, ends, _span, _id_of, rest=cache(cursor.fetchall))


def _rows_of_article(connection: sqlite3.Connection, article_id: ArticleId) -> sqlite3.Cursor:
    return connection.execute(
        f"{SPANS.select} where article_id = ? order by start, end desc, id", (bytes.fromhex(article_id),)
    )


def _id_of(row: tuple[Any, ...]) -> str:
    return row[0].hex()  # type: ignore[no-any-return]  # an id is kept as bytes


def same(
    connection: sqlite3.Connection,
    article_id: ArticleId,
    *,
    start: int,
    end: int,
    label_id: LabelId,
    annotator_id: AnnotatorId,
) -> list[Span]:
    """Return the spans of just these bounds, label and annotator."""
    rows = connection.execute(
        f"{SPANS.select} where article_id = ? and start = ? and end = ? and +label_id = ? and annotator_id = ?",
        (bytes.fromhex(article_id), start, end, label_id, bytes.fromhex(annotator_id)),
    )
    return [_span(row) for row in rows]


def twinned(connection: sqlite3.Connection, ids: Sequence[SpanId], label_id: LabelId) -> set[SpanId]:
    """Return those of these spans whose annotator has another of just these bounds and pieces with a label."""
    found: set[SpanId] = set()
    for first in range(0, len(ids), BATCH):
        some = [bytes.fromhex(id_) for id_ in ids[first : first + BATCH]]
        rows = connection.execute(
            f"""
            select span.id
            from span join span as twin on twin.article_id = span.article_id and twin.start = span.start
            where span.id in ({",".join("?" * len(some))}) and twin.end = span.end and twin.pieces = span.pieces
                and +twin.label_id = ? and twin.annotator_id = span.annotator_id and twin.id <> span.id
            """,  # noqa: S608 - question marks
            (*some, label_id),
        )
        found.update(SpanId(id_.hex()) for (id_,) in rows)
    return found


def by_id(connection: sqlite3.Connection, ids: Sequence[SpanId]) -> dict[SpanId, Span]:
    """Return the spans of these ids that are there."""
    found: dict[SpanId, Span] = {}
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        marks = ",".join("?" * len(batch))
        rows = connection.execute(f"{SPANS.select} where id in ({marks})", [bytes.fromhex(id_) for id_ in batch])
        found |= {(span := _span(row)).id: span for row in rows}
    return found


def places(
    connection: sqlite3.Connection, article_ids: Iterable[ArticleId], label_id: LabelId, annotator_id: AnnotatorId
) -> dict[ArticleId, list[tuple[tuple[int, int], ...]]]:
    """Return where in each of these articles an annotator has tags of a label: the pieces of each tag."""
    # A query an article; the plus keeps SQLite from reading all tags of the label instead of those of the article.
    who = bytes.fromhex(annotator_id)
    found = {}
    for article_id in article_ids:
        rows = connection.execute(
            "select start, end, pieces from span where article_id = ? and +label_id = ? and annotator_id = ?",
            (bytes.fromhex(article_id), label_id, who),
        )
        found[article_id] = [
            ((start, end),) if pieces == "[]" else TUPLE.from_sql(pieces) for start, end, pieces in rows
        ]
    return found


def chosen(
    connection: sqlite3.Connection,
    *,
    label_ids: Sequence[LabelId] | None,
    actor_id: ActorId | None,
    annotator_id: AnnotatorId | None,
    certainty: Certainty | None,
) -> Iterator[Span]:
    """Yield the spans that meet all conditions, in the order of the articles; None is no condition."""
    wanted: dict[str, object] = {
        "actor_id": None if actor_id is None else bytes.fromhex(actor_id),
        "annotator_id": None if annotator_id is None else bytes.fromhex(annotator_id),
        "certainty": certainty,
    }
    conditions = [f"span.{column} = :{column}" for column, value in wanted.items() if value is not None]
    if label_ids is not None:
        labels = {f"label{number}": label_id for number, label_id in enumerate(label_ids)}
        conditions.append(f"label_id in ({', '.join(f':{name}' for name in labels)})")
        wanted |= labels
    rows = connection.execute(
        f"""
        select {_COLUMNS}
        from article cross join span on span.article_id = article.id
        {"where" if conditions else ""} {" and ".join(conditions)}
        order by article.position, article.id, start, end desc, span.id
        """,  # noqa: S608 - columns and names of parameters
        wanted,
    )
    return map(_span, rows)


def linked(connection: sqlite3.Connection, ids: Sequence[str], offset: int = 0, limit: int = -1) -> list[Span]:
    """Return the spans that are linked to any of these actors or events, in the order of the articles; or a stretch."""
    blobs = [bytes.fromhex(id_) for id_ in ids]
    marks = ",".join("?" * len(blobs))
    rows = connection.execute(
        f"""
        select {_COLUMNS}
        from span join article on article.id = span.article_id
        where actor_id in ({marks}) or event_id in ({marks})
        order by article.position, article.id, start, span.id
        limit ? offset ?
        """,  # noqa: S608 - columns and question marks
        (*blobs, *blobs, limit, offset),
    )
    return [_span(row) for row in rows]


def of_label(connection: sqlite3.Connection, label_id: LabelId) -> list[Span]:
    """Return the spans of a label, of all annotators."""
    return [_span(row) for row in connection.execute(f"{SPANS.select} where label_id = ? order by id", (label_id,))]


def iterate(connection: sqlite3.Connection) -> Iterator[Span]:
    """Yield every span, in the order of the articles' ids."""
    return map(_span, connection.execute(f"{SPANS.select} order by article_id, start, end desc, id"))


def unlinked_forms(
    connection: sqlite3.Connection,
    label_ids: Iterable[LabelId],
    annotator_id: AnnotatorId | None,
    named: tuple[str, str],
) -> list[tuple[str, int, SpanId]]:
    """Return what an annotator's tags of these labels without a link quote: quote, how many tags, and the first.

    `annotator_id` None stands for everyone; `named` is an attribute, and the value that tags have which name somebody;
    those without a value do, too.
    """
    labels = list(label_ids)
    attribute, value = named
    rows = connection.execute(
        f"""
        select quote, count(*), min(id)
        from span
        where label_id in ({",".join("?" * len(labels))}) and actor_id is null and pieces = '[]'
            and annotator_id = coalesce(?, annotator_id) and coalesce(json_extract(attributes, ?), ?) = ?
        group by quote
        """,  # noqa: S608 - question marks
        (*labels, None if annotator_id is None else bytes.fromhex(annotator_id), f'$."{attribute}"', value, value),
    )
    return [(quote, count, SpanId(id_.hex())) for quote, count, id_ in rows]


def unlinked(connection: sqlite3.Connection, label_ids: Iterable[LabelId], quotes: Iterable[str]) -> list[Span]:
    """Return the spans of these labels that quote one of these, and are linked to no actor."""
    labels, wanted = list(label_ids), list(quotes)
    rows = connection.execute(
        f"""
        {SPANS.select}
        where label_id in ({",".join("?" * len(labels))}) and actor_id is null and pieces = '[]'
            and quote in ({",".join("?" * len(wanted))})
        order by id
        """,  # question marks
        (*labels, *wanted),
    )
    return [_span(row) for row in rows]


def _span(row: tuple[Any, ...]) -> Span:
    # What `SPANS.from_row` does, field by field: most of what is read from a project are spans.
    try:
        return Span(
            id=SpanId(row[0].hex()),
            article_id=ArticleId(row[1].hex()),
            label_id=LabelId(row[2]),
            start=row[3],
            end=row[4],
            quote=row[5],
            note=row[6],
            origin=_ORIGINS[row[7]],
            annotator_id=AnnotatorId(row[8].hex()),
            created_at=row[9],
            certainty=_CERTAINTIES[row[10]],
            pieces=() if row[11] == "[]" else tuple((start, end) for start, end in json.loads(row[11])),
            attributes={} if row[12] == "{}" else MAPPING.from_sql(row[12]),
            actor_id=None if row[13] is None else ActorId(row[13].hex()),
            event_id=None if row[14] is None else EventId(row[14].hex()),
        )
    except MISREADS as error:
        raise RowUnreadableError("span", repr(error)) from error


def taken_ids(connection: sqlite3.Connection, ids: Sequence[str]) -> set[str]:
    """Return those ids that spans, relations or document tags have already."""
    found: set[str] = set()
    for start in range(0, len(ids), BATCH):
        keys = [bytes.fromhex(id_) for id_ in ids[start : start + BATCH]]
        marks = ",".join("?" * len(keys))
        for table in ("span", "relation", "document_tag"):
            rows = connection.execute(f"select id from {table} where id in ({marks})", keys)  # noqa: S608 - names, marks
            found.update(id_.hex() for (id_,) in rows)
    return found
