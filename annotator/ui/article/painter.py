# SPDX-License-Identifier: MIT
"""Painting the tags of one line: fills behind its letters, underlines and small labels below them.

Owns shapes and distances; knows neither widgets nor documents. The letters are drawn by Qt between `paint_fills` and
`paint_lines`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF, QPainter, QPen

from annotator.ui.article.chips import Wish, place_chips
from annotator.ui.article.marks import Mark
from annotator.ui.article.page import Piece, PlacedLine
from annotator.ui.article.waves import paint_wave
from annotator.ui.fonts import small_font
from annotator.ui.theme import Shape, Theme, tag_colors

_RADIUS = 3.0
_STEPPED_BACK = 0.3
#: What links the pieces of a tag is this much of an underline, which is what is tagged; less could not be seen.
_LINK_THICKNESS, _LEAST_LINK = 0.5, 1.2


@dataclass(frozen=True, slots=True)
class Metrics:
    """Distances under a line, from the size of its letters: all grow with the zoom; and the widths of names so far."""

    pitch: float
    first_lane: float
    thickness: float
    chip_font: QFont
    chip_height: float
    leading: float
    arc_head: float
    widths: dict[str, float] = field(default_factory=dict, compare=False)

    @property
    def arc_room(self) -> float:
        """What arcs need above a line: a row of names, and the heads of arrows below it."""
        return self.chip_height + self.arc_head - 2.5

    @staticmethod
    def of(font: QFont, spacing: float) -> "Metrics":
        """Derive the distances from the text font and the line spacing (1 is the closest that leaves room)."""
        size = QFontInfo(font).pixelSize()
        chip_font = small_font(max(6.0, QFontInfo(font).pointSizeF() * 0.56))
        return Metrics(
            pitch=max(4.0, size * 0.24),
            first_lane=size * 0.06,
            thickness=max(1.6, size * 0.085),
            chip_font=chip_font,
            chip_height=QFontMetricsF(chip_font).height() * 0.9,
            leading=size * 1.6 * (spacing - 1.0),
            arc_head=max(5.5, size * 0.22),
        )

    def room(self, lanes: int, *, arcs: bool = False) -> float:
        """Return the distance to the next line that so many lanes, a row of labels, and arcs if any need."""
        lanes_and_names = self.first_lane + self.pitch * max(lanes, 1) + self.chip_height
        return lanes_and_names + self.leading + 2.0 + (self.arc_room if arcs else 0.0)

    def width_of(self, name: str) -> float:
        """Return how wide a label's name is."""
        if name not in self.widths:
            self.widths[name] = QFontMetricsF(self.chip_font).horizontalAdvance(name)
        return self.widths[name]

    def lane_y(self, line: PlacedLine, lane: int) -> float:
        """Return the middle of a lane's underline."""
        return line.bottom + self.first_lane + self.pitch * (lane + 0.5)


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Which tags are to stand out: the current one and the one under the pointer.

    While a tag is being related, `targets` are those that it may lead to; all others step back.
    """

    current: str = ""
    hovered: str = ""
    targets: frozenset[str] | None = None

    def lifts(self, span_id: str) -> bool:
        """Return whether a tag stands out."""
        return span_id in (self.current, self.hovered) or (self.targets is not None and span_id in self.targets)

    def opacity(self, span_id: str) -> float:
        """Return how strongly a tag is painted."""
        return 1.0 if self.targets is None or span_id == self.current or span_id in self.targets else _STEPPED_BACK


@dataclass(frozen=True, slots=True)
class TaggedLine:
    """A line and what its tags cover on it, by their start; `opens` tells which of them begin here.

    `links` is what lies on it between the pieces of discontinuous tags.
    """

    line: PlacedLine
    marks: Sequence[tuple[Mark, Sequence[Piece]]]
    links: Sequence[tuple[Mark, Sequence[Piece]]]
    opens: frozenset[str]


def paint_ranges(painter: QPainter, line: PlacedLine, pieces: Sequence[Piece], color: QColor) -> None:
    """Fill pieces of a line with one colour, as for a selection."""
    for piece in pieces:
        painter.fillRect(_band(line, piece), color)


def paint_fills(painter: QPainter, tagged: TaggedLine, theme: Theme, emphasis: Emphasis) -> None:
    """Paint the fills of a line's tags, outer ones first, so that the inner ones lie on top."""
    painter.setPen(Qt.PenStyle.NoPen)
    for mark, pieces in sorted(tagged.marks, key=lambda item: item[0].height):
        colors = tag_colors(mark.look.color, theme)
        painter.setOpacity(emphasis.opacity(mark.span_id))
        painter.setBrush(colors.fill_strong if emphasis.lifts(mark.span_id) else colors.fill)
        for piece in pieces:
            painter.drawRoundedRect(_band(tagged.line, piece), _RADIUS, _RADIUS)
    painter.setOpacity(1.0)


