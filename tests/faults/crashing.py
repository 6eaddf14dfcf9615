# SPDX-License-Identifier: MIT
"""The program run with a bug in it: a process of its own, in which a hand meets every dialog and closes the window.

Called with a project and the name of a bug. Prints the tag that was made before, then each dialog that came, as JSON.
"""

import ctypes
import json
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer, QTimerEvent, qFatal
from PySide6.QtWidgets import QApplication, QPushButton

from annotator import paths
from annotator.model.ids import LabelId
from annotator.ops import tags
from annotator.settings import Settings
from annotator.ui import app
from annotator.ui.article.view import ArticleView
from annotator.ui.dialogs.crash import CrashDialog
from annotator.ui.main_window import MainWindow

_EVERY_MS = 30
#: A paint that fails is met again and again; so long the window is left to paint.
_LOOKS = 25


#: Not where it is raised: the line of the source is part of what is told.
_QUOTE = "غانتس"


class TheBugError(Exception):
    """What is raised."""


def _fail(*_: object, **__: object) -> None:
    raise TheBugError(_QUOTE)


def _slip(*_: object, **__: object) -> None:
    # Raised by the interpreter itself, which makes no exception of it before somebody looks.
    None.missing  # type: ignore[attr-defined]  # noqa: B018


class _Filter(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.ToolTip:
            _fail()
        return False


def _slot(window: MainWindow) -> None:
    button = QPushButton(window)
    button.clicked.connect(_fail)
    button.click()


def _paint(window: MainWindow) -> None:
    # In the middle of painting, with a painter that is active.
    ArticleView._draw_text = _fail  # type: ignore[method-assign]
    window.desk.pane.view.viewport().update()


def _override(bug: Callable[..., None], what: str, name: str) -> Callable[[MainWindow], object]:
    """Plant a bug in what the list of articles is painted by: Qt calls it while Python paints."""

    def plant(window: MainWindow) -> None:
        panel = window.desk.articles
        one: Any = panel.model if what == "model" else panel.view.itemDelegate()
        # A class of its own, made as every other: PySide would still call what another takes the place of in a class.
        one.__class__ = type("Buggy", (type(one),), {name: bug})
        panel.model.layoutChanged.emit()

    return plant


def _filter(window: MainWindow) -> None:
    window.installEventFilter(_Filter(window))
    QApplication.sendEvent(window, QEvent(QEvent.Type.ToolTip))


#: By where it is.
BUGS: dict[str, Callable[[MainWindow], object]] = {
    "a slot": _slot,
    "a timer": lambda window: QTimer.singleShot(0, window, _fail),
    "a job": lambda window: window.jobs.start("…", lambda progress: _fail(), lambda result: None),
    "a thread": lambda window: threading.Thread(target=_fail).start(),
    "a paint": _paint,
    "a model": _override(_fail, "model", "data"),
    "a model, by a slip": _override(_slip, "model", "data"),
    "a model's count": _override(_fail, "model", "rowCount"),
    "a delegate": _override(_slip, "delegate", "paint"),
    "an event filter": _filter,
    "closing after another": lambda window: (setattr(window.jobs, "stop", _fail), _slot(window)),
    "memory": lambda window: ctypes.string_at(0),
    "memory, in a thread": lambda window: threading.Thread(target=ctypes.string_at, args=(0,)).start(),
    "an abort": lambda window: os.abort(),
    "Qt's own fatal error": lambda window: qFatal("…"),
    "nothing": lambda window: None,
}


def main(project: str, bug: str) -> int:
    settings = Settings(paths.config_dir() / "settings.json")
    settings.set("annotator_name", "Layla")
    settings.set("language", "en")

    def watched(*arguments: Any, **options: Any) -> MainWindow:
        window = MainWindow(*arguments, **options)
        _Hand(window, bug)
        return window

    app.MainWindow = watched  # type: ignore[assignment,misc]
    return app.run_window(Path(project))


class _Hand(QObject):
    """Tags, lets the bug happen, closes what comes up, and then the window."""

    def __init__(self, window: MainWindow, bug: str) -> None:
        super().__init__(window)
        self._window, self._bug, self._looks = window, bug, 0
        self.startTimer(_EVERY_MS)

    def timerEvent(self, event: QTimerEvent) -> None:  # noqa: N802
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, CrashDialog):
            told = [type(dialog).__name__, dialog.details, self._window.session.is_open]
            print(json.dumps(told, ensure_ascii=False), flush=True)
            dialog.reject()
        elif self._looks or self._window.is_working:
            self._looks += 1
            if self._looks == 1:
                self._begin()
            elif self._looks == _LOOKS:
                self.killTimer(event.timerId())
                self._window.close()

    def _begin(self) -> None:
        session = self._window.session
        article = session.project.articles()[0].id
        start = 300 + len(session.project.spans(article))
        made = session.run(tags.add_tag, article, start, start + 4, LabelId("ACTOR"))
        assert made is not None
        print(json.dumps(made.rows[0].record.id), flush=True)
        BUGS[self._bug](self._window)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
