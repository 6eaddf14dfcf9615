# SPDX-License-Identifier: MIT
"""What is said of the article as a whole: its document tags, each with its values."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from annotator.i18n import tr, trn
from annotator.model.attributes import AttributeValue
from annotator.model.document_tag import DocumentTag
from annotator.model.ids import AttributeId, DocumentLabelId, DocumentTagId
from annotator.model.scheme import DocumentLabel
from annotator.ops import document_tags
from annotator.ui import icons
from annotator.ui.fields.naming import said
from annotator.ui.fields.recent import RecentValues
from annotator.ui.fields.section import AttributeFields
from annotator.ui.focus import tab_stops
from annotator.ui.panels.fold import Fold
from annotator.ui.session import Session
from annotator.ui.theme import Theme
from annotator.ui.widgets import ContentLabel, FlatButton, button, column, fill, label, plain, row


class DocumentTagCard(QFrame):
    """One document tag: its label, its values, and a way to be rid of it.

    Signals:
        value_edited: the user has given this attribute this value.
        delete_requested: it is to be deleted.
    """

    value_edited = Signal(str, object)
    delete_requested = Signal()

    def __init__(self, shown: DocumentLabel, theme: Theme, recent: RecentValues) -> None:
        super().__init__()
        self.setProperty("role", "card")
        name = said(shown.name)
        title = label(name, wrap=True)
        title.setToolTip("\n".join((said(shown.description), *shown.examples)))
        self.delete_button = FlatButton(tr("Delete “{label}”", label=name), self.delete_requested.emit)
        self.delete_button.setIcon(icons.icon("delete", theme, size=16))
        self.delete_button.setIconSize(QSize(16, 16))
        self.fields = AttributeFields(theme, recent)
        self.fields.value_edited.connect(self.value_edited)
        head = row(title, self.delete_button, gap=4)
        head.setStretch(0, 1)
        self.setLayout(column(head, self.fields, margin=8, gap=4))


class DocumentTagsSection(QFrame):
    """Lists the document tags of the article that is read; changes them and adds more."""

    def __init__(self, session: Session, theme: Theme, recent: RecentValues) -> None:
        super().__init__()
        self._session, self._theme, self._recent = session, theme, recent
        self.cards: dict[DocumentTagId, DocumentTagCard] = {}
        self._mark = ContentLabel("problem", leading=True)
        self._cards = QVBoxLayout()
        holder = QFrame()
        holder.setLayout(fill(self._cards, gap=6))
        self.add_button = button(tr("Add"), self._on_add)
        self.add_button.setProperty("role", "small")
        self.add_button.setToolTip(tr("Say something of the article as a whole"))
        beside = row(self._mark, self.add_button)
        beside.setStretch(0, 1)
        self.fold = Fold(tr("Whole article"), lambda: holder, theme, beside)
        self.setLayout(column(self.fold))

    def refresh(self) -> None:
        """Show the document tags as they are now."""
        project = self._session.project
        article_id = self._session.article_id
        tags = {tag.id: tag for tag in project.document_tags(article_id)} if article_id is not None else {}
        offered = self._offered()
        self.setVisible(article_id is not None and bool(tags or offered))
        self.add_button.setVisible(bool(offered))
        self.add_button.setEnabled(not project.read_only)
        if list(tags) != list(self.cards):
            self._rebuild(tags)
        for tag in tags.values():
            self._show(tag)
        missing = sum(not row.missing.isHidden() for card in self.cards.values() for row in card.fields.rows.values())
        self._mark.show_text(trn("{n} missing", "{n} missing", missing) if missing else "")

    def flush(self) -> None:
        """Keep what is being written."""
        for card in list(self.cards.values()):
            card.fields.flush()

    def stops(self) -> Iterator[QWidget]:
        """Yield what the Tab key stops at."""
        yield from tab_stops(self)

    def add(self, label_id: DocumentLabelId) -> None:
        """Add a document tag, and go to its first value."""
        article_id = self._session.article_id
        if article_id is None:
            return
        self.fold.head.setChecked(True)
        before = set(self.cards)
        self._session.run(document_tags.add_document_tag, article_id, label_id, values={})
        # Nothing is added where there is one that says nothing yet.
        made = [card for tag_id, card in self.cards.items() if tag_id not in before] or list(self.cards.values())[-1:]
        for card in made[:1]:
            card.fields.focus_first()

    def _offered(self) -> list[DocumentLabel]:
        return [each for each in self._session.project.scheme.document_labels if not each.archived]

    def _rebuild(self, tags: dict[DocumentTagId, DocumentTag]) -> None:
        scheme = self._session.project.scheme
        for tag_id in [tag_id for tag_id in self.cards if tag_id not in tags]:
            card = self.cards.pop(tag_id)
            self._cards.removeWidget(card)
            card.hide()
            card.deleteLater()
        for place, tag in enumerate(tags.values()):
            if tag.id not in self.cards:
                card = DocumentTagCard(scheme.document_label(tag.label_id), self._theme, self._recent)
                card.value_edited.connect(partial(self._on_value_edited, tag.id))
                card.delete_requested.connect(partial(self._on_delete, tag.id))
                self.cards[tag.id] = card
                self._cards.insertWidget(place, card)
        self.cards = {tag_id: self.cards[tag_id] for tag_id in tags}

    def _show(self, tag: DocumentTag) -> None:
        project = self._session.project
        own = not project.read_only and tag.annotator_id == project.annotator.id
        card = self.cards[tag.id]
        card.delete_button.setEnabled(own)
        card.fields.show_values(project.scheme.attributes_of(tag.label_id), tag.attributes, writable=own)

    def _on_add(self) -> None:
        offered = self._offered()
        if len(offered) == 1:
            self.add(offered[0].id)
            return
        menu = QMenu(self)
        for each in offered:
            action = menu.addAction(plain(said(each.name)))
            action.setToolTip(said(each.description))
            action.triggered.connect(partial(self._on_chosen, each.id))
        menu.popup(self.add_button.mapToGlobal(self.add_button.rect().bottomLeft()))

    def _on_chosen(self, label_id: DocumentLabelId) -> None:
        self.add(label_id)

    def _on_value_edited(self, tag_id: DocumentTagId, attribute_id: str, value: AttributeValue | None) -> None:
        values = {AttributeId(attribute_id): value}
        if self._session.run(document_tags.change_document_tag, tag_id, values=values) is None:
            self.refresh()

    def _on_delete(self, tag_id: DocumentTagId) -> None:
        held = self.cards[tag_id].isAncestorOf(self.focusWidget())
        self._session.run(document_tags.delete_document_tag, tag_id)
        if held:
            self.add_button.setFocus()
