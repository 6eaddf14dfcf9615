# SPDX-License-Identifier: MIT
"""What one act changed: returned by every function of `annotator.ops` and heard by every view."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from annotator.model.article import Article
from annotator.model.attributes import Attribute
from annotator.model.document_tag import DocumentTag
from annotator.model.ids import AnnotatorId, ArticleId
from annotator.model.registry import Actor, Event
from annotator.model.relation import Relation
from annotator.model.scheme import DocumentLabel, Label, Layer, RelationType
from annotator.model.span import Span


class Op(StrEnum):
    """Every act that the history knows. `annotator.i18n.OP_NAMES` names each in both languages."""

    IMPORT_ARTICLES = "import_articles"
    IMPORT_ANNOTATIONS = "import_annotations"
    REMOVE_ARTICLES = "remove_articles"
    SET_ARTICLE_STATE = "set_article_state"
    SET_ARTICLE_NOTE = "set_article_note"
    SET_ARTICLE_TITLE = "set_article_title"
    SET_ARTICLE_PARTICULARS = "set_article_particulars"
    SET_BOILERPLATE = "set_boilerplate"
    GROUP_DUPLICATES = "group_duplicates"
    ADD_TAG = "add_tag"
    DELETE_TAGS = "delete_tags"
    SET_TAG_LABEL = "set_tag_label"
    SET_TAG_BOUNDS = "set_tag_bounds"
    SET_TAG_NOTE = "set_tag_note"
    SET_TAG_ATTRIBUTES = "set_tag_attributes"
    SET_TAG_CERTAINTY = "set_tag_certainty"
    SET_TAG_PIECES = "set_tag_pieces"
    FILL_TAG = "fill_tag"
    TAG_OCCURRENCES = "tag_occurrences"
    LINK_TAGS = "link_tags"
    UNLINK_TAGS = "unlink_tags"
    ADD_RELATION = "add_relation"
    DELETE_RELATIONS = "delete_relations"
    ADD_DOCUMENT_TAG = "add_document_tag"
    CHANGE_DOCUMENT_TAG = "change_document_tag"
    DELETE_DOCUMENT_TAG = "delete_document_tag"
    ADD_ACTOR = "add_actor"
    CHANGE_ACTOR = "change_actor"
    DELETE_ACTORS = "delete_actors"
    MERGE_ACTORS = "merge_actors"
    SPLIT_ACTOR = "split_actor"
    ADD_EVENT = "add_event"
    CHANGE_EVENT = "change_event"
    DELETE_EVENTS = "delete_events"
    MERGE_EVENTS = "merge_events"
    SPLIT_EVENT = "split_event"
    CHANGE_SCHEME = "change_scheme"
    MERGE_LABELS = "merge_labels"
    MOVE_TAGS = "move_tags"
    RECOVER = "recover"


class ActKind(StrEnum):
    """Whether a history entry is an act of its own, or undoes or redoes an older one."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True)
class Particular:
    """One of the project's particulars, such as the scheme's guideline: a name and what it says."""

    id: str
    value: str


SchemeRecord = Layer | Label | Attribute | RelationType | DocumentLabel | Particular
RegistryRecord = Actor | Event
ArticleRecord = Span | Relation | DocumentTag
Record = Article | ArticleRecord | RegistryRecord | SchemeRecord


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row before and after an act; None where it did not exist."""

    before: Record | None
    after: Record | None

    @property
    def record(self) -> Record:
        """Return the row as it is now, or as it last was."""
        record = self.after or self.before
        assert record is not None  # noqa: S101 - a change of nothing is never made
        return record


@dataclass(frozen=True, slots=True)
class Changes:
    """What one act changed.

    Attributes:
        seq: its number in the history, from 1; 0 when nothing changed and nothing was written.
        op: which act; of an undo or redo, the act undone or redone.
        params: what names the act to the user (label, quote, count, …).
        rows: every row it changed, in order.
        spilled: how many rows it changed besides, of articles and what is tagged in them: too many to be told. Then
            anything may look different.
    """

    seq: int
    op: Op
    kind: ActKind
    params: Mapping[str, object]
    rows: tuple[RowChange, ...]
    spilled: int = 0

    @property
    def articles(self) -> frozenset[ArticleId]:
        """Return the ids of all articles that look different now, for their own rows or for what is in them."""
        records = [row.record for row in self.rows]
        return frozenset(
            record.id if isinstance(record, Article) else record.article_id
            for record in records
            if isinstance(record, Article | Span | Relation | DocumentTag)
        )

    @property
    def article_list_changed(self) -> bool:
        """Return whether articles came or went, so that the list has other rows than before; or may have."""
        return bool(self.spilled) or any(
            isinstance(row.record, Article) and (row.before is None or row.after is None) for row in self.rows
        )

    @property
    def scheme_changed(self) -> bool:
        """Return whether any part of the scheme is another now."""
        return any(isinstance(row.record, SchemeRecord) for row in self.rows)

    @property
    def registry_changed(self) -> bool:
        """Return whether actors or events came, went or changed."""
        return any(isinstance(row.record, RegistryRecord) for row in self.rows)

    @property
    def links_changed(self) -> bool:
        """Return whether the mentions of any actor or event are others now, or may be."""
        return bool(self.spilled) or any(
            isinstance(record, Span) and (record.actor_id or record.event_id)
            for row in self.rows
            for record in (row.before, row.after)
        )


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One line of the history, as shown to the user.

    Attributes:
        target: the entry that this one undoes or redoes, if it does.
        rows: how many rows it changed.
    """

    seq: int
    at: str
    annotator_id: AnnotatorId
    annotator_name: str
    op: Op
    kind: ActKind
    target: int | None
    params: Mapping[str, object]
    rows: int
