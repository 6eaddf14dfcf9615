# SPDX-License-Identifier: MIT
"""The drawer below the article: one page at a time, built when it is first opened. Knows none of the pages.

A page is any widget; `pages` says what else it may offer. It must live with 360 by 100 logical pixels, as it never
makes the window larger.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from annotator import i18n
from annotator.i18n import tr
from annotator.settings import Settings
from annotator.ui import icons
from annotator.ui.focus import focus_target, is_inside, put_after, put_before, tab_stops
from annotator.ui.pages import HasHeadWidgets, HasTitle, Remembers, flush
from annotator.ui.theme import Theme
from annotator.ui.widgets import ContentLabel, FlatButton, fill, row

_KEPT = "window.drawer"
_SHARE = 0.45
_LEAST_SHARE, _MOST_SHARE = 0.1, 0.9
_LEAST_HEIGHT = 136


@dataclass(frozen=True, slots=True)
class DrawerShowing:
    """What a drawer shows: its page, the title, and what the page remembers of itself."""

    page_id: str
    title: str
    page: object = None


class Drawer(QFrame):
    """A head with a title, and a page below it; hidden until a page is opened.

    Signals:
        page_opened: this page is seen now.
        closed: the drawer was closed.
        focus_left: the drawer had the focus and is closed; somebody else must take it.
    """

    page_opened = Signal(str)
    closed = Signal()
    focus_left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._factories: dict[str, Callable[[], QWidget]] = {}
        self._pages: dict[str, QWidget] = {}
        self._heads: dict[str, QWidget] = {}
        self._current: str | None = None
        self._title = ContentLabel("heading", leading=True)
        self.close_button = FlatButton(tr("Close this part of the window"), self.close_page)
        self.close_button.setIcon(icons.icon("close", theme, size=16))
        self._stack = QStackedWidget()
        self.setLayout(fill(QVBoxLayout(), self._head(), self._stack, gap=0))
        self.hide()

    @property
    def current(self) -> str | None:
        """The page that is seen; None while the drawer is closed."""
        return self._current

    @property
    def title(self) -> str:
        """What stands in the head."""
        return self._title.full_text

    @property
    def widgets(self) -> list[QWidget]:
        """All pages that have been built."""
        return list(self._pages.values())

    def add_page(self, page_id: str, factory: Callable[[], QWidget]) -> None:
        """Make a page known; it is built when it is first opened."""
        if page_id in self._factories:
            msg = f"there is a page {page_id!r} already"
            raise ValueError(msg)
        self._factories[page_id] = factory

    def built(self, page_id: str) -> QWidget | None:
        """Return the widget of a page, or None where it has not been opened yet."""
        return self._pages.get(page_id)

    def open_page(self, page_id: str, title: str = "") -> QWidget:
        """Let a page be seen, below its title or what it says itself; the focus stays where it is.

        Returns:
            The page's widget.
        """
        page = self._page(page_id)
        if self._current not in (None, page_id):
            self.flush()
        self._current = page_id
        self.set_title(title or (page.title() if isinstance(page, HasTitle) else ""))
        self._stack.setCurrentWidget(page)
        for other, head in self._heads.items():
            head.setVisible(other == page_id)
        self.show()
        self.page_opened.emit(page_id)
        return page

    def close_page(self) -> None:
        """Close the drawer; what was being written is kept, and the focus goes back if it was here."""
        if self._current is None:
            return
        self.flush()
        held_focus = is_inside(QApplication.focusWidget(), self)
        self._current = None
        if held_focus:
            self.focus_left.emit()  # before Qt gives the focus to whatever comes next
        self.hide()
        self.closed.emit()

    def set_title(self, title: str) -> None:
        """Give the page that is seen another title."""
        self._title.show_text(title)
        self.setAccessibleName(title)

    def focus_page(self) -> None:
        """Give the focus to the page."""
        self.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_target(self) -> QWidget:
        """Return what takes the focus when the drawer is gone to."""
        page = self._pages.get(self._current or "")
        return (focus_target(page) if page is not None else None) or self.close_button

    def flush(self) -> None:
        """Keep what is being written."""
        for page in self._pages.values():
            flush(page)

    def showing(self) -> DrawerShowing | None:
        """Return what is shown; None while the drawer is closed."""
        page = self._pages.get(self._current or "")
        if self._current is None or page is None:
            return None
        return DrawerShowing(self._current, self.title, page.showing() if isinstance(page, Remembers) else None)

    def return_to(self, showing: DrawerShowing) -> None:
        """Show what another drawer has shown, if this one knows the page."""
        if showing.page_id not in self._factories:
            return
        page = self._page(showing.page_id)
        if isinstance(page, Remembers):
            page.return_to(showing.page)
        self.open_page(showing.page_id, "" if isinstance(page, HasTitle) else showing.title)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return the same for all pages: none may push the window apart."""
        return QSize(0, _LEAST_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Escape that the page does not want closes the drawer."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_page()
        else:
            super().keyPressEvent(event)

    def _head(self) -> QFrame:
        head = QFrame()
        head.setProperty("role", "slim")
        self._line = row(self._title, self.close_button, gap=4)
        self._line.setContentsMargins(*((6, 2, 13, 2) if i18n.is_rtl() else (13, 2, 6, 2)))  # Qt mirrors no margins
        self._line.setStretch(0, 1)
        head.setLayout(self._line)
        return head

    def _page(self, page_id: str) -> QWidget:
        if page_id not in self._pages:
            page = self._pages[page_id] = self._factories[page_id]()
            self._stack.addWidget(page)
            put_after(self.close_button, tab_stops(page))
            if isinstance(page, HasHeadWidgets):
                self._add_head(page_id, page.head_widgets())
        return self._pages[page_id]

    def _add_head(self, page_id: str, widgets: list[QWidget]) -> None:
        head = self._heads[page_id] = QWidget()
        head.setLayout(row(*widgets, gap=4))
        self._line.insertWidget(self._line.count() - 1, head)
        put_before(self.close_button, tab_stops(head))


class DrawerColumn(QSplitter):
    """The article above, the drawer below; remembers which share of the height the drawer takes."""

    def __init__(self, above: QWidget, settings: Settings) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._settings = settings
        self._share = kept_share(settings, _KEPT) or _SHARE
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.addWidget(above)
        self.splitterMoved.connect(self._on_moved)

    def add_drawer(self, drawer: Drawer) -> None:
        """Put the drawer below."""
        self.addWidget(drawer)
        self._make_room()

    def keep(self) -> None:
        """Remember the height of the drawer."""
        self._settings.put(_KEPT, f"{self._share:.3f}")

    def _make_room(self) -> None:
        self.setSizes([round(1000 * (1 - self._share)), round(1000 * self._share)])

    def _on_moved(self, *_: int) -> None:
        above, below = self.sizes()
        if below:
            self._share = below / (above + below)


def kept_share(settings: Settings, key: str) -> float | None:
    """Return the share of a height that was kept under a key, within limits; None where there is none."""
    try:
        share = float(settings.get(key))
    except ValueError:
        return None
    return min(max(share, _LEAST_SHARE), _MOST_SHARE) if isfinite(share) else None
