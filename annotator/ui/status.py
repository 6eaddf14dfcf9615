# SPDX-License-Identifier: MIT
"""The line at the foot of the window: that all is saved, what was just done, where one is."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStatusBar, QWidget

from annotator import i18n
from annotator.i18n import N_, tr, tr_marked, trn
from annotator.ui import icons
from annotator.ui.theme import Theme
from annotator.ui.waiting import What
from annotator.ui.widgets import ContentLabel, FlatButton, label, row

#: What others have done is read in passing, and gone again.
_OTHERS_MS = 12_000
_OTHERS_WIDTH = 420
_WAITING = {
    What.SAVING: N_("Saving… The disk is slow to answer."),
    What.OPENING: N_("Opening… The disk is slow to answer."),
}


class StatusLine(QStatusBar):
    """Says what was done last, with a way to undo it.

    Signals:
        undo_requested: what was just done is to be undone.
    """

    undo_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self._saved_mark = QLabel()
        self._marks = {
            False: icons.pixmap("check", theme.muted, 16, self.devicePixelRatioF()),
            True: icons.pixmap("lock", theme.muted, 16, self.devicePixelRatioF()),
        }
        self._saved = label(role="muted")
        self._dot = label("·", "muted")
        self._message = ContentLabel(leading=True)
        # What was done last gives way where there is no room for all; where one is does not.
        self._message.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._position = label(role="muted")
        self.undo_button = FlatButton(tr("Undo"), self.undo_requested.emit)
        self.undo_button.setText(tr("Undo"))
        self.undo_button.setIcon(icons.icon("undo", theme, rtl=i18n.is_rtl(), size=16))
        self.undo_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.undo_button.hide()
        start = QWidget()
        line = row(self._saved_mark, self._saved, self._dot, self._message, self.undo_button, None, gap=7)
        line.setContentsMargins(12, 2, 8, 2)
        self._dot.hide()
        start.setLayout(line)
        # As high without the button as with it: the text above must not move by an act.
        self.undo_button.ensurePolished()
        margins = line.contentsMargins()
        start.setMinimumHeight(self.undo_button.sizeHint().height() + margins.top() + margins.bottom())
        self.addWidget(start, 1)
        self._others = ContentLabel("muted", leading=True)
        self._others.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._others.setMaximumWidth(_OTHERS_WIDTH)
        self._others.hide()
        self._fading = QTimer(self)
        self._fading.setSingleShot(True)
        self._fading.setInterval(_OTHERS_MS)
        self._fading.timeout.connect(lambda: self.show_others(""))
        end = QWidget()
        place = row(self._others, self._position, gap=18)
        place.setContentsMargins(12, 2, 14, 2)
        end.setLayout(place)
        self.addPermanentWidget(end)
        self._before: str | None = None  # what it said of the file, while it says that it waits
        self.show_saved(None)

    @property
    def message(self) -> str:
        """What was told last."""
        return self._message.full_text

    @property
    def saved(self) -> str:
        """What it says of the file."""
        return self._saved.text()

    @property
    def others(self) -> str:
        """What it says of others."""
        return self._others.full_text

    @property
    def position(self) -> str:
        """Where it says that one is."""
        return self._position.text()

    def show_saved(self, tags: int | None, *, read_only: bool = False, encrypted: bool = False) -> None:
        """Show that every tag is in the file, or that the file can only be read; None: no project is open."""
        self._before = None
        self._saved_mark.setVisible(tags is not None)
        self._saved_mark.setPixmap(self._marks[read_only])
        if tags is None:
            self._saved.setText("")
        elif read_only:
            self._saved.setText(tr("Read-only"))
        else:
            self._saved.setText(trn("All saved · {n} tag", "All saved · {n} tags", tags))
        if tags is not None and encrypted:
            protection = tr("Encrypted")
            self._saved.setText(f"{self._saved.text()} · {protection}")

    def show_waiting(self, what: str) -> None:
        """Say what waits for the disk, a `What`, or "" that nothing does any more."""
        if what:
            if self._before is None:
                self._before = self._saved.text()
            self._saved.setText(tr_marked(_WAITING[What(what)]))
            self.announce(self._saved.text())
        elif self._before is not None:
            self._saved.setText(self._before)
            self._before = None

    def tell(self, sentence: str, *, undo: bool = False) -> None:
        """Say what was just done."""
        self._message.show_text(sentence)
        self.announce(sentence)
        self._dot.setVisible(bool(sentence) and bool(self._saved.text()))
        self.undo_button.setVisible(undo)

    def show_others(self, sentence: str) -> None:
        """Say for a while what others have done; it takes nothing away from what one has done oneself."""
        self._others.show_text(sentence)
        self._others.setToolTip(sentence)
        self._others.setVisible(bool(sentence))
        if sentence:
            self._fading.start()

    def announce(self, sentence: str) -> None:
        """Have a screen reader say a sentence, wherever the focus is."""
        if sentence and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def show_position(self, sentence: str) -> None:
        """Say where one is."""
        self._position.setText(sentence)
