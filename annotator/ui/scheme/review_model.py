# SPDX-License-Identifier: MIT
"""The tags that are to be reviewed, as a model: they come while they are looked for, article by article.

The words around a tag are read when its row is painted, and kept for a while; so their number does not matter.
"""

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator import i18n
from annotator.analysis.review import Issue
from annotator.errors import UserError
from annotator.i18n import N_, isolate, tr
from annotator.model.ids import ArticleId
from annotator.model.scheme import DocumentLabel, Label
from annotator.model.span import Certainty, Span
from annotator.ops.review import ToReview
from annotator.store.registry import Mention
from annotator.ui.scheme.places import shown_name
from annotator.ui.session import Session

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_KEPT = 400
_WIDTH = 90
_SEPARATORS = {"ar": "؛ ", "en": "; "}


class Wanted(StrEnum):
    """Which tags are listed."""

    ALL = "all"
    MISSING = "missing"
    UNFIT = "unfit"
    UNSURE = "unsure"


WANTED_NAMES = {
    Wanted.ALL: N_("All"),
    Wanted.MISSING: N_("Something is missing"),
    Wanted.UNFIT: N_("Something does not fit"),
    Wanted.UNSURE: N_("Unsure"),
}


class Role(IntEnum):
    """What the delegate asks for besides Qt's own roles."""

    LINE = Qt.ItemDataRole.UserRole + 1
    CONTEXT = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A tag, or a label of an article, and why it is listed; no more than a line shows, as there may be very many."""

    tag_id: str
    article_id: ArticleId
    label_id: str
    issues: tuple[Issue, ...]
    is_unsure: bool
    start: int = 0
    end: int = 0
    is_document: bool = False

    @classmethod
    def of(cls, found: ToReview) -> "ReviewLine":
        """Return the line of what was found."""
        tag = found.tag
        unsure = tag.certainty is Certainty.UNSURE
        if isinstance(tag, Span):
            return cls(tag.id, tag.article_id, tag.label_id, found.issues, unsure, tag.start, tag.end)
        return cls(tag.id, tag.article_id, tag.label_id, found.issues, unsure, is_document=True)

    def is_wanted(self, wanted: Wanted) -> bool:
        """Return whether it is listed under a filter."""
        match wanted:
            case Wanted.MISSING:
                return any(issue.missing for issue in self.issues)
            case Wanted.UNFIT:
                return any(not issue.missing for issue in self.issues)
            case Wanted.UNSURE:
                return self.is_unsure
        return True

    def reasons(self) -> str:
        """Return why it is listed."""
        said = [i18n.describe_issue(issue.key, issue.params) for issue in self.issues]
        return _SEPARATORS[i18n.language()].join([*said, *([tr("Not sure")] if self.is_unsure else [])])


class ReviewModel(QAbstractListModel):
    """All lines that were found, and those of them that the filter lets through."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._wanted = Wanted.ALL
        self._all: list[ReviewLine] = []
        self._shown: list[ReviewLine] = []
        self._contexts: OrderedDict[tuple[str, int, int], Mention | None] = OrderedDict()
        self._positions: dict[ArticleId, int] = {}

    @property
    def total(self) -> int:
        """How many lines there are, shown or not."""
        return len(self._all)

    def line(self, row: int) -> ReviewLine:
        """Return the line in a row."""
        return self._shown[row]

    def row_of(self, tag_id: str) -> int:
        """Return the row of a tag, or -1."""
        return next((row for row, line in enumerate(self._shown) if line.tag_id == tag_id), -1)

    def clear(self) -> None:
        """List nothing."""
        self.beginResetModel()
        self._all, self._shown = [], []
        self._positions.clear()
        self._contexts.clear()
        self.endResetModel()

    def add(self, lines: Sequence[ReviewLine]) -> None:
        """List some more, of articles behind those listed so far."""
        self._all += lines
        shown = [line for line in lines if line.is_wanted(self._wanted)]
        if shown:
            first = len(self._shown)
            self.beginInsertRows(_NOWHERE, first, first + len(shown) - 1)
            self._shown += shown
            self.endInsertRows()

    def replace_articles(self, article_ids: Iterable[ArticleId], lines: Sequence[ReviewLine]) -> None:
        """List these instead of all that is listed of some articles."""
        gone = set(article_ids)
        self.beginResetModel()
        self._all = [line for line in self._all if line.article_id not in gone]
        for article_id in {line.article_id for line in lines}:
            fresh = [line for line in lines if line.article_id == article_id]
            place = bisect_left(self._all, self._position(fresh[0]), key=self._position)
            self._all[place:place] = fresh
        self._filter()
        self.endResetModel()

    def want(self, wanted: Wanted) -> None:
        """List other ones of those that were found."""
        self.beginResetModel()
        self._wanted = wanted
        self._filter()
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Return how many are listed."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows; what a screen reader says of it."""
        if not index.isValid():
            return None
        line = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.reasons()
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._told(line)
            case Role.LINE:
                return line
            case Role.CONTEXT:
                return self._context(line)
        return None

    def label(self, line: ReviewLine) -> Label | DocumentLabel:
        """Return the label of a line."""
        scheme = self._session.project.scheme
        return scheme.document_label(line.label_id) if line.is_document else scheme.label(line.label_id)

    def _filter(self) -> None:
        self._shown = [line for line in self._all if line.is_wanted(self._wanted)]

    def _position(self, line: ReviewLine) -> int:
        if line.article_id not in self._positions:
            self._positions[line.article_id] = self._session.project.article_summary(line.article_id).position
        return self._positions[line.article_id]

    def _told(self, line: ReviewLine) -> str:
        mention = self._context(line)
        if mention is None:
            return line.reasons()
        quote = mention.quote or mention.article_title
        name = shown_name(self.label(line).name, line.label_id)
        return "\n".join(
            (tr("{label}: {quote}", label=name, quote=quote), line.reasons(), isolate(mention.article_title))
        )

    def _context(self, line: ReviewLine) -> Mention | None:
        key = (line.article_id, line.start, line.end)
        if key in self._contexts:
            self._contexts.move_to_end(key)
            return self._contexts[key]
        try:
            mention = self._session.project.in_context(*key, _WIDTH)
        except UserError:  # the article has just been removed, and the list is about to hear of it
            mention = None
        self._contexts[key] = mention
        if len(self._contexts) > _KEPT:
            self._contexts.popitem(last=False)
        return mention
