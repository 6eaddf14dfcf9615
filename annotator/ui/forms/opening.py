# SPDX-License-Identifier: MIT
"""When the form of a tag opens, and what becomes of what it was told: one act."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from annotator.i18n import tr
from annotator.late import LateModule, late
from annotator.model.changes import ActKind, Changes
from annotator.model.ids import LabelId
from annotator.model.scheme import Label, Scheme
from annotator.ops import tags as _tags
from annotator.project import News
from annotator.ui.fields.recent import RecentValues
from annotator.ui.focus import is_inside
from annotator.ui.style import chosen_theme
from annotator.ui.wording import label_name, shortened

if TYPE_CHECKING:
    from annotator.model.span import Span
    from annotator.ops import actors as _actors
    from annotator.ui.forms.answers import Answers
    from annotator.ui.forms.candidates import EndCandidates
    from annotator.ui.forms.panel import Panel
    from annotator.ui.forms.questions import questions_of
    from annotator.ui.main_window import MainWindow
else:
    _actors = LateModule("annotator.ops.actors")
    Answers = late("annotator.ui.forms.answers", "Answers")
    EndCandidates = late("annotator.ui.forms.candidates", "EndCandidates")
    Panel = late("annotator.ui.forms.panel", "Panel")
    questions_of = late("annotator.ui.forms.questions", "questions_of")

_QUOTE = 28


class Forms(QObject):
    """Opens the form of the current tag, and keeps what it was told when it is left."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self._recent = RecentValues()
        self._panel: Panel | None = None
        self._span: Span | None = None
        self._answers: Answers
        self._candidates: EndCandidates
        self._session.tag_selected.connect(self._on_tag_selected)
        self._session.changes_committed.connect(self._on_changes_committed)
        self._session.project_opened.connect(self._on_project_opened)
        self._session.project_closing.connect(self.close_form)

    @property
    def panel(self) -> "Panel | None":
        """The form, while it is open."""
        return self._panel

    def hear(self) -> None:
        """Hear of the tags made on the desk that is shown now; a form on the one before is closed."""
        self.close_form()
        self._window.desk.tagging.tag_made.connect(self._on_tag_made)

    def open_form(self) -> None:
        """Ask for the rest of the current tag."""
        span = self._session.span(self._session.tag_id)
        if span is None or self._session.project.read_only:
            return
        self.close_form()
        scheme, project = self._session.project.scheme, self._session.project
        label = scheme.label(span.label_id)
        answers = Answers(scheme, span, self._session.relations())
        candidates = EndCandidates(project, span, self._session.spans())
        questions = questions_of(answers, candidates, self._recent)
        if not questions:
            self._window.tell(tr("Nothing more is asked of a tag of {label}.", label=label_name(label)))
            return
        self._span, self._answers, self._candidates = span, answers, candidates
        heading = tr("{label} “{quote}”", label=label_name(label), quote=shortened(span.words, _QUOTE))
        view, theme = self._window.desk.pane.view, chosen_theme(self._window.settings)
        view.scroll_to(span.start, span.end)
        self._panel = panel = Panel(view, scheme, theme, span=span, heading=heading, questions=questions)
        panel.closed.connect(self._on_closed)
        panel.announced.connect(self._window.status.announce)
        panel.open()

    def tag_with_form(self, label_id: LabelId) -> None:
        """Tag what is selected, or give the current tag this label, and ask for the rest."""
        self.close_form()
        self._window.desk.tagging.apply(label_id)
        span = self._session.span(self._session.tag_id)
        if span is not None and span.label_id == label_id and self._panel is None:
            self.open_form()

    def close_form(self) -> None:
        """Close the form, and keep what it was told."""
        if self._panel is not None:
            self._panel.close_panel()

    def flush(self) -> None:
        """Keep what the form was told; it stays open."""
        if self._panel is None or self._span is None:
            return
        self._panel.flush()
        values, ends = self._answers.changed_values(), self._answers.changed_ends()
        if not values and not ends:
            return
        for actor in self._candidates.drafts(end for of_type in ends.values() for end in of_type):
            if self._session.run_from(self, _actors.add_actor, actor) is None:
                # The user has been told; all else that was answered is kept.
                ends = {kind: tuple(end for end in of if end.actor_id != actor.id) for kind, of in ends.items()}
            self._candidates.forget_draft(actor.id)
        if self._session.run_from(self, _tags.fill_tag, self._span.id, values=values, ends=ends) is not None:
            span = self._session.project.span(self._span.id)
            self._answers.restart(span, self._session.project.relations(span.article_id))

    def _on_tag_made(self, span_id: str) -> None:
        span = self._session.span(span_id)
        if span is None or not self._window.settings.switch("form_at_once"):
            return
        if wants_form(self._session.project.scheme, self._session.project.scheme.label(span.label_id)):
            self.open_form()

    def _on_tag_selected(self, tag_id: str) -> None:
        if self._span is not None and tag_id != self._span.id:
            self.close_form()

    def _on_closed(self) -> None:
        # A click elsewhere has taken the focus already, and must not find the text scrolled away from under it.
        was_left_by_key = is_inside(QApplication.focusWidget(), self._panel) if self._panel is not None else False
        self.flush()
        span, self._panel, self._span = self._span, None, None
        if was_left_by_key and span is not None and span.id == self._session.tag_id:
            # The arcs of what was answered have moved the lines.
            self._window.desk.pane.view.scroll_to(span.start, span.end)

    def _on_project_opened(self) -> None:
        self._recent = RecentValues()

    def _on_changes_committed(self, changes: Changes, initiator: object) -> None:
        if not isinstance(initiator, News):
            self._recent.heed(changes, self._session.project.scheme)
        if self._panel is None or self._span is None or initiator is self:
            return
        span = self._session.span(self._span.id)
        if span is None or changes.kind is not ActKind.DO or changes.scheme_changed:
            # What was undone is not done again by the form.
            self._answers.restart(self._span, self._session.relations())
            self._panel.close_panel()
        elif span != self._span:
            self._span = span
            self._panel.follow(span)


def wants_form(scheme: Scheme, label: Label) -> bool:
    """Return whether more is to be said of a new tag than its label: relations, or a required value."""
    required = any(attribute.required for attribute in scheme.attributes_of(label.id))
    return required or bool(scheme.relation_types_from(label.id))
