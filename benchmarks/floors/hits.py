# SPDX-License-Identifier: MIT
"""A bare table of a hundred thousand lines of Arabic: shown, scrolled, and changed in every line."""

from functools import partial

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QTableView

from benchmarks import probe
from benchmarks.floors.window import HEIGHT, WIDTH, application

_ROWS, _STEPS = 100_000, 40
_MOST = 4
_LINE = "إسرائيل وتركيا.. إطلاق التعاون الأمني بعد مباحثات غانتس مع أردوغان"


def main() -> None:
    """Show it, and move in it."""
    task = probe.task()
    app = application()
    opened, scrolled, changed = [], [], []
    for _ in range(min(task.count, _MOST)):  # of some cases the number is that of articles
        model = QStringListModel([f"{number} {_LINE}" for number in range(_ROWS)])
        view = QTableView()
        view.resize(WIDTH // 2, HEIGHT // 3)
        view.setColumnWidth(0, WIDTH // 2)
        opened.append(probe.timed(partial(_show, view, model)))
        app.processEvents()
        bar = view.verticalScrollBar()
        for step in range(_STEPS):
            scrolled.append(probe.timed(partial(_scroll, view, bar.maximum() * step // _STEPS)))
            app.processEvents()
        changed.append(probe.timed(partial(_change, view, model)))
    probe.report({"opened": opened, "scrolled": scrolled, "changed": changed})


def _show(view: QTableView, model: QStringListModel) -> None:
    view.setModel(model)
    view.show()
    view.viewport().repaint()


def _scroll(view: QTableView, value: int) -> None:
    view.verticalScrollBar().setValue(value)
    view.viewport().repaint()


def _change(view: QTableView, model: QStringListModel) -> None:
    model.dataChanged.emit(model.index(0), model.index(_ROWS - 1))
    view.viewport().repaint()


if __name__ == "__main__":
    main()
