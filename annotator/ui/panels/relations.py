# SPDX-License-Identifier: MIT
"""The relations of the current tag: those that it starts, those that lead to it, and those it still lacks."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QSizePolicy, QWidget

from annotator import i18n
from annotator.analysis.review import missing_relations
from annotator.i18n import tr
from annotator.model.ids import RelationId, SpanId
from annotator.model.relation import End, Relation
from annotator.model.relation_rules import Surroundings, refusal
from annotator.model.scheme import RelationType
from annotator.model.span import Span
from annotator.ui import icons
from annotator.ui.fields.naming import said
from annotator.ui.panels.tag_palette import ICON, swatch_icon
from annotator.ui.session import Session
from annotator.ui.theme import Theme
from annotator.ui.widgets import FlatButton, column, label, plain, row

_NAME_WIDTH = 84
_DELETING = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})
ACTOR, EVENT = "actor", "event"


@dataclass(frozen=True, slots=True)
class RelationRow:
    """One row: a relation, or one that is missing.

    Attributes:
        id: of the relation; "" of a missing one.
        span_id: the tag at the other end, if it is one.
        entity: the kind and id of the actor or event at the other end, if it is one.
        label_id: of the tag at the other end.
    """

    type_id: str
    name: str
    hint: str
    text: str
    id: RelationId | str = ""
    span_id: SpanId | None = None
    entity: tuple[str, str] | None = None
    label_id: str = ""
    fits: bool = True


class EndButton(QPushButton):
    """The other end of a relation, shortened where it does not fit; Delete asks for the relation to go."""

    delete_requested = Signal()

    def __init__(self, text: str, icon: QIcon | None = None) -> None:
        super().__init__()
        self.setProperty("role", "end")
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._full = ""
        if icon is not None:
            self.setIcon(icon)
            self.setIconSize(ICON)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show another end."""
        self._full = " ".join(text.split())
        self.setToolTip(self._full)
        self.setAccessibleName(self._full)
        self._shorten()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return a size that does not push the panel apart."""
        return QSize(60, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Shorten again."""
        super().resizeEvent(event)
        self._shorten()

    def event(self, event: QEvent) -> bool:
        """Keep the Delete key from deleting the tag."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _deletes(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Ask for the relation to go; Enter goes to the end as the space bar does."""
        if _deletes(event):
            self.delete_requested.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _shorten(self) -> None:
        icon = self.iconSize().width() + 6 if not self.icon().isNull() else 0
        shown = self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, self.width() - icon - 16)
        # A button writes in the direction of the interface: the dots would stand where the words begin.
        self.setText(plain(shown if shown == self._full else i18n.isolate(shown)))


