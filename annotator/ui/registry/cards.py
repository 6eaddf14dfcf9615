# SPDX-License-Identifier: MIT
"""What one article says of an event, and how that is set: the sentence with its tag, what is said of it, its roles."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument, QTextOption

from annotator import i18n
from annotator.ui.registry.rows import file_name, quote_format, small
from annotator.ui.theme import Theme
from annotator.ui.widgets import content_direction

_GAP = 5.0


@dataclass(frozen=True, slots=True)
class Telling:
    """One tag in its sentence, and what is said of it: names and values."""

    before: str
    quote: str
    after: str
    lines: tuple[tuple[str, str], ...]

    @property
    def sentence(self) -> str:
        """Return the whole sentence."""
        return f"{self.before}{self.quote}{self.after}"


@dataclass(frozen=True, slots=True)
class Card:
    """One article with all its tags that tell of the event."""

    title: str
    source: str
    tellings: tuple[Telling, ...]

    @property
    def spoken(self) -> str:
        """Return the card in one line."""
        said = [" ".join(telling.sentence.split()) for telling in self.tellings]
        return ": ".join((self.title, *said))


class _Writer:
    """Puts paragraphs into a document, each in its own direction."""

    def __init__(self, document: QTextDocument, font: QFont) -> None:
        self._cursor = QTextCursor(document)
        self._font = font
        self._is_first = True

    def paragraph(self, direction: Qt.LayoutDirection, *, gap: float = 0) -> None:
        """Begin a paragraph."""
        block = QTextBlockFormat()
        block.setLayoutDirection(direction)
        block.setTopMargin(0 if self._is_first else gap)
        rtl = direction is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        block.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
        if self._is_first:
            self._cursor.setBlockFormat(block)
        else:
            self._cursor.insertBlock(block)
        self._is_first = False

    def write(self, text: str, ink: QColor, *, font: QFont | None = None, like: QTextCharFormat | None = None) -> None:
        """Write on."""
        shown = QTextCharFormat(like) if like is not None else QTextCharFormat()
        shown.setFont(font or self._font)
        if like is None:
            shown.setForeground(ink)
        self._cursor.insertText(text.replace("\n", " "), shown)


def card_document(card: Card, font: QFont, theme: Theme, width: float) -> QTextDocument:
    """Set a card at a width, in pixels."""
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setDefaultFont(font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(option)
    document.setTextWidth(width)
    text, muted = QColor(theme.text), QColor(theme.muted)
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    writer = _Writer(document, font)
    writer.paragraph(content_direction(card.title))
    writer.write(card.title, text, font=strong)
    file = file_name(card.source)
    if file and file != card.title:
        writer.paragraph(content_direction(card.title))
        writer.write(i18n.isolate(file), muted, font=small(font))
    for telling in card.tellings:
        _write_telling(writer, telling, font, theme)
    return document


def _write_telling(writer: _Writer, telling: Telling, font: QFont, theme: Theme) -> None:
    text, muted = QColor(theme.text), QColor(theme.muted)
    writer.paragraph(content_direction(telling.sentence), gap=2 * _GAP)
    writer.write(telling.before, text)
    writer.write(telling.quote, text, like=quote_format(theme))
    writer.write(telling.after, text)
    interface = Qt.LayoutDirection.RightToLeft if i18n.is_rtl() else Qt.LayoutDirection.LeftToRight
    for number, (name, value) in enumerate(telling.lines):
        writer.paragraph(interface, gap=0 if number else _GAP)
        writer.write(f"{name}: ", muted, font=small(font))
        writer.write(i18n.isolate(value), text, font=small(font))
