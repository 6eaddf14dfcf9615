# SPDX-License-Identifier: MIT
"""What the hand does to link the current tag, and what it linked to last."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator import i18n
from annotator.i18n import tr
from annotator.late import LateModule, late
from annotator.model.changes import ActKind, Changes, Op
from annotator.model.registry import Actor, name_key
from annotator.model.scheme import Links
from annotator.model.span import Span
from annotator.project import News
from annotator.ui.fields.naming import in_interface_direction
from annotator.ui.linking.warming import Warming
from annotator.ui.style import chosen_theme
from annotator.ui.wording import label_name, shortened

if TYPE_CHECKING:
    from annotator.ops import actors as _actors
    from annotator.ops import events as _events
    from annotator.ui.forms.panel import Panel
    from annotator.ui.linking.candidates import (
        Linked,
        LinkQuestion,
        linked_name,
        linked_to,
        name_from_tag,
        new_linked,
    )
    from annotator.ui.main_window import MainWindow
else:
    _actors, _events = LateModule("annotator.ops.actors"), LateModule("annotator.ops.events")
    _CANDIDATES = "annotator.ui.linking.candidates"
    Panel = late("annotator.ui.forms.panel", "Panel")
    LinkQuestion = late(_CANDIDATES, "LinkQuestion")
    linked_name = late(_CANDIDATES, "linked_name")
    linked_to = late(_CANDIDATES, "linked_to")
    name_from_tag = late(_CANDIDATES, "name_from_tag")
    new_linked = late(_CANDIDATES, "new_linked")

_QUOTE = 28


class Linking(QObject):
    """Links the current tag to an actor or event of the registry."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self._last: dict[Links, str] = {}
        self.warming = Warming(self._session, self, self._prepare)
        self._panel: Panel | None = None
        self._asked: Span | None = None
        self._question: LinkQuestion | None = None
        self._session.project_opened.connect(self._last.clear)
        self._session.project_closing.connect(self.cancel)
        self._session.tag_selected.connect(self._on_tag_selected)
        self._session.changes_committed.connect(self._on_changes_committed)

    @property
    def panel(self) -> "Panel | None":
        """The list of actors or events to choose from, while it is open."""
        return self._panel

    def link_to_last(self) -> None:
        """Link the current tag to what was linked to last."""
        span, links = self._target()
        if span is None:
            return
        last = self._known(links)
        if last is None:
            self._window.tell(tr("Nothing has been linked yet: A chooses, Ctrl+L makes a new one."))
        else:
            self._link(span, last)

    def choose(self) -> None:
        """Ask to whom, or what, the current tag is to be linked."""
        span, links = self._target()
        if span is None:
            return
        self.cancel()
        self._window.forms.close_form()
        project, view = self._session.project, self._window.desk.pane.view
        question = LinkQuestion(project, span, self._session.spans(), links, self._last.get(links, ""))
        label = project.scheme.label(span.label_id)
        heading = tr("{label} “{quote}”", label=label_name(label), quote=shortened(span.words, _QUOTE))
        view.scroll_to(span.start, span.end)
        theme = chosen_theme(self._window.settings)
        self._panel = Panel(view, project.scheme, theme, span=span, heading=heading, questions=[question])
        self._asked, self._question = span, question
        self._panel.closed.connect(self._on_closed)
        self._panel.announced.connect(self._window.status.announce)
        self._panel.open()

    def link_to_new(self) -> None:
        """Make a new actor or event of the current tag, and link the tag to it."""
        span, links = self._target()
        if span is not None:
            name = name_from_tag(self._session.project, span, links)
            self._add(span, new_linked(self._session.project, links, name))

    def unlink(self) -> None:
        """Take the link from the current tag."""
        span = self._window.desk.tagging.current
        if span is None:
            return
        if span.actor_id is None and span.event_id is None:
            self._window.tell(tr("The tag is not linked."))
        self._window.desk.tagging.unlink_current()

    def cancel(self) -> None:
        """Ask no more; nothing is linked."""
        if self._panel is not None:
            self._panel.close_panel()

    def with_suggestion(self, sentence: str, changes: Changes) -> str:
        """Return what is told of an act; of a new tag whose words are an actor's name, also that it may be linked."""
        actor = self._owner_of_words(changes)
        if actor is None:
            return sentence
        name = i18n.isolate(linked_name(actor))
        return in_interface_direction(tr("{act}. A, Enter: link it to {name}", act=sentence, name=name))

    def _target(self) -> tuple[Span | None, Links]:
        """Return the current tag and what tags of its label are linked to; no tag where that is nothing."""
        span = self._window.desk.tagging.current
        if span is None or self._session.project.read_only:
            return None, Links.NOTHING
        label = self._session.project.scheme.label(span.label_id)
        if label.links is Links.NOTHING:
            sentence = tr("Tags of {label} are not linked to actors or events.", label=i18n.isolate(label_name(label)))
            self._window.tell(sentence)
            return None, label.links
        return span, label.links

    def _known(self, links: Links) -> "Linked | None":
        project, last = self._session.project, self._last.get(links, "")
        known = {**project.actors} if links is Links.ACTOR else {**project.events}
        return next((thing for id_, thing in known.items() if id_ == last), None)

    def _link(self, span: Span, thing: "Linked") -> None:
        if isinstance(thing, Actor):
            self._session.run(_actors.link_tags, [span.id], thing.id)
        else:
            self._session.run(_events.link_tags, [span.id], thing.id)
        self._last[Links.ACTOR if isinstance(thing, Actor) else Links.EVENT] = thing.id

    def _add(self, span: Span, thing: "Linked") -> None:
        if isinstance(thing, Actor):
            self._session.run(_actors.add_actor, thing, [span.id])
        else:
            self._session.run(_events.add_event, thing, [span.id])

    def _owner_of_words(self, changes: Changes) -> Actor | None:
        if changes.op is not Op.ADD_TAG or changes.kind is not ActKind.DO:
            return None
        project = self._session.project
        for row in changes.rows:
            span = row.after
            if not isinstance(span, Span) or linked_to(project, span) is not None:
                continue
            if project.scheme.label(span.label_id).links is Links.ACTOR:
                owner = project.owners_of_names.get(name_key(span.words))
                return project.actors.get(owner) if owner is not None else None
        return None

    def _on_closed(self) -> None:
        span, question = self._asked, self._question
        self._panel = self._asked = self._question = None
        if span is None or question is None or question.taken is None:
            return
        if question.is_new:
            self._add(span, question.taken)
        else:
            self._link(span, question.taken)

    def _prepare(self) -> None:
        if self._window.is_working and self._window.is_complete:
            self._window.desk.inspector.details.prepare()

    def _on_tag_selected(self, tag_id: str) -> None:
        if self._asked is not None and tag_id != self._asked.id:
            self.cancel()

    def _on_changes_committed(self, changes: Changes, initiator: object) -> None:
        if changes.kind is ActKind.DO and not isinstance(initiator, News):
            self._heed(changes)
        if self._asked is not None and self._session.span(self._asked.id) != self._asked:
            self.cancel()

    def _heed(self, changes: Changes) -> None:
        """Remember what tags were linked to last, from wherever in this window."""
        for row in changes.rows:
            before, after = row.before, row.after
            if not isinstance(after, Span):
                continue
            old = before if isinstance(before, Span) else None
            if after.actor_id is not None and (old is None or old.actor_id != after.actor_id):
                self._last[Links.ACTOR] = after.actor_id
            if after.event_id is not None and (old is None or old.event_id != after.event_id):
                self._last[Links.EVENT] = after.event_id
