# SPDX-License-Identifier: MIT
"""Types into a window of a display of its own while an act waits for the disk; run as a program, with a project."""

import subprocess
import sys
import time
from pathlib import Path

_LETTERS = "abcdefgh"


def main(path: Path) -> None:
    """Print what a field has of the keys while the act waits, and afterwards."""
    with subprocess.Popen(["Xvfb", "-displayfd", "1", "-screen", "0", "800x600x24"], stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        try:
            _type(path, f":{int(server.stdout.readline())}")
        finally:
            server.terminate()


def _type(path: Path, display: str) -> None:
    import os

    os.environ["DISPLAY"] = display
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QLineEdit

    from annotator.ops import tags
    from annotator.project import Project
    from annotator.ui.session import Session
    from tests.faults.shim import Step, in_place
    from tests.faults.streams import ACTOR, WHO

    def slow(step: Step) -> None:
        if step.kind == "sync" and holds:
            holds.clear()
            subprocess.run(["xdotool", "type", "--delay", "20", _LETTERS], check=True)
            time.sleep(0.3)  # they are with the window by then
            during.append(during_texts[:])

    app = QApplication([])
    holds: list[bool] = []
    during: list[list[str]] = []
    during_texts: list[str] = []
    with in_place(slow):
        session = Session()
        session.open(Project.open(path, annotator=WHO))
        field = QLineEdit()
        field.textChanged.connect(during_texts.append)
        field.show()
        assert QTest.qWaitForWindowExposed(field)
        field.activateWindow()
        field.setFocus()
        QTest.qWait(200)
        holds.append(True)
        article = session.project.articles()[0].id
        session.run(tags.add_tag, article, 1, 3, ACTOR)
        print("during", during[0])
        end = time.monotonic() + 10
        while field.text() != _LETTERS and time.monotonic() < end:
            app.processEvents()
            time.sleep(0.01)
        print("after", field.text())
        session.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
