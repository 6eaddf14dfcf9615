# SPDX-License-Identifier: MIT
"""How the outlets tell of one event, as cards side by side: one for each article, read when it is seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import groupby
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyleOptionViewItem

from annotator import i18n
from annotator.i18n import tr
from annotator.model.ids import ArticleId
from annotator.model.relation import Relation
from annotator.model.span import Span
from annotator.ops.relations import end_name
from annotator.text.words import sentences
from annotator.ui.fields.naming import attribute_name, value_name
from annotator.ui.panels.delegates import RowDelegate
from annotator.ui.registry.cards import Card, Telling, card_document
from annotator.ui.registry.lists import CardList
from annotator.ui.session import Session
from annotator.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_WIDTH, _MARGIN = 264, 10
#: Sentences end within so many code points of a tag, or are cut.
_REACH = 600
_MOST_KEPT = 60


class CardRole(IntEnum):
    """What the delegate asks for besides Qt's own roles."""

    CARD = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class _Article:
    id: ArticleId
    spans: tuple[Span, ...]


class TellingModel(QAbstractListModel):
    """The articles that tell of an event, in their order."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._rows: list[_Article] = []
        self._cards: dict[ArticleId, Card] = {}

    def show(self, spans: Sequence[Span]) -> None:
        """Show the articles of these tags, which are in the order of the articles."""
        self.beginResetModel()
        grouped = groupby(spans, key=attrgetter("article_id"))
        self._rows = [_Article(article_id, tuple(found)) for article_id, found in grouped]
        self._cards = {}
        self.endResetModel()

    def spans_at(self, row: int) -> tuple[Span, ...]:
        """Return the tags in an article that tell of the event."""
        return self._rows[row].spans

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Return how many articles there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a card shows; what a screen reader says of it."""
        if not index.isValid() or not self._session.is_open:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self.card(index.row()).spoken
            case CardRole.CARD:
                return self.card(index.row())
        return None

    def card(self, row: int) -> Card:
        """Return what an article's card says."""
        article = self._rows[row]
        if article.id not in self._cards:
            if len(self._cards) >= _MOST_KEPT:
                self._cards.clear()
            self._cards[article.id] = self._read(article)
        return self._cards[article.id]

    def _read(self, article: _Article) -> Card:
        project = self._session.project
        summary = project.article_summary(article.id)
        text = project.text(article.id)
        relations = project.relations_touching([span.id for span in article.spans])
        tellings = tuple(self._telling(span, text, relations) for span in article.spans)
        return Card(summary.title, summary.source, tellings)

    def _telling(self, span: Span, text: str, relations: Sequence[Relation]) -> Telling:
        start, end = _sentence(text, span.start, span.end)
        starting = [relation for relation in relations if relation.source_id == span.id]
        return Telling(
            text[start : span.start], text[span.start : span.end], text[span.end : end], self._lines(span, starting)
        )

    def _lines(self, span: Span, relations: Sequence[Relation]) -> tuple[tuple[str, str], ...]:
        """Return what is said of a tag, and its roles: names and values."""
        project = self._session.project
        said = [
            (attribute_name(attribute), value_name(attribute, span.attributes[attribute.id]))
            for attribute in project.scheme.attributes_of(span.label_id)
            if attribute.id in span.attributes
        ]
        kinds = {kind.id: kind for kind in project.scheme.relation_types}
        for relation in sorted(relations, key=lambda each: kinds[each.type_id].position):
            role = kinds[relation.type_id].name.in_language(i18n.language())
            said.append((role, end_name(project, relation.target) or tr("the author or outlet")))
        return tuple(said)


class _CardDelegate(RowDelegate):
    """A card of one width, as high as the highest that was seen."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(theme)
        self._view = view
        self.needed = 0

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        """Return the size of all cards."""
        return QSize(_WIDTH, max(self._view.viewport().height(), self.needed))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a card."""
        card = index.data(CardRole.CARD)
        if card is None:  # the project was closed a moment ago
            return
        document = card_document(card, option.font, self.theme, _WIDTH - 2 * _MARGIN - 1)
        needed = round(document.size().height()) + 2 * _MARGIN
        if needed > self.needed:
            self.needed = needed
            self._view.scheduleDelayedItemsLayout()
        painter.save()
        self.paint_ground(painter, option)
        painter.setPen(self.theme.border)
        edge = option.rect.left() if option.direction is Qt.LayoutDirection.RightToLeft else option.rect.right()
        painter.drawLine(edge, option.rect.top() + _MARGIN, edge, option.rect.bottom() - _MARGIN)
        painter.translate(option.rect.left() + _MARGIN, option.rect.top() + _MARGIN)
        document.drawContents(painter)
        painter.restore()


class Tellings(CardList):
    """The cards.

    Signals:
        gone_to: the first tag of this card was clicked; it is a `Span`.
        went_on: the user wants to go on at it in the article.
    """

    gone_to = Signal(object)
    went_on = Signal(object)

    def __init__(self, session: Session, theme: Theme) -> None:
        self.cards = TellingModel(session)
        super().__init__(self.cards, _CardDelegate(theme, self), tr("How the articles tell of it"))
        self.setCornerWidget(QFrame())
        self.clicked.connect(lambda index: self.gone_to.emit(self.cards.spans_at(index.row())[0]))
        self.entered.connect(lambda row: self.went_on.emit(self.cards.spans_at(row)[0]))

    def show_spans(self, spans: Sequence[Span]) -> None:
        """Show the articles of these tags; the place of the list stays."""
        chosen, current = self.chosen(), self.currentIndex().row()
        scroll = self.horizontalScrollBar().value()
        self.cards.show(spans)
        count = self.cards.rowCount()
        self.choose([row for row in chosen if row < count], current if current < count else -1)
        self.horizontalScrollBar().setValue(scroll)

    def selected_ids(self) -> list[str]:
        """Return the ids of all tags on the chosen cards."""
        return [span.id for row in self.chosen() for span in self.cards.spans_at(row)]

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Have the cards fill the height."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the sentences that a tag touches, in code points."""
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    touched = [(a + first, b + first) for a, b in sentences(text[first:last]) if a + first < end and start < b + first]
    if not touched:
        return start, end
    return min(start, touched[0][0]), max(end, touched[-1][1])
