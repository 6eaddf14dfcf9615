# SPDX-License-Identifier: MIT
"""What a format carries and what it does not, as small marked words in lines. Knows no format by name."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QWidget

from annotator.exporters import Abilities, OffsetUnit
from annotator.i18n import N_, tr, tr_marked
from annotator.ui.fields.flow import FlowLayout
from annotator.ui.theme import Theme, mix

#: In the order in which they are asked about. `tests/ui/window/test_exporting.py` sees that none is missing.
ABILITY_NAMES: dict[str, str] = {
    "overlap": N_("Overlapping tags"),
    "pieces": N_("Tags of several pieces"),
    "attributes": N_("Attributes"),
    "certainty": N_("Certainty"),
    "notes": N_("Notes"),
    "relations": N_("Relations between tags"),
    "targets": N_("Relations to actors, events and the author"),
    "links": N_("Links to actors and events"),
    "both_links": N_("Links of one tag to both"),
    "registry": N_("The lists of actors and events"),
    "document_tags": N_("Document tags"),
    "authors": N_("Who tagged, and when"),
    "ids": N_("Ids of articles and tags"),
    "article_fields": N_("Outlet, URL, author and date"),
    "exact_text": N_("The text to the character"),
}
OFFSET_NAMES = {
    OffsetUnit.CODE_POINT: N_("It counts in characters."),
    OffsetUnit.UTF16: N_("It counts in units of UTF-16."),
    OffsetUnit.TOKEN: N_("It counts in words."),
}

_PAD = 8.0
_SIGN = 12.0
_TICK = ((1.0, 6.0), (4.5, 9.5), (11.0, 2.5))
_DASH = ((2.0, 6.0), (10.0, 6.0))


class _Mark(QWidget):
    """One ability: a tick or a dash, and its name."""

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self.name, self._theme = name, theme
        self.has = False

    def show_has(self, *, has: bool) -> None:
        """Show whether the format has it."""
        self.has = has
        said = tr("{ability}: yes", ability=self.name) if has else tr("{ability}: no", ability=self.name)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the size of the sign and the name."""
        metrics = QFontMetricsF(self.font())
        return QSize(round(metrics.horizontalAdvance(self.name) + _SIGN + 2 * _PAD + 8), round(metrics.height() + 6))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw it."""
        theme, rtl = self._theme, self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(mix(theme.page, theme.accent, 0.45) if self.has else QColor(theme.border), 1))
            painter.setBrush(mix(theme.page, theme.accent, 0.14) if self.has else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect, 6, 6)
            x = rect.right() - _PAD - _SIGN if rtl else rect.left() + _PAD
            ink = QColor(theme.text if self.has else theme.muted)
            painter.setPen(QPen(QColor(theme.accent) if self.has else ink, 1.8))
            y = rect.center().y() - _SIGN / 2
            # A tick is written alike in both directions.
            points = [QPointF(x + px, y + py) for px, py in (_TICK if self.has else _DASH)]
            painter.drawPolyline(QPolygonF(points))
            painter.setPen(ink)
            room = _PAD + _SIGN + 5
            words = rect.adjusted(_PAD, 0, -room, 0) if rtl else rect.adjusted(room, 0, -_PAD, 0)
            side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
            painter.drawText(words, side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter, self.name)


class AbilityMarks(QFrame):
    """All abilities of one format."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.marks = {key: _Mark(tr_marked(name), theme) for key, name in ABILITY_NAMES.items()}
        self.setLayout(FlowLayout(*self.marks.values(), gap=5))

    def show_abilities(self, abilities: Abilities) -> None:
        """Show those of another format."""
        for key, mark in self.marks.items():
            mark.show_has(has=getattr(abilities, key))
        carried = [mark.name for mark in self.marks.values() if mark.has]
        self.setAccessibleName(tr("What the format carries: {abilities}", abilities=", ".join(carried)))
