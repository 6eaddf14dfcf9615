# SPDX-License-Identifier: MIT
"""Painting arcs: in the space above the lines of their ends, and from line to line in the margin, never over letters.

Owns shapes and distances; knows neither widgets nor documents. On a line, a bus runs level above the letters and comes
down on each tag; where it has ends on several lines, it goes out to the margin on which the paragraph begins.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from annotator.analysis.arcs import Slot, spread
from annotator.analysis.lanes import assign_lanes
from annotator.i18n import tr
from annotator.ui.article.arcs import Arc, Bus
from annotator.ui.article.page import Piece, PlacedLine
from annotator.ui.article.painter import Metrics, line_span
from annotator.ui.theme import Theme, tag_colors
from annotator.ui.widgets import content_direction

#: Half the width of an arrow head to its height.
_HEAD_HALF = 0.65
_CORNER = 5.0
_UNLIT_WIDTH = 0.65
_LANE_PITCH = 4.0
_MARGIN_FIRST, _MARGIN_PITCH = 6.0, 4.5
#: Where arcs leave a tag lies beside where they come to it.
_ASIDE, _WIDE_ENOUGH = 6.0, 20.0
_CHIP_PAD, _CHIP_GAP = 4.0, 3.0
_LONGEST_NAME = 14.0


@dataclass(frozen=True, slots=True)
class Port:
    """Where a bus meets a tag on a line; `arcs` are those that end there, none at the source."""

    x: float
    arcs: tuple[Arc, ...]


@dataclass(frozen=True, slots=True)
class BusLine:
    """A bus on one line, level at `y`; `margin_x` is where it goes to other lines, None where it has no ends there."""

    bus: Bus
    line: PlacedLine
    source: Port | None
    targets: tuple[Port, ...]
    y: float
    margin_x: float | None


@dataclass(frozen=True, slots=True)
class VisibleLine:
    """A line to paint arcs on, and the code points that it holds."""

    line: PlacedLine
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Scene:
    """What is asked about the article while arcs are laid out.

    Attributes:
        lines: those that are painted, with no gap between them.
        anchor: the code point in whose line arcs meet a tag.
        pieces: what a tag covers on a line.
        is_rtl: whether the paragraph of a tag runs from right to left.
        first_y, last_y: beyond what is painted.
    """

    lines: Sequence[VisibleLine]
    anchor: Callable[[str], int]
    pieces: Callable[[PlacedLine, str], Sequence[Piece]]
    is_rtl: Callable[[str], bool]
    first_y: float
    last_y: float

    def line_of(self, tag_id: str) -> int:
        """Return the number of the line of a tag, -1 for one above what is painted, and one too many for one below."""
        at = self.anchor(tag_id)
        number = bisect_right(self.lines, at, key=_start) - 1
        return number + 1 if number >= 0 and at >= self.lines[number].end else number

    def margin_x(self, bus: Bus) -> float:
        """Return where a bus goes from line to line: on the side on which its source's paragraph begins."""
        left, right = line_span(self.lines[0].line)
        away = _MARGIN_FIRST + _MARGIN_PITCH * bus.lane
        return right + away if self.is_rtl(bus.source_id) else left - away


def _start(line: VisibleLine) -> int:
    return line.start


def paint_arcs(painter: QPainter, buses: Sequence[Bus], scene: Scene, theme: Theme, metrics: Metrics) -> int:
    """Paint buses on the lines of a scene, the lit ones on top with their names; return on how many lines they lie."""
    placed = lay_out(buses, scene, metrics)
    for lit in (False, True):
        for bus, lines in placed:
            if bus.is_lit is lit:
                color = tag_colors(bus.arcs[0].color, theme).line
                width = metrics.thickness * (1.0 if lit else _UNLIT_WIDTH)
                _paint_ways(painter, _paths(bus, lines, scene), QPen(color, width))
                _paint_ends(painter, lines, color, metrics.arc_head)
    for number in range(len(scene.lines)):
        line = scene.lines[number].line
        _paint_names(painter, [held for _, lines in placed for held in lines if held.line is line], theme, metrics)
    return sum(len(lines) for _, lines in placed)


