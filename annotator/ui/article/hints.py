# SPDX-License-Identifier: MIT
"""Says in words why a stretch is marked as boilerplate: under the pointer, and to a screen reader at the caret."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QHelpEvent
from PySide6.QtWidgets import QToolTip

from annotator.i18n import tr, tr_marked
from annotator.model.article import Boilerplate
from annotator.sentences import BOILERPLATE_NAMES
from annotator.ui.article.view import ArticleView


class BoilerplateHints(QObject):
    """Watches the pointer and the caret of one view."""

    def __init__(self, view: ArticleView) -> None:
        super().__init__(view)
        self._view = view
        self._at_caret: Boilerplate | None = None
        view.viewport().installEventFilter(self)
        view.cursorPositionChanged.connect(self.refresh)

    def refresh(self) -> None:
        """Say what the caret stands in, if that is news."""
        mark = self._view.boilerplate.at_caret(self._view.caret())
        if mark == self._at_caret:
            return
        self._at_caret = mark
        description = tr("The article's text. Select words to tag them.")
        self._view.setAccessibleDescription(f"{reason_of(mark)}. {description}" if mark is not None else description)
        if mark is not None and QAccessible.isActive() and self._view.hasFocus():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._view, reason_of(mark)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Show the reason where the pointer rests on boilerplate, and nothing else has something to say."""
        if event.type() is not QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return False
        mark = self._view.boilerplate_under(event.pos().toPointF())
        if mark is None or self._view.viewport().toolTip():
            return super().eventFilter(watched, event)
        QToolTip.showText(event.globalPos(), reason_of(mark), self._view.viewport())
        return True


def reason_of(mark: Boilerplate) -> str:
    """Return in words that something is marked as boilerplate, and why."""
    return tr("Boilerplate: {reason}", reason=tr_marked(BOILERPLATE_NAMES[mark[2]]))
