# SPDX-License-Identifier: MIT
"""Which articles are searched: of an outlet, and published within a time. Offered where articles say so."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from annotator.errors import UserError
from annotator.i18n import isolate, tr
from annotator.late import late
from annotator.model.article import Article, Published
from annotator.model.changes import Changes, RowChange
from annotator.project import Project
from annotator.ui.background import Background, Watch
from annotator.ui.session import Session
from annotator.ui.widgets import LineEdit, plain

if TYPE_CHECKING:
    from annotator.ops.articles import checked_date
else:
    checked_date = late("annotator.ops.articles", "checked_date")

#: The least and the most room for a day, and for as much of an outlet's name as tells it from others.
_DATE_WIDTHS, _OUTLET_WIDTHS = (84, 130), (84, 200)


class PublishedFields(QObject):
    """The fields for that.

    Signals:
        changed: other articles are meant from now on.
        refused: what was typed is no date; with the `UserError`.

    Attributes:
        outlets, since, until: the fields.
    """

    changed = Signal()
    refused = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._published = Published()
        self._reading = Background(session, self)
        self.outlets = QComboBox()
        self.outlets.setAccessibleName(tr("Outlet of the articles"))
        self.outlets.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.outlets.setMinimumContentsLength(16)
        _keep_between(self.outlets, *_OUTLET_WIDTHS)
        self.since = LineEdit(tr("From {date}", date=isolate("2024-05")), tr("Published then or later"))
        self.until = LineEdit(tr("To {date}", date=isolate("2024-12")), tr("Published by then"))
        for field in (self.since, self.until):
            _keep_between(field, *_DATE_WIDTHS)
            field.setClearButtonEnabled(True)
            field.setToolTip(tr("A year, a month such as 2024-05, or a day such as 2024-05-31"))
            field.editingFinished.connect(self._on_date_edited)
        self._offer(([], False))
        self.outlets.activated.connect(self._on_outlet_chosen)
        self._reading.done.connect(self._offer)
        session.changes_committed.connect(self._on_changes_committed)
        self.read()

    @property
    def widgets(self) -> list[QWidget]:
        """The fields, in their order."""
        return [self.outlets, self.since, self.until]

    @property
    def published(self) -> Published:
        """Which articles are meant."""
        return self._published

    def show(self, published: Published) -> None:
        """Show which articles are meant, without telling of it."""
        self._published = published
        outlet = published.outlets[0] if published.outlets else ""
        if outlet and self.outlets.findData(outlet) < 0:
            self.outlets.addItem(plain(outlet), outlet)
        self.outlets.setCurrentIndex(max(0, self.outlets.findData(outlet)))
        self.since.setText(published.since)
        self.until.setText(published.until)

    def read(self) -> None:
        """Ask in a thread what articles say of who published them and when: there may be very many."""
        self._reading.start(_said)

    def _offer(self, said: tuple[list[str], bool]) -> None:
        outlets, has_dates = said
        published = self._published
        self.outlets.clear()
        self.outlets.addItem(tr("All outlets"), "")
        for outlet in outlets:
            self.outlets.addItem(plain(outlet), outlet)
        # Where no article says it, there is nothing to choose.
        self.outlets.setVisible(bool(outlets or published.outlets))
        for field, value in ((self.since, published.since), (self.until, published.until)):
            field.setVisible(has_dates or bool(value))
        self.show(published)

    def _on_outlet_chosen(self, _place: int) -> None:
        outlet = str(self.outlets.currentData())
        self._change(Published((outlet,) if outlet else (), self._published.since, self._published.until))

    def _on_date_edited(self) -> None:
        try:
            since, until = checked_date(self.since.text()), checked_date(self.until.text())
        except UserError as error:
            self.show(self._published)
            self.refused.emit(error)
            return
        self._change(Published(self._published.outlets, since, until))

    def _change(self, published: Published) -> None:
        differs = published != self._published
        self.show(published)
        if differs:
            self.changed.emit()

    def _on_changes_committed(self, changes: Changes, _initiator: object) -> None:
        if changes.spilled or any(map(_says_other, changes.rows)):
            self.read()


def _says_other(row: RowChange) -> bool:
    """Return whether an act has changed who published an article, or when, or whether there is one."""
    before, after = ((one.outlet, one.date) if isinstance(one, Article) else None for one in (row.before, row.after))
    return before != after


def _keep_between(field: QWidget, least: int, most: int) -> None:
    field.setMinimumWidth(least)
    field.setMaximumWidth(most)


def _said(project: Project, _watch: Watch) -> tuple[list[str], bool]:
    return project.outlets(), project.has_dates()
