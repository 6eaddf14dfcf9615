# SPDX-License-Identifier: MIT
"""What the view does for one event is counted: no more in a text of a million characters than in one of ten thousand.

Work is counted rather than timed, so that it holds on any machine: lines whose letters are placed, blocks whose place
is asked for, tags that are looked at, paragraphs that are given another room.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields

import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.model.span import Span
from annotator.model.spans import SpanChange, Spans
from annotator.ui.article import canvas, page
from annotator.ui.article.page import Page
from annotator.ui.article.small_steps import SmallSteps
from annotator.ui.article.view import ArticleView

from .conftest import Article

PARAGRAPH = (
    "قال الوزير إن الزيارة إلى أنقرة كانت مثمرة وإن الطرفين اتفقا على أمور كثيرة. "
    "ثم غادر الوفد إلى القاهرة (Cairo) في 9 مارس 2022 بعد لقاء قصير."
)
SIZES = (10_000, 1_000_000)
#: Of each paragraph: two tags that overlap, and one that stands alone.
TAGGED = ((4, 10, "ACTOR"), (4, 20, "EVENT"), (90, 95, "ACTOR"))


@dataclass(frozen=True)
class Bound:
    """As much as one event may take: lines measured and painted, blocks asked for, tags looked at, rooms changed."""

    lines: int
    painted: int
    blocks: int
    tags: int
    rooms: int = 0


#: An event, and what it may take: the letters of some ten lines in sight, the tags on them, and some air. A jump goes
#: over sixty-four paragraphs in a step. A tag is painted with its own line, and no other.
BOUNDS = {
    "opening": Bound(lines=12, painted=12, blocks=30, tags=35),
    "scroll step": Bound(lines=3, painted=0, blocks=20, tags=6),
    "jump to the middle": Bound(lines=22, painted=0, blocks=100, tags=50),
    "tag made": Bound(lines=2, painted=2, blocks=45, tags=6, rooms=2),
    "tag chosen": Bound(lines=2, painted=2, blocks=45, tags=6),
    "tag taken away": Bound(lines=2, painted=2, blocks=45, tags=6, rooms=2),
    "pointer moved": Bound(lines=2, painted=0, blocks=40, tags=4),
    "caret moved by a word": Bound(lines=2, painted=2, blocks=45, tags=4),
    "matches shown": Bound(lines=2, painted=0, blocks=20, tags=4),
    "everything selected": Bound(lines=22, painted=12, blocks=120, tags=50),
}


class Work:
    """Counts what is done."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.done: Counter[str] = Counter()
        self._count(monkeypatch, page, "line_shape", "lines")
        self._count(monkeypatch, Page, "_top", "blocks")
        self._count(monkeypatch, Page, "_placed", "blocks")
        self._count(monkeypatch, Spans, "__getitem__", "tags")
        self._count(monkeypatch, canvas, "set_room", "rooms")
        self._count(monkeypatch, canvas, "paint_lines", "painted")

    def _count(self, monkeypatch: pytest.MonkeyPatch, owner: object, name: str, what: str) -> None:
        real = getattr(owner, name)

        def counted(*args: object, **kwargs: object) -> object:
            self.done[what] += 1
            return real(*args, **kwargs)

        monkeypatch.setattr(owner, name, counted)

    def of(self, act: Callable[[], object], view: ArticleView) -> Bound:
        """Return what an act takes until it is painted: `painted`, where only what has changed is; the rest, all."""
        self.done.clear()
        act()
        view.paint_now()
        painted = self.done["painted"]
        view.viewport().repaint()
        return Bound(**{**{each.name: self.done[each.name] for each in fields(Bound)}, "painted": painted})


