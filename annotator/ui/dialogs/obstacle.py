# SPDX-License-Identifier: MIT
"""What keeps an act from being done, and what can be done about it: the act waits meanwhile, and nothing is lost."""

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from annotator.i18n import tr
from annotator.ui.dialogs.base import Dialog
from annotator.ui.widgets import label

_EVERY_MS = 1_000
#: What the buttons need: two, and those of the ways.
_WIDTHS = (480, 580, 760)


class Way(Enum):
    """What the user wants done about an obstacle."""

    AGAIN = auto()
    REOPEN = auto()
    COPY = auto()


class ObstacleDialog(Dialog):
    """Says what is wrong, with the act that waits; it closes by itself where that is mended."""

    def __init__(self, parent: QWidget, sentence: str, ways: frozenset[Way], mended: Callable[[], bool] | None) -> None:
        super().__init__(parent, tr("This could not be written yet"), width=_WIDTHS[len(ways)])
        self.way: Way | None = None
        self._mended = mended
        self.add(label(sentence, wrap=True))
        kept = tr("What you did is kept until you decide.")
        trying = tr("What you did is kept, and tried again by itself every second.")
        self.add(label(kept if mended is None else trying, "muted", wrap=True))
        self.again = self.add_ok(tr("Try again"))
        self.leave = self.add_button(tr("Leave it undone"), QDialogButtonBox.ButtonRole.RejectRole)
        self.accepted.connect(self._on_accepted)
        for way, text in ((Way.REOPEN, tr("Open it where it lies now…")), (Way.COPY, tr("Save a copy elsewhere…"))):
            if way in ways:
                button = self.add_button(text, QDialogButtonBox.ButtonRole.ActionRole)
                button.clicked.connect(lambda _checked=False, way=way: self._choose(way))
        if mended is not None:
            self._timer = QTimer(self)
            self._timer.timeout.connect(self._look)
            self._timer.setInterval(_EVERY_MS)
            self._timer.start()

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        sentence: str,
        ways: frozenset[Way] = frozenset(),
        mended: Callable[[], bool] | None = None,
    ) -> Way | None:
        """Ask what to do; None is to leave the act undone.

        Args:
            parent: the window.
            sentence: what is wrong.
            ways: what can be done besides trying again.
            mended: asked every second whether it is; then the dialog closes as if it were to be tried again.
        """
        dialog = cls(parent, sentence, ways, mended)
        dialog.exec()
        return dialog.way

    def _choose(self, way: Way) -> None:
        self.way = way
        self.done(self.DialogCode.Accepted)

    def _on_accepted(self) -> None:
        self.way = self.way or Way.AGAIN

    def _look(self) -> None:
        self._timer.stop()  # a try may take longer, with events of others in between
        if self._mended is None or not self.isVisible():
            return  # decided; the dialog may be there until garbage is looked for
        if self._mended():
            self.accept()
        elif self.isVisible():
            self._timer.start()
