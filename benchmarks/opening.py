# SPDX-License-Identifier: MIT
"""Opening a project in a window that stands, until it can be worked in: article and list painted."""

import time
from pathlib import Path

import annotator.ui  # noqa: F401 - first: it loads Qt as the program does, without the 7 MB that Qt's own way takes

# isort: split
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from annotator import paths
from annotator.settings import Settings
from annotator.ui.app import build
from benchmarks import probe
from benchmarks.floors import window as bare

_REST_S = 6.0


class _Paints(QObject):
    """Notes when widgets were painted."""

    def __init__(self) -> None:
        super().__init__()
        self.painted: set[QObject] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Paint:
            self.painted.add(watched)
        return False


def opened(project: Path, *, rests: bool) -> probe.Samples:
    """Open a project; return how long that took and, where the window `rests` then, its memory."""
    app = QApplication([])
    program = build(app, Settings(paths.config_dir() / "settings.json"))
    window = program.window
    window.resize(bare.WIDTH, bare.HEIGHT)
    window.show()
    for _ in range(5):
        app.processEvents()
    begun = time.perf_counter()
    window.files.open_path(project)
    paints = _Paints()
    parts = {window.desk.pane.view.viewport(), window.desk.articles.view.viewport()}
    for part in parts:
        part.installEventFilter(paints)
    while paints.painted != parts:
        app.processEvents()
    samples: probe.Samples = {"opened": [time.perf_counter() - begun]}
    until = time.monotonic() + (_REST_S if rests else 0)
    while time.monotonic() < until:
        app.processEvents()
        time.sleep(0.005)
    samples |= probe.memory()
    program.session.close()
    window.close()
    return samples
