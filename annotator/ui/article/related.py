# SPDX-License-Identifier: MIT
"""The article with its relations: arcs over the text, numbers beside the tags that one may relate to, the handle.

It shows; what the hand does with it is `view`'s and `dragging`'s.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from annotator.model.scheme import Scheme
from annotator.model.span import Span
from annotator.model.spans import SpanChange
from annotator.ui.article.arc_painter import Scene, VisibleLine, paint_arcs
from annotator.ui.article.arcs import Arc, ArcIndex, Bus
from annotator.ui.article.builder import set_room
from annotator.ui.article.canvas import ArticleCanvas
from annotator.ui.article.page import Piece, PlacedLine
from annotator.ui.theme import tag_colors

_HANDLE_RADIUS, _HANDLE_REACH = 5.5, 10.0
#: To set the room of more paragraphs than this one by one takes longer than to build the document anew.
_FEW = 40
#: What lies over a line belongs to it; no arc or number is further above.
_ABOVE = 12.0


class RelatedCanvas(ArticleCanvas):
    """Shows an article with the relations of its tags; see `ArticleView` for the whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._relations: tuple[Arc, ...] = ()
        self._arcs: ArcIndex | None = None
        self._shows_all = False
        self._handle_id = ""
        self._numbers: Mapping[str, str] = {}
        super().__init__(parent)

    def show_article(
        self, article_id: str, text: str, spans: Sequence[Span], scheme: Scheme, arcs: Sequence[Arc] = ()
    ) -> None:
        """Show an article with its tags and their relations, from its beginning."""
        self._relations, self._arcs, self._handle_id, self._numbers = tuple(arcs), None, "", {}
        super().show_article(article_id, text, spans, scheme)

    def change_spans(self, change: SpanChange) -> None:
        """Show what became of some tags, and the relations between those that are still there."""
        if not self._relations or self._arc_index().knows_none(span.id for span in (*change.gone, *change.come)):
            super().change_spans(change)
            return
        before = self._arc_paragraphs()
        self._arcs = None
        super().change_spans(change)
        self._renew_arcs(before)

    def set_relations(self, arcs: Sequence[Arc]) -> None:
        """Show these relations: those of the current tag, or all where that is asked for."""
        if tuple(arcs) != self._relations:
            before = self._arc_paragraphs()
            self._relations, self._arcs = tuple(arcs), None
            self._renew_arcs(before)

    def set_show_arcs(self, shown: bool) -> None:  # noqa: FBT001 - a slot for toggled(bool)
        """Show the relations of all tags, or of the current one only."""
        self._shows_all = shown
        self.viewport().update()

    def set_current_tag(self, span_id: str | None) -> None:
        """Make one tag stand out, with its exact extent and its relations, or none."""
        before = self._emphasis.current
        super().set_current_tag(span_id)
        # Arcs reach over lines that hold neither tag.
        if before != self._emphasis.current and self._relations:
            self.viewport().update()

    def retranslate(self) -> None:
        """Take all names in the language of the interface; those of relations come with the relations."""
        super().retranslate()
        self._arcs = None

    def set_handle(self, span_id: str) -> None:
        """Give a tag the handle from which it is dragged to another; "" takes it away."""
        if span_id != self._handle_id:
            ids, self._handle_id = (self._handle_id, span_id), span_id
            self._repaint_marks([mark for mark in map(self._index.marks.get, ids) if mark is not None])

    def set_targets(self, span_ids: frozenset[str] | None) -> None:
        """Let these tags stand out as the ends that are allowed, and all others step back; None ends it."""
        self._emphasize(replace(self._emphasis, targets=span_ids))

    def set_numbers(self, numbers: Mapping[str, str]) -> None:
        """Paint a number beside each of these tags."""
        self._numbers = dict(numbers)
        self.viewport().update()

    def visible_tags(self) -> list[str]:
        """Return the tags that begin on the lines in sight, in the order of the text."""
        visible = self._visible()
        lines = [line for line in self._lines(visible) if line.top >= visible.top() and line.bottom <= visible.bottom()]
        opening = {
            mark for tagged in map(self._tagged, lines) for mark, _ in tagged.marks if mark.span_id in tagged.opens
        }
        return [mark.span_id for mark in sorted(opening, key=lambda mark: (mark.start, mark.end, mark.span_id))]

    @property
    def room_below(self) -> float:
        """How far the underlines and names of tags reach below a line's letters, at the least."""
        return self._metrics.room(1)

    @property
    def room_above(self) -> float:
        """How far arcs reach above a line's letters."""
        return self._metrics.arc_room

    def handle_point(self) -> QPointF | None:
        """Return the middle of the handle in the viewport, or None where there is none."""
        mark = self._index.marks.get(self._handle_id)
        if mark is None:
            return None
        end = mark.parts[-1][1]
        number = self._text.paragraph_number(end - 1)
        block = self.document().findBlockByNumber(number)
        start_utf16, end_utf16 = self._page.in_block(block, end - 1, end)
        for line in self._page.lines_of(block, start_utf16, end_utf16):
            pieces = line.pieces(start_utf16, end_utf16)
            if pieces:
                runs = (run for run in line.shape.runs if run.start_utf16 <= start_utf16 < run.end_utf16)
                x = pieces[0][0] if next(runs).rtl else pieces[-1][1]
                return QPointF(x, self._metrics.lane_y(line, mark.lane)) - self._offset()
        return None

    def is_on_handle(self, point: QPointF) -> bool:
        """Return whether a point of the viewport is on the handle."""
        middle = self.handle_point()
        if middle is None:
            return False
        away = point - middle
        # Above it are letters, from which one selects.
        return abs(away.x()) <= _HANDLE_REACH and -_HANDLE_RADIUS <= away.y() <= _HANDLE_REACH

    # What is shown now

    def _headroom(self, position: int) -> float:
        has_arcs = self._text.paragraph_number(position) in self._arc_paragraphs()
        return self.room_above if has_arcs else 0.0

    def _arc_paragraphs(self) -> frozenset[int]:
        return self._arc_index().paragraphs if self._relations else frozenset()

    def _arc_index(self) -> ArcIndex:
        if self._arcs is None:
            self._arcs = ArcIndex(self._relations, self._index.marks, self._text)
        return self._arcs

    def _renew_arcs(self, before: frozenset[int]) -> None:
        changed = before ^ self._arc_paragraphs()
        if len(changed) > _FEW:
            self._rebuild()
            return
        for number in sorted(changed | {number - 1 for number in changed if number}):
            set_room(self.document(), number, self._room(number, self._index.lanes_of(number)))
        if before or self._relations:
            self.viewport().update()

    def _buses(self, lines: Sequence[VisibleLine]) -> list[Bus]:
        current = self._emphasis.current if self._emphasis.current in self._index.marks else ""
        lit = self._arc_index().of_tag(current) if current else []
        if not self._shows_all or not lines:
            return lit
        return [*self._arc_index().touching(lines[0].start, lines[-1].end, without=current), *lit]

    # Painting

    def _paint_over(self, painter: QPainter, clip: QRectF) -> None:
        super()._paint_over(painter, clip)
        if self._relations and not self._numbers:  # they stand in the same place
            self._paint_arcs(painter, clip)
        self._paint_handle(painter)
        for span_id, number in self._numbers.items():
            self._paint_number(painter, span_id, number, clip)

    def _paint_arcs(self, painter: QPainter, clip: QRectF) -> None:
        # The arcs of a line lie above it.
        reached = clip.adjusted(0, 0, 0, self._metrics.arc_room + _ABOVE)
        lines = [VisibleLine(line, *self._range_of(line)) for line in self._lines(reached)]
        buses = self._buses(lines)
        if not lines or not buses:
            return
        index = self._arc_index()
        scene = Scene(lines, index.anchor, self._first_pieces, self._is_rtl, clip.top() - _ABOVE, reached.bottom())
        painter.save()
        paint_arcs(painter, buses, scene, self._theme, self._metrics)
        painter.restore()

    def _first_pieces(self, line: PlacedLine, tag_id: str) -> Sequence[Piece]:
        return self._pieces(line, *self._index.marks[tag_id].parts[0])

    def _is_rtl(self, tag_id: str) -> bool:
        return self.runs_rtl(self._index.marks[tag_id].start)

    def _paint_handle(self, painter: QPainter) -> None:
        middle = self.handle_point()
        if middle is None:
            return
        middle += self._offset()
        colors = tag_colors(self._index.marks[self._handle_id].look.color, self._theme)
        painter.setPen(QPen(colors.line, 1.6))
        painter.setBrush(QColor(self._theme.page))
        painter.drawEllipse(middle, _HANDLE_RADIUS, _HANDLE_RADIUS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.line)
        painter.drawEllipse(middle, _HANDLE_RADIUS * 0.45, _HANDLE_RADIUS * 0.45)

    def _paint_number(self, painter: QPainter, span_id: str, number: str, clip: QRectF) -> None:
        mark = self._index.marks.get(span_id)
        first = self._page.span_rects(*mark.parts[0])[:1] if mark is not None else []
        for rect in first:
            font = QFontMetricsF(self._metrics.chip_font)
            width = max(font.horizontalAdvance(number) + 8, self._metrics.chip_height)
            x = rect.right() - width if self._is_rtl(span_id) else rect.left()
            box = QRectF(x, rect.top() - self._metrics.chip_height + 1, width, self._metrics.chip_height)
            if box.intersects(clip):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(self._theme.accent))
                painter.drawRoundedRect(box, 4, 4)
                painter.setPen(QColor(self._theme.on_accent))
                painter.setFont(self._metrics.chip_font)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, number)
