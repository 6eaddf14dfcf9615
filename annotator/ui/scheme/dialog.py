# SPDX-License-Identifier: MIT
"""The editor of the scheme: its parts on one side, what the chosen one says on the other; nothing holds until saved."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QMenu, QSplitter, QToolButton, QWidget

from annotator import i18n
from annotator.errors import UserError
from annotator.i18n import N_, tr, tr_marked
from annotator.model.changes import Changes
from annotator.ops.scheme import change_scheme
from annotator.settings import Settings
from annotator.ui import icons
from annotator.ui.dialogs.base import Dialog
from annotator.ui.dialogs.prompts import LossDialog, MessageDialog
from annotator.ui.fields.base import outline_boxes
from annotator.ui.scheme.draft import Draft
from annotator.ui.scheme.files import SchemeFiles
from annotator.ui.scheme.forms import PartForm
from annotator.ui.scheme.moving import Moving
from annotator.ui.scheme.new_parts import maker
from annotator.ui.scheme.places import Kind, PartKey, key_of
from annotator.ui.scheme.problems import first_problem
from annotator.ui.scheme.tree import SchemeTree
from annotator.ui.scheme.tree_view import SchemeTreeView
from annotator.ui.scheme.uses import Uses
from annotator.ui.session import Session
from annotator.ui.style import chosen_theme
from annotator.ui.widgets import ContentLabel, FlatButton, column, label, row

_SIZE = "dialog.scheme"
_USUAL, _LEAST = (980, 660), (640, 400)
_ADDABLE: dict[Kind, str] = {
    Kind.LABEL: N_("Label"),
    Kind.LAYER: N_("Layer of labels"),
    Kind.ATTRIBUTE: N_("Attribute"),
    Kind.VALUE: N_("Value of the attribute"),
    Kind.RELATION: N_("Relation"),
    Kind.DOCUMENT: N_("Label of articles"),
}


class SchemeDialog(Dialog):
    """Edits a draft of the project's scheme, and saves it as one act."""

    def __init__(
        self, parent: QWidget | None, session: Session, settings: Settings, reserved: Mapping[str, str]
    ) -> None:
        super().__init__(parent, tr("The scheme"), width=_LEAST[0])
        self._session, self._settings = session, settings
        self._theme = chosen_theme(settings)
        self.read_only = session.project.read_only
        self.draft = Draft(session.project.scheme)
        self.uses = Uses(session.project, self.draft)
        self.files = SchemeFiles(self, session.project, self.draft)
        self.moving = Moving(self)
        self._problem, _ = first_problem(self.draft.scheme)
        self._build_parts(reserved)
        self._build_buttons()
        self._connect_signals()
        self.resize(*self._kept_size())
        self._update()
        first = next(self.draft.scheme.labels, None)
        if first is not None:
            self.choose(PartKey(Kind.LABEL, first.id))

    @classmethod
    def ask(cls, parent: QWidget, session: Session, settings: Settings, reserved: Mapping[str, str]) -> None:
        """Show the editor until it is closed."""
        dialog = cls(parent, session, settings, reserved)
        dialog.agreed()
        dialog.deleteLater()

    @property
    def session(self) -> Session:
        """What the scheme belongs to."""
        return self._session

    def choose(self, key: PartKey) -> None:
        """Go to a part."""
        self.view.choose(key)

    def save(self) -> bool:
        """Save the draft; return whether the project has it now."""
        if not self.draft.is_changed:
            return True
        if self._problem is not None:
            MessageDialog.ask(self, tr("The scheme cannot be saved yet"), self.problem.text())
            return False
        return self.run(partial(change_scheme, since=self.draft.saved.version), self.draft.scheme)

    def run(self, act: Callable[..., Changes], *arguments: object) -> bool:
        """Do an act on the scheme and go on from what it made; return whether it was done."""
        try:
            changes = act(self._session.project, *arguments)
        except UserError as error:
            MessageDialog.ask(self, tr("That did not work"), i18n.describe(error))
            return False
        self._session.announce(changes)
        self.uses.forget()
        self.draft.restart(self._session.project.scheme)
        return True

    def accept(self) -> None:
        """Save and close; stay open where that cannot be."""
        if self.save():
            self._keep_size()
            super().accept()

    def reject(self) -> None:
        """Close; what was changed is only dropped when the user says so."""
        question = tr("The scheme was changed. Close without saving? The changes would be lost.")
        if self.draft.is_changed and not LossDialog.ask(
            self, tr("Close without saving?"), question, tr("Close without saving")
        ):
            return
        self._keep_size()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Ask as Cancel does."""
        event.ignore()
        self.reject()

    def add_part(self, kind: Kind) -> None:
        """Add a part where one is chosen, and have its name written."""
        chosen = self.view.current
        of = ""
        if kind is Kind.VALUE:
            of = chosen.of if chosen.kind is Kind.VALUE else chosen.id
        if kind is Kind.LABEL and not any(not layer.archived for layer in self.draft.scheme.layers):
            self.draft.add(PartKey(Kind.LAYER), maker(Kind.LAYER, self.draft.scheme, chosen))
        key = self.draft.add(PartKey(kind, of=of), maker(kind, self.draft.scheme, chosen))
        self.choose(key)
        self.form.focus_name()

    def archive_part(self) -> None:
        """Archive the part that is chosen, or offer it again."""
        key = self.view.current
        part = self.draft.part(key)
        if part is not None:
            self.archived.setChecked(self.archived.isChecked() or not part.archived)  # else it is gone from sight
            self.draft.change(key, "archived", not part.archived)

    def delete_part(self) -> None:
        """Take out the part that is chosen, if nothing has it."""
        key = self.view.current
        if self.draft.part(key) is None or self.read_only:
            return
        said = self.uses.sentence(key)
        if said:
            advice = tr("It cannot be deleted. Archive it: it is not offered any more, and nothing is lost.")
            MessageDialog.ask(self, tr("In use"), f"{said} {advice}")
        else:
            self.draft.remove(key)

    def _build_parts(self, reserved: Mapping[str, str]) -> None:
        self.tree = SchemeTree(self.draft, self._theme, read_only=self.read_only)
        self.view = SchemeTreeView(self.tree, self.draft.scheme.layers)
        self.form = PartForm(self.draft, self._theme, reserved, read_only=self.read_only)
        self.used = ContentLabel("muted", leading=True)
        self.archived = QCheckBox(tr("Show archived"))
        outline_boxes(self.archived, self._theme)
        self.add_menu = self._menu_button(tr("Add"))
        self.file_button = self._menu_button(tr("File"))
        self.up = self._step_button("↑", tr("Move up (Alt+Up)"), -1)
        self.down = self._step_button("↓", tr("Move down (Alt+Down)"), 1)
        self.archive = FlatButton(tr("Archive"), self.archive_part)
        self.delete = FlatButton(tr("Delete"), self.delete_part)
        self.delete.setIcon(icons.icon("delete", self._theme, size=16))
        self.merge_button = FlatButton(tr("Merge into…"), self.moving.merge)
        self.move_button = FlatButton(tr("Move tags to…"), self.moving.move)
        for each in (self.archive, self.merge_button, self.move_button):
            each.setText(each.accessibleName())
        for each in (self.archive, self.delete, self.merge_button, self.move_button):
            each.setProperty("role", "step")
        start = QWidget()
        tools = row(self.add_menu, self.file_button, None, self.up, self.down, gap=4)
        start.setLayout(column(tools, self.view, self.archived, gap=6))
        start.layout().setContentsMargins(*((9, 0, 1, 0) if i18n.is_rtl() else (0, 0, 9, 0)))  # type: ignore[union-attr]  # it has one
        end = QWidget()
        acts = row(self.archive, self.delete, self.merge_button, self.move_button, self.used, gap=4)
        acts.setStretch(4, 1)
        end.setLayout(column(self.form, acts, gap=6))
        acts.setContentsMargins(9, 0, 9, 0)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        for part in (start, end):
            self.splitter.addWidget(part)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([300, 640])
        start.setMinimumWidth(200)
        end.setMinimumWidth(330)
        self.body.addWidget(self.splitter, 1)

    def _build_buttons(self) -> None:
        self.problem = label(role="problem", wrap=True)
        self.show_problem = FlatButton(tr("Show where"), self._go_to_problem)
        self.show_problem.setText(tr("Show where"))
        line = row(self.problem, self.show_problem, gap=8)
        line.setStretch(0, 1)
        self.body.addLayout(line)
        if self.read_only:
            self.add_close()
            self.problem.setText(tr("The project is open read-only, so its scheme can only be looked at."))
            self.problem.setProperty("role", "muted")
            return
        self.save_button = self.add_button(tr("Save"), QDialogButtonBox.ButtonRole.ApplyRole)
        self.save_button.clicked.connect(lambda _on: self.save())
        self.ok = self.add_ok(tr("Save and close"))
        self.add_cancel()

    def _connect_signals(self) -> None:
        self.draft.changed.connect(self._update)
        self.view.part_chosen.connect(self._on_part_chosen)
        self.view.step_requested.connect(self._step)
        self.view.delete_requested.connect(self.delete_part)
        self.form.field_edited.connect(self._on_field_edited)
        self.archived.toggled.connect(self.tree.show_archived)
        self.add_menu.menu().aboutToShow.connect(self._fill_add_menu)
        self.file_button.menu().aboutToShow.connect(lambda: self.files.fill(self.file_button.menu()))
        for keys, act in (
            (QKeySequence.StandardKey.Undo, self.draft.undo),
            (QKeySequence.StandardKey.Redo, self.draft.redo),
        ):
            QShortcut(QKeySequence(keys), self, act)

    def _on_part_chosen(self, key: PartKey) -> None:
        self.form.show_part(key)
        self._update_acts()

    def _on_field_edited(self, key: PartKey, field: str, value: object) -> None:
        # Its key may follow its name: tree and form have to know before they hear of the change.
        self.draft.change(key, field, value, self._follow)

    def _follow(self, key: PartKey) -> None:
        self.view.follow(key)
        self.form.follow(key)

    def _update(self) -> None:
        self.form.show_part(self.view.current)
        self._update_acts()
        self._problem, said = first_problem(self.draft.scheme)
        if self.read_only:
            self.show_problem.hide()
            return
        self.problem.setText(said)
        self.problem.setVisible(bool(said))
        self.show_problem.setVisible(self._problem is not None and self._problem.part is not None)
        for each in (self.ok, self.save_button):
            each.setEnabled(self.draft.is_changed and self._problem is None)

    def _update_acts(self) -> None:
        key = self.view.current
        part = self.draft.part(key)
        is_part, writable = part is not None, not self.read_only
        saved_label = key.kind is Kind.LABEL and is_part and not self.draft.is_new(key)
        self.used.show_text(self.uses.sentence(key) if is_part else "")
        for each in (self.archive, self.delete):
            each.setVisible(is_part and writable)
        for each in (self.merge_button, self.move_button):
            each.setVisible(saved_label and writable)
        for each in (self.up, self.down):
            each.setEnabled(is_part and writable)
        self.add_menu.setEnabled(writable)
        self.archive.setText(tr("Offer again") if part is not None and part.archived else tr("Archive"))
        in_use = self.uses.sentence(key) if is_part else ""
        self.delete.setEnabled(not in_use)
        self.delete.setToolTip(in_use or tr("Delete"))

    def _fill_add_menu(self) -> None:
        menu = self.add_menu.menu()
        menu.clear()
        key = self.view.current
        part = self.draft.part(PartKey(Kind.ATTRIBUTE, key.of) if key.kind is Kind.VALUE else key)
        for kind, name in _ADDABLE.items():
            action = menu.addAction(tr_marked(name), partial(self.add_part, kind))
            if kind is Kind.VALUE:
                action.setEnabled(bool(getattr(part, "kind", "") in ("choice", "choices")))

    def _go_to_problem(self) -> None:
        if self._problem is not None and self._problem.part is not None:
            if self._problem.part.archived:
                self.archived.setChecked(True)
            self.choose(key_of(self._problem.part))

    def _step(self, by: int) -> None:
        if not self.read_only:
            self.tree.step(self.view.current, by)

    def _step_button(self, text: str, name: str, by: int) -> FlatButton:
        result = FlatButton(name, partial(self._step, by))
        result.setText(text)
        result.setProperty("role", "step")
        return result

    def _menu_button(self, text: str) -> QToolButton:
        result = FlatButton(text)
        result.setText(f"{text} ▾")
        result.setProperty("role", "step")
        result.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        result.setMenu(QMenu(result))
        return result

    def _kept_size(self) -> tuple[int, int]:
        width, _, height = self._settings.get(_SIZE).partition("x")
        if not (width.isdecimal() and height.isdecimal()):
            return self._within_screen(*_USUAL)
        return self._within_screen(max(_LEAST[0], int(width)), max(_LEAST[1], int(height)))

    def _within_screen(self, width: int, height: int) -> tuple[int, int]:
        room = self.screen().availableSize()
        return min(width, round(room.width() * 0.96)), min(height, round(room.height() * 0.92))

    def _keep_size(self) -> None:
        self._settings.put(_SIZE, f"{self.width()}x{self.height()}")