class RelationsSection(QFrame):
    """Lists the relations of one tag.

    Signals:
        tag_requested: the tag at the other end is to be current.
        entity_requested: the page of this actor or event is wanted: its kind and its id.
        relate_requested: a relation of this type is to be drawn from the tag.
        delete_requested: this relation is to be deleted.
    """

    tag_requested = Signal(str)
    entity_requested = Signal(str, str)
    relate_requested = Signal(str)
    delete_requested = Signal(str)
    rebuilt = Signal()

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._session, self._theme = session, theme
        self._shown: tuple[object, ...] = ()
        self.ends: list[EndButton] = []
        self._stops: list[QWidget] = []
        self.add_button = FlatButton(tr("Relate this tag to another"), lambda: self.relate_requested.emit(""))
        self.add_button.setText("+")
        self.add_button.setProperty("role", "step")
        self._rows = QFrame()
        self._heading = label(tr("Relations"), "heading")
        self._column = column(row(self._heading, None, self.add_button), self._rows, gap=4)
        self.setLayout(self._column)

    def show_span(self, span: Span, around: Surroundings, *, writable: bool) -> None:
        """Show the relations of a tag."""
        rows = tuple(self._outgoing(span, around)), tuple(self._incoming(span))
        can_relate = bool(around.scheme.relation_types_from(span.label_id))
        self.setVisible(can_relate or any(rows))
        self.add_button.setVisible(can_relate)
        self._heading.setVisible(can_relate or bool(rows[0]))
        self.add_button.setEnabled(writable)
        shown = (rows, writable)
        if shown != self._shown:
            self._shown = shown
            self._rebuild(*rows, writable=writable)

    def stops(self) -> Iterator[QWidget]:
        """Yield what the Tab key stops at."""
        yield from (self.add_button, *self._stops)

    def _outgoing(self, span: Span, around: Surroundings) -> Iterator[RelationRow]:
        relations = [relation for relation in self._session.relations_of(span.id) if relation.source_id == span.id]
        order = {kind.id: place for place, kind in enumerate(around.scheme.relation_types)}
        for relation in sorted(relations, key=lambda relation: order.get(relation.type_id, len(order))):
            yield self._row(relation, relation.target, around, span)
        for kind in missing_relations(span, relations, around.scheme):
            yield RelationRow(kind.id, said(kind.name), said(kind.description), "")

    def _incoming(self, span: Span) -> Iterator[RelationRow]:
        scheme = self._session.project.scheme
        for relation in self._session.relations_of(span.id):
            if relation.target_span_id == span.id:
                kind = scheme.relation_type(relation.type_id)
                yield self._to_span(relation, kind, relation.source_id)

    def _row(self, relation: Relation, end: End, around: Surroundings, span: Span) -> RelationRow:
        kind = around.scheme.relation_type(relation.type_id)
        fits = not kind.archived and refusal(kind, span, end, around) is None
        if end.span_id is not None:
            return self._to_span(relation, kind, end.span_id, fits=fits)
        project = self._session.project
        entity: tuple[str, str] | None = None
        text = tr("The article's author or outlet")
        if end.actor_id is not None:
            text, entity = project.actor(end.actor_id).name_in(i18n.language()), (ACTOR, end.actor_id)
        elif end.event_id is not None:
            text, entity = project.event(end.event_id).title, (EVENT, end.event_id)
        return RelationRow(
            kind.id, said(kind.name), said(kind.description), text, relation.id, entity=entity, fits=fits
        )

    def _to_span(self, relation: Relation, kind: RelationType, span_id: SpanId, *, fits: bool = True) -> RelationRow:
        other = self._session.span(span_id)
        text, label_id = (other.words, other.label_id) if other is not None else ("", "")
        return RelationRow(
            kind.id, said(kind.name), said(kind.description), text, relation.id, span_id, None, label_id, fits
        )

    def _rebuild(self, outgoing: Sequence[RelationRow], incoming: Sequence[RelationRow], *, writable: bool) -> None:
        focused = next((number for number, end in enumerate(self.ends) if end.hasFocus()), None)
        old, self._rows = self._rows, QFrame()
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        self.ends, self._stops = [], []
        for shown in outgoing:
            self._add(grid, shown, writable=writable)
        if incoming:
            grid.addWidget(label(tr("Relations that lead here"), "heading"), grid.rowCount(), 0, 1, 3)
        for shown in incoming:
            self._add(grid, shown, writable=writable)
        self._rows.setLayout(grid)
        self._column.replaceWidget(old, self._rows)
        self._rows.show()
        self.rebuilt.emit()
        if focused is not None:
            # Before what had it is hidden: Qt would give it away.
            (self.ends[min(focused, len(self.ends) - 1)] if self.ends else self.add_button).setFocus()
        old.hide()
        old.deleteLater()

    def _add(self, grid: QGridLayout, shown: RelationRow, *, writable: bool) -> None:
        number = grid.rowCount()
        name = label(shown.name, "muted", wrap=True)
        name.setFixedWidth(_NAME_WIDTH)
        name.setToolTip(shown.hint)
        grid.addWidget(name, number, 0)
        if not shown.id:
            grid.addWidget(self._missing(shown, writable=writable), number, 1, 1, 2)
            return
        end = self._end(shown)
        end.setAccessibleName(tr("{relation}: {end}", relation=shown.name, end=shown.text))
        self.ends.append(end)
        grid.addWidget(end, number, 1)
        gone = FlatButton(
            tr("Delete the relation “{relation}” with {end}", relation=shown.name, end=shown.text),
            lambda: self.delete_requested.emit(str(shown.id)),
        )
        gone.setIcon(icons.icon("close", self._theme, size=16))
        gone.setIconSize(QSize(14, 14))
        gone.setEnabled(writable)
        grid.addWidget(gone, number, 2)
        self._stops += [end, gone]
        if writable:
            end.delete_requested.connect(lambda: self.delete_requested.emit(str(shown.id)))
        if not shown.fits:
            grid.addWidget(label(tr("to review: this no longer fits"), "problem", wrap=True), number + 1, 1, 1, 2)

    def _end(self, shown: RelationRow) -> EndButton:
        scheme = self._session.project.scheme
        icon = swatch_icon(scheme.label(shown.label_id), scheme, self._theme) if shown.label_id else None
        end = EndButton(shown.text, icon)
        act = self._way_to(shown)
        if act is None:
            end.setFlat(True)
        else:
            end.clicked.connect(act)
        return end

    def _way_to(self, shown: RelationRow) -> Callable[[], None] | None:
        if shown.span_id is not None:
            return lambda: self.tag_requested.emit(shown.span_id)
        if shown.entity is not None:
            kind, entity_id = shown.entity
            return lambda: self.entity_requested.emit(kind, entity_id)
        return None

    def _missing(self, shown: RelationRow, *, writable: bool) -> QWidget:
        frame = QFrame()
        choose = EndButton(tr("Choose…"))
        choose.setAccessibleName(tr("{relation}: required. Choose…", relation=shown.name))
        choose.setEnabled(writable)
        self._stops.append(choose)
        choose.clicked.connect(lambda: self.relate_requested.emit(shown.type_id))
        frame.setLayout(row(choose, label(tr("required"), "problem"), gap=4))
        return frame


def _deletes(event: QKeyEvent) -> bool:
    return event.key() in _DELETING and event.modifiers() == Qt.KeyboardModifier.NoModifier
