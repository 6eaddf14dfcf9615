# SPDX-License-Identifier: MIT
"""A small form beside a tag: one row a question, under the one that is asked what can be chosen, by a digit each.

Owns what a key or a click does, and what is shown. What is asked, and what becomes of the answers, its owner knows.
"""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QWidget

from annotator.i18n import tr
from annotator.model.scheme import Scheme
from annotator.model.span import Span
from annotator.ui.article.view import ArticleView
from annotator.ui.fields.base import AttributeField
from annotator.ui.fields.making import make_field
from annotator.ui.fields.naming import in_interface_direction
from annotator.ui.focus import is_inside
from annotator.ui.forms.beside import Beside
from annotator.ui.forms.keys import Act, Stroke, stroke
from annotator.ui.forms.lines import Kind, Line, LineDelegate, LineModel, make_list, option_line
from annotator.ui.forms.questions import DIGITS, AttributeQuestion, Option, Question
from annotator.ui.theme import Theme
from annotator.ui.widgets import button, column, label, row

_SHORT, _MARGIN, _NAMES = 250, 4, 140
_EDITOR_SIDES, _EDITOR_AIR = (24, 2, 10, 4), 10
_TO_THE_TEXT = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End})


class Panel(Beside):
    """Asks some questions of one tag.

    Signals:
        answered: something else is answered.
        closed: it is left, by Enter, by Escape, or because the hand went elsewhere; what was answered counts.
        announced: a sentence for those who hear the window.
    """

    answered = Signal()
    closed = Signal()
    announced = Signal(str)

    def __init__(
        self,
        view: ArticleView,
        scheme: Scheme,
        theme: Theme,
        *,
        span: Span,
        heading: str,
        questions: Sequence[Question],
    ) -> None:
        super().__init__(view, span, heading)
        self._theme = theme
        self.questions = list(questions)
        self.at = 0
        self.query = ""
        self._page = 0
        self._options: Sequence[Option] = ()
        self._zero: Option | None = None
        self._editor: AttributeField | None = None
        self._is_closed = False
        # With a single choice, making it is all there is to do.
        self._ends_at_once = len(self.questions) == 1 and self.questions[0].settles and not self.questions[0].editor
        self._acts: dict[Act, Callable[[Stroke], object]] = {
            Act.NEXT: lambda _stroke: self._step(1),
            Act.PREVIOUS: lambda _stroke: self._step(-1),
            Act.DONE: lambda _stroke: self._enter(),
            Act.LEAVE: lambda _stroke: self._escape(),
            Act.ERASE: lambda _stroke: self._erase(),
            Act.NEXT_PAGE: lambda _stroke: self._turn(1),
            Act.PREVIOUS_PAGE: lambda _stroke: self._turn(-1),
            Act.DIGIT: lambda stroke: self._take_digit(int(stroke.text), add=stroke.add),
            Act.TYPE: lambda stroke: self._type(stroke.text),
        }
        self._build(scheme, heading)
        self.list.clicked.connect(self._on_clicked)
        app = QApplication.instance()
        assert isinstance(app, QApplication)  # noqa: S101 - a widget needs one
        app.focusChanged.connect(self._on_focus_changed)

    # For its owner

    def open(self) -> None:
        """Come up beside the tag, and take the focus; ask the first question that should be answered."""
        self.at = next((number for number, question in enumerate(self.questions) if question.is_missing), 0)
        self._find()
        self.choose_side()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self._show_lines()
        self._announce()

    def close_panel(self) -> None:
        """Go, and give the focus back to the text if it is here."""
        if self._is_closed:
            return
        self.flush()
        self._is_closed = True
        had_focus = is_inside(QApplication.focusWidget(), self)
        self.closed.emit()
        self.hide()
        if had_focus:
            self._view.setFocus()
        self.deleteLater()

    def flush(self) -> None:
        """Take what is being typed for an answer."""
        if self._editor is not None:
            self._editor.flush()

    def refresh(self) -> None:
        """Show the answers anew."""
        self._find()
        self._show_lines()

    def wanted_height(self) -> int:
        """Return the height at which no line is cut off."""
        height = self._delegate.line_height(self.list.font())
        lines = list(self.model.lines) or list(self._lines())
        editors = sum(line.kind is Kind.EDITOR for line in lines)
        inner = height * (len(lines) - editors) + editors * self._delegate.editor_height
        around = self._head.sizeHint().height() + self._foot.sizeHint().height() + 2 * _MARGIN + 10
        return inner + around

    def place(self) -> None:
        """Stand beside the tag; where there is little room, without the line that explains the keys."""
        super().place()
        self._foot.setVisible(self.height() >= _SHORT)

    # Building

    def _build(self, scheme: Scheme, heading: str) -> None:
        self.model = LineModel()
        self._delegate = LineDelegate(self._theme, scheme)
        self.list = make_list(self.model, self._delegate, heading)
        metrics = QFontMetricsF(self.list.font())
        widest = max((metrics.horizontalAdvance(question.name) for question in self.questions), default=0)
        self._delegate.name_width = round(min(widest + 4, _NAMES))
        self.done_button = button(tr("Close") if self._ends_at_once else tr("Done"), self.close_panel)
        self.done_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.done_button.setProperty("role", "small")
        self._head = QFrame()
        self._head.setLayout(row(label(in_interface_direction(heading), "heading"), None, self.done_button))
        self._head.layout().setContentsMargins(8, 3, 4, 0)  # type: ignore[union-attr]  # just set
        keys = tr("1–9 choose · letters search · Tab next · Enter done")
        if self._current.takes_first:
            keys = tr("1–9 choose · letters search · Enter takes the first")
        self._foot = label(keys, "muted")
        self._foot.setContentsMargins(8, 0, 8, 3)
        self.setLayout(column(self._head, self.list, self._foot, margin=_MARGIN, gap=3))

    # Keys

    def event(self, event: QEvent) -> bool:
        """Keep the keys that mean something here from the window's single keys, and Tab from moving the focus."""
        if isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.ShortcutOverride and stroke(event) is not None:
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self.keyPressEvent(event)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Do what a key means; those that move or extend a selection go on to the text."""
        pressed = stroke(event)
        if pressed is not None:
            self._acts[pressed.act](pressed)
            event.accept()
            return
        if event.key() in _TO_THE_TEXT:
            self.close_panel()
        event.ignore()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Take the keys that leave an editor."""
        is_key = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress
        if is_key and watched is not self._view.viewport():
            pressed = stroke(event)  # type: ignore[arg-type]  # see above
            if pressed is not None and pressed.leaves_editor:
                self._acts[pressed.act](pressed)
                return True
        return super().eventFilter(watched, event)

    def _step(self, step: int) -> None:
        """Ask the next question, or the one before; after the last the first again."""
        asked = [number for number, question in enumerate(self.questions) if question.is_asked]
        beyond = [number for number in asked if (number > self.at if step > 0 else number < self.at)]
        order = (beyond or asked)[:: 1 if step > 0 else -1]
        if order:
            self._ask(order[0])

    def _ask(self, number: int) -> None:
        self.flush()
        self.at, self.query, self._page = number, "", 0
        self.refresh()
        self._announce()

    def _announce(self) -> None:
        question = self._current
        self.announced.emit(", ".join(part for part in (question.name, question.answer) if part))

    def _enter(self) -> None:
        """Take what was searched for; with nothing typed, be done."""
        if not self._takes_first:
            self.close_panel()
            return
        first = next(iter(self._options), self._zero)
        if first is not None:
            self._take(first, add=False)

    def _escape(self) -> None:
        """Give up a search; without one, be done."""
        if self.query:
            self._search("")
        else:
            self.close_panel()

    def _erase(self) -> None:
        """Erase the last letter of a search; without one, take the answer back."""
        if self.query:
            self._search(self.query[:-1])
        elif self._current.answer:
            self._current.clear()
            self.answered.emit()
            self.refresh()

    def _type(self, text: str) -> None:
        if text == " " and not self.query:
            # The space bar turns yes into no, and nothing yet into yes.
            other = next((option for option in self._options if not option.chosen), None)
            if other is not None and isinstance(other.value, bool):
                self._take(other, add=False)
        else:
            self._search(self.query + text)

    def _search(self, query: str) -> None:
        self.query, self._page = query, 0
        self.refresh()

    def _turn(self, step: int) -> None:
        self._page = (self._page + step) % self._pages
        self._show_lines()

    def _take_digit(self, digit: int, *, add: bool) -> None:
        start = self._page * DIGITS
        options = [self._zero, *self._options[start : start + DIGITS]]
        option = options[digit] if digit < len(options) else None
        if option is not None:
            self._take(option, add=add)

    def _take(self, option: Option, *, add: bool) -> None:
        question = self._current
        question.take(option, add=add)
        self.answered.emit()
        if self._ends_at_once:
            self.close_panel()
        elif question.settles and not add and any(later.is_asked for later in self.questions[self.at + 1 :]):
            self._step(1)
        else:
            self.query = ""
            self.refresh()

    # Mouse

    def _on_clicked(self, index: QModelIndex) -> None:
        line = self.model.lines[index.row()]
        add = bool(QApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier)
        if line.kind is Kind.QUESTION:
            self._ask(line.question)
        elif line.kind is Kind.MORE:
            self._turn(1)
        elif line.kind is Kind.OPTION:
            option = self._zero if line.option < 0 else self._options[line.option]
            if option is not None:
                self._take(option, add=add)

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        # A window that is left for a moment, and a menu, take the focus and give it back.
        if now is not None and self.isVisible() and not is_inside(now, self) and now.window() is self.window():
            self.close_panel()

    # What is shown

    @property
    def _current(self) -> Question:
        return self.questions[self.at]

    @property
    def _takes_first(self) -> bool:
        """Whether Enter takes the first of what can be chosen."""
        return self._current.editor is None and (bool(self.query) or self._current.takes_first)

    @property
    def _pages(self) -> int:
        return max(1, -(-len(self._options) // DIGITS))

    def _find(self) -> None:
        query = self.query.strip()
        self._options = self._current.options(query)
        self._zero = self._current.zero(query)

    def _show_lines(self) -> None:
        if self._editor is not None and is_inside(QApplication.focusWidget(), self):
            # Before it goes: Qt would give the focus to whatever comes next.
            self.setFocus(Qt.FocusReason.PopupFocusReason)
        self._editor = self._make_editor() if self._current.editor is not None else None
        lines = list(self._lines())
        self.model.show_lines(lines)
        here = next(n for n, line in enumerate(lines) if line.kind is Kind.QUESTION and line.current)
        if self._editor is not None:
            frame = QWidget()
            frame.setLayout(row(self._editor))
            frame.layout().setContentsMargins(*_EDITOR_SIDES)  # type: ignore[union-attr]  # just set
            self.list.setIndexWidget(self.model.index(here + 1), frame)
            self._editor.setFocus(Qt.FocusReason.PopupFocusReason)
        elif self.isVisible() and not self.hasFocus():
            self.setFocus(Qt.FocusReason.PopupFocusReason)
        self.place()
        self._scroll_to(here, max(n for n, line in enumerate(lines) if line.question == self.at))

    def _scroll_to(self, here: int, last: int) -> None:
        """Bring the question and what can be chosen into sight, or at least the question and the first of these."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.list.scrollTo(self.model.index(last))
        is_tight = (last - here + 1) * self._delegate.line_height(self.list.font()) > self.list.viewport().height()
        hint = QAbstractItemView.ScrollHint
        self.list.scrollTo(self.model.index(here), hint.PositionAtTop if is_tight else hint.EnsureVisible)

    def _lines(self) -> Iterator[Line]:
        for number, question in enumerate(self.questions):
            current = number == self.at
            if not question.is_asked and not current:
                continue
            typed = current and bool(self.query)
            yield Line(
                Kind.QUESTION,
                number,
                question.name,
                self.query if typed else question.answer,
                typed=typed,
                missing=question.is_missing,
                current=current,
                hint=question.hint,
            )
            if current:
                yield from self._choices(number, question)

    def _choices(self, number: int, question: Question) -> Iterator[Line]:
        if question.editor is not None:
            yield Line(Kind.EDITOR, number, question.name)
            return
        start, takes_first = self._page * DIGITS, self._takes_first
        zero = []
        if self._zero is not None:
            zero.append(option_line(number, self._zero, -1, "0", current=takes_first and not self._options))
        if question.zero_leads:
            yield from zero
        for place, option in enumerate(self._options[start : start + DIGITS], start):
            yield option_line(number, option, place, str(place - start + 1), current=takes_first and place == 0)
        if self._pages > 1:
            page = tr("{number} of {total}", number=self._page + 1, total=self._pages)
            yield Line(Kind.MORE, number, tr("More (Page Down)"), page)
        if not question.zero_leads:
            yield from zero
        if not self._options and self._zero is None:
            unfound, none = tr("Nothing matches. Tag it in the text first."), tr("Nothing to choose from here")
            yield Line(Kind.REMARK, number, unfound if self.query else none)

    def _make_editor(self) -> AttributeField:
        question = self._current
        assert isinstance(question, AttributeQuestion)  # noqa: S101 - no other has an editor
        field = make_field(question.attribute, self._theme)
        field.set_value(question.value)
        field.set_recent(question.recent)
        field.edited.connect(lambda: self._on_edited(question, field))
        field.problem_changed.connect(lambda _problem: self._on_problem_changed(field))
        for part in (field, *field.findChildren(QWidget)):
            part.installEventFilter(self)
        self._delegate.editor_height = field.sizeHint().height() + _EDITOR_AIR
        return field

    def _on_edited(self, question: AttributeQuestion, field: AttributeField) -> None:
        question.put(field.value())
        self.answered.emit()

    def _on_problem_changed(self, field: AttributeField) -> None:
        self._delegate.editor_height = field.sizeHint().height() + _EDITOR_AIR
        self.list.scheduleDelayedItemsLayout()
        self.place()