def paint_lines(painter: QPainter, tagged: TaggedLine, theme: Theme, emphasis: Emphasis, metrics: Metrics) -> None:
    """Paint the underlines of a line's tags in their lanes, the frame of those that stand out, and the labels."""
    for mark, pieces in tagged.links:
        pen = QPen(tag_colors(mark.look.color, theme).line, max(_LEAST_LINK, metrics.thickness * _LINK_THICKNESS))
        painter.setOpacity(emphasis.opacity(mark.span_id))
        for piece in pieces:
            _underline(painter, Shape.DASHED, piece, metrics.lane_y(tagged.line, mark.lane), pen)
    for mark, pieces in tagged.marks:
        color = tag_colors(mark.look.color, theme).line
        stands_out = emphasis.lifts(mark.span_id)
        painter.setOpacity(emphasis.opacity(mark.span_id))
        y = metrics.lane_y(tagged.line, mark.lane)
        for piece in pieces:
            pen = QPen(color, metrics.thickness * (1.3 if stands_out else 1.0))
            _underline(painter, mark.look.shape, piece, y, pen)
            if stands_out:
                _frame(painter, tagged.line, piece, color)
    painter.setOpacity(1.0)
    _paint_chips(painter, tagged, theme, metrics)


def _band(line: PlacedLine, piece: Piece) -> QRectF:
    return QRectF(piece[0], line.top + 1, piece[1] - piece[0], line.bottom - line.top - 1)


def _frame(painter: QPainter, line: PlacedLine, piece: Piece, color: QColor) -> None:
    painter.setPen(QPen(color, 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(_band(line, piece).adjusted(0.6, 0.6, -0.6, -0.6), _RADIUS, _RADIUS)


def _underline(painter: QPainter, shape: Shape, piece: Piece, y: float, pen: QPen) -> None:
    # A hair is kept off both ends, so that the lines of neighbours stay apart.
    left, right = piece[0] + 0.8, max(piece[0] + 1.8, piece[1] - 0.8)
    thickness = pen.widthF()
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if shape is Shape.WAVY:
        pen.setWidthF(thickness * 0.8)
        paint_wave(painter, left, right, y, pen)
        return
    if shape is Shape.DASHED:
        pen.setDashPattern([3.0, 1.5])
    elif shape is Shape.DOTTED:
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setDashPattern([0.1, 1.9])
    elif shape is Shape.DOUBLE:
        pen.setWidthF(thickness * 0.45)
        painter.setPen(pen)
        painter.drawLine(QLineF(left, y - thickness * 0.55, right, y - thickness * 0.55))
        y += thickness * 0.55
    painter.setPen(pen)
    painter.drawLine(QLineF(left, y, right, y))


def _paint_chips(painter: QPainter, tagged: TaggedLine, theme: Theme, metrics: Metrics) -> None:
    opening = [(mark, pieces) for mark, pieces in tagged.marks if mark.span_id in tagged.opens and pieces]
    if not opening:
        return
    rtl, frame = tagged.line.shape.rtl, line_span(tagged.line)
    wishes = [_wish(pieces, frame, metrics.width_of(mark.look.name) + 1, rtl=rtl) for mark, pieces in opening]
    order = sorted(range(len(wishes)), key=lambda index: (wishes[index].anchor, opening[index][0].lane))
    places = place_chips([wishes[index] for index in order], frame[1] - frame[0], lambda n: metrics.width_of(_more(n)))
    painter.setFont(metrics.chip_font)
    for place in places:
        mark = opening[order[place.index]][0]
        left = frame[1] - place.start - place.width if rtl else frame[0] + place.start
        y = tagged.line.bottom + metrics.first_lane + metrics.pitch * _lanes_over(tagged, left, left + place.width)
        box = QRectF(left, y, place.width, metrics.chip_height)
        name = _more(place.more) if place.more else mark.look.name
        ink = QColor(theme.muted) if place.more else tag_colors(mark.look.color, theme).ink
        painter.setPen(ink)
        if metrics.width_of(name) > place.width + 1:
            name = QFontMetricsF(metrics.chip_font).elidedText(name, Qt.TextElideMode.ElideRight, place.width + 1)
        _draw_name(painter, name, box, rtl=rtl)


def _more(number: int) -> str:
    """Return the mark for so many labels left out, its sign before the number in any direction."""
    return f"\u200e+{number}"


def _lanes_over(tagged: TaggedLine, left: float, right: float) -> int:
    """Return how many lanes lie between the letters and a label that reaches from `left` to `right`."""
    lanes = [
        mark.lane
        for mark, pieces in chain(tagged.marks, tagged.links)
        if any(piece[0] < right + 2 and left - 2 < piece[1] for piece in pieces)
    ]
    return 1 + max(lanes, default=0)


def line_span(line: PlacedLine) -> Piece:
    """Return both ends of the column that a line stands in."""
    rect = line.line.rect()
    return line.origin.x() + rect.left(), line.origin.x() + rect.right()


def _wish(pieces: Sequence[Piece], frame: Piece, width: float, *, rtl: bool) -> Wish:
    if rtl:
        return Wish(frame[1] - pieces[-1][1], frame[1] - pieces[0][0], width)
    return Wish(pieces[0][0] - frame[0], pieces[-1][1] - frame[0], width)


def _draw_name(painter: QPainter, name: str, box: QRectF, *, rtl: bool) -> None:
    side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
    flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
    painter.drawText(box.adjusted(-1, 0, 1, 0), flags, name)
