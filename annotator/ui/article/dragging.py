# SPDX-License-Identifier: MIT
"""Dragging over the article: a relation from the handle of the current tag, and the scrolling beside any drag."""

from PySide6.QtCore import QBasicTimer, QPoint, QPointF, QRectF, Qt, QTimerEvent, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from annotator.i18n import tr
from annotator.ui.article.related import RelatedCanvas
from annotator.ui.article.relation_drag import Drop, RelationDrag

_SCROLL_INTERVAL_MS = 30


class DragCanvas(RelatedCanvas):
    """An article from whose current tag a relation can be dragged; see `ArticleView` for the whole.

    Signals:
        relation_drag_started(span_id): a relation is being dragged from this tag; answer with `offer_ends`.
        relation_dropped(span_id, target_id, point): it was dropped on another tag, or on the author ("").
        relation_drag_ended(): dropped or not, it is over.
    """

    relation_drag_started = Signal(str)
    relation_dropped = Signal(str, str, QPoint)
    relation_drag_ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._relation_drag: RelationDrag | None = None
        self._drag_point = QPointF()
        super().__init__(parent)
        self._scroll_timer = QBasicTimer()

    @property
    def is_dragging_relation(self) -> bool:
        """Whether a relation is being dragged."""
        return self._relation_drag is not None

    def offer_ends(self, span_ids: frozenset[str], author_name: str) -> None:
        """Say on which tags the relation may be dropped, and what the author is called, "" for not on it."""
        if self._relation_drag is not None:
            self._relation_drag.targets, self._relation_drag.author_name = span_ids, author_name
            self.set_targets(span_ids)

    def cancel_relation(self) -> None:
        """Drop the relation that is being dragged on nothing."""
        if self._relation_drag is not None:
            self._relation_drag = None
            self._stop_scrolling()
            self.set_targets(None)
            self.viewport().update()
            self.relation_drag_ended.emit()

    def _show_handle_use(self, point: QPointF) -> None:
        """Say by pointer and hint what the handle is for, while the pointer is on it."""
        on_handle, viewport = self.is_on_handle(point), self.viewport()
        if on_handle is not bool(viewport.toolTip()):
            viewport.setToolTip(tr("Drag to another tag to relate the two") if on_handle else "")
            viewport.setCursor(Qt.CursorShape.CrossCursor if on_handle else Qt.CursorShape.IBeamCursor)

    def _begin_relation(self, point: QPointF) -> None:
        self._relation_drag = RelationDrag(self._handle_id, self.handle_point() or point)
        self._dragging = False
        self._hover("")
        self.relation_drag_started.emit(self._handle_id)
        self._drag_relation_to(point)

    def _drag_relation_to(self, point: QPointF) -> None:
        drag = self._relation_drag
        if drag is not None:
            self._scroll_at(point)
            drag.move(point, self.tags_at(point), self._author_zone(), self.handle_point())
            self._hover(drag.over_id)
            self.viewport().update()

    def _drop_relation(self, event: QMouseEvent) -> None:
        self._drag_relation_to(event.position())
        drag = self._relation_drag
        self.cancel_relation()
        if drag is not None and drag.drop is not Drop.NOTHING:
            self.relation_dropped.emit(drag.source_id, drag.over_id, event.globalPosition().toPoint())

    def _author_zone(self) -> QRectF | None:
        return self._relation_drag.zone(self.viewport().width(), self.font()) if self._relation_drag else None

    def _paint_over(self, painter: QPainter, clip: QRectF) -> None:
        super()._paint_over(painter, clip)
        drag = self._relation_drag
        if drag is None:
            return
        mark = self._index.marks.get(drag.over_id)
        rects = self.span_rects(*mark.parts[0]) if mark is not None else []
        painter.save()
        painter.translate(self._offset())
        landing = QPointF(rects[0].center().x(), rects[0].bottom()) if rects else None
        drag.paint(painter, self._author_zone(), landing, self.font(), self._theme)
        painter.restore()

    def _drag_to(self, point: QPointF) -> None:
        """Go on with a drag that is no relation."""

    def _hover(self, span_id: str) -> None:
        """Let the tag under the pointer stand out."""

    def timerEvent(self, event: QTimerEvent) -> None:  # noqa: N802
        """Go on scrolling while a drag is held above or below the text."""
        if event.timerId() != self._scroll_timer.timerId():
            super().timerEvent(event)
            return
        bar, y = self.verticalScrollBar(), self._drag_point.y()
        beyond = y if y < 0 else max(0.0, y - self.viewport().height())
        bar.setValue(bar.value() + round(beyond * 0.6))
        if self._relation_drag is not None:
            self._drag_relation_to(self._drag_point)
        else:
            self._drag_to(self._drag_point)

    def _scroll_at(self, point: QPointF) -> None:
        """Go on scrolling while a drag is held above or below the text."""
        self._drag_point = point
        outside = not 0 <= point.y() <= self.viewport().height()
        if outside and not self._scroll_timer.isActive():
            self._scroll_timer.start(_SCROLL_INTERVAL_MS, self)
        elif not outside:
            self._scroll_timer.stop()

    def _stop_scrolling(self) -> None:
        self._scroll_timer.stop()
