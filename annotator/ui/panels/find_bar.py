# SPDX-License-Identifier: MIT
"""Finding in the article that is read: whatever its harakat, tatweel or forms of alef and hamza."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from annotator import i18n
from annotator.i18n import tr
from annotator.text.folding import Folded, fold
from annotator.ui import icons
from annotator.ui.article.view import ArticleView
from annotator.ui.theme import Theme
from annotator.ui.widgets import FlatButton, LineEdit, fill, label


class FindBar(QFrame):
    """A bar over the article with what to find, how often it is there, and ways on and back."""

    def __init__(self, view: ArticleView, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self._view = view
        self._text = ""
        self._folded: Folded | None = None
        self._matches: list[tuple[int, int]] = []
        self._current = -1
        self.field = LineEdit(tr("Find in the article"))
        self.count = label(role="muted")
        self.previous_button = FlatButton(tr("Previous match"), lambda: self.go(-1))
        self.next_button = FlatButton(tr("Next match"), lambda: self.go(1))
        self.close_button = FlatButton(tr("Close the search"), self.close_bar)
        for button, name in (
            (self.previous_button, "previous"),
            (self.next_button, "next"),
            (self.close_button, "close"),
        ):
            button.setIcon(icons.icon(name, theme, rtl=i18n.is_rtl()))
        items = (self.field, self.count, self.previous_button, self.next_button, self.close_button)
        layout = fill(QHBoxLayout(), *items, margin=6, gap=6)
        layout.setStretch(0, 1)
        self.count.setMinimumWidth(76)
        self.setLayout(layout)
        self.hide()
        self.field.textChanged.connect(self._on_text_changed)

    @property
    def matches(self) -> list[tuple[int, int]]:
        """What was found, in code points."""
        return self._matches

    def set_text(self, text: str) -> None:
        """Look in another article from now on."""
        self._text, self._folded = text, None
        if self.isVisible():
            self._search()

    def open_bar(self) -> None:
        """Show the bar; what is selected in the article is looked for."""
        selected = self._view.snapped_selection()
        self.show()
        if selected is not None and "\n" not in self._text[slice(*selected)]:
            self.field.setText(self._text[slice(*selected)])
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search()

    def close_bar(self) -> None:
        """Hide the bar and what it found; the caret goes to the last match."""
        if 0 <= self._current < len(self._matches):
            self._view.select(self._matches[self._current][0], self._matches[self._current][0])
        self.hide()
        self._view.set_find_matches([], None)
        self._view.setFocus()

    def go(self, step: int) -> None:
        """Go to the next or the previous match, round at the ends."""
        if not self.isVisible():
            self.open_bar()
        elif self._matches:
            self._current = (self._current + step) % len(self._matches)
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter goes on, with Shift back; Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    def _on_text_changed(self, _text: str) -> None:
        self._search()

    def _search(self) -> None:
        needle = self.field.text()
        if self._folded is None:
            self._folded = fold(self._text)
        self._matches = self._folded.find_all(needle) if needle.strip() else []
        caret = self._view.caret()
        self._current = next((i for i, (_, end) in enumerate(self._matches) if end > caret), 0)
        self._show()

    def _show(self) -> None:
        found = self._matches[self._current] if self._matches else None
        self._view.set_find_matches(self._matches, found)
        if found is not None:
            self._view.scroll_to(*found)
            self.count.setText(tr("{number} of {total}", number=self._current + 1, total=len(self._matches)))
        else:
            self.count.setText(tr("Not found") if self.field.text().strip() else "")
        for button in (self.previous_button, self.next_button):
            button.setEnabled(bool(self._matches))
