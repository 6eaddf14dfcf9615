# SPDX-License-Identifier: MIT
"""A user in front of the export dialog."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.exporters import FORMATS
from annotator.ops import tags
from annotator.ui.dialogs.export import ExportDialog
from annotator.ui.exporting.material import Material

LEFT = Qt.MouseButton.LeftButton


def plain(text):
    return text.translate(str.maketrans("", "", "\u2068\u2069\u200f"))


def turn(widget):
    """Turn the wheel over a widget by one notch."""
    middle = QPointF(widget.rect().center())
    none = Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        middle,
        widget.mapToGlobal(middle),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        none,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


class Asking:
    """A user in front of the dialog."""

    def __init__(self, seeds, program, folder, selected=()):
        self.qtbot, self.session = seeds.qtbot, seeds.session
        material = Material(seeds.session, program.settings, folder, selected)
        self.dialog = ExportDialog(seeds.window, material)
        self.qtbot.addWidget(self.dialog)
        self.dialog.show()
        self.qtbot.waitUntil(self._is_active)

    def _is_active(self):
        # The window before it may still be told that it is the active one.
        self.dialog.activateWindow()
        return QApplication.activeWindow() is self.dialog

    def choose(self, format_id):
        view = self.dialog.formats
        QTest.keyClick(view, Qt.Key.Key_Home)
        for _ in range(list(FORMATS).index(format_id)):
            QTest.keyClick(view, Qt.Key.Key_Down)
        assert self.dialog.format.id == format_id

    def turn_to(self, page):
        self.dialog.tabs.setCurrentIndex(page)

    def take(self, box, value):
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Home)
        for _ in range(box.findData(value)):
            QTest.keyClick(box, Qt.Key.Key_Down)
        assert box.currentData() == value

    def tick_only(self, pick, place):
        """Unfold a list, take all ticks away, and tick one row by the space bar."""
        QTest.mouseClick(pick.head, LEFT)
        QTest.mouseClick(pick._none, LEFT)
        pick.list.setFocus()
        for _ in range(place):
            QTest.keyClick(pick.list, Qt.Key.Key_Down)
        QTest.keyClick(pick.list, Qt.Key.Key_Space)

    def counted(self):
        self.qtbot.waitUntil(lambda: not self.dialog.preview.is_busy, timeout=10_000)

    def losses(self):
        return [[plain(cell) for cell in row] for row in self.dialog.outlook.model.rows]


def tag_seeds(seeds):
    """Make a tag in a tag, a tag in a word and a plain one in the first article, and one in the second."""
    project, article = seeds.session.project, seeds.session.article_id
    start, end = seeds.find("غانتس")
    for bounds in ((start, end), (start - 2, end), (start + 1, end)):
        seeds.session.run(tags.add_tag, article, *bounds, "ACTOR")
    seeds.session.run(tags.add_tag, project.articles()[1].id, 0, 4, "EVENT")
    return seeds
