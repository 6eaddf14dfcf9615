# SPDX-License-Identifier: MIT
"""What others do to the open project: another window, a command line. Looked for twice a second and told in words."""

import contextlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from annotator import i18n
from annotator.errors import UserError
from annotator.i18n import tr, trn
from annotator.model.scheme import Scheme
from annotator.project import News
from annotator.ui.wording import act_name

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow

_EVERY_MS = 500


class OthersKeeper(QObject):
    """Has a window's session catch up with the others, when nothing is under the user's hand that could be lost."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._session.project_opened.connect(self._timer.start)
        self._session.project_closed.connect(self._timer.stop)
        app = QApplication.instance()
        assert isinstance(app, QApplication)  # noqa: S101 - a window needs one
        app.applicationStateChanged.connect(self._on_state_changed)

    def look(self) -> None:
        """Look whether others have done anything, and tell every view."""
        if not self._session.is_open or self._window.jobs.busy or _is_in_hand():
            return
        # What keeps it from looking the next act says.
        with contextlib.suppress(UserError):
            self._session.catch_up()

    def _on_state_changed(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self.look()


def told(news: News, scheme: Scheme) -> str:
    """Return in words what others have done."""
    who = tr(", ").join(map(i18n.isolate, filter(None, news.annotators)))
    if not who:
        return tr("The project was changed elsewhere")
    if news.acts > 1:
        return trn("Elsewhere, {annotators}: {n} act", "Elsewhere, {annotators}: {n} acts", news.acts, annotators=who)
    return tr(
        "Elsewhere, {annotators}: {act}",
        annotators=who,
        act=act_name(scheme, news.changes.op, news.changes.params, news.kind),
    )


def _is_in_hand() -> bool:
    """Return whether a dialog or menu is open, or something is being dragged: what it stands on must not go away."""
    busy = QApplication.activeModalWidget() or QApplication.activePopupWidget()
    return busy is not None or QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
