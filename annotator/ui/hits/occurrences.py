# SPDX-License-Identifier: MIT
"""The page on which all occurrences of a name, or of an actor by all names, are looked through and tagged at once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox

from annotator.i18n import N_, tr, tr_marked, trn
from annotator.model.attributes import AttributeValue
from annotator.model.changes import Changes, Record
from annotator.model.ids import ActorId, AnnotatorId, ArticleId, AttributeId, LabelId
from annotator.model.scheme import Links
from annotator.model.span import Piece, Span
from annotator.ops.occurrences import GoesOn, Hit, find_occurrences, tag_occurrences
from annotator.project import Project
from annotator.text.proclitics import Evidence
from annotator.ui.background import Background
from annotator.ui.hits.model import Item
from annotator.ui.hits.page import HitPage
from annotator.ui.panels.tag_palette import ICON, swatch_icon
from annotator.ui.widgets import LineEdit, plain, row
from annotator.ui.wording import label_name, shortened

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow

_COMMAS = re.compile("[,،;؛\n]")
#: Changes in no more articles than this are looked at again at once.
_FEW = 20
_SCOPES = ((True, N_("All articles")), (False, N_("This article")))


@dataclass(frozen=True, slots=True)
class Quest:
    """What is looked for, and what it is to become.

    Attributes:
        names: the names of one actor.
        label_id: the label for all.
        actor_id: the actor to link all to.
        values: attributes that all get.
        everywhere: in all articles, or in the one that is read.
    """

    names: tuple[str, ...]
    label_id: LabelId
    actor_id: ActorId | None = None
    values: tuple[tuple[AttributeId, AttributeValue], ...] = ()
    everywhere: bool = True


class OccurrencesPage(HitPage):
    """Looks for names, lists where they stand untagged, and tags what is ticked as one act."""

    def __init__(self, window: "MainWindow", search: Background) -> None:
        self._quest: Quest | None = None
        self._evidence = Evidence()
        self.names = LineEdit(tr("Names, with commas between them"), tr("Names that are looked for"))
        self.scope = QComboBox()
        self.labels = QComboBox()
        super().__init__(window, search, ticked=True)
        self.names.setToolTip(tr("Names that are looked for"))
        self.scope.setAccessibleName(tr("Where to look"))
        self.labels.setAccessibleName(tr("Label for the occurrences"))
        for everywhere, text in _SCOPES:
            self.scope.addItem(tr_marked(text), everywhere)
        self.labels.setIconSize(ICON)
        scheme = self._session.project.scheme
        for one in scheme.labels:
            self.labels.addItem(swatch_icon(one, scheme, self._theme), plain(label_name(one)), one.id)
        self._fill(row(self.names, self.scope, self.labels, gap=6))
        self.names.returnPressed.connect(self.view.setFocus)
        self.names.setMinimumWidth(60)
        self.view.setAccessibleName(tr("List of occurrences"))
        self.names.editingFinished.connect(self._on_names_edited)
        self.scope.activated.connect(self._on_scope_chosen)
        self.labels.activated.connect(self._on_label_chosen)
        self._session.article_selected.connect(self._on_article_selected)
        window.evidence.found.connect(self._on_evidence_found)

    def open(self, quest: Quest) -> None:
        """Look for something."""
        self._quest = quest
        self.names.setText("، ".join(quest.names))
        self.names.setCursorPosition(0)
        self.scope.setCurrentIndex(self.scope.findData(quest.everywhere))
        self.labels.setCurrentIndex(self.labels.findData(quest.label_id))
        self._start(again=False)

    @property
    def quest(self) -> Quest | None:
        """What is looked for."""
        return self._quest

    # For the drawer

    def title(self) -> str:
        """Return what stands in the head of the drawer."""
        quest = self._quest
        if quest is None:
            return tr("Occurrences")
        name = self._actor_name(quest.actor_id) if quest.actor_id is not None else ""
        return tr("Occurrences of {name}", name=shortened(name or next(iter(quest.names), "")))

    def showing(self) -> Quest | None:
        """Return what is looked for."""
        return self._quest

    def return_to(self, showing: object) -> None:
        """Look for the same as another page has."""
        if isinstance(showing, Quest):
            self.open(showing)

    # For the list

    def look_again(self) -> None:
        """Do the search again."""
        self._start(again=True)

    def nothing_found(self) -> str:
        """Return what is said where nothing is listed."""
        if self._quest is None:
            return ""
        return tr("No occurrence that is not tagged already.")

    def act(self) -> None:
        """Tag all that is ticked, as one act."""
        if self.search.is_running:
            # Of a list that is still growing nobody has seen what would be tagged.
            self._window.tell(tr("The search is still going on. Wait for its end, or stop it, then tag."))
            return
        quest, hits = self._quest, [item for item in self.model.ticked() if isinstance(item, Hit)]
        if quest is None or not hits:
            return
        tag = partial(tag_occurrences, actor_id=self._actor_id(quest), values=self._values(quest))
        self._run(len(hits), tr("Tagging all occurrences…"), tag, hits, quest.label_id)

    def _show_acts(self) -> None:
        quest, count = self._quest, self.model.ticked_count
        name = label_name(self._session.project.scheme.label(quest.label_id)) if quest is not None else ""
        text = trn("Tag {n} occurrence as {label}", "Tag {n} occurrences as {label}", count, label=name)
        self.act_button.setText(plain(text))
        self.act_button.setToolTip(tr("{action} ({keys})", action=text, keys="T"))
        self.act_button.setEnabled(count > 0 and self._is_writable and not self.search.is_running)
        self.act_button.setVisible(quest is not None)

    def _label_of(self, _item: Item) -> LabelId:
        assert self._quest is not None  # noqa: S101 - nothing is listed before something was looked for
        return self._quest.label_id

    def _actor_id(self, quest: Quest) -> ActorId | None:
        known = quest.actor_id is not None and quest.actor_id in self._session.project.actors
        links = self._session.project.scheme.label(quest.label_id).links
        return quest.actor_id if known and links is Links.ACTOR else None

    def _values(self, quest: Quest) -> dict[AttributeId, AttributeValue]:
        asked = {attribute.id for attribute in self._session.project.scheme.attributes_of(quest.label_id)}
        return {attribute_id: value for attribute_id, value in quest.values if attribute_id in asked}

    # Searching

    def _start(self, *, again: bool, of: list[ArticleId] | None = None) -> None:
        quest, evidence = self._quest, self._window.evidence.evidence
        if quest is None:
            return
        if evidence is None:
            # Without it, names and proclitics cannot be told apart; it is being counted and will be there soon.
            self._is_stale = True
            return
        self._evidence = evidence
        here = of
        if not quest.everywhere:
            here = [self._session.article_id] if self._session.article_id is not None else []
        work = partial(_search, quest, evidence, annotator_id=self._annotator_id, here=here)
        self._begin(work, again=again, of=of)

    def _heed(self, changes: Changes) -> None:
        quest = self._quest
        if quest is None:
            return
        came, left = _touched(changes, quest.label_id)
        if not quest.everywhere:
            left &= {self._session.article_id}
        if not came and not left:
            return
        if not self.isVisible():
            self._is_stale = True
        elif self.search.is_running:
            self._again.start()
        else:
            self._keeping_place(lambda: self.model.remove_overlapping(came))
            self._reread(quest, sorted(left))

    def _reread(self, quest: Quest, article_ids: list[ArticleId]) -> None:
        """Look again for what is not tagged any more."""
        if len(article_ids) > _FEW:
            self._start(again=True, of=article_ids)
        elif article_ids:
            project = self._session.project
            found = list(_search(quest, self._evidence, project, annotator_id=self._annotator_id, here=article_ids))
            self._keeping_place(lambda: self.model.replace_articles(article_ids, found))

    def _change(self, quest: Quest) -> None:
        if quest != self._quest:
            self._quest = quest
            self._start(again=False)
            self._window.desk.drawer.set_title(self.title())

    def _on_names_edited(self) -> None:
        names = (" ".join(name.split()) for name in _COMMAS.split(self.names.text()))
        if self._quest is not None:
            self._change(replace(self._quest, names=tuple(dict.fromkeys(name for name in names if name))))

    def _on_scope_chosen(self, _place: int) -> None:
        if self._quest is not None:
            self._change(replace(self._quest, everywhere=bool(self.scope.currentData())))

    def _on_label_chosen(self, _place: int) -> None:
        if self._quest is not None:
            self._change(replace(self._quest, label_id=LabelId(self.labels.currentData())))

    def _on_article_selected(self, _article_id: str) -> None:
        if self._quest is not None and not self._quest.everywhere and self.isVisible():
            self._start(again=False)

    def _on_evidence_found(self) -> None:
        if self._is_stale and self.isVisible():
            self._start(again=False)


def _touched(changes: Changes, label_id: LabelId) -> tuple[dict[ArticleId, list[Piece]], set[ArticleId]]:
    """Return where tags of a label are now that were not, and in which articles some are no longer as they were."""
    came: dict[ArticleId, list[Piece]] = {}
    left: set[ArticleId] = set()
    for change in changes.rows:
        before, after = _pieces(change.before, label_id), _pieces(change.after, label_id)
        if before != after and isinstance(change.record, Span):
            came.setdefault(change.record.article_id, []).extend(after)
            left |= {change.record.article_id} if before else set()
    return came, left


def _pieces(record: Record | None, label_id: LabelId) -> tuple[Piece, ...]:
    return record.parts if isinstance(record, Span) and record.label_id == label_id else ()


def _search(
    quest: Quest,
    evidence: Evidence,
    project: Project,
    goes_on: GoesOn = lambda _done, _total: True,
    *,
    annotator_id: AnnotatorId,
    here: list[ArticleId] | None,
) -> Iterator[Hit]:
    return find_occurrences(
        project,
        quest.names,
        evidence,
        quest.label_id,
        annotator_id=annotator_id,
        article_ids=here,
        goes_on=goes_on,
    )
