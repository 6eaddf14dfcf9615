# SPDX-License-Identifier: MIT
"""A frame that stands beside a tag and moves with the text. What is in it, its owner knows."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer
from PySide6.QtWidgets import QFrame

from annotator import i18n
from annotator.model.span import Span
from annotator.ui.article.view import ArticleView
from annotator.ui.forms.placing import EDGE, placed, rooms

_WIDTH, _TALLEST = 330, 470
#: What is asked and the first answers: with less, one would choose blindly.
_LEAST = 190


class Beside(QFrame):
    """A child of the article's viewport, that moves with the text; over the tag only where that fills the view."""

    def __init__(self, view: ArticleView, span: Span, name: str) -> None:
        super().__init__(view.viewport())
        self._view, self._span = view, span
        self._below, self._covers = True, False
        self.setProperty("role", "floating")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(name)
        # The viewport of the article runs its own way; what stands in it belongs to the interface.
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if i18n.is_rtl() else Qt.LayoutDirection.LeftToRight)
        view.verticalScrollBar().valueChanged.connect(self.place)
        view.viewport().installEventFilter(self)

    def wanted_height(self) -> int:
        """Return the height at which all of it is seen."""
        return self.sizeHint().height()

    def follow(self, span: Span) -> None:
        """Stand beside the tag with these bounds."""
        self._span = span
        self.place()

    def place(self) -> None:
        """Stand beside the tag, as large as is wanted and its side allows; once it is gone, do nothing."""
        if self.isHidden():
            return  # the text may be another one by now
        wanted = QSize(_WIDTH, min(_TALLEST, self.wanted_height()))
        port = self._view.viewport().size()
        self.setGeometry(placed(self._rects(), wanted, port, below=self._below, rtl=i18n.is_rtl()))

    def choose_side(self) -> None:
        """Stand on the side with enough room; scroll the text where neither has it.

        Of a tag that leaves no room at all the lines but the first are covered.
        """
        wanted = min(_TALLEST, self.wanted_height())
        self._covers = False
        above, below = self._make_room(wanted)
        if max(above, below) < min(wanted, _LEAST) and len(self._rects()) > 1:
            self._covers = True
            above, below = self._make_room(wanted)
        self._below = below >= wanted or below >= above

    def _make_room(self, wanted: int) -> tuple[int, int]:
        """Scroll the text where that makes more room, and return how much there is above and below the tag."""
        port, rects = self._view.viewport().size(), self._rects()
        above, below = rooms(rects, port)
        if not rects or max(above, below) >= wanted:
            return above, below
        bar = self._view.verticalScrollBar()
        # The arcs of what is about to be answered have room above the line.
        to_top = round(min(rect.top() for rect in rects) - self._view.room_above) - 2 * EDGE
        to_bottom = round(max(rect.bottom() for rect in rects)) - port.height() + EDGE
        least, most = bar.minimum() - bar.value(), bar.maximum() - bar.value()
        steps = (0, *(max(least, min(step, most)) for step in (to_top, to_bottom)))
        step = max(steps, key=lambda step: min(wanted, max(below + step, above - step)))
        bar.setValue(bar.value() + step)
        return rooms(self._rects(), port)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Find a new place when the view has another size, once the text is laid out in it."""
        if watched is self._view.viewport() and event.type() is QEvent.Type.Resize:
            QTimer.singleShot(0, self, self.place)
        return super().eventFilter(watched, event)

    def _rects(self) -> list[QRectF]:
        """Return where the tag is seen, with the room below its lines, where it is underlined and named."""
        port, below = QRectF(self._view.viewport().rect()), self._view.room_below
        rects = self._view.span_rects(self._span.start, self._span.end)
        if self._covers:
            rects = [rect for rect in rects if rect.top() == rects[0].top()]
        return [rect.adjusted(0, 0, 0, below) for rect in rects if rect.intersects(port)]