def lay_out(buses: Sequence[Bus], scene: Scene, metrics: Metrics) -> list[tuple[Bus, list[BusLine]]]:
    """Return where each bus runs on each line that is painted."""
    spots = [{tag_id: scene.line_of(tag_id) for tag_id in bus.tag_ids} for bus in buses]
    lines: dict[int, list[BusLine]] = {}
    for number in sorted({spot for held in spots for spot in held.values() if 0 <= spot < len(scene.lines)}):
        here = [(i, bus) for i, bus in enumerate(buses) if number in spots[i].values()]
        for (index, _), placed in zip(here, _on_line(number, here, spots, scene, metrics), strict=True):
            lines.setdefault(index, []).append(placed)
    return [(bus, lines.get(index, [])) for index, bus in enumerate(buses) if _is_seen(spots[index], scene)]


def _is_seen(spots: Mapping[str, int], scene: Scene) -> bool:
    return min(spots.values()) < len(scene.lines) and max(spots.values()) >= 0


def _on_line(
    number: int,
    buses: Sequence[tuple[int, Bus]],
    spots: Sequence[Mapping[str, int]],
    scene: Scene,
    metrics: Metrics,
) -> list[BusLine]:
    line = scene.lines[number].line
    drafts = []
    for index, bus in buses:
        source, targets = _ports(bus, number, spots[index], scene)
        leaves = len(set(spots[index].values())) > 1
        drafts.append((bus, source, targets, scene.margin_x(bus) if leaves else None))
    lanes = _lanes(drafts)
    middle = chip_box_y(line, metrics) + metrics.chip_height / 2
    pitch = min(_LANE_PITCH, metrics.chip_height / max(1, max(lanes, default=0)))
    lowest = middle + pitch * max(lanes, default=0) / 2
    return [
        BusLine(bus, line, source, targets, lowest - pitch * lane, margin_x)
        for (bus, source, targets, margin_x), lane in zip(drafts, lanes, strict=True)
    ]


_Draft = tuple[Bus, Port | None, tuple[Port, ...], float | None]


def _lanes(drafts: Sequence[_Draft]) -> list[int]:
    extents = []
    for _, source, targets, margin_x in drafts:
        xs = (
            [port.x for port in targets] + ([source.x] if source else []) + ([margin_x] if margin_x is not None else [])
        )
        extents.append((round(min(xs, default=0)) - 3, round(max(xs, default=0)) + 3))
    return assign_lanes(extents)


def chip_box_y(line: PlacedLine, metrics: Metrics) -> float:
    """Return the upper edge of the names on arcs over a line."""
    return line.top - metrics.arc_head + 1 - metrics.chip_height


def _ports(bus: Bus, number: int, spots: Mapping[str, int], scene: Scene) -> tuple[Port | None, tuple[Port, ...]]:
    line, source, targets = scene.lines[number].line, None, []
    for tag_id, spot in spots.items():
        piece = max(scene.pieces(line, tag_id), key=_width, default=None) if spot == number else None
        if piece is None:
            continue
        middle = (piece[0] + piece[1]) / 2
        if tag_id == bus.source_id:
            aside = _ASIDE if _width(piece) >= _WIDE_ENOUGH else 0.0
            source = Port(middle + (aside if line.shape.rtl else -aside), ())
        else:
            targets.append(Port(middle, tuple(arc for arc in bus.arcs if arc.target_span_id == tag_id)))
    return source, tuple(targets)


def _width(piece: Piece) -> float:
    return piece[1] - piece[0]


def _paint_ways(painter: QPainter, paths: Iterator[QPainterPath], pen: QPen) -> None:
    whole = QPainterPath()
    for path in paths:
        whole.addPath(path)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    # As one path: where branches lie on each other, the line gets no thicker.
    painter.drawPath(whole)


