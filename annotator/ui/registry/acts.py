# SPDX-License-Identifier: MIT
"""What the hand does to actors and events: asks what must be asked, does the act, and says what it did."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.i18n import tr, tr_marked, trn
from annotator.model.ids import ActorId
from annotator.model.registry import Actor
from annotator.ops.candidates import add_actor_of_forms, link_forms
from annotator.ui.dialogs.prompts import ConfirmDialog, LineDialog
from annotator.ui.registry.act_table import ACTS
from annotator.ui.registry.kinds import WORDS, Record, other_name, particulars, record_name, records
from annotator.ui.registry.list_model import Entry
from annotator.ui.registry.names import Kind
from annotator.ui.registry.picking import MergeDialog, PickDialog
from annotator.ui.style import chosen_theme

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow


class RegistryActs(QObject):
    """Acts on actors and events; each is one act of the history, or none where it was refused or cancelled."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session

    def add(self, kind: Kind, name: str = "") -> str | None:
        """Add a new one, asking for its name; return its id, or None."""
        asked = LineDialog.ask(self._window, tr_marked(WORDS[kind].new_title), name, tr_marked(WORDS[kind].new))
        if asked is None:
            return None
        record = self._draft(kind, asked)
        return record.id if self._session.run(ACTS[kind].add, record) is not None else None

    def delete(self, kind: Kind, ids: Sequence[str]) -> None:
        """Delete some, saying first how many mentions lose their link."""
        counts = self._session.project.mention_counts()
        mentions = sum(counts.get(ActorId(id_), 0) for id_ in ids)
        what = _gone(kind, len(ids))
        along = trn(
            "{n} mention loses its link; the tag itself stays.",
            "{n} mentions lose their link; the tags themselves stay.",
            mentions,
        )
        text = " ".join((what, along if mentions else tr("No tag is linked to it."), tr("You can undo this.")))
        if ConfirmDialog.ask(self._window, tr_marked(WORDS[kind].delete_title), text, tr("Delete")):
            self._session.run(ACTS[kind].delete, list(ids))

    def merge(self, kind: Kind, ids: Sequence[str]) -> str | None:
        """Make one of several, asking which stays; return its id, or None."""
        kept = MergeDialog.ask(self._window, kind, self._entries(kind, ids))
        if kept is None:
            return None
        others = [id_ for id_ in ids if id_ != kept]
        return kept if self._session.run(ACTS[kind].merge, kept, others) is not None else None

    def split(self, kind: Kind, record_id: str, span_ids: Sequence[str]) -> None:
        """Make a new one of some mentions, asking for its name."""
        first = self._session.project.span(span_ids[0])  # type: ignore[arg-type]  # ids of tags
        title = tr_marked(WORDS[kind].split_title)
        asked = LineDialog.ask(self._window, title, first.words, tr("Split off"))
        if asked is not None:
            self._session.run(ACTS[kind].split, record_id, list(span_ids), self._draft(kind, asked))

    def link(self, kind: Kind, record_id: str, span_ids: Sequence[str]) -> None:
        """Link mentions to another one, asking for it."""
        chosen = self.pick(kind, {record_id})
        if chosen is not None:
            self._session.run(ACTS[kind].link, list(span_ids), chosen)

    def unlink(self, kind: Kind, span_ids: Sequence[str]) -> None:
        """Take the link from mentions."""
        self._session.run(ACTS[kind].unlink, list(span_ids))

    def pick(self, kind: Kind, without: set[str]) -> str | None:
        """Ask for an actor or event, but for some; return its id, or None."""
        return PickDialog.ask(self._window, self._session, chosen_theme(self._window.settings), kind, without)

    def link_forms(self, quotes: Sequence[str], actor_id: str) -> bool:
        """Link all unlinked mentions of these spellings, to an actor that is asked for if none is given."""
        chosen = actor_id or self.pick(Kind.ACTOR, set())
        return chosen is not None and self._session.run(link_forms, list(quotes), ActorId(chosen)) is not None

    def add_actor_of_forms(self, quotes: Sequence[str], name: str) -> bool:
        """Make a new actor of all unlinked mentions of these spellings, asking for its name."""
        title = tr_marked(WORDS[Kind.ACTOR].split_title)
        asked = LineDialog.ask(self._window, title, name, tr_marked(WORDS[Kind.ACTOR].new))
        if asked is None:
            return False
        actor = self._draft(Kind.ACTOR, asked)
        assert isinstance(actor, Actor)  # noqa: S101 - of that kind
        return self._session.run(add_actor_of_forms, actor, list(quotes)) is not None

    def _draft(self, kind: Kind, name: str) -> Record:
        return ACTS[kind].draft(self._session.project, " ".join(name.split()))

    def _entries(self, kind: Kind, ids: Sequence[str]) -> list[Entry]:
        project = self._session.project
        counts, known = project.mention_counts(), records(project, kind)
        return [
            Entry(id_, record_name(record), other_name(record), particulars(record, project.scheme), count, ())
            for id_ in ids
            if (record := known.get(id_)) is not None and (count := counts.get(record.id, 0)) >= 0
        ]


def _gone(kind: Kind, count: int) -> str:
    """Return how many are deleted: plurals are literal sentences, so that both kinds have their own."""
    if kind is Kind.ACTOR:
        return trn("{n} actor is deleted.", "{n} actors are deleted.", count)
    return trn("{n} event is deleted.", "{n} events are deleted.", count)
