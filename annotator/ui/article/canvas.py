# SPDX-License-Identifier: MIT
"""The painted article: its text drawn by Qt, the tags behind and under it. What the hand does is `view`'s.

A `QTextEdit`, because its block formats can give a single paragraph more room between lines, which `QPlainTextEdit`
cannot; being a text widget, it keeps the screen reader, the clipboard and Qt's lazy layout. Positions given and
taken are code points of the stored text.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QRegion,
    QResizeEvent,
    QTextBlock,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from annotator import i18n
from annotator.model.article import Boilerplate
from annotator.model.names import NO_NAME
from annotator.model.scheme import Scheme
from annotator.model.span import Span
from annotator.model.spans import SpanChange
from annotator.ui import fonts
from annotator.ui.article.boilerplate import BoilerplateMarks, band, left_of, paint_ground, pale_ink
from annotator.ui.article.builder import PARAGRAPH_GAP, Room, build_document, set_margins, set_room
from annotator.ui.article.invisibles import paint_invisibles
from annotator.ui.article.marks import Looks, Mark, TagIndex
from annotator.ui.article.moves import caret_x
from annotator.ui.article.page import Page, Piece, PlacedLine
from annotator.ui.article.painter import (
    Emphasis,
    Metrics,
    TaggedLine,
    paint_fills,
    paint_lines,
    paint_ranges,
)
from annotator.ui.article.small_steps import SizeToldOnce, SmallSteps
from annotator.ui.qt_text import QtText
from annotator.ui.theme import LIGHT, Theme, palette

#: A line of this many characters is as long as an eye follows with ease.
_COLUMN_CHARACTERS = 75
_SAMPLE = "يقرأ المحلل المقال كله ثم يضع الوسوم على الأسماء والأحداث"
_LEAST_MARGIN = 28.0
#: A paragraph of so many characters has room for some lanes from the beginning: to give it more, Qt lays out all of it.
_VAST, _LANES_OF_VAST = 50_000, 3
#: More characters than are seen at once.
_AHEAD = 10_000
#: Above its letters and below its room a line has so much that is never painted on.
_EDGE = 1.0
_EMPTY_SCHEME = Scheme(id="", name=NO_NAME, layers=(), all_labels=())
Range = tuple[int, int]


class ArticleCanvas(QTextEdit):
    """Shows one article with its tags; see `ArticleView` for the whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fonts.register_fonts()
        self._article_id = ""
        self._theme = LIGHT
        self._family, self._point_size = fonts.NASKH, fonts.DEFAULT_POINT_SIZE
        self._zoom, self._spacing = 1.0, 1.0
        self._show_invisibles = False
        self._emphasis = Emphasis()
        self._scheme = _EMPTY_SCHEME
        self._matches: list[Range] = []
        self._longest_match = 0
        self._current_match: Range | None = None
        self._stale = QRegion()
        self._boilerplate = BoilerplateMarks()
        self._metrics = Metrics.of(self._text_font(), self._spacing)
        self._built: QTextDocument | None = None
        self._index: TagIndex
        self._set_up_widget()
        self._load("", (), _EMPTY_SCHEME)
        self.set_theme(LIGHT)

    def _set_up_widget(self) -> None:
        self.setReadOnly(True)
        flags = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.setTextInteractionFlags(flags)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)

    # What is shown

    @property
    def article_id(self) -> str:
        """The id of the article shown, or ""."""
        return self._article_id

    def show_article(self, article_id: str, text: str, spans: Sequence[Span], scheme: Scheme) -> None:
        """Show an article with its tags, from its beginning."""
        self._article_id = article_id
        self._matches, self._current_match, self._emphasis = [], None, Emphasis()
        self._boilerplate = BoilerplateMarks()
        self._load(text, spans, scheme)
        self.verticalScrollBar().setValue(0)
        self._take_paint(self.viewport().rect())

    def clear_article(self) -> None:
        """Show nothing."""
        self.show_article("", "", (), _EMPTY_SCHEME)

    def set_spans(self, spans: Sequence[Span]) -> None:
        """Show other tags on the same article; only what changed is laid out and painted again."""
        self.change_spans(self._index.difference(spans))

    def change_spans(self, change: SpanChange) -> None:
        """Show what became of some tags; only what changed is looked at, laid out and painted again."""
        changed = self._index.change(change)
        for number in {n for mark in changed for n in self._text.paragraph_numbers(mark.start, mark.end)}:
            set_room(self.document(), number, self._room(number, self._index.lanes_of(number)))
        self._repaint_marks(changed)

    @property
    def boilerplate(self) -> BoilerplateMarks:
        """What of the article is marked as boilerplate."""
        return self._boilerplate

    def set_boilerplate(self, marks: Sequence[Boilerplate]) -> None:
        """Show other stretches of the same article as boilerplate; nothing is laid out anew."""
        if tuple(marks) != self._boilerplate.all:
            before, self._boilerplate = self._boilerplate, BoilerplateMarks(marks)
            self._repaint(self._boilerplate.changed(before))

    def set_current_tag(self, span_id: str | None) -> None:
        """Make one tag stand out, with its exact extent, or none."""
        self._emphasize(replace(self._emphasis, current=span_id or ""))

    def set_find_matches(self, matches: Sequence[Range], current: Range | None = None) -> None:
        """Show what a search found."""
        self._matches, self._current_match = sorted(matches), current
        self._longest_match = max((end - start for start, end in self._matches), default=0)
        self.viewport().update()

    def set_show_invisibles(self, shown: bool) -> None:  # noqa: FBT001 - a slot for toggled(bool)
        """Show or hide marks for characters that cannot be seen."""
        self._show_invisibles = shown
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self._theme = theme
        self.setPalette(palette(theme))
        self.viewport().update()

    def set_text_font(self, family: str, point_size: float) -> None:
        """Set the article in another font; the zoom comes on top of the size."""
        self._family, self._point_size = family, point_size
        self._rebuild()

    @property
    def zoom(self) -> float:
        """How many times larger than its set size the text is."""
        return self._zoom

    def set_zoom(self, factor: float) -> None:
        """Enlarge the text, within 0.5 to 4 times."""
        factor = min(max(factor, 0.5), 4.0)
        if factor != self._zoom:
            self._zoom = factor
            self._rebuild()

    def set_line_spacing(self, factor: float) -> None:
        """Set the distance of lines: 1 is the closest that leaves room for tags."""
        self._spacing = max(factor, 1.0)
        self._rebuild()

    def retranslate(self) -> None:
        """Take the labels' names and the widget's own in the language of the interface."""
        self._looks = Looks(self._scheme, i18n.language())
        self._index = TagIndex(self._index.spans, self._looks, self._text)
        self._set_names()
        self.viewport().update()

    # Where things are

    def span_rects(self, start: int, end: int) -> list[QRectF]:
        """Return the rectangles, in the viewport's coordinates, that a piece of the text covers."""
        offset = self._offset()
        return [rect.translated(-offset) for rect in self._page.span_rects(start, end)]

    def rects_in_sight(self, start: int, end: int) -> list[QRectF]:
        """Return those of the rectangles that can be seen, however much of the text the piece is."""
        visible = self._visible()
        found = self._page.span_rects_within(start, end, self._lines(visible))
        return [rect.translated(-self._offset()) for rect in found if rect.intersects(visible)]

    def tags_at(self, point: QPointF) -> list[str]:
        """Return the ids of the tags at a point of the viewport, the one meant first.

        On the letters that is the one on top; in the room below it is the one whose underline is nearest.
        """
        spot = QPointF(point) + self._offset()
        for line in self._lines(QRectF(spot.x(), spot.y(), 1, 1)):
            under = spot.y() - line.bottom
            if line.top <= spot.y() and under < line.block.blockFormat().lineHeight():
                hits = [
                    mark
                    for mark, pieces in self._tagged(line).marks
                    if any(left <= spot.x() <= right for left, right in pieces)
                ]
                hits.sort(key=lambda mark: mark.height, reverse=True)
                if under > 0:
                    hits.sort(key=lambda mark: abs(self._metrics.lane_y(line, mark.lane) - spot.y()))
                return [mark.span_id for mark in hits]
        return []

    def boilerplate_under(self, point: QPointF) -> Boilerplate | None:
        """Return the boilerplate whose letters are at a point of the viewport, or None."""
        spot = QPointF(point) + self._offset()
        for line in self._lines(QRectF(spot.x(), spot.y(), 1, 1)):
            for mark in self._boilerplate.within(*self._range_of(line)):
                if any(band(line, piece).contains(spot) for piece in self._pieces(line, *mark[:2])):
                    return mark
        return None

    def runs_rtl(self, position: int) -> bool:
        """Return whether the paragraph of a code point runs from right to left."""
        return self._page.block(position).textDirection() == Qt.LayoutDirection.RightToLeft

    def tags_over(self, position: int) -> list[str]:
        """Return the ids of the tags over a code point, the one on top first."""
        return [mark.span_id for mark in self._index.at(position)]

    def scroll_to(self, start: int, end: int) -> None:
        """Bring a piece of the text into sight, if it is not."""
        rects = self.span_rects(start, start + 1 if start < len(self._text.text) else max(end, start + 1))
        if not rects:
            return
        first, height = rects[0], self.viewport().height()
        if first.top() < self._headroom(start) or first.bottom() + self._metrics.room(1) > height:
            self._scroll_by(start, round(first.top() - height / 3))

    def _scroll_by(self, position: int, pixels: int) -> None:
        """Scroll to where a code point has been found."""
        bar = self.verticalScrollBar()
        if bar.value() + pixels > bar.maximum():
            # Qt lays a long text out bit by bit, and tells the bar of it when it is idle: have it hear of this bit now.
            self._page.line_count(self._page.block(min(position + _AHEAD, len(self._text.text))))
            self.document().documentLayout().documentSizeChanged.emit(QSizeF())
        bar.setValue(bar.value() + pixels)

    def _headroom(self, _position: int) -> float:
        """Return the room above a line that is looked at with it."""
        return 0.0

    # Building

    def _load(self, text: str, spans: Sequence[Span], scheme: Scheme) -> None:
        self._scheme = scheme
        self._text = QtText(text)
        self._looks = Looks(scheme, i18n.language())
        self._index = TagIndex(spans, self._looks, self._text)
        self._set_names()
        self._build()

    def _build(self) -> None:
        self._metrics = Metrics.of(self._text_font(), self._spacing)
        needed = self._index.lanes_by_paragraph()
        arcs = self._arc_paragraphs()
        special = needed.keys() | arcs | {number - 1 for number in arcs if number}
        special |= set(self._text.paragraphs_longer_than(_VAST))
        rooms = {number: self._room(number, needed.get(number, 1)) for number in special}
        old = self._built
        document = build_document(self, self._text, self._text_font(), Room(self._metrics.room(1)), rooms)
        self._set_margins(document)
        if len(self._text.text) > _AHEAD:
            SmallSteps(document)
        self._page = Page(document, self._text)
        self.setDocument(document)
        if len(self._text.text) <= _AHEAD:
            # Left to its timers, Qt would lay out the rest and tell the scroll bar later, and paint all again for each.
            SizeToldOnce(document)
        self._built = document
        if old is not None:
            old.deleteLater()

    def _arc_paragraphs(self) -> frozenset[int]:
        """Return the paragraphs that need room for arcs above their lines."""
        return frozenset()

    def _room(self, number: int, lanes: int) -> Room:
        """Return the room that a paragraph needs; that above its first line is left by the paragraph before it."""
        arcs = self._arc_paragraphs()
        start, end = self._text.paragraph(number)
        lanes = max(lanes, _LANES_OF_VAST) if end - start >= _VAST else lanes
        lines = self._metrics.room(lanes, arcs=number in arcs)
        # Below its own last line, room for arcs is there already; the line of an empty paragraph is room itself.
        more = number + 1 in arcs and number not in arcs
        return Room(lines, PARAGRAPH_GAP + self._metrics.arc_room) if more else Room(lines)

    def _rebuild(self) -> None:
        """Build the document anew, for another font or spacing, and stay at the same place."""
        cursor, top = self.textCursor(), self._first_visible()
        anchor_utf16, position_utf16 = cursor.anchor(), cursor.position()
        self._build()
        cursor = self.textCursor()
        cursor.setPosition(anchor_utf16)
        cursor.setPosition(position_utf16, cursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self._show_at_top(top)

    def _text_font(self) -> QFont:
        return fonts.text_font(self._family, self._point_size * self._zoom)

    def _set_names(self) -> None:
        self.setAccessibleName(i18n.tr("Article text"))
        self.setAccessibleDescription(i18n.tr("The article's text. Select words to tag them."))

    def _set_margins(self, document: QTextDocument) -> None:
        width = QFontMetricsF(self._text_font()).horizontalAdvance(_SAMPLE) / len(_SAMPLE)
        column = width * _COLUMN_CHARACTERS
        sides = max(_LEAST_MARGIN, (self.viewport().width() - column) / 2)
        # Above the first line there is room for arcs, however large the text.
        set_margins(document, sides, max(_LEAST_MARGIN, self._metrics.arc_room + 8.0), _LEAST_MARGIN * 2)

    def _first_visible(self) -> int:
        visible = self._visible()
        line = next((line for line in self._lines(visible) if line.bottom > visible.top()), None)
        if line is None:
            return 0
        return self._text.from_utf16(line.block.position() + line.shape.start_utf16)

    def _show_at_top(self, position: int) -> None:
        if position > 0 and self._text.text:
            rects = self.span_rects(position, min(position + 1, len(self._text.text)))
            if rects:
                self._scroll_by(position, round(rects[0].top()))

    # Painting

    def _emphasize(self, emphasis: Emphasis) -> None:
        if emphasis == self._emphasis:
            return
        before, self._emphasis = self._emphasis, emphasis
        ids = {before.current, before.hovered, emphasis.current, emphasis.hovered}
        if before.targets != emphasis.targets:
            self.viewport().update()
            return
        self._repaint_marks([mark for mark in map(self._index.marks.get, sorted(ids)) if mark is not None])

    def _repaint_marks(self, marks: Sequence[Mark]) -> None:
        self._repaint([(mark.start, mark.end) for mark in marks])

    def _repaint(self, ranges: Sequence[Range]) -> None:
        """Paint again the visible lines that hold any of some pieces of the text, or the caret where one is empty."""
        visible, offset, width = self._visible(), self._offset(), self.viewport().width()
        for block in self._page.blocks(visible) if ranges else ():
            first, last = self._text.paragraph(block.blockNumber())
            here = [(start, end) for start, end in ranges if start <= last and first <= end]
            for line in self._page.lines(block, visible) if here else ():
                first, last = self._range_of(line)
                if any(start <= last and first <= end for start, end in here):
                    height = line.bottom - line.top + block.blockFormat().lineHeight()
                    self._take_paint(QRectF(0, line.top - offset.y(), width, height).toAlignedRect())

    def _take_paint(self, rect: QRect) -> None:
        self._stale += rect
        self.viewport().update(rect)

    def paint_now(self) -> None:
        """Paint what has changed at once, before anything else is looked at."""
        if not self._stale.isEmpty():
            self.viewport().repaint(self._stale)

    def _range_of(self, line: PlacedLine) -> Range:
        shape, offset_utf16 = line.shape, line.block.position()
        return self._text.from_utf16(offset_utf16 + shape.start_utf16), self._text.from_utf16(
            offset_utf16 + shape.end_utf16
        )

    def _offset(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _visible(self) -> QRectF:
        return QRectF(self.viewport().rect()).translated(self._offset())

    def _lines(self, clip: QRectF) -> Iterator[PlacedLine]:
        return chain.from_iterable(self._page.lines(block, clip) for block in self._page.blocks(clip))

    def _tagged(self, line: PlacedLine) -> TaggedLine:
        start, end = self._range_of(line)
        marks = self._index.within(start, end)
        gaps = ((mark, gap) for mark in marks for gap in mark.gaps if gap[0] < end and start < gap[1])
        return TaggedLine(
            line,
            [(mark, self._mark_pieces(line, mark)) for mark in marks],
            [(mark, self._pieces(line, *gap)) for mark, gap in gaps],
            frozenset(mark.span_id for mark in marks if mark.start >= start),
        )

    def _mark_pieces(self, line: PlacedLine, mark: Mark) -> list[Piece]:
        return sorted(piece for part in mark.parts for piece in self._pieces(line, *part))

    def _pieces(self, line: PlacedLine, start: int, end: int) -> list[Piece]:
        return line.pieces(*self._page.in_block(line.block, start, end))

    def _painted_selection(self) -> Range | None:
        return None

    def _caret(self) -> int | None:
        return None

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint fills, then the text, then underlines, labels and marks, for what is to be painted only."""
        self._stale = QRegion()
        with QPainter(self.viewport()) as painter:
            offset = self._offset()
            clip = QRectF(event.rect()).translated(offset)
            painter.translate(-offset)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            # Nothing is painted on the outermost pixels of a line: one that is touched there only stays as it is.
            lines = [self._tagged(line) for line in self._lines(clip.adjusted(0, _EDGE, 0, -_EDGE))]
            selected = self._painted_selection()
            pale = QPainterPath()
            for tagged in lines:
                boilerplate = self._boilerplate_pieces(tagged.line)
                paint_ground(painter, tagged.line, boilerplate, self._theme)
                paint_fills(painter, tagged, self._theme, self._emphasis)
                self._paint_ranges(painter, tagged.line, selected)
                for piece in left_of(boilerplate, self._plain_pieces(tagged, selected)) if boilerplate else ():
                    pale.addRect(band(tagged.line, piece))
            self._draw_text(painter, clip, pale)
            for tagged in lines:
                paint_lines(painter, tagged, self._theme, self._emphasis, self._metrics)
                if self._show_invisibles:
                    paint_invisibles(painter, tagged.line, fonts.small_font(6.5), self._theme)
            self._paint_over(painter, clip)
            self._paint_caret(painter)

    def _paint_over(self, painter: QPainter, clip: QRectF) -> None:
        """Paint what lies over the text, in the document's coordinates."""

    def _draw_text(self, painter: QPainter, clip: QRectF, pale: QPainterPath) -> None:
        """Draw the text; once more, where it is boilerplate, in its own ink: no letter is shaped apart from others."""
        everything = QPainterPath()
        everything.addRect(clip)
        parts = [(everything, QColor(self._theme.text))]
        if not pale.isEmpty():
            parts = [(everything.subtracted(pale), QColor(self._theme.text)), (pale, pale_ink(self._theme))]
        for part, ink in parts:
            context = QAbstractTextDocumentLayout.PaintContext()
            context.palette = self.palette()
            context.palette.setColor(QPalette.ColorRole.Text, ink)
            context.clip = part.boundingRect()
            painter.save()
            painter.setClipRect(clip, Qt.ClipOperation.IntersectClip)
            if not pale.isEmpty():
                painter.setClipPath(part, Qt.ClipOperation.IntersectClip)
            self.document().documentLayout().draw(painter, context)
            painter.restore()

    def _boilerplate_pieces(self, line: PlacedLine) -> list[Piece]:
        marks = self._boilerplate.within(*self._range_of(line))
        return [piece for start, end, _ in marks for piece in self._pieces(line, start, end)]

    def _plain_pieces(self, tagged: TaggedLine, selected: Range | None) -> Iterator[Piece]:
        """Yield what of a line has a ground of its own, on which letters need their full ink."""
        for found in (*self._matches_on(tagged.line), *(() if selected is None else (selected,))):
            yield from self._range_pieces(tagged.line, found)
        for _, pieces in tagged.marks:
            yield from pieces

    def _matches_on(self, line: PlacedLine) -> Iterator[Range]:
        """Yield what a search found on a line: as many looks as there are on it, and a few more."""
        start, end = self._range_of(line)
        for number in range(bisect_left(self._matches, (start - self._longest_match, 0)), len(self._matches)):
            if self._matches[number][0] > end:
                return
            yield self._matches[number]

    def _paint_ranges(self, painter: QPainter, line: PlacedLine, selected: Range | None) -> None:
        for found in self._matches_on(line):
            color = self._theme.found_current if found == self._current_match else self._theme.found
            paint_ranges(painter, line, self._range_pieces(line, found), QColor(color))
        if selected is not None:
            paint_ranges(painter, line, self._range_pieces(line, selected), QColor(self._theme.selection))

    def _range_pieces(self, line: PlacedLine, range_: Range) -> list[Piece]:
        start, end = self._text.paragraph(line.block.blockNumber())
        if range_[1] <= start or end < range_[0]:
            return []
        return self._pieces(line, *range_)

    def _paint_caret(self, painter: QPainter) -> None:
        position = self._caret()
        if position is None:
            return
        block: QTextBlock = self.document().findBlockByNumber(self._text.paragraph_number(position))
        position_utf16 = self._text.to_utf16(position) - block.position()
        for line in self._page.lines_of(block, position_utf16, position_utf16):
            x = caret_x(self._page, block, line, position)
            painter.fillRect(QRectF(x - 0.8, line.top + 2, 1.6, line.bottom - line.top - 3), QColor(self._theme.accent))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keep the column in the middle and the place of reading where it was."""
        if event.oldSize().width() == event.size().width():
            super().resizeEvent(event)
            return
        top = self._first_visible()
        self._page.forget()
        # Without a page the new margins cost nothing; QTextEdit gives the page its width right after.
        self.document().setPageSize(QSizeF(0, 0))
        self._set_margins(self.document())
        super().resizeEvent(event)
        self._show_at_top(top)
