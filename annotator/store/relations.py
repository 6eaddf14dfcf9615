# SPDX-License-Identifier: MIT
"""Queries of relations and document tags: what an article holds besides its spans."""

import sqlite3
from collections.abc import Sequence

from annotator.model.document_tag import DocumentTag
from annotator.model.ids import ArticleId
from annotator.model.relation import Relation
from annotator.model.span import Certainty, Origin
from annotator.store.columns import BATCH, ID, ID_IF_ANY, MAPPING, RecordTable, choice

_MADE = {"id": ID, "article_id": ID, "origin": choice(Origin), "annotator_id": ID}

RELATIONS = RecordTable(
    "relation",
    Relation,
    _MADE | {"source_id": ID, "target_span_id": ID_IF_ANY, "target_actor_id": ID_IF_ANY, "target_event_id": ID_IF_ANY},
)
DOCUMENT_TAGS = RecordTable(
    "document_tag", DocumentTag, _MADE | {"certainty": choice(Certainty), "attributes": MAPPING}
)


def of_article(connection: sqlite3.Connection, article_id: ArticleId) -> list[Relation]:
    """Return an article's relations, the first to be made first."""
    return RELATIONS.where(connection, "where article_id = ? order by id", (bytes.fromhex(article_id),))


def touching(connection: sqlite3.Connection, span_ids: Sequence[str]) -> list[Relation]:
    """Return the relations that start from or lead to any of these tags."""
    found: dict[str, Relation] = {}
    for first in range(0, len(span_ids), BATCH):
        blobs = [bytes.fromhex(span_id) for span_id in span_ids[first : first + BATCH]]
        marks = ",".join("?" * len(blobs))
        for end in ("source_id", "target_span_id"):
            found |= {one.id: one for one in RELATIONS.where(connection, f"where {end} in ({marks})", blobs)}
    return sorted(found.values(), key=lambda relation: relation.id)


def to_registry(connection: sqlite3.Connection, ids: Sequence[str]) -> list[Relation]:
    """Return the relations that lead to any of these actors or events themselves."""
    blobs = [bytes.fromhex(id_) for id_ in ids]
    marks = ",".join("?" * len(blobs))
    return RELATIONS.where(
        connection, f"where target_actor_id in ({marks}) or target_event_id in ({marks}) order by id", blobs * 2
    )


def document_tags(connection: sqlite3.Connection, article_id: ArticleId) -> list[DocumentTag]:
    """Return an article's document tags, the first to be made first."""
    return DOCUMENT_TAGS.where(connection, "where article_id = ? order by id", (bytes.fromhex(article_id),))
