# SPDX-License-Identifier: MIT
"""Qt's actions, menus and toolbar, built from the table of commands."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QSizePolicy, QToolBar, QWidget

from annotator import i18n
from annotator.i18n import N_, tr, tr_marked
from annotator.ui import icons
from annotator.ui.actions import MENU_NAMES, ActionSpec, Context, Menu, Situation
from annotator.ui.keys import with_arabic
from annotator.ui.theme import Theme
from annotator.ui.widgets import plain

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow

#: Keys that belong to one place and are no commands of the window: what they do, and where.
_KEYS_OF_PLACES: tuple[tuple[str, str, str], ...] = (
    ("Space", N_("Tick or untick the row"), N_("List of places")),
    ("Return", N_("Go to what the row is about"), N_("List of places")),
    ("Esc", N_("Close the pane below the article"), N_("Pane below the article")),
    ("Space", N_("Choose what the name becomes"), N_("Import annotations")),
    ("Del", N_("Leave the name out"), N_("Import annotations")),
    ("Ctrl+F", N_("Find a format"), N_("Export")),
)
#: What stands in the toolbar, None for a line between: what changes the project, and what changes the view.
_TOOLS = ("undo", "redo", None, "import", "export", None, "previous_tag", "next_tag", None, "find")
_TOOLS_AT_THE_END = ("zoom_out", "zoom_in", "invisibles")
_TEXT_BESIDE = frozenset({"import", "export"})


class Commands(QObject):
    """The commands of one window as Qt's actions; made anew when language, theme or project change."""

    def __init__(self, window: "MainWindow", specs: Iterable[ActionSpec], theme: Theme) -> None:
        super().__init__(window)
        self._window, self._theme = window, theme
        self._now: Situation | None = None
        self._is_stale = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.settle)
        self.specs = {spec.id: spec for spec in specs}
        self._actions = {spec.id: self._action(spec) for spec in self.specs.values()}
        window.addActions(list(self._actions.values()))

    @property
    def actions(self) -> dict[str, QAction]:
        """Every command as Qt's action, as things are now."""
        self.settle()
        return self._actions

    def update_soon(self) -> None:
        """Look at every command once all that goes on now is done: an act changes what they hang on several times."""
        self._is_stale = True
        if not self._soon.isActive():
            self._soon.start()

    def settle(self) -> None:
        """Do at once what was to be done soon."""
        if self._is_stale:
            self._soon.stop()
            self.update(self._window.situation())

    def update(self, now: Situation) -> None:
        """Enable, name and tick every command as the situation asks."""
        self._is_stale = False
        if now == self._now:
            return
        self._now = now
        for spec in self.specs.values():
            action = self._actions[spec.id]
            action.setEnabled(spec.when(now))
            # What never changes its name is not translated again.
            if spec.name is not None or not action.text():
                _name(action, spec, spec.shown(now))
            if spec.choice is not None:
                action.setChecked(spec.choice(self._window))

    def would_change(self, keys: QKeySequence) -> bool:
        """Return whether keys are of a command that only a project which may be changed has."""
        now = self._window.situation()
        writable = replace(now, writable=True)
        return any(
            keys in self.actions[spec.id].shortcuts() and spec.when(writable) and not spec.when(now)
            for spec in self.specs.values()
        )

    def forget(self) -> None:
        """Have the next update look at every command again, as after a change of settings."""
        self._now = None

    def dispose(self) -> None:
        """Give up all keys, so that those of the next commands are not in doubt."""
        self._soon.stop()
        self._is_stale = False
        for action in self._actions.values():
            self._window.removeAction(action)
        self.deleteLater()

    def fill_menu_bar(self, bar: QMenuBar) -> None:
        """Build the menus."""
        bar.clear()
        for menu in Menu:
            specs = [spec for spec in self.specs.values() if spec.menu is menu]
            if specs:
                self._fill(bar.addMenu(tr_marked(MENU_NAMES[menu])), specs)

    def fill_toolbar(self, bar: QToolBar) -> None:
        """Build the toolbar: what changes the project at the start, what changes the view at the end."""
        bar.setIconSize(QSize(20, 20))
        self._draw(self.specs[id_] for id_ in (*_TOOLS, *_TOOLS_AT_THE_END) if id_ is not None)
        for id_ in _TOOLS:
            if id_ is None:
                bar.addSeparator()
                continue
            bar.addAction(self._actions[id_])
            button = bar.widgetForAction(self._actions[id_])
            if id_ in _TEXT_BESIDE and hasattr(button, "setToolButtonStyle"):
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        room = QWidget()
        room.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(room)
        for id_ in _TOOLS_AT_THE_END:
            bar.addAction(self._actions[id_])

    def context_menu(self, context: Context, parent: QWidget) -> QMenu:
        """Return the menu for a place."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill(menu, [spec for spec in self.specs.values() if context in spec.contexts])
        return menu

    def keys_table(self) -> list[tuple[str, str, str]]:
        """Return keys, name and menu of every command that has keys; then the keys that some places have."""
        now = self._window.situation()
        commands = [
            (_shown_keys(spec.keys[0]), spec.shown(now), tr_marked(MENU_NAMES[spec.menu]).replace("&", ""))
            for spec in self.specs.values()
            if spec.keys
        ]
        return commands + [(_shown_keys(key), tr_marked(act), tr_marked(place)) for key, act, place in _KEYS_OF_PLACES]

    def _action(self, spec: ActionSpec) -> QAction:
        action = QAction(self)
        action.setObjectName(spec.id)
        action.setShortcuts([QKeySequence(key) for key in with_arabic(spec.keys)])
        action.setMenuRole(QAction.MenuRole.NoRole)
        action.setCheckable(spec.choice is not None)
        action.triggered.connect(lambda: self._run(spec))
        return action

    def _run(self, spec: ActionSpec) -> None:
        spec.run(self._window)
        self._window.update_commands()  # others than these where the window was built anew behind a dialog

    def _draw(self, specs: Iterable[ActionSpec]) -> None:
        """Give commands their pictures before they are seen: most stand in menus that are seldom opened."""
        for spec in specs:
            if self._actions[spec.id].icon().isNull():
                self._actions[spec.id].setIcon(icons.icon(spec.icon, self._theme, rtl=i18n.is_rtl()))

    def _fill(self, menu: QMenu, specs: list[ActionSpec]) -> None:
        menu.aboutToShow.connect(partial(self._draw, specs))
        submenus: dict[str, QMenu] = {}
        for spec in specs:
            if spec.submenu and spec.submenu not in submenus:
                submenus[spec.submenu] = menu.addMenu(tr_marked(spec.submenu))
            target = submenus.get(spec.submenu, menu)
            if spec.parts and not target.isEmpty():
                target.addSeparator()
            target.addAction(self._actions[spec.id])


def _name(action: QAction, spec: ActionSpec, text: str) -> None:
    shown = plain(text)  # a quote or a name may hold an ampersand
    if shown == action.text().partition("\t")[0]:
        return
    action.setText(shown)
    if i18n.is_rtl() and spec.keys and not spec.keys[0][-1].isalnum():
        action.setIconText(text)
        action.setText(f"{shown}\t{i18n.isolate(_shown_keys(spec.keys[0]))}")  # a menu would turn Ctrl++ into ++Ctrl
    action.setToolTip(_hint(text, spec))


def _hint(text: str, spec: ActionSpec) -> str:
    return tr("{action} ({keys})", action=text, keys=_shown_keys(spec.keys[0])) if spec.keys else text


def _shown_keys(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
