# SPDX-License-Identifier: MIT
"""The page on which tags are found by what is said of them, and changed or deleted together."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QMenu, QPushButton, QToolButton

from annotator.i18n import tr, trn
from annotator.late import late
from annotator.model.changes import ActKind, Changes
from annotator.model.ids import ActorId, AnnotatorId, LabelId, SpanId
from annotator.model.span import Span
from annotator.ops.occurrences import GoesOn, find_tags
from annotator.ops.tags import delete_tags
from annotator.project import Project
from annotator.ui.background import Background
from annotator.ui.fields.base import outline_boxes
from annotator.ui.hits.acts import fill_menu
from annotator.ui.hits.model import Item, TagLine
from annotator.ui.hits.page import HitPage
from annotator.ui.panels.tag_palette import ICON, swatch_icon
from annotator.ui.widgets import LineEdit, plain, row
from annotator.ui.wording import label_name, shortened

if TYPE_CHECKING:
    from annotator.ui.hits.picker import ActorPicker
    from annotator.ui.main_window import MainWindow
else:
    ActorPicker = late("annotator.ui.hits.picker", "ActorPicker")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which tags are listed; empty: all of this annotator."""

    label_id: LabelId | None = None
    actor_id: ActorId | None = None
    text: str = ""
    unsure_only: bool = False


class TagsPage(HitPage):
    """Lists tags; acts are on those that are ticked, or else on those that are selected."""

    def __init__(self, window: "MainWindow", search: Background) -> None:
        self._filter = Filter()
        self._is_open = False
        self.text = LineEdit(tr("Words of the tag"), tr("Words of the tag"))
        self.labels = QComboBox()
        self.actor_button = QPushButton()
        self.unsure = QCheckBox(tr("Unsure only"))
        super().__init__(window, search, ticked=False)
        outline_boxes(self.unsure, self._theme)
        self.labels.setAccessibleName(tr("Label of the tags"))
        self.labels.setIconSize(ICON)
        self.labels.addItem(tr("All labels"), None)
        scheme = self._session.project.scheme
        for one in scheme.all_labels:
            self.labels.addItem(swatch_icon(one, scheme, self._theme), plain(label_name(one)), one.id)
        self.actor_button.setAutoDefault(False)
        self.text.setClearButtonEnabled(True)
        self.text.setMinimumWidth(60)
        self._fill(row(self.text, self.labels, self.actor_button, self.unsure, gap=6))
        self.text.returnPressed.connect(self.view.setFocus)
        self.view.setAccessibleName(tr("List of the tags found"))
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._on_menu_wanted)
        self.act_button.setMenu(self._menu)
        self.act_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.view.delete_requested.connect(self._on_delete_requested)
        self.text.editingFinished.connect(self._on_text_edited)
        self.labels.activated.connect(self._on_label_chosen)
        self.actor_button.clicked.connect(self._on_actor_wanted)
        self.unsure.clicked.connect(self._on_unsure_clicked)

    def open(self, wanted: Filter) -> None:
        """List the tags that pass a filter."""
        self._filter, self._is_open = wanted, True
        self.text.setText(wanted.text)
        self.labels.setCurrentIndex(max(0, self.labels.findData(wanted.label_id)))
        self.unsure.setChecked(wanted.unsure_only)
        self._show_actor()
        self._start(again=False)

    @property
    def filter(self) -> Filter:
        """Which tags are listed."""
        return self._filter

    def chosen(self) -> list[SpanId]:
        """Return the tags that an act is on: the ticked ones, or the selected ones where none is."""
        items = self.model.ticked()
        if not items:
            rows = (row for first, last in sorted(self.view.chosen_rows()) for row in range(first, last + 1))
            items = [item for item in map(self.model.item, rows) if item is not None]
        return [item.span_id for item in items if isinstance(item, TagLine)]

    # For the drawer

    def title(self) -> str:
        """Return what stands in the head of the drawer."""
        return tr("Tags found")

    def showing(self) -> Filter | None:
        """Return which tags are listed."""
        return self._filter if self._is_open else None

    def return_to(self, showing: object) -> None:
        """List the same tags as another page has."""
        if isinstance(showing, Filter):
            self.open(showing)

    # For the list

    def look_again(self) -> None:
        """Find the tags again."""
        self._start(again=True)

    def nothing_found(self) -> str:
        """Return what is said where nothing is listed."""
        return tr("No tag is like this.") if self._is_open else ""

    def act(self) -> None:
        """Offer what can be done."""
        self.act_button.showMenu()

    def run(self, act: Callable[..., Changes], *args: object) -> None:
        """Do an act on the chosen tags."""
        ids = self.chosen()
        if ids and self._is_writable:
            self._run(len(ids), tr("Changing tags…"), act, ids, *args)

    def _show_acts(self) -> None:
        selected = sum(last - first + 1 for first, last in self.view.chosen_rows())
        count = self.model.ticked_count or selected
        self.act_button.setText(plain(trn("Change {n} tag", "Change {n} tags", count)))
        self.act_button.setEnabled(count > 0 and self._is_writable)

    def _label_of(self, item: Item) -> LabelId:
        assert isinstance(item, TagLine)  # noqa: S101 - nothing else is listed here
        return item.label_id

    def _start(self, *, again: bool) -> None:
        if self._is_open:
            self._begin(partial(_search, self._filter, self._annotator_id), again=again)

    def _heed(self, changes: Changes) -> None:
        changed = {row.record.id: row.after for row in changes.rows if isinstance(row.record, Span)}
        if not changed or not self._is_open:
            return
        came = changes.kind is not ActKind.DO and any(row.before is None for row in changes.rows)
        if not self.isVisible():
            self._is_stale = True
        elif self.search.is_running or came:
            self._again.start()
        else:
            self._keeping_place(lambda: self.model.change_tags(changed))  # type: ignore[arg-type]  # of spans alone

    def _change(self, wanted: Filter) -> None:
        if wanted != self._filter:
            self._filter = wanted
            self._show_actor()
            self._start(again=False)

    def _show_actor(self) -> None:
        name = self._actor_name(self._filter.actor_id) if self._filter.actor_id is not None else ""
        self.actor_button.setText(plain(shortened(name, 20) or tr("Any actor")))

    def _on_menu_wanted(self) -> None:
        fill_menu(self._menu, self, self._window)

    def _on_delete_requested(self) -> None:
        self.run(delete_tags)

    def _on_text_edited(self) -> None:
        self._change(replace(self._filter, text=self.text.text().strip()))

    def _on_label_chosen(self, _place: int) -> None:
        self._change(replace(self._filter, label_id=self.labels.currentData()))

    def _on_unsure_clicked(self, checked: bool) -> None:  # noqa: FBT001 - a slot for clicked(bool)
        self._change(replace(self._filter, unsure_only=checked))

    def _on_actor_wanted(self) -> None:
        wanted = ActorPicker.ask(self._window, self._session.project, tr("Tags of which actor?"), tr("Any actor"))
        if wanted is not None:
            self._change(replace(self._filter, actor_id=wanted or None))
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)


def _search(wanted: Filter, annotator_id: AnnotatorId, project: Project, goes_on: GoesOn) -> Iterator[TagLine]:
    spans = find_tags(
        project,
        label_ids=None if wanted.label_id is None else [wanted.label_id],
        actor_id=wanted.actor_id,
        text=wanted.text,
        unsure_only=wanted.unsure_only,
        annotator_id=annotator_id or None,
        goes_on=goes_on,
    )
    return map(TagLine.of, spans)
