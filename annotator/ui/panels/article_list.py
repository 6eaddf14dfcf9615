# SPDX-License-Identifier: MIT
"""The panel on the leading side: the project's articles, with a filter."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from annotator.i18n import tr, trn
from annotator.model.changes import Changes
from annotator.model.ids import ArticleId
from annotator.ui.panels.article_model import ArticleListModel
from annotator.ui.panels.delegates import ArticleDelegate
from annotator.ui.row_table import RowTable
from annotator.ui.session import Session
from annotator.ui.theme import Theme
from annotator.ui.widgets import LineEdit, fill, label, panel, row


class _Rows(RowTable):
    """A list of which all of a filter's is found before all of it is selected."""

    def selectAll(self) -> None:  # noqa: N802
        """Select all rows, those too that are still to be found."""
        model = self.model()
        if isinstance(model, ArticleListModel):
            model.finish()
        super().selectAll()


class ArticleListPanel(QFrame):
    """Lists articles; the chosen one is the one that is read.

    Signals:
        menu_requested: a menu for the chosen articles is wanted, at this point of the screen.
        filter_left: Escape was pressed in the filter, which is empty.
    """

    menu_requested = Signal(QPoint)
    filter_left = Signal()

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._session = session
        self.model = ArticleListModel(session)
        self.view = self._make_view(theme)
        self._count = label(role="muted")
        self.filter = LineEdit(tr("Find an article"), tr("Filter of the list of articles"))
        self.filter.setClearButtonEnabled(True)
        self._heading = label(tr("Articles"), "heading")
        head = row(self._heading, None, self._count)
        head.setContentsMargins(12, 12, 12, 2)
        search = row(self.filter)
        search.setContentsMargins(10, 2, 10, 8)
        self.setLayout(fill(QVBoxLayout(), head, search, self.view, gap=2))
        self._connect_signals()
        self.refresh()

    def show_heading(self, shown: bool) -> None:  # noqa: FBT001 - see `pages.HasHeading`
        """Show the heading, or leave it to a tab above."""
        self._heading.setVisible(shown)

    def selected(self) -> list[ArticleId]:
        """Return the ids of all chosen articles, in their order."""
        return [id_ for first, last in sorted(self.view.chosen_rows()) for id_ in self.model.articles_in(first, last)]

    def refresh(self) -> None:
        """Read the list anew."""
        self.model.reload()
        self._show_count()
        self.show_current(self._session.article_id or "")

    def show_current(self, article_id: str) -> None:
        """Mark the article that is read."""
        index = self.model.index_of(ArticleId(article_id)) if article_id else QModelIndex()
        if index.isValid() and index != self.view.currentIndex():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.view.selectionModel().setCurrentIndex(index, flags)
            self.view.scrollTo(index)
        elif not index.isValid():
            self.view.selectionModel().clear()

    def go(self, step: int) -> None:
        """Read the article that many rows further down."""
        self.open_row(self.view.currentIndex().row() + step)

    def open_row(self, number: int) -> None:
        """Read the article of a row."""
        article_id = self.model.article_at(number)
        if article_id is not None:
            self._session.select_article(article_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """In the filter, Escape clears it and then leaves it; the arrow goes down into the list."""
        if not self.filter.hasFocus() or event.key() not in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Down:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.filter.text():
            self.filter.clear()
        else:
            self.filter_left.emit()

    def _make_view(self, theme: Theme) -> _Rows:
        view = _Rows(self.model, ArticleDelegate(theme), tr("List of articles"))
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        return view

    def _connect_signals(self) -> None:
        self.model.read.connect(self._on_read)
        self.filter.textChanged.connect(self._on_filter_changed)
        self.filter.returnPressed.connect(self._on_filter_returned)
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        self.view.customContextMenuRequested.connect(
            lambda point: self.menu_requested.emit(self.view.viewport().mapToGlobal(point))
        )
        self._session.article_selected.connect(self.show_current)
        self._session.changes_committed.connect(self._on_changes_committed)

    def _on_filter_changed(self, text: str) -> None:
        self.model.set_filter(text)
        self._show_count()
        self.show_current(self._session.article_id or "")

    def _on_read(self) -> None:
        """Show of a filter what only now is known."""
        if self.model.is_filtered:
            self._show_count()
            self.show_current(self._session.article_id or "")

    def _on_filter_returned(self) -> None:
        if self.model.rowCount():
            self.open_row(0)
            self.view.setFocus()

    def _on_current_changed(self, index: QModelIndex) -> None:
        if index.isValid():
            self._session.select_article(self.model.article_at(index.row()))

    def _on_changes_committed(self, changes: Changes, _initiator: object) -> None:
        self.model.apply(changes)
        if changes.article_list_changed:
            self._show_count()
            self.show_current(self._session.article_id or "")

    def _show_count(self) -> None:
        nothing = self.model.count and not self.model.rowCount() and self.model.is_read
        self._count.setText(tr("Not found") if nothing else trn("{n} article", "{n} articles", self.model.count))


def empty_hint() -> QFrame:
    """Return what stands in the place of an article where a project has none."""
    text = label(tr("Drop files or folders here, or import them (Ctrl+I)."), "muted", wrap=True)
    text.setAlignment(Qt.AlignmentFlag.AlignCenter)
    title = label(tr("No article yet"), "title")
    title.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return panel("page", QVBoxLayout(), None, title, text, None, margin=40, gap=10)
