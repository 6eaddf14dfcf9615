# SPDX-License-Identifier: MIT
"""What one act changed: returned by every function of `annotator.ops` and heard by every view."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from annotator.model.article import Article
from annotator.model.ids import AnnotatorId, ArticleId
from annotator.model.span import Span


class Op(StrEnum):
    """Every act that the history knows. `annotator.i18n.OP_NAMES` names each in both languages."""

    IMPORT_ARTICLES = "import_articles"
    REMOVE_ARTICLES = "remove_articles"
    SET_ARTICLE_STATE = "set_article_state"
    SET_ARTICLE_NOTE = "set_article_note"
    SET_ARTICLE_TITLE = "set_article_title"
    ADD_TAG = "add_tag"
    DELETE_TAGS = "delete_tags"
    SET_TAG_LABEL = "set_tag_label"
    SET_TAG_BOUNDS = "set_tag_bounds"
    SET_TAG_NOTE = "set_tag_note"


class ActKind(StrEnum):
    """Whether a history entry is an act of its own, or undoes or redoes an older one."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"


Record = Article | Span


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
    """

    seq: int
    op: Op
    kind: ActKind
    params: Mapping[str, object]
    rows: tuple[RowChange, ...]

    @property
    def articles(self) -> frozenset[ArticleId]:
        """Return the ids of all articles that look different now, for their own rows or for their spans."""
        return frozenset(
            record.id if isinstance(record, Article) else record.article_id
            for record in (row.record for row in self.rows)
        )

    @property
    def article_list_changed(self) -> bool:
        """Return whether articles came or went, so that the list has other rows than before."""
        return any(isinstance(row.record, Article) and (row.before is None or row.after is None) for row in self.rows)


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
