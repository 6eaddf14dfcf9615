# SPDX-License-Identifier: MIT
"""The leading side of the window: lists of which one is seen at a time, chosen by tabs. Knows none of the lists."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from annotator.i18n import tr
from annotator.settings import Settings
from annotator.ui.focus import focus_target, put_after, tab_stops
from annotator.ui.pages import HasHeading, flush
from annotator.ui.widgets import fill, plain

_KEPT = "window.side"


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of the side."""

    id: str
    title: str
    widget: QWidget
    target: QWidget | None
    count: Callable[[], int] | None


class _Tabs(QTabBar):
    """Tabs that share the width, and show how much is behind each where there is room to say so."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Lists"))
        self.setDrawBase(False)
        self.setExpanding(True)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.hide()

    def show_titles(self, titles: list[str], counts: list[str], room: int) -> None:
        """Show the titles, with the counts where all fit into `room` pixels."""
        full = [f"{title} {count}".rstrip() for title, count in zip(titles, counts, strict=True)]
        self._set(full)
        if sum(self.tabSizeHint(number).width() for number in range(self.count())) > room:
            self._set(titles)
        for number, text in enumerate(full):
            self.setTabToolTip(number, text)

    def _set(self, texts: list[str]) -> None:
        for number, text in enumerate(texts):
            if self.tabText(number) != plain(text):
                self.setTabText(number, plain(text))


class SidePanel(QFrame):
    """A stack of lists with a tab each; with one list alone there are no tabs.

    Signals:
        page_changed: this page is seen now.
    """

    page_changed = Signal(str)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._settings = settings
        self._wanted = settings.get(_KEPT)
        self._pages: list[_Page] = []
        self.tabs = _Tabs()
        self._stack = QStackedWidget()
        self.setLayout(fill(QVBoxLayout(), self.tabs, self._stack, gap=0))
        self.tabs.currentChanged.connect(self._on_tab_changed)

    @property
    def current(self) -> str:
        """The page that is seen, or "" where there is none."""
        number = self.tabs.currentIndex()
        return self._pages[number].id if number >= 0 else ""

    @property
    def widgets(self) -> list[QWidget]:
        """All pages, seen or not."""
        return [page.widget for page in self._pages]

    def add_page(self, page_id: str, title: str, widget: QWidget, count: Callable[[], int] | None = None) -> None:
        """Add a list behind the others; it is shown where it was the one seen last, and its focus proxy taken over.

        `count` says how much is in it, in a few milliseconds at most: it is asked after every act.
        """
        if any(page.id == page_id for page in self._pages):
            msg = f"there is a page {page_id!r} already"
            raise ValueError(msg)
        # Tab would come by a page that has a proxy once more, at another place than by the proxy itself.
        target = widget.focusProxy()
        widget.setFocusProxy(None)  # type: ignore[arg-type]  # Qt takes null
        self._pages.append(_Page(page_id, title, widget, target, count))
        self._stack.addWidget(widget)
        put_after(self.tabs, tab_stops(widget))
        self.tabs.addTab(plain(title))
        several = len(self._pages) > 1
        self.tabs.setVisible(several)
        for page in self.widgets:
            if isinstance(page, HasHeading):
                page.show_heading(not several)
        self.refresh_counts()
        if page_id == self._wanted:
            self.show_page(page_id)

    def show_page(self, page_id: str) -> None:
        """Let a page be seen; the focus stays where it is."""
        self.tabs.setCurrentIndex(self._index(page_id))

    def page(self, page_id: str) -> QWidget:
        """Return the widget of a page."""
        return self._pages[self._index(page_id)].widget

    def refresh_counts(self) -> None:
        """Ask how much is behind each tab, and show it."""
        if self.tabs.isVisibleTo(self):
            counts = ["" if page.count is None else str(page.count()) for page in self._pages]
            self.tabs.show_titles([page.title for page in self._pages], counts, self.width())

    def focus_target(self) -> QWidget:
        """Return what takes the focus when the panel is gone to."""
        page = next((page for page in self._pages if page.id == self.current), None)
        return (page and (page.target or focus_target(page.widget))) or self.tabs

    def flush(self) -> None:
        """Keep what is being written."""
        for widget in self.widgets:
            flush(widget)

    def keep(self) -> None:
        """Remember which page is seen."""
        self._settings.put(_KEPT, self.current)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """See anew whether there is room for counts."""
        super().resizeEvent(event)
        self.refresh_counts()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """On the tabs, the arrow down and Enter go into the list."""
        into = event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if into and self.tabs.hasFocus():
            self.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def _index(self, page_id: str) -> int:
        return [page.id for page in self._pages].index(page_id)

    def _on_tab_changed(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        self.page_changed.emit(self.current)
