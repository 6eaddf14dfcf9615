# SPDX-License-Identifier: MIT
"""What the window shows while no project is open: ways to begin."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from annotator import i18n, paths
from annotator.i18n import N_, tr, tr_marked
from annotator.settings import Settings
from annotator.ui import icons
from annotator.ui.theme import Theme
from annotator.ui.widgets import ContentLabel, FlatButton, column, fill, label, row

_CARDS = (
    ("seeds", "seeds", N_("Try it with the sample articles"), N_("Five Arabic news articles, ready to be tagged")),
    ("new", "new-project", N_("New project"), N_("An empty project, to import articles into")),
    ("open_articles", "article", N_("Open a folder of articles"), N_("A project is made of the articles in it")),
    ("open", "open", N_("Open a project"), N_("A file that ends in .tawsim")),
)
_WIDTH = 640


class StartPage(QScrollArea):
    """Offers to make, open and try.

    Signals:
        command_chosen: a command of the table of actions is wanted, by its id.
        project_chosen: a recent project is wanted.
    """

    command_chosen = Signal(str)
    project_chosen = Signal(str)

    def __init__(self, settings: Settings, theme: Theme) -> None:
        super().__init__()
        self._settings, self._theme = settings, theme
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("Start page"))
        self.cards: dict[str, QPushButton] = {}
        self.recent: dict[str, QPushButton] = {}
        self._recent_box = QVBoxLayout()
        inner = QWidget()
        inner.setMaximumWidth(_WIDTH)
        inner.setLayout(column(self._head(), self._card_grid(), self._recent_box, margin=24, gap=26))
        centre = QFrame()
        centre.setProperty("role", "page")
        middle = row(None, inner, None)
        middle.setStretch(1, 100)
        centre.setLayout(fill(QVBoxLayout(), None, middle, None, None))
        self.setWidget(centre)
        self._show_recent()

    def _head(self) -> QWidget:
        picture = QLabel()
        picture.setPixmap(icons.pixmap("tawsim", "", 64, self.devicePixelRatioF()))
        name = label(tr("Tawsim"), "title")
        tagline = label(tr("Tag actors, events and stance in Arabic news articles, offline."), "muted", wrap=True)
        text = column(None, name, tagline, None, gap=2)
        head = QWidget()
        layout = row(picture, text, gap=18)
        layout.setStretch(1, 1)
        head.setLayout(layout)
        return head

    def _card_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(12)
        shown = [card for card in _CARDS if card[0] != "seeds" or paths.seeds() is not None]
        for number, (id_, icon, title, hint) in enumerate(shown):
            card = self._card(icon, tr_marked(title), tr_marked(hint), partial(self.command_chosen.emit, id_))
            self.cards[id_] = card
            grid.addWidget(card, number // 2, number % 2)
        return grid

    def _card(self, icon: str, title: str, hint: str, act: Callable[[], object]) -> QPushButton:
        card = QPushButton()
        card.setProperty("role", "card")
        card.setAccessibleName(title)
        card.setAccessibleDescription(hint)
        picture = QLabel()
        ink = self._theme.accent
        picture.setPixmap(
            icons.pixmap(icon, ink, 26, self.devicePixelRatioF(), mirrored=icon == "open" and i18n.is_rtl())
        )
        name = label(title, wrap=True)
        bold = name.font()
        bold.setBold(True)
        name.setFont(bold)
        layout = row(picture, column(None, name, label(hint, "muted", wrap=True), None, gap=1), margin=14, gap=14)
        layout.setStretch(1, 1)
        card.setLayout(layout)
        card.setMinimumSize(QSize(200, 84))
        for child in card.findChildren(QLabel):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        card.clicked.connect(lambda *_: act())
        return card

    def _show_recent(self) -> None:
        fill(self._recent_box, gap=2)
        while (item := self._recent_box.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.recent.clear()
        recent = self._settings.paths("recent_projects")
        if recent:
            self._recent_box.addWidget(label(tr("Recent projects"), "heading"))
        for path in recent:
            self._recent_box.addWidget(self._recent_row(path))

    def _recent_row(self, path: str) -> QWidget:
        exists = Path(path).is_file()
        name = ContentLabel(leading=True)
        name.show_text(Path(path).stem)
        place = ContentLabel("muted", leading=True)
        place.show_text(str(Path(path).parent) if exists else tr("Not there any more: {path}", path=path))
        button = QPushButton()
        button.setProperty("role", "card")
        button.setAccessibleName(path)
        button.setEnabled(exists)
        layout = row(name, place, margin=10, gap=12)
        layout.setStretch(0, 2)
        layout.setStretch(1, 3)
        button.setLayout(layout)
        button.setMinimumHeight(42)
        for child in button.findChildren(QLabel):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        button.clicked.connect(lambda: self.project_chosen.emit(path))
        self.recent[path] = button
        forget = FlatButton(tr("Take out of this list"), lambda: self._forget(path))
        forget.setIcon(icons.icon("close", self._theme))
        line = QWidget()
        inside = row(button, forget, gap=4)
        inside.setStretch(0, 1)
        line.setLayout(inside)
        return line

    def _forget(self, path: str) -> None:
        self._settings.forget_recent(path)
        self._show_recent()
