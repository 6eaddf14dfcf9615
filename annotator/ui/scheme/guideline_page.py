# SPDX-License-Identifier: MIT
"""The page with the guideline of the scheme, to read and to search. It loads nothing and opens nothing."""

from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QTextCharFormat, QTextCursor, QTextDocument, QTextOption
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QVBoxLayout, QWidget

from annotator import i18n
from annotator.i18n import tr
from annotator.model.scheme import Scheme
from annotator.text.folding import fold
from annotator.text.offsets import Utf16Map
from annotator.ui import icons
from annotator.ui.fonts import text_font
from annotator.ui.theme import Theme
from annotator.ui.widgets import FlatButton, LineEdit, content_direction, fill, label

#: The guideline is read beside the article, and is set smaller.
_SHARE = 0.72
_READ = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML


class GuidelineView(QTextBrowser):
    """Markdown, shown; what it points to is named and never fetched."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("Guideline"))
        self.setPlaceholderText(tr("The scheme has no guideline. Write one where the scheme is edited."))
        self.document().setDocumentMargin(16)
        self.highlighted.connect(lambda url: self.setToolTip(url.toString()))

    def show_markdown(self, text: str) -> None:
        """Show a text by its own direction."""
        option = QTextOption()
        option.setTextDirection(content_direction(text))
        self.document().setDefaultTextOption(option)
        self.document().setMarkdown(text, _READ)
        self.setLayoutDirection(content_direction(text))
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def loadResource(self, _kind: int, _name: QUrl | str) -> Any:  # noqa: N802
        """Load nothing: neither from the network nor from this machine."""
        return None


class _Field(LineEdit):
    """What to find: Enter goes on, with Shift back.

    Signals:
        stepped: go so many matches on.
    """

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Go on or back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stepped.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)


class GuidelinePage(QFrame):
    """The guideline in the language of the interface, or in the other; a field finds words in it."""

    def __init__(self, scheme: Scheme, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._theme = theme
        self._found: list[tuple[int, int]] = []
        self._current = -1
        self._font: QFont | None = None
        self.browser = GuidelineView()
        self.field = _Field(tr("Find in the guideline"))
        self.count = label(role="muted")
        self.previous_button = FlatButton(tr("Previous match"), lambda: self.go(-1))
        self.next_button = FlatButton(tr("Next match"), lambda: self.go(1))
        for each, name in ((self.previous_button, "previous"), (self.next_button, "next")):
            each.setIcon(icons.icon(name, theme, rtl=i18n.is_rtl(), size=16))
        self._text = scheme.guideline.in_language(i18n.language())
        self.setLayout(fill(QVBoxLayout(), self.browser, gap=0))
        self.setFocusProxy(self.browser)
        self.field.textChanged.connect(self._find)
        self.field.stepped.connect(self.go)

    def head_widgets(self) -> list[QWidget]:
        """Return what stands in the head of the drawer."""
        self.field.setMinimumWidth(90)
        return [self.field, self.count, self.previous_button, self.next_button]

    def title(self) -> str:
        """Return what stands in the head of the drawer."""
        return tr("Guideline")

    def showing(self) -> tuple[str, int]:
        """Return what is looked for and how far it was read."""
        return self.field.text(), self.browser.verticalScrollBar().value()

    def return_to(self, showing: object) -> None:
        """Show the same place again."""
        if isinstance(showing, tuple):
            looked_for, place = showing
            self.field.setText(str(looked_for))
            self.browser.verticalScrollBar().setValue(int(place))

    def set_text(self, family: str, points: float) -> None:
        """Set the text as the article is, in this font and at this size."""
        font = text_font(family, points * _SHARE)
        if font == self._font:
            return
        self._font = font
        self.browser.document().setDefaultFont(font)
        place = self.browser.verticalScrollBar().value()
        self.browser.show_markdown(self._text)
        self.browser.verticalScrollBar().setValue(place)
        self._find()

    def go(self, step: int) -> None:
        """Go to the next or the previous match, round at the ends."""
        if self._found:
            self._current = (self._current + step) % len(self._found)
            self._show_found()

    def _find(self) -> None:
        shown = self.browser.document().toPlainText()
        needle = self.field.text()
        positions = Utf16Map(shown)
        matches = fold(shown).find_all(needle) if needle.strip() else []
        self._found = [(positions.to_utf16(start), positions.to_utf16(end)) for start, end in matches]
        self._current = 0 if self._found else -1
        self._show_found()

    def _show_found(self) -> None:
        selections = []
        for number, (start, end) in enumerate(self._found):
            one = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.browser.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            ground = QTextCharFormat()
            current = number == self._current
            ground.setBackground(QColor(self._theme.found_current if current else self._theme.found))
            one.cursor, one.format = cursor, ground
            selections.append(one)
            if current:
                seen = QTextCursor(cursor)
                seen.clearSelection()
                self.browser.setTextCursor(seen)
                self.browser.ensureCursorVisible()
        self.browser.setExtraSelections(selections)
        total = len(self._found)
        if total:
            self.count.setText(tr("{number} of {total}", number=self._current + 1, total=total))
        else:
            self.count.setText(tr("Not found") if self.field.text().strip() else "")
        for each in (self.previous_button, self.next_button):
            each.setEnabled(bool(total))
