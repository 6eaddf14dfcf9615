# SPDX-License-Identifier: MIT
"""What is known of the article that is read: who published it, where and when, who wrote it; and of its file.

An address is shown and copied, never opened.
"""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from annotator import i18n
from annotator.errors import UserError
from annotator.i18n import N_, tr, tr_marked
from annotator.model.article import Article
from annotator.ops import articles
from annotator.ui import icons
from annotator.ui.fields.naming import in_interface_direction
from annotator.ui.focus import put_after, tab_stops
from annotator.ui.panels.fold import Fold
from annotator.ui.session import Session
from annotator.ui.theme import Theme
from annotator.ui.widgets import ContentLabel, FlatButton, LineEdit, column, label, row

if TYPE_CHECKING:
    from annotator.model.ids import ArticleId


@dataclass(frozen=True, slots=True)
class Particular:
    """One of the particulars that can be changed: its name in an `Article`, and what the user calls it."""

    id: str
    name: str
    example: str = ""


PARTICULARS = (
    Particular("outlet", N_("Outlet")),
    Particular("url", N_("Address"), "https://"),
    Particular("author", N_("Author")),
    Particular("date", N_("Date"), "2024-05-31"),
)
_FILE = (("source", N_("File")), ("encoding", N_("Encoding")), ("derived", N_("Text made by")))


def problem_of(particular: str, value: str) -> str:
    """Return the sentence that says what is wrong with a value, or ""."""
    try:
        articles.checked_particulars(**{particular: value})
    except UserError as error:
        return i18n.describe(error)
    return ""


class ParticularLine(QFrame):
    """One line to read and write one of the particulars; what is wrong with it stands below.

    Signals:
        written: what was typed, once it is left, if it is new and right.
    """

    written = Signal(str)

    def __init__(self, shown: Particular, theme: Theme) -> None:
        super().__init__()
        self.particular = shown
        name = tr_marked(shown.name)
        placeholder = tr("Such as {example}", example=shown.example) if shown.example else ""
        self.line = LineEdit(placeholder, name)
        self.copy_button = FlatButton(tr("Copy the address"), self._copy)
        self.copy_button.setIcon(icons.icon("copy", theme, size=16))
        self.copy_button.setIconSize(QSize(16, 16))
        self.copy_button.setVisible(shown.id == "url")
        self.problem = label(role="problem", wrap=True)
        self.problem.hide()
        self._kept = ""
        self.setLayout(column(row(self.line, self.copy_button, gap=4), self.problem, gap=2))
        self.line.editingFinished.connect(self.flush)
        self.line.textEdited.connect(self._on_typed)

    def show_value(self, value: str, *, writable: bool) -> None:
        """Show a value; what is being typed stays."""
        unsaid = self.line.hasFocus() and self.line.isModified() and value == self._kept
        self._kept = value
        self.line.setReadOnly(not writable)
        self.copy_button.setEnabled(bool(value))
        if not unsaid and self.line.text() != value:
            self.line.setText(value)
            self.line.setCursorPosition(0)
            self._show_problem("")

    def flush(self) -> None:
        """Say what was typed, or what is wrong with it."""
        if not self.line.isModified():
            return
        value = self.line.text()
        problem = problem_of(self.particular.id, value)
        self._show_problem(problem)
        self.line.setModified(bool(problem))
        if not problem and value != self._kept:
            self.written.emit(value)

    def forget(self) -> None:
        """Be empty."""
        self._kept = ""
        self.line.clear()
        self.line.setModified(False)
        self._show_problem("")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._kept)

    def _on_typed(self, _text: str) -> None:
        if not self.problem.isHidden():
            self._show_problem("")

    def _show_problem(self, problem: str) -> None:
        self.problem.setText(in_interface_direction(problem))
        self.problem.setVisible(bool(problem))
        self.line.setAccessibleDescription(problem)


class ParticularsForm(QFrame):
    """All particulars of one article.

    Signals:
        written: one of them, by its name, is to be this.
    """

    written = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.lines = {each.id: ParticularLine(each, theme) for each in PARTICULARS}
        self.facts = {name: ContentLabel("muted", leading=True) for name, _ in _FILE}
        self._captions = {name: label(tr_marked(caption), "muted") for name, caption in _FILE}
        parts: list[QWidget] = []
        for each in PARTICULARS:
            caption = label(tr_marked(each.name), "muted")
            caption.setBuddy(self.lines[each.id].line)
            parts.append(self._pair(caption, self.lines[each.id]))
            self.lines[each.id].written.connect(partial(self.written.emit, each.id))
        parts += [self._pair(self._captions[name], self.facts[name], gap=0) for name, _ in _FILE]
        self.setLayout(column(*parts, gap=6))

    def show_article(self, article: Article, *, writable: bool) -> None:
        """Show what is known of an article."""
        for name, line in self.lines.items():
            line.show_value(getattr(article, name), writable=writable)
        for name, fact in self.facts.items():
            value = str(getattr(article, name))
            fact.show_text(value)
            fact.setToolTip(value)
            fact.setVisible(bool(value))
            self._captions[name].setVisible(bool(value))

    def flush(self) -> None:
        """Keep what is being written."""
        for line in self.lines.values():
            line.flush()

    def forget(self) -> None:
        """Be empty: another article is shown next, and nothing typed for this one is its."""
        for line in self.lines.values():
            line.forget()

    def _pair(self, caption: QWidget, shown: QWidget, gap: int = 2) -> QFrame:
        pair = QFrame()
        pair.setLayout(column(caption, shown, gap=gap))
        pair.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        return pair


class ParticularsSection(QFrame):
    """The particulars of the article that is read, folded away until they are wanted."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._session, self._theme = session, theme
        self.form: ParticularsForm | None = None
        self._shown_id: ArticleId | None = None
        self.fold = Fold(tr("Particulars"), self._make, theme, opened=False)
        self.fold.head.toggled.connect(self._order_tabs)
        self.setLayout(column(self.fold))

    def refresh(self) -> None:
        """Show the article that is read as it is now."""
        article_id = self._session.article_id
        self.setVisible(article_id is not None)
        if self.form is not None and article_id != self._shown_id:
            self.form.flush()  # what was being written is of the article before
            self.form.forget()
        self._shown_id = article_id
        if self.form is not None and article_id is not None:
            project = self._session.project
            self.form.show_article(project.article(article_id), writable=not project.read_only)

    def flush(self) -> None:
        """Keep what is being written."""
        if self.form is not None:
            self.form.flush()

    def _make(self) -> QWidget:
        self.form = ParticularsForm(self._theme)
        self.form.written.connect(self._on_written)
        self.refresh()
        return self.form

    def _order_tabs(self) -> None:
        """Have Tab go from the heading into the form, now that it lies below."""
        if self.form is not None:
            put_after(self.fold.head, tab_stops(self.form))

    def _on_written(self, particular: str, value: str) -> None:
        if self._shown_id is not None:
            self._session.run(articles.set_particulars, [self._shown_id], None, **{particular: value})


def origin_line(outlet: str, date: str) -> str:
    """Return who published an article and when, in one line."""
    # The outlet is not isolated: by its first letters Qt finds the direction of all. A date would be turned round.
    return " · ".join(each for each in (outlet, i18n.isolate(date) if date else "") if each)
