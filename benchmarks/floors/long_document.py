# SPDX-License-Identifier: MIT
"""A bare window shown a document of a million characters, without tags: opened, and scrolled step by step."""

import json
from functools import partial

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QTextEdit

from benchmarks import probe
from benchmarks.floors.window import BareWindow, application

_OPENINGS = 3
_STEP = 60


class BareEdit(QTextEdit):
    """A text view that can only be read."""

    painted = False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint, and keep that it has."""
        super().paintEvent(event)
        self.painted = True


def main() -> None:
    """Open both documents, and scroll from the middle of each."""
    task = probe.task()
    app = application()
    window = BareWindow()
    edit = BareEdit()
    edit.setReadOnly(True)
    edit.setFont(window.view.font())
    window.setCentralWidget(edit)
    first, long, unbroken = json.loads((task.folder / "long.json").read_text(encoding="utf-8"))
    edit.setPlainText(first)
    window.show()
    while not edit.painted:
        app.processEvents()
    samples: probe.Samples = {}
    for name, text in (("long", long), ("unbroken", unbroken)):
        samples[f"{name}_opened"] = []
        for _ in range(_OPENINGS):
            edit.setPlainText(first)
            app.processEvents()
            samples[f"{name}_opened"].append(probe.timed(partial(_show, edit, text)))
        # All of it laid out, as it is after a second of reading.
        edit.document().documentLayout().documentSize()
        app.processEvents()
        bar = edit.verticalScrollBar()
        bar.setValue(bar.maximum() // 2)
        edit.viewport().repaint()
        samples[f"{name}_scrolled"] = [probe.timed(partial(_scroll, edit)) for _ in range(task.count)]
    probe.report(samples)


def _show(edit: QTextEdit, text: str) -> None:
    edit.setPlainText(text)
    edit.viewport().repaint()


def _scroll(edit: QTextEdit) -> None:
    edit.verticalScrollBar().setValue(edit.verticalScrollBar().value() + _STEP)
    edit.viewport().repaint()


if __name__ == "__main__":
    main()
