# SPDX-License-Identifier: MIT
"""To whom or what of the registry the current tag is linked."""

from collections.abc import Iterator

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QWidget

from annotator import i18n
from annotator.i18n import N_, tr, tr_marked
from annotator.model.scheme import Links
from annotator.model.span import Span
from annotator.ui import icons
from annotator.ui.panels.relations import ACTOR, EVENT, EndButton
from annotator.ui.session import Session
from annotator.ui.theme import Theme
from annotator.ui.widgets import FlatButton, button, column, label, row

_HEADINGS = {Links.ACTOR: N_("Actor"), Links.EVENT: N_("Event"), Links.NOTHING: ""}


class LinkLine(QFrame):
    """Names the actor or event that a tag is linked to, or says that it is not linked.

    Signals:
        entity_requested: the page of this actor or event is wanted: its kind and its id.
        link_requested: the tag is to be linked.
        unlink_requested: the tag is to be linked to nobody.
    """

    entity_requested = Signal(str, str)
    link_requested = Signal()
    unlink_requested = Signal()

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._entity: tuple[str, str] | None = None
        self._heading = label(role="heading")
        self._unfit = label(tr("to review: tags of this label are not linked"), "problem", wrap=True)
        self.name = EndButton("")
        self.name.clicked.connect(self._on_name_clicked)
        self.name.delete_requested.connect(self._on_delete)
        self.unlink_button = FlatButton(tr("Unlink the tag"), self.unlink_requested.emit)
        self.unlink_button.setIcon(icons.icon("close", theme, size=16))
        self.unlink_button.setIconSize(QSize(14, 14))
        self._none = label(tr("Not linked"), "muted")
        self.link_button = button(tr("Link…"), self.link_requested.emit)
        self.link_button.setProperty("role", "small")
        self.link_button.setToolTip(tr("Link the tag to an actor or event (A)"))
        self._key = label("A", "key")
        linked = row(self.name, self.unlink_button, gap=4)
        linked.setStretch(0, 1)
        self.setLayout(
            column(self._heading, linked, row(self._none, None, self.link_button, self._key, gap=6), self._unfit, gap=2)
        )

    def show_span(self, span: Span, *, writable: bool) -> None:
        """Show what a tag is linked to."""
        links = self._session.project.scheme.label(span.label_id).links
        kind, name = self._linked(span)
        self.setVisible(bool(links) or bool(kind))
        self._heading.setText(tr_marked(_HEADINGS[links] or _HEADINGS[Links(kind)]))
        self.name.show_text(name)
        linked: tuple[QWidget, ...] = (self.name, self.unlink_button)
        unlinked: tuple[QWidget, ...] = (self._none, self.link_button, self._key)
        for widget in (*linked, *unlinked):
            widget.setVisible((widget in linked) is bool(kind))
        self._unfit.setVisible(bool(kind) and kind != links)
        self.unlink_button.setEnabled(writable)
        self.link_button.setEnabled(writable)

    def stops(self) -> Iterator[QWidget]:
        """Yield what the Tab key stops at."""
        yield from (self.name, self.unlink_button, self.link_button)

    def _linked(self, span: Span) -> tuple[str, str]:
        """Return the kind and name of what a tag is linked to; ("", "") for nothing."""
        self._entity = None
        project = self._session.project
        if span.actor_id is not None:
            self._entity = (ACTOR, span.actor_id)
            return ACTOR, project.actor(span.actor_id).name_in(i18n.language())
        if span.event_id is not None:
            self._entity = (EVENT, span.event_id)
            return EVENT, project.event(span.event_id).title
        return "", ""

    def _on_name_clicked(self) -> None:
        if self._entity is not None:
            self.entity_requested.emit(*self._entity)

    def _on_delete(self) -> None:
        if self.unlink_button.isEnabled():
            self.unlink_requested.emit()
