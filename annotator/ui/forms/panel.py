# SPDX-License-Identifier: MIT
"""A small form beside a tag: one row a question, under the one that is asked what can be chosen, by a digit each.

Owns keys, mouse and place. What is asked, and what becomes of the answers, its owner knows.
"""

import unicodedata
from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QListView, QWidget

from annotator import i18n
from annotator.i18n import tr
from annotator.model.scheme import Scheme
from annotator.model.span import Span
from annotator.ui.article.view import ArticleView
from annotator.ui.fields.base import AttributeField
from annotator.ui.fields.making import make_field
from annotator.ui.fields.naming import in_interface_direction
from annotator.ui.focus import is_inside
from annotator.ui.forms.lines import Kind, Line, LineDelegate, LineModel
from annotator.ui.forms.placing import EDGE, placed, rooms
from annotator.ui.forms.questions import DIGITS, AttributeQuestion, Option, Question
from annotator.ui.theme import Theme
from annotator.ui.widgets import button, column, label, row

_WIDTH, _TALLEST, _SHORT = 330, 470, 250
_MARGIN = 4
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier)
_TAKING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_ARROWS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down})
_STEPS = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Backtab: -1, Qt.Key.Key_Up: -1}
_PAGES = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
_ZEROES = (0x30, 0x660, 0x6F0)


