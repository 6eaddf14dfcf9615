# SPDX-License-Identifier: MIT
"""A relation while it is being dragged from a tag's handle: the line to the pointer, and what lies under it.

Which tags it may lead to is told by whoever hears that a drag has begun. Coordinates are the viewport's.
"""

from collections.abc import Sequence
from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from annotator.ui.theme import Theme
from annotator.ui.widgets import content_direction

_PAD_X, _PAD_Y, _TOP = 14.0, 6.0, 8.0
_RADIUS = 5.0


class Drop(Enum):
    """What a relation was dropped on."""

    NOTHING = auto()
    TAG = auto()
    AUTHOR = auto()


class RelationDrag:
    """One drag from its beginning to its end.

    Attributes:
        source_id: the tag it starts from.
        targets: the tags on which it may be dropped.
        author_name: what the zone for the author or outlet says; "" where it may not be dropped there.
    """

    def __init__(self, source_id: str, origin: QPointF) -> None:
        self.source_id = source_id
        self.targets: frozenset[str] = frozenset()
        self.author_name = ""
        self.over_id = ""
        self.over_author = False
        self._origin = self._point = origin

    def move(self, point: QPointF, tags: Sequence[str], zone: QRectF | None, origin: QPointF | None) -> None:
        """Follow the pointer.

        Args:
            point: where it is.
            tags: those under it, the one meant first.
            zone: where the zone for the author is.
            origin: where the handle is now, if it can be seen.
        """
        self._point, self._origin = point, origin or self._origin
        self.over_author = zone is not None and zone.contains(point)
        self.over_id = "" if self.over_author else next((tag for tag in tags if tag in self.targets), "")

    @property
    def drop(self) -> Drop:
        """What it would be dropped on now."""
        if self.over_author:
            return Drop.AUTHOR
        return Drop.TAG if self.over_id else Drop.NOTHING

    def zone(self, width: float, font: QFont) -> QRectF | None:
        """Return the zone for the author or outlet in a view of this width, or None where it is not offered."""
        if not self.author_name:
            return None
        metrics = QFontMetricsF(font)
        wide = min(metrics.horizontalAdvance(self.author_name) + 2 * _PAD_X, width - 2 * _TOP)
        return QRectF((width - wide) / 2, _TOP, wide, metrics.height() + 2 * _PAD_Y)

    def paint(self, painter: QPainter, zone: QRectF | None, landing: QPointF | None, font: QFont, theme: Theme) -> None:
        """Paint the line and the zone; `landing` is where it would end on a tag."""
        accent, end = QColor(theme.accent), landing or self._point
        if zone is not None:
            self._paint_zone(painter, zone, font, theme)
            end = QPointF(zone.center().x(), zone.bottom()) if self.over_author else end
        lands = self.drop is not Drop.NOTHING
        painter.setPen(QPen(accent, 2.0, Qt.PenStyle.SolidLine if lands else Qt.PenStyle.DashLine))
        painter.drawLine(self._origin, end)
        painter.setBrush(accent if lands else QColor(theme.page))
        painter.setPen(QPen(accent, 2.0))
        painter.drawEllipse(end, _RADIUS, _RADIUS)

    def _paint_zone(self, painter: QPainter, zone: QRectF, font: QFont, theme: Theme) -> None:
        painter.setPen(
            QPen(QColor(theme.accent), 1.4, Qt.PenStyle.SolidLine if self.over_author else Qt.PenStyle.DashLine)
        )
        painter.setBrush(QColor(theme.accent if self.over_author else theme.raised))
        painter.drawRoundedRect(zone, zone.height() / 2, zone.height() / 2)
        painter.setPen(QColor(theme.on_accent if self.over_author else theme.text))
        painter.setFont(font)
        painter.setLayoutDirection(content_direction(self.author_name))
        painter.drawText(zone, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, self.author_name)
