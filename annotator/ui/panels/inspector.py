# SPDX-License-Identifier: MIT
"""The panel on the trailing side: the labels, the tags of the article, and the current tag."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QScrollArea, QSplitter, QStackedWidget, QStyle, QVBoxLayout, QWidget

from annotator.i18n import tr, trn
from annotator.model.changes import Changes
from annotator.model.relation import Relation
from annotator.model.span import Span
from annotator.project import News
from annotator.ui.panels.delegates import TagDelegate
from annotator.ui.panels.document_tags import DocumentTagsSection
from annotator.ui.panels.guide import Guide
from annotator.ui.panels.particulars import ParticularsSection
from annotator.ui.panels.tag_details import TagDetails
from annotator.ui.panels.tag_model import TagListModel
from annotator.ui.session import Session
from annotator.ui.tagging import Tagging
from annotator.ui.theme import Theme
from annotator.ui.widgets import fill, label, line, panel, row

_LOWER_SHARE = 0.7
_GUIDE_SHARE = 0.5


class Inspector(QFrame):
    """Lists the tags of the article; the chosen one is the current one, with its details below.

    Signals:
        menu_requested: a menu for the chosen tag is wanted, at this point of the screen.
        tag_activated: the user has gone to this tag here, and wants to see it in the text.
        details_left: the tag whose details had the focus is current no more.
        entity_requested: the page of this actor or event is wanted: its kind (`actor`, `event`) and its id.
        link_requested: the current tag is to be linked to an actor or event.
        relate_requested: a relation of this type is to be drawn from the current tag; "" for any.
        guideline_requested: the longer rules of tagging are wanted.
    """

    menu_requested = Signal(QPoint)
    tag_activated = Signal(str)
    details_left = Signal()
    entity_requested = Signal(str, str)
    link_requested = Signal()
    relate_requested = Signal(str)
    guideline_requested = Signal()

    def __init__(self, session: Session, tagging: Tagging, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._session, self._tagging = session, tagging
        self.model = TagListModel(session)
        self.view = self._make_view(theme)
        self._count = label(role="muted")
        self.details = TagDetails(session, tagging, theme)
        self._lower = QStackedWidget()
        self.document_tags = DocumentTagsSection(session, theme, tagging.recent)
        self.particulars = ParticularsSection(session, theme)
        self.guide = Guide(session.project.scheme, theme)
        self._lower.addWidget(
            _scrolling(
                panel(
                    *("panel", QVBoxLayout(), self.document_tags, self.particulars, self.guide, None),
                    margin=12,
                    gap=14,
                )
            )
        )
        self._lower.addWidget(_scrolling(self.details))
        head = row(label(tr("Tags"), "heading"), None, self._count)
        head.setContentsMargins(12, 12, 12, 6)
        upper = QFrame()
        upper.setLayout(fill(QVBoxLayout(), head, self.view, line(), gap=0))
        self._halves = QSplitter(Qt.Orientation.Vertical)
        self._halves.setHandleWidth(3)
        self._halves.setChildrenCollapsible(False)
        for half in (upper, self._lower):
            self._halves.addWidget(half)
        self._chosen_share: float | None = None
        self._shown_id = ""
        self.setLayout(fill(QVBoxLayout(), self._halves, gap=0))
        self._connect_signals()
        self.refresh()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return what lets the details be seen without scrolling sideways."""
        size = super().minimumSizeHint()
        scroll_bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        pages = [self._lower.widget(number) for number in range(self._lower.count())]
        inner = [page.widget() for page in pages if isinstance(page, QScrollArea)]
        widest = max((each.minimumSizeHint().width() for each in inner if each is not None), default=0)
        return QSize(max(size.width(), widest + scroll_bar), size.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Share the height anew."""
        super().resizeEvent(event)
        self._share_height()

    @property
    def lower_share(self) -> float | None:
        """The share of the height that the user gave the lower part; None where it takes what it needs."""
        return self._chosen_share

    def set_lower_share(self, share: float | None) -> None:
        """Give the lower part this share of the height; None: what it needs, up to a limit."""
        self._chosen_share = share
        self._share_height()

    def refresh(self) -> None:
        """Read the tags anew."""
        self.model.refresh()
        self._refresh_rest()

    def _refresh_rest(self, *, whole: bool = True) -> None:
        """Show what hangs on the tags, and on all else that is said of the article as a `whole`."""
        if whole:
            self.document_tags.refresh()
            self.particulars.refresh()
        self._count.setText(trn("{n} tag", "{n} tags", self.model.rowCount()))
        self._show_current(self._session.tag_id or "")

    def flush(self) -> None:
        """Keep what is being written."""
        self.document_tags.flush()
        self.particulars.flush()
        self.details.flush()

    def _make_view(self, theme: Theme) -> QListView:
        view = QListView()
        view.setModel(self.model)
        self._delegate = TagDelegate(theme, self._session)
        view.setItemDelegate(self._delegate)
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setMinimumHeight(90)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.setAccessibleName(tr("List of tags"))
        return view

    def _connect_signals(self) -> None:
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        self._halves.splitterMoved.connect(self._on_parted_elsewhere)
        self.view.clicked.connect(lambda index: self.tag_activated.emit(self.model.tag_at(index.row())))
        self.view.customContextMenuRequested.connect(
            lambda point: self.menu_requested.emit(self.view.viewport().mapToGlobal(point))
        )
        self.view.activated.connect(lambda index: self.tag_activated.emit(self.model.tag_at(index.row())))
        self.details.entity_requested.connect(self.entity_requested)
        self.details.link_requested.connect(self.link_requested)
        self.details.relate_requested.connect(self.relate_requested)
        self.guide.guideline_requested.connect(self.guideline_requested)
        self._tagging.about_to_tag.connect(self.details.flush)
        self._tagging.note_requested.connect(lambda: self._bring_into_sight(self.details.note))
        self._session.tag_selected.connect(self._on_tag_selected)
        self._session.article_selected.connect(self._on_article_selected)
        self._session.changes_committed.connect(self._on_changes_committed)

    def _bring_into_sight(self, widget: QWidget) -> None:
        area = self._lower.currentWidget()
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(widget, 0, 12)

    def _on_tag_selected(self, tag_id: str) -> None:
        # The act that made it has shown it already.
        if tag_id != self._shown_id or not tag_id:
            self._show_current(tag_id)

    def _on_article_selected(self, _article_id: str) -> None:
        self.refresh()

    def _on_current_changed(self, index: QModelIndex) -> None:
        if index.isValid() and self.view.hasFocus():
            self._session.select_tag(self.model.tag_at(index.row()))

    def _on_changes_committed(self, changes: Changes, initiator: object) -> None:
        if not isinstance(initiator, News):
            self._tagging.recent.heed(changes, self._session.project.scheme)
        if changes.registry_changed or changes.scheme_changed:
            self.details.forget()
        if self._session.article_id in changes.articles or changes.registry_changed or changes.scheme_changed:
            self.model.apply(changes)
            kinds = {type(row.record) for row in changes.rows}
            self._refresh_rest(whole=bool(kinds - {Span, Relation}))

    def _show_current(self, tag_id: str) -> None:
        self._shown_id = tag_id
        index = self.model.index_of(tag_id)
        selection = self.view.selectionModel()
        if index.isValid():
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        else:
            selection.clear()
        is_new = self.details.show_tag(tag_id)
        if not index.isValid() and self.details.holds_focus():
            self.details_left.emit()  # before Qt gives the focus to whatever comes next
        self._lower.setCurrentIndex(1 if index.isValid() else 0)
        if is_new or not index.isValid():
            self._share_height()
        layout = self.layout()
        if index.isValid() and layout is not None:
            layout.activate()  # the list has its new height before it scrolls
            self.view.scrollTo(index)

    def _share_height(self) -> None:
        """Give the lower part what it needs, up to a share of the whole; the list takes the rest."""
        area = self._lower.currentWidget()
        assert isinstance(area, QScrollArea)  # noqa: S101 - see `_scrolling`
        inner = area.widget()
        assert inner is not None  # noqa: S101 - as above
        # The guide makes room for the list of tags once there are some.
        guides = area is self._lower.widget(0)
        share = _GUIDE_SHARE if guides and self.model.rowCount() else _LOWER_SHARE
        wanted = max(inner.sizeHint().height(), inner.heightForWidth(max(self.width(), 1))) + 2
        height = self._halves.height()
        lower = min(wanted, round(height * share)) if self._chosen_share is None else round(height * self._chosen_share)
        self._halves.setSizes([height - lower, lower])

    def _on_parted_elsewhere(self) -> None:
        upper, lower = self._halves.sizes()
        self._chosen_share = lower / max(upper + lower, 1)


def _scrolling(inner: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
