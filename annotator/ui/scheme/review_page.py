# SPDX-License-Identifier: MIT
"""The page of what is to be reviewed: tags that lack something, that no longer fit, or that one is unsure of."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QFrame, QStyleOptionViewItem, QVBoxLayout, QWidget

from annotator.i18n import tr, tr_marked, trn
from annotator.model.changes import Changes
from annotator.model.ids import SpanId
from annotator.model.scheme import Label, Scheme
from annotator.ops.occurrences import GoesOn
from annotator.ops.review import review, review_article
from annotator.project import Project
from annotator.ui import icons
from annotator.ui.background import Background, listing
from annotator.ui.hits.delegate import paint_in_context
from annotator.ui.panels.delegates import Index, RowDelegate, after, draw_text, leading
from annotator.ui.row_table import RowTable
from annotator.ui.scheme.places import shown_name
from annotator.ui.scheme.review_model import WANTED_NAMES, ReviewLine, ReviewModel, Role, Wanted
from annotator.ui.session import Session
from annotator.ui.theme import Theme, tag_colors
from annotator.ui.widgets import SWATCH, FlatButton, fill, paint_swatch

_MARGIN, _GAP = 10, 5
_PROBLEM = "#c2410c"
_NEUTRAL = "#808080"
#: Changes in more articles than this are looked through in the thread.
_FEW = 50


class ReviewDelegate(RowDelegate):
    """A tag amid its words, and below it label, reasons and article."""

    def __init__(self, theme: Theme, scheme: Scheme) -> None:
        super().__init__(theme)
        self._scheme = scheme

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        """Return the height of all rows."""
        return QSize(120, round(QFontMetricsF(option.font).height() * 2.1 + 4 * _GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        model = index.model()
        if not isinstance(model, ReviewModel):
            return
        line: ReviewLine = index.data(Role.LINE)
        painter.save()
        self.paint_ground(painter, option)
        inner = QRectF(option.rect).adjusted(_MARGIN, _GAP, -_MARGIN, -_GAP)
        height = QFontMetricsF(option.font).height()
        label_ = model.label(line)
        top = QRectF(inner.left(), inner.top(), inner.width(), height + 4)
        self._paint_words(painter, option, top, index, label_)
        self._paint_reasons(
            painter, option, QRectF(inner.left(), inner.bottom() - height, inner.width(), height), index
        )
        painter.restore()

    def _paint_words(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRectF, index: Index, label_: object
    ) -> None:
        mention, line = index.data(Role.CONTEXT), index.data(Role.LINE)
        if mention is None:
            return
        if line.is_document:
            draw_text(painter, rect, mention.article_title, option.font, QColor(self.theme.text))
            return
        words = (mention.before.rpartition("\n")[2], mention.quote, mention.after.partition("\n")[0])
        colors = tag_colors(label_.color if isinstance(label_, Label) else _NEUTRAL, self.theme)
        paint_in_context(painter, rect, words, font=option.font, theme=self.theme, colors=colors)

    def _paint_reasons(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRectF, index: Index) -> None:
        line: ReviewLine = index.data(Role.LINE)
        model = index.model()
        assert isinstance(model, ReviewModel)  # noqa: S101 - see `paint`
        label_ = model.label(line)
        small = QFont(option.font)
        small.setPointSizeF(option.font.pointSizeF() * 0.9)
        metrics = QFontMetricsF(small)
        if isinstance(label_, Label):
            swatch = leading(rect, SWATCH.width(), option.direction)
            swatch.setHeight(min(float(SWATCH.height()), rect.height()))
            paint_swatch(painter, swatch, label_, self._scheme, self.theme)
            rect = after(rect, SWATCH.width() + _MARGIN, option.direction)
        problem = tag_colors(_PROBLEM, self.theme).ink
        for text, ink, share in (
            (shown_name(label_.name, line.label_id), QColor(self.theme.muted), 0.3),
            (line.reasons(), problem, 1.0),
        ):
            width = min(metrics.horizontalAdvance(text) + 4, rect.width() * share)
            draw_text(painter, leading(rect, width, option.direction), text, small, ink)
            rect = after(rect, width + _MARGIN, option.direction)
        mention = index.data(Role.CONTEXT)
        if mention is not None and not line.is_document and rect.width() > 80:
            draw_text(painter, rect, mention.article_title, small, QColor(self.theme.muted))


class ReviewView(RowTable):
    """The list. Enter goes to the tag, as a click does.

    Signals:
        gone_to: the row that is to be seen in its article.
    """

    gone_to = Signal(int)

    def __init__(self, model: ReviewModel, delegate: ReviewDelegate, theme: Theme) -> None:
        super().__init__(model, delegate, tr("Tags to review"))
        self._theme = theme
        self.hint = ""
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.clicked.connect(lambda index: self.gone_to.emit(index.row()))

    def show_hint(self, text: str) -> None:
        """Say this where nothing is listed."""
        self.hint = text
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Say why nothing is listed; the list itself stays, as it has the focus."""
        super().paintEvent(event)
        if self.hint:
            with QPainter(self.viewport()) as painter:
                painter.setPen(QColor(self._theme.muted))
                flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
                painter.drawText(self.viewport().rect().adjusted(16, 4, -16, -4), flags, self.hint)

    def keyboardSearch(self, _text: str) -> None:  # noqa: N802
        """Do not look for rows that begin with a letter: letters are commands."""

    def event(self, event: QEvent) -> bool:
        """Keep Enter for the list."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_enter(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Go to the current row."""
        if _is_enter(event) and self.currentIndex().isValid():
            self.gone_to.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class ReviewPage(QFrame):
    """Looks through all articles when it is opened, and again through those in which something changes.

    Signals:
        title_changed: what stands in the head of the drawer now.
        tag_wanted: article, tag (or "" for a label of the article) and bounds of what is to be seen.
    """

    title_changed = Signal(str)
    tag_wanted = Signal(str, str, int, int)

    def __init__(self, session: Session, search: Background, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._session, self.search = session, search
        self._fresh: set[str] = set()
        self._is_open = False
        self.model = ReviewModel(session)
        self.view = ReviewView(self.model, ReviewDelegate(theme, session.project.scheme), theme)
        self.filter = QComboBox()
        self.filter.setAccessibleName(tr("Which tags are listed"))
        for wanted, name in WANTED_NAMES.items():
            self.filter.addItem(tr_marked(name), str(wanted))
        self.stop_button = FlatButton(tr("Stop the search"), search.cancel)
        self.stop_button.setIcon(icons.icon("stop", theme, size=16))
        self.setLayout(fill(QVBoxLayout(), self.view, gap=0))
        self.setFocusProxy(self.view)
        self._connect()
        self._show_state()

    def open(self) -> None:
        """Look through all articles."""
        self._is_open = True
        self._fresh.clear()
        self.model.clear()
        self.search.start(listing(_found))
        self._show_state()

    def head_widgets(self) -> list[QWidget]:
        """Return what stands in the head of the drawer."""
        return [self.filter, self.stop_button]

    def title(self) -> str:
        """Return what stands in the head of the drawer."""
        if not self._is_open:
            return tr("To review")
        return trn("To review: {n} tag", "To review: {n} tags", self.model.total)

    def showing(self) -> str:
        """Return which tags are listed."""
        return str(self.filter.currentData())

    def return_to(self, showing: object) -> None:
        """List the same tags as another page has."""
        self.filter.setCurrentIndex(max(0, self.filter.findData(showing)))
        self.open()

    def _connect(self) -> None:
        self.search.found.connect(self._on_found)
        self.search.ended.connect(self._show_state)
        self.filter.currentIndexChanged.connect(self._on_wanted)
        self.view.gone_to.connect(self._on_gone_to)
        self._session.changes_committed.connect(self._on_changes_committed)

    def _on_found(self, lines: list[ReviewLine]) -> None:
        self.model.add([line for line in lines if line.article_id not in self._fresh])
        if not self.view.currentIndex().isValid() and self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(0))
        self._show_state()

    def _on_wanted(self) -> None:
        self.model.want(Wanted(self.filter.currentData()))
        self._go_to_row(0)
        self._show_state()

    def _on_gone_to(self, row: int) -> None:
        line = self.model.line(row)
        self.tag_wanted.emit(line.article_id, "" if line.is_document else SpanId(line.tag_id), line.start, line.end)

    def _on_changes_committed(self, changes: Changes, _initiator: object) -> None:
        if not self._is_open or not self.isVisible():
            return  # it is opened anew when it is seen again
        project, changed = self._session.project, changes.articles
        if changes.article_list_changed or changes.scheme_changed or len(changed) > _FEW:
            self.open()
            return
        if not changed:
            return
        self._fresh |= changed
        lines = [ReviewLine.of(one) for each in changed for one in review_article(project, each, unsure=True)]
        row = max(0, self.view.currentIndex().row())
        current = self.model.line(row).tag_id if row < self.model.rowCount() else ""
        self.model.replace_articles(changed, lines)
        again = self.model.row_of(current)
        self._go_to_row(again if again >= 0 else row)
        self._show_state()

    def _go_to_row(self, row: int) -> None:
        row = min(row, self.model.rowCount() - 1)
        if row >= 0:
            index: QModelIndex = self.model.index(row)
            self.view.setCurrentIndex(index)

    def _show_state(self) -> None:
        running = self.search.is_running
        self.stop_button.setVisible(running)
        nothing = tr("Searching…") if running else tr("Nothing is to be reviewed.")
        self.view.show_hint("" if self.model.rowCount() else nothing)
        self.title_changed.emit(self.title())


def _found(project: Project, goes_on: GoesOn) -> Iterator[ReviewLine]:
    """Go through a project in a thread."""
    total, done = project.article_count(), 0

    def on() -> bool:
        nonlocal done
        done += 1
        return goes_on(done, total)

    for found in review(project, on, unsure=True):
        yield ReviewLine.of(found)


def _is_enter(event: QKeyEvent) -> bool:
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
