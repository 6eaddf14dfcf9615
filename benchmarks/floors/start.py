# SPDX-License-Identifier: MIT
"""A bare window from the start of its process to its first paint, and its memory then."""

import json

from benchmarks import probe
from benchmarks.floors.window import BareWindow, application


def main() -> None:
    """Show one article."""
    task = probe.task()
    app = application()
    window = BareWindow()
    texts = json.loads((task.folder / "texts.json").read_text(encoding="utf-8"))
    window.view.setPlainText(texts[0])
    window.show()
    while window.view.painted is None:
        app.processEvents()
    seconds = window.view.painted - task.started
    for _ in range(20):
        app.processEvents()
    probe.report({"painted": [seconds], **probe.memory()})


if __name__ == "__main__":
    main()