class Panel(QFrame):
    """Asks some questions of one tag.

    A child of the article's viewport rather than a window: it moves with the text.

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
        super().__init__(view.viewport())
        self._view, self._theme, self._span = view, theme, span
        self.questions = list(questions)
        self.at = 0
        self.query = ""
        self._page = 0
        self._options: Sequence[Option] = ()
        self._zero: Option | None = None
        self._editor: AttributeField | None = None
        self._below: bool | None = None
        self._is_closed = False
        # With a single question, answering it is all there is to do.
        self._ends_at_once = len(self.questions) == 1 and self.questions[0].settles
        self._plain_acts: dict[Qt.Key, Callable[[], object]] = {
            **dict.fromkeys(_TAKING, self._enter),
            Qt.Key.Key_Escape: self._escape,
            Qt.Key.Key_Backspace: self._clear,
            Qt.Key.Key_Delete: self._clear,
        }
        self.setProperty("role", "floating")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(heading)
        # The viewport of the article runs its own way; the panel belongs to the interface.
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if i18n.is_rtl() else Qt.LayoutDirection.LeftToRight)
        self._build(scheme, heading)
        self._connect_signals()

    # For its owner

    def open(self, at: int | None = None) -> None:
        """Come up beside the tag, and take the focus; ask the question `at`, or the first that is to be answered."""
        missing = (number for number, question in enumerate(self.questions) if question.is_missing)
        self.at = next(missing, 0) if at is None else at
        self._find()
        self._choose_side()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self._show_lines()

    def close_panel(self) -> None:
        """Go, and give the focus back to the text if it is here."""
        if self._is_closed:
            return
        self._leave_editor()
        self._is_closed = True
        had_focus = is_inside(QApplication.focusWidget(), self)
        self.closed.emit()
        self.hide()
        if had_focus:
            self._view.setFocus()
        self.deleteLater()

    def refresh(self) -> None:
        """Show the answers anew."""
        self._find()
        self._show_lines()

    def follow(self, span: Span) -> None:
        """Stand beside the tag with these bounds."""
        self._span = span
        self.place()

    def place(self) -> None:
        """Stand beside the tag, as large as its lines need and its side allows."""
        wanted = QSize(_WIDTH, min(_TALLEST, self._wanted_height()))
        below = self._below is not False
        rtl = i18n.is_rtl()
        self.setGeometry(placed(self._rects(), wanted, self._view.viewport().size(), below=below, rtl=rtl))
        self._foot.setVisible(self.height() >= _SHORT)

    # Building

    def _build(self, scheme: Scheme, heading: str) -> None:
        self.model = LineModel()
        self.list = QListView()
        self.list.setModel(self.model)
        self._delegate = LineDelegate(self._theme, scheme)
        self.list.setItemDelegate(self._delegate)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.setMinimumHeight(self._delegate.line_height(self.list.font()))
        self.list.setProperty("role", "lines")
        self.list.setAccessibleName(heading)
        self.done_button = button(tr("Done"), self.close_panel)
        self.done_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.done_button.setProperty("role", "small")
        self._heading = label(in_interface_direction(heading), "heading")
        head = row(self._heading, None, self.done_button)
        head.setContentsMargins(8, 3, 4, 0)
        keys = tr("1–9 choose · letters search · Tab next · Enter done")
        if self._ends_at_once:
            keys = tr("1–9 choose · letters search · Enter takes the first")
            self.done_button.setText(tr("Close"))
        self._foot = label(keys, "muted")
        self._foot.setContentsMargins(8, 0, 8, 3)
        self._head = QFrame()
        self._head.setLayout(head)
        self.setLayout(column(self._head, self.list, self._foot, margin=_MARGIN, gap=3))
        metrics = QFontMetricsF(self.list.font())
        widest = max((metrics.horizontalAdvance(question.name) for question in self.questions), default=0)
        self._delegate.name_width = round(min(widest + 4, _WIDTH * 0.42))

    def _connect_signals(self) -> None:
        self.list.clicked.connect(self._on_clicked)
        self._view.verticalScrollBar().valueChanged.connect(self.place)
        self._view.viewport().installEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)  # noqa: S101 - a widget needs one
        app.focusChanged.connect(self._on_focus_changed)

    # Keys

    def event(self, event: QEvent) -> bool:
        """Keep the keys that mean something here from the window's single keys, and Tab from moving the focus."""
        if isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.ShortcutOverride and self._act_of(event) is not None:
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self.keyPressEvent(event)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Do what a key means; those that move or extend a selection go on to the text."""
        act = self._act_of(event)
        if act is not None:
            act()
            event.accept()
            return
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End):
            self.close_panel()
        event.ignore()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Find a new place when the view has another size; take the keys that leave an editor."""
        if watched is self._view.viewport():
            if event.type() is QEvent.Type.Resize:
                QTimer.singleShot(0, self, self.place)
        elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and self._leaves_editor(event):
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def _leaves_editor(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        return key in _STEPS or key in _TAKING or key is Qt.Key.Key_Escape

    def _act_of(self, event: QKeyEvent) -> Callable[[], object] | None:
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        digit = _digit(event)
        control = modifiers == Qt.KeyboardModifier.ControlModifier
        if digit is not None and (control or not modifiers):
            return lambda: self._take_digit(digit, add=control)
        # With Shift the arrows extend a selection.
        if modifiers not in _PLAIN or (modifiers and key in _ARROWS):
            return None
        if key in _STEPS:
            return lambda: self._step(_STEPS[key])
        if key in _PAGES:
            return lambda: self._turn(_PAGES[key])
        text = event.text()
        typed = (lambda: self._type(text)) if text and text.isprintable() else None
        return self._plain_acts.get(key, typed)

    def _step(self, step: int) -> None:
        """Ask the next question, or the one before; after the last the first again."""
        asked = [number for number, question in enumerate(self.questions) if question.is_asked]
        if not asked:
            return
        beyond = [number for number in asked if (number > self.at if step > 0 else number < self.at)]
        turn = asked[0] if step > 0 else asked[-1]
        self._ask((beyond[0] if step > 0 else beyond[-1]) if beyond else turn)

    def _ask(self, number: int) -> None:
        self._leave_editor()
        self.at, self.query, self._page = number, "", 0
        self._find()
        self._show_lines()
        question = self.questions[number]
        if not self._is_closed:
            self.announced.emit(", ".join(part for part in (question.name, question.answer) if part))

    def _enter(self) -> None:
        """Take what was searched for; with nothing typed, be done."""
        first = next(iter(self._options), None) or (self._zero if self.query else None)
        if (self.query or self._ends_at_once) and self._current.editor is None:
            if first is not None:
                self._take(first, add=False)
            return
        self.close_panel()

    def _escape(self) -> None:
        """Give up a search; without one, be done."""
        if self.query:
            self._type_anew("")
        else:
            self.close_panel()

    def _clear(self) -> None:
        if self.query:
            self._type_anew(self.query[:-1])
        elif self._current.answer:
            self._current.clear()
            self.answered.emit()
            self.refresh()

    def _type(self, text: str) -> None:
        if text == " " and not self.query:
            # The space bar turns yes into no: it takes the first that is not chosen.
            other = next((option for option in self._options if not option.chosen), None)
            if isinstance(getattr(other, "value", None), bool) and other is not None:
                self._take(other, add=False)
            return
        self._type_anew(self.query + text)

    def _type_anew(self, query: str) -> None:
        self.query, self._page = query, 0
        self.refresh()

    def _turn(self, step: int) -> None:
        pages = max(1, -(-len(self._options) // DIGITS))
        self._page = (self._page + step) % pages
        self._show_lines()

    def _take_digit(self, digit: int, *, add: bool) -> None:
        if digit == 0:
            option = self._zero
        else:
            number = self._page * DIGITS + digit - 1
            option = self._options[number] if number < len(self._options) else None
        if option is not None:
            self._take(option, add=add)

    def _take(self, option: Option, *, add: bool) -> None:
        question = self._current
        question.take(option, add=add)
        self.answered.emit()
        if self._is_closed:
            return
        if self._ends_at_once:
            self.close_panel()
        elif question.settles and not add and any(q.is_asked for q in self.questions[self.at + 1 :]):
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

    # What is shown

    @property
    def _current(self) -> Question:
        return self.questions[self.at]

    def _find(self) -> None:
        query = self.query.strip()
        self._options = self._current.options(query)
        self._zero = self._current.zero(query)

    def _show_lines(self) -> None:
        self._editor = None
        lines = list(self._lines())
        has_editor = any(line.kind is Kind.EDITOR for line in lines)
        if has_editor:
            self._editor = self._make_editor()
            self._delegate.editor_height = self._editor.sizeHint().height() + 10
        self.model.show_lines(lines)
        here = next((n for n, line in enumerate(lines) if line.kind is Kind.QUESTION and line.current), 0)
        if self._editor is not None:
            self.list.setIndexWidget(self.model.index(here + 1), self._wrapped(self._editor))
            self._editor.setFocus(Qt.FocusReason.PopupFocusReason)
        elif self.isVisible() and not self.hasFocus() and is_inside(QApplication.focusWidget(), self):
            self.setFocus(Qt.FocusReason.PopupFocusReason)
        self.place()
        last = max(n for n, line in enumerate(lines) if line.question == self.at)
        self.list.scrollTo(self.model.index(last))
        heights = (last - here + 1) * self._delegate.line_height(self.list.font())
        tight = heights > self.list.viewport().height()
        hint = QAbstractItemView.ScrollHint.PositionAtTop if tight else QAbstractItemView.ScrollHint.EnsureVisible
        self.list.scrollTo(self.model.index(here), hint)

    def _lines(self) -> Iterator[Line]:
        for number, question in enumerate(self.questions):
            current = number == self.at
            if not question.is_asked and not current:
                continue
            yield Line(
                Kind.QUESTION,
                number,
                question.name,
                self.query if current and self.query else question.answer,
                typed=current and bool(self.query),
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
        start = self._page * DIGITS
        takes_first = bool(self.query) or self._ends_at_once
        for place, option in enumerate(self._options[start : start + DIGITS]):
            first = takes_first and start + place == 0
            yield _option_line(number, option, str(place + 1), start + place, current=first)
        if len(self._options) > DIGITS:
            pages = -(-len(self._options) // DIGITS)
            page = tr("{number} of {total}", number=self._page + 1, total=pages)
            yield Line(Kind.MORE, number, tr("More (Page Down)"), page)
        if self._zero is not None:
            yield _option_line(number, self._zero, "0", -1, current=takes_first and not self._options)
        if not self._options and self._zero is None:
            nothing = (
                tr("Nothing matches. Tag it in the text first.") if self.query else tr("Nothing to choose from here")
            )
            yield Line(Kind.REMARK, number, nothing)

    def _make_editor(self) -> AttributeField:
        question = self._current
        assert isinstance(question, AttributeQuestion)  # noqa: S101 - no other has an editor
        field = make_field(question.attribute, self._theme)
        field.set_value(question.value)
        field.set_recent(question.recent)
        field.edited.connect(lambda: self._on_edited(question, field))
        field.problem_changed.connect(lambda _problem: self._on_problem_changed())
        for part in (field, *field.findChildren(QWidget)):
            part.installEventFilter(self)
        return field

    def _wrapped(self, field: AttributeField) -> QWidget:
        frame = QWidget()
        frame.setLayout(row(field))
        frame.layout().setContentsMargins(24, 2, 10, 4)  # type: ignore[union-attr]  # just set
        return frame

    def _leave_editor(self) -> None:
        if self._editor is not None:
            self._editor.flush()

    def _on_edited(self, question: AttributeQuestion, field: AttributeField) -> None:
        question.put(field.value())
        self.answered.emit()

    def _on_problem_changed(self) -> None:
        if self._editor is not None:
            self._delegate.editor_height = self._editor.sizeHint().height() + 10
            self.list.scheduleDelayedItemsLayout()
            self.place()

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        # A window that is left for a moment, and a menu, take the focus and give it back.
        if now is not None and self.isVisible() and not is_inside(now, self) and now.window() is self.window():
            self.close_panel()

    # Where it is

    def _rects(self) -> list[QRectF]:
        """Return where the tag is seen, with the room below its lines, where it is underlined and named."""
        port, below = QRectF(self._view.viewport().rect()), self._view.room_below
        rects = self._view.span_rects(self._span.start, self._span.end)
        return [rect.adjusted(0, 0, 0, below) for rect in rects if rect.intersects(port)]

    def _choose_side(self) -> None:
        """Stand on the side with enough room; scroll the text where there is none."""
        wanted, port, rects = min(_TALLEST, self._wanted_height()), self._view.viewport().size(), self._rects()
        above, below = rooms(rects, port)
        if rects and max(above, below) < wanted:
            bar = self._view.verticalScrollBar()
            to_top = round(min(rect.top() for rect in rects)) - 2 * EDGE
            to_bottom = round(max(rect.bottom() for rect in rects)) - port.height() + EDGE
            least, most = bar.minimum() - bar.value(), bar.maximum() - bar.value()
            steps = (0, *(max(least, min(step, most)) for step in (to_top, to_bottom)))
            step = max(steps, key=lambda step: min(wanted, max(below + step, above - step)))
            bar.setValue(bar.value() + step)
            above, below = rooms(self._rects(), port)
        self._below = below >= wanted or below >= above

    def _wanted_height(self) -> int:
        height = self._delegate.line_height(self.list.font())
        lines = list(self.model.lines) or list(self._lines())
        editors = sum(line.kind is Kind.EDITOR for line in lines)
        inner = height * (len(lines) - editors) + editors * self._delegate.editor_height
        around = self._head.sizeHint().height() + self._foot.sizeHint().height() + 2 * _MARGIN + 10
        return inner + around


def _option_line(number: int, option: Option, key: str, place: int, *, current: bool) -> Line:
    return Line(
        Kind.OPTION,
        number,
        option.name,
        option.remark,
        key=key,
        option=place,
        current=current,
        chosen=option.chosen,
        label=option.label,
        hint=option.hint,
    )


def _digit(event: QKeyEvent) -> int | None:
    """Return the digit of a key, Latin or Arabic, whatever is held with it; None for any other key."""
    text = event.text()
    if len(text) == 1 and text.isdecimal():
        return unicodedata.decimal(text)
    key = event.key()
    return next((key - zero for zero in _ZEROES if zero <= key < zero + 10), None)
