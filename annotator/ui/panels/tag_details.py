# SPDX-License-Identifier: MIT
"""The current tag: its quote, its label, its bounds, its note."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QGridLayout, QSizePolicy, QToolButton

from annotator import i18n
from annotator.i18n import N_, tr, tr_marked
from annotator.model.ids import LabelId, SpanId
from annotator.ui import icons
from annotator.ui.article.view import EXACT_WITH_MOUSE
from annotator.ui.bounds import Edge
from annotator.ui.panels.tag_palette import ICON, swatch_icon
from annotator.ui.session import Session
from annotator.ui.tagging import Tagging
from annotator.ui.theme import Theme
from annotator.ui.widgets import FlatButton, NoteEdit, button, column, content_direction, label, plain, row
from annotator.ui.wording import label_name, shortened

_EDGES = (
    (Edge.START, N_("Start"), N_("Shrink the tag at its start"), N_("Grow the tag at its start")),
    (Edge.END, N_("End"), N_("Shrink the tag at its end"), N_("Grow the tag at its end")),
)

_IN_A_ROW = 3


class TagDetails(QFrame):
    """Shows the current tag and lets it be changed."""

    def __init__(self, session: Session, tagging: Tagging, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._session, self._tagging, self._theme = session, tagging, theme
        self._tag_id: SpanId | None = None
        self.quote = label(role="article", wrap=True)
        self.quote.setMinimumWidth(1)  # an unbroken word, as of a web address, must not push all else out of sight
        self.labels: dict[LabelId, QToolButton] = {}
        self.edges: dict[tuple[Edge, bool], FlatButton] = {}
        self.note = NoteEdit(tr("A note on this tag"), tr("Note of the tag"))
        self.note.setFixedHeight(64)
        self.delete_button = button(tr("Delete tag"), tagging.delete_current)
        self.delete_button.setIcon(icons.icon("delete", theme))
        self.delete_button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setLayout(
            column(
                self.quote,
                self._label_grid(),
                self._edge_rows(),
                self.note,
                row(self.delete_button, None),
                None,
                margin=12,
                gap=10,
            )
        )
        self.note.note_written.connect(self._on_note_written)
        tagging.note_requested.connect(self._on_note_requested)

    def show_tag(self, tag_id: str) -> None:
        """Show a tag, or nothing for ""."""
        if tag_id != self._tag_id:
            self.flush()
        span = self._session.span(tag_id)
        self._tag_id = span.id if span is not None else None
        if span is None:
            return
        self.quote.setText(shortened(span.quote, 160))
        self.quote.setToolTip(shortened(span.quote, 1000))
        self.quote.setLayoutDirection(content_direction(span.quote))
        for label_id, choice in self.labels.items():
            choice.setChecked(label_id == span.label_id)
        self.note.show_note(span.note)
        writable = not self._session.project.read_only
        for widget in (*self.labels.values(), *self.edges.values(), self.delete_button):
            widget.setEnabled(writable)
        self.note.setReadOnly(not writable)

    def holds_focus(self) -> bool:
        """Return whether the focus is in here."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def flush(self) -> None:
        """Keep a note that is being written."""
        if self._tag_id is not None:
            self.note.flush()

    def _label_grid(self) -> QGridLayout:
        scheme = self._session.project.scheme
        for shown in scheme.labels:
            choice = QToolButton()
            choice.setCheckable(True)
            choice.setProperty("role", "label")
            choice.setText(plain(label_name(shown)))
            choice.setIcon(swatch_icon(shown, scheme, self._theme))
            choice.setIconSize(ICON)
            choice.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            choice.setToolTip(shown.description.in_language(i18n.language()))
            choice.setAccessibleName(tr("Label: {label}", label=label_name(shown)))
            choice.clicked.connect(partial(self._on_label_clicked, shown.id))
            self.labels[shown.id] = choice
        grid = QGridLayout()
        grid.setSpacing(2)
        for number, choice in enumerate(self.labels.values()):
            grid.addWidget(choice, number // _IN_A_ROW, number % _IN_A_ROW)
        grid.setColumnStretch(_IN_A_ROW, 1)
        return grid

    def _edge_rows(self) -> QBoxLayout:
        parts = [self._edge_row(*entry) for entry in _EDGES]
        return row(parts[0], None, parts[1], None)

    def _edge_row(self, edge: Edge, name: str, shrink: str, grow: str) -> QBoxLayout:
        for sign, grows, wish in (("−", False, shrink), ("+", True, grow)):
            hint = tr("{action} by a word; with Ctrl or Alt, by a character", action=tr_marked(wish))
            choice = FlatButton(hint, partial(self._on_edge_clicked, edge, grows))
            choice.setText(sign)
            choice.setProperty("role", "step")
            self.edges[edge, grows] = choice
        return row(label(tr_marked(name), "muted"), self.edges[edge, False], self.edges[edge, True], gap=2)

    def _on_label_clicked(self, label_id: LabelId) -> None:
        self._tagging.set_label(label_id)
        # A refused change must not leave the wrong button down.
        self.show_tag(self._tag_id or "")

    def _on_edge_clicked(self, edge: Edge, grow: bool) -> None:  # noqa: FBT001 - bound by partial
        exact = bool(QGuiApplication.keyboardModifiers() & EXACT_WITH_MOUSE)
        self._tagging.move_edge(edge, grow=grow, by_word=not exact)

    def _on_note_written(self, note: str) -> None:
        if self._tag_id is not None:
            self._tagging.set_note(self._tag_id, note)

    def _on_note_requested(self) -> None:
        self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.note.selectAll()
