# SPDX-License-Identifier: MIT
"""A bare window shown one text after another, each painted; and repainted without a change."""

import json
from functools import partial

from PySide6.QtWidgets import QTextBrowser

from benchmarks import probe
from benchmarks.floors.window import BareWindow, application


def main() -> None:
    """Show all articles, over and over."""
    task = probe.task()
    app = application()
    window = BareWindow()
    texts = json.loads((task.folder / "texts.json").read_text(encoding="utf-8"))
    window.view.setPlainText(texts[-1])
    window.show()
    while window.view.painted is None:
        app.processEvents()
    selected = []
    repainted = []

    for number in range(task.count):
        selected.append(probe.timed(partial(_show, window.view, texts[number % len(texts)])))
        app.processEvents()
        repainted.append(probe.timed(window.view.viewport().repaint))
        app.processEvents()
    probe.report({"selected": selected, "repaint": repainted})


def _show(view: QTextBrowser, text: str) -> None:
    view.setPlainText(text)
    view.viewport().repaint()


if __name__ == "__main__":
    main()