def events(view: ArticleView, shown: Article) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield all that is done to a document, in order."""
    bar = view.verticalScrollBar()
    text, spans = shown.text, Spans(shown.spans)
    middle = len(text) // 2 // (len(PARAGRAPH) + 1) * (len(PARAGRAPH) + 1)
    yield "opening", lambda: view.show_article("article", text, spans, shown.scheme)
    yield "scroll step", lambda: bar.setValue(60)
    yield "jump to the middle", lambda: view.scroll_to(middle, middle + 3)
    tag = shown.tag(middle + 27, middle + 32)
    yield "tag made", lambda: view.change_spans(SpanChange(come=(tag,)))
    yield "tag chosen", lambda: view.set_current_tag(tag.id)
    yield "tag taken away", lambda: view.change_spans(SpanChange(gone=(tag,)))
    yield "pointer moved", lambda: move_pointer(view)
    view.setFocus()
    view.select(middle, middle)
    yield "caret moved by a word", lambda: QTest.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    matches = [(at, at + 3) for at in range(0, len(text), len(PARAGRAPH) + 1)]
    yield "matches shown", lambda: view.set_find_matches(matches)
    yield "everything selected", lambda: view.select(0, len(text))


def move_pointer(view: ArticleView) -> None:
    port, point, none = view.viewport(), QPointF(500, 200), Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(
        QEvent.Type.MouseMove, point, port.mapToGlobal(point), Qt.MouseButton.NoButton, Qt.MouseButton.NoButton, none
    )
    QApplication.sendEvent(port, event)


def document(view: ArticleView, scheme, characters: int, joiner: str) -> Article:  # type: ignore[no-untyped-def]
    count = characters // (len(PARAGRAPH) + 1)
    shown = Article(view, scheme, joiner.join([PARAGRAPH] * count))
    for number in range(count):
        at = number * (len(PARAGRAPH) + 1)
        for start, end, label in TAGGED:
            shown.tag(at + start, at + end, label)
    return shown


@pytest.mark.parametrize("joiner", ["\n", " "], ids=["paragraphs", "one paragraph"])
def test_no_event_takes_more_in_a_longer_document(
    view: ArticleView, scheme, monkeypatch: pytest.MonkeyPatch, joiner: str
) -> None:
    counts: dict[int, dict[str, Bound]] = {}
    for size in SIZES:
        shown = document(view, scheme, size, joiner)
        work = Work(monkeypatch)
        counts[size] = {name: work.of(act, view) for name, act in events(view, shown)}
        monkeypatch.undo()
    few, many = (counts[size] for size in SIZES)
    for name, bound in BOUNDS.items():
        for taken in (few[name], many[name]):
            assert taken.lines <= bound.lines, (name, taken)
            assert taken.painted <= bound.painted, (name, taken)
            assert taken.blocks <= bound.blocks, (name, taken)
            assert taken.tags <= bound.tags, (name, taken)
            assert taken.rooms <= bound.rooms, (name, taken)
    # At the top of the text, where both begin alike, it is the very same; a vast paragraph stands wider.
    for name in ("opening", "scroll step"):
        assert few[name] == many[name] or joiner == " ", name


def test_what_is_not_seen_is_laid_out_in_small_steps(
    view: ArticleView, scheme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    taken: list[int] = []
    filtered = SmallSteps.eventFilter

    def spied(steps: SmallSteps, watched: QObject, event: QEvent) -> bool:
        before = steps.reached
        swallowed = filtered(steps, watched, event)
        taken.append(steps.reached - before)
        return swallowed

    monkeypatch.setattr(SmallSteps, "eventFilter", spied)
    text = document(view, scheme, 200_000, "\n").text
    view.show_article("article", text, (), scheme)
    steps = view.document().findChild(SmallSteps)
    assert steps is not None
    qtbot.waitUntil(lambda: steps.reached == len(text), timeout=20_000)
    assert len([step for step in taken if step]) >= len(text) // 40_000
    assert max(taken) <= 40_000
    height = view.document().documentLayout().documentSize().height()
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() == round(height) - view.viewport().height())


def test_a_short_article_is_painted_once(
    view: ArticleView, scheme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    """From right to left, too, where Qt paints all anew for each size that the document tells of."""
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    shown = document(view, scheme, 5_000, "\n")
    qtbot.wait(50)
    work = Work(monkeypatch)
    view.show_article("article", shown.text, shown.spans, scheme)
    view.paint_now()
    painted = work.done["painted"]
    told = []
    view.document().documentLayout().documentSizeChanged.connect(told.append)
    qtbot.wait(100)
    assert 0 < painted == work.done["painted"]
    assert told == []
    # What changes its size is told.
    view.change_spans(SpanChange(come=(shown.tag(2, 30, "STANCE"), shown.tag(0, 40, "EVENT"))))
    qtbot.waitUntil(lambda: bool(told))
    assert view.verticalScrollBar().maximum() == round(told[-1].height()) - view.viewport().height()


def test_a_tag_moves_no_line_of_a_vast_paragraph(view: ArticleView, scheme) -> None:  # type: ignore[no-untyped-def]
    """To give one paragraph more room between its lines, Qt lays out all of it."""
    shown = document(view, scheme, 60_000, " ")
    view.show_article("article", shown.text, shown.spans, scheme)
    before = view.document().begin().blockFormat().lineHeight()
    third = shown.tag(2, 30, "STANCE")
    view.change_spans(SpanChange(come=(third,)))
    assert view.document().begin().blockFormat().lineHeight() == before
    assert view._index.lanes_of(0) == 3


def test_spans_that_are_not_looked_at_are_not_made(view: ArticleView, scheme) -> None:  # type: ignore[no-untyped-def]
    shown = document(view, scheme, SIZES[1], "\n")
    made: list[Span] = []
    rows = [(span,) for span in Spans(shown.spans)]

    def make(row: tuple[Span]) -> Span:
        made.append(row[0])
        return row[0]

    starts, ends = [row[0].start for row in rows], [row[0].end for row in rows]
    spans = Spans.unread(list(rows), starts, ends, make, lambda row: row[0].id)  # type: ignore[arg-type]  # rows of one
    view.show_article("article", shown.text, spans, scheme)
    view.viewport().repaint()
    assert 0 < len(made) < 40