def _paint_ends(painter: QPainter, lines: Sequence[BusLine], color: QColor, head: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    for placed in lines:
        for port in placed.targets:
            painter.drawPolygon(_head(port.x, placed.line.top, head))
        if placed.source is not None:
            dot = head * 0.4
            painter.drawEllipse(QPointF(placed.source.x, placed.line.top - dot / 2), dot, dot)
            if not placed.bus.is_lit and any(arc.target_span_id is None for arc in placed.bus.arcs):
                painter.drawEllipse(QPointF(placed.source.x, placed.y), dot, dot)


def _head(x: float, y: float, height: float) -> QPolygonF:
    half = height * _HEAD_HALF
    return QPolygonF([QPointF(x, y + 0.5), QPointF(x - half, y - height), QPointF(x + half, y - height)])


def _paths(bus: Bus, lines: Sequence[BusLine], scene: Scene) -> Iterator[QPainterPath]:
    for placed in lines:
        hub = placed.margin_x if placed.source is None else placed.source.x
        for port in placed.targets:
            yield _branch(port.x, hub if hub is not None else port.x, placed, turns_down=placed.source is not None)
        if placed.source is not None and placed.margin_x is not None:
            yield _branch(placed.source.x, placed.margin_x, placed, turns_down=False)
        elif placed.source is not None and not placed.targets:
            yield _branch(placed.source.x, placed.source.x, placed, turns_down=False)
    low, high = _climb(bus, lines, scene)
    if low < high:
        path = QPainterPath(QPointF(scene.margin_x(bus), low))
        path.lineTo(scene.margin_x(bus), high)
        yield path


def _climb(bus: Bus, lines: Sequence[BusLine], scene: Scene) -> tuple[float, float]:
    """Return from where to where a bus runs in the margin."""
    ys = [placed.y for placed in lines if placed.margin_x is not None]
    spots = [scene.line_of(tag_id) for tag_id in bus.tag_ids]
    if min(spots) < 0:
        ys.append(scene.first_y)
    if max(spots) >= len(scene.lines):
        ys.append(scene.last_y)
    return (min(ys), max(ys)) if len(ys) > 1 else (0.0, 0.0)


def _branch(x: float, hub: float, placed: BusLine, *, turns_down: bool) -> QPainterPath:
    """Return the way from a tag up and along to `hub`, which is the source above its own tag or the margin."""
    y, top = placed.y, placed.line.top - 1.0
    corner = min(_CORNER, abs(hub - x) / 2, top - y)
    side = corner if hub > x else -corner
    path = QPainterPath(QPointF(x, top))
    path.lineTo(x, y + corner)
    path.quadTo(QPointF(x, y), QPointF(x + side, y))
    if turns_down:
        path.lineTo(hub - side, y)
        path.quadTo(QPointF(hub, y), QPointF(hub, y + corner))
        path.lineTo(hub, top)
    else:
        path.lineTo(hub, y)
    return path


@dataclass(frozen=True, slots=True)
class _Name:
    """A word that is written on an arc, and where."""

    text: str
    x: float
    color: str
    is_stub: bool = False


def _paint_names(painter: QPainter, lines: Sequence[BusLine], theme: Theme, metrics: Metrics) -> None:
    names = sorted((name for placed in lines if placed.bus.is_lit for name in _names(placed)), key=lambda name: name.x)
    if not names:
        return
    line, font = lines[0].line, QFontMetricsF(metrics.chip_font)
    longest = font.height() * _LONGEST_NAME
    widths = [min(longest, font.horizontalAdvance(name.text) + 2 * _CHIP_PAD + 1) for name in names]
    wishes = [Slot(name.x - width / 2, width) for name, width in zip(names, widths, strict=True)]
    painter.setFont(metrics.chip_font)
    for name, slot in zip(names, spread(wishes, *line_span(line), _CHIP_GAP), strict=True):
        box = QRectF(slot.left, chip_box_y(line, metrics), slot.width, metrics.chip_height)
        _paint_name(painter, name, box, theme, font)


def _names(placed: BusLine) -> Iterator[_Name]:
    bus, color = placed.bus, placed.bus.arcs[0].color
    if placed.source is not None:
        x = placed.source.x
        if bus.named_at_source:
            yield _Name(_joined(bus.arcs), x, color)
        stubs = [arc for arc in bus.arcs if arc.target_span_id is None]
        # Nearest to the tag stands the first: sorting by place keeps them so.
        step = 0.01 if not placed.line.shape.rtl else -0.01
        for number, arc in enumerate(stubs):
            yield _Name(
                tr("{relation}: {end}", relation=arc.name, end=arc.to_name), x + step * number, color, is_stub=True
            )
    if not bus.named_at_source:
        for port in placed.targets:
            yield _Name(_joined(port.arcs), port.x, color)


def _joined(arcs: Sequence[Arc]) -> str:
    return " · ".join(dict.fromkeys(arc.name for arc in arcs))


def _paint_name(painter: QPainter, name: _Name, box: QRectF, theme: Theme, font: QFontMetricsF) -> None:
    colors = tag_colors(name.color, theme)
    painter.setBrush(QColor(theme.page))
    painter.setPen(QPen(colors.line, 1.0, Qt.PenStyle.DashLine if name.is_stub else Qt.PenStyle.SolidLine))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(colors.ink)
    painter.setLayoutDirection(content_direction(name.text))
    text = font.elidedText(name.text, Qt.TextElideMode.ElideRight, box.width() - 2 * _CHIP_PAD + 1)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, text)
