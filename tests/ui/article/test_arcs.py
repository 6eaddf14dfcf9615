# SPDX-License-Identifier: MIT
"""Arcs: they end on the right letters, cover none, cost what is seen of them, and can be told from the page."""

from collections.abc import Callable, Iterator
from itertools import count, pairwise

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from annotator.model.span import Span
from annotator.ui.article import related
from annotator.ui.article.arc_painter import BusLine, Scene, VisibleLine, lay_out
from annotator.ui.article.arcs import Arc, Bus
from annotator.ui.article.view import ArticleView
from annotator.ui.theme import DARK, LIGHT, SHAPE_CONTRAST, TEXT_CONTRAST, Theme, contrast, tag_colors

from .conftest import Article
from .test_paint import picture

COLOR = "#d98a00"
SHORT = "استقبل أردوغان ضيفه (Benny Gantz) في أنقرة أمس"
LONG = SHORT + " " + "ثم قال كلاما كثيرا عن الأمر كله " * 8 + "وغادر إلى القاهرة"


def arcs_between(source: Span, *targets: Span | None, name: str = "Role") -> list[Arc]:
    return [
        Arc(f"{number:032x}", source.id, target.id if target else None, name, "" if target else "Somebody", COLOR)
        for number, target in zip(count(), targets, strict=False)
    ]


def laid_out(view: ArticleView) -> list[tuple[Bus, list[BusLine]]]:
    clip = view._visible()
    lines = [VisibleLine(line, *view._range_of(line)) for line in view._lines(clip)]
    scene = Scene(lines, view._arc_index().anchor, view._first_pieces, view._is_rtl, clip.top() - 9, clip.bottom() + 9)
    return lay_out(view._buses(lines), scene, view._metrics)


@pytest.mark.usefixtures("language")
def test_both_ends_are_over_the_right_letters(article: Callable[[str], Article], view: ArticleView) -> None:
    shown = article(SHORT)
    source, arabic, latin = (shown.tag_text(word) for word in ("استقبل", "أردوغان", "Gantz"))
    shown.show()
    view.set_relations(arcs_between(source, arabic, latin))
    view.set_current_tag(source.id)
    ((bus, (line,)),) = laid_out(view)
    assert bus.is_lit
    assert line.margin_x is None
    ports = {port.arcs[0].target_span_id: port.x for port in line.targets}
    for tag in (arabic, latin):
        (rect,) = view.span_rects(tag.start, tag.end)
        assert ports[tag.id] == pytest.approx(rect.center().x())
    (rect,) = view.span_rects(source.start, source.end)
    assert line.source is not None
    # In a sentence that runs to the left, an arc leaves its tag to the right of where arcs come to it.
    assert rect.center().x() < line.source.x < rect.right()
    assert line.line.top - view._metrics.arc_room < line.y < line.line.top


def test_between_lines_an_arc_runs_in_the_margin(article: Callable[[str], Article], view: ArticleView) -> None:
    shown = article(LONG + "\nAn English paragraph says Cairo")
    source, far, english = (shown.tag_text(word) for word in ("استقبل", "القاهرة", "Cairo"))
    shown.show()
    view.set_relations(arcs_between(source, far, english))
    view.set_current_tag(source.id)
    ((_, lines),) = laid_out(view)
    assert len(lines) == 3
    (margin,) = {line.margin_x for line in lines}
    right = max(rect.right() for rect in view.span_rects(0, len(LONG)))
    assert margin is not None
    assert right < margin < view.viewport().width() - 2
    for line, tag in zip(lines[1:], (far, english), strict=True):
        rect = view.span_rects(tag.start, tag.end)[0]
        assert [port.x for port in line.targets] == [pytest.approx(rect.center().x())]
        assert line.line.top == pytest.approx(rect.top())


@pytest.mark.usefixtures("language")
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("shows_all", [False, True])
def test_no_arc_covers_letters(
    *, shows_all: bool, theme: Theme, article: Callable[[str], Article], view: ArticleView
) -> None:
    view.set_theme(theme)
    shown = article("أول السطر\n" + LONG + "\nAn English paragraph says Cairo")
    words = ("استقبل", "أردوغان", "Gantz", "أنقرة", "القاهرة", "Cairo", "أول")
    source, *others = (shown.tag_text(word) for word in words)
    shown.show()
    view.set_show_arcs(shows_all)
    view.set_relations([*arcs_between(source, *others), *arcs_between(others[0], others[1], None)])
    if not shows_all:
        view.set_current_tag(source.id)
    with_arcs = picture(view)
    view._paint_arcs = lambda *_: None  # type: ignore[method-assign]
    without = picture(view)
    assert with_arcs != without
    for top, bottom in letters(view):
        for y in range(round(top) + 2, round(bottom)):
            assert same_row(with_arcs, without, y, text_span(view)), y


def letters(view: ArticleView) -> Iterator[tuple[float, float]]:
    offset = view._offset().y()
    for line in view._lines(view._visible()):
        yield line.top - offset, line.bottom + view._metrics.first_lane + view._metrics.pitch - offset


def text_span(view: ArticleView) -> QRectF:
    rects = view.span_rects(0, len(view._text.text))
    left, right = min(rect.left() for rect in rects), max(rect.right() for rect in rects)
    return QRectF(left, 0, right - left, 1)


def same_row(a: QImage, b: QImage, y: int, span: QRectF) -> bool:
    columns = range(max(0, round(span.left())), min(a.width(), round(span.right())))
    return not 0 <= y < a.height() or all(a.pixel(x, y) == b.pixel(x, y) for x in columns)


def test_arcs_meet_no_name_of_a_tag_above(article: Callable[[str], Article], view: ArticleView) -> None:
    """Lines with arcs stand so far apart that names under one and arcs over the next have each their row."""
    shown = article(LONG)
    source, far = shown.tag_text("استقبل"), shown.tag_text("القاهرة")
    shown.show()
    usual = view.document().begin().blockFormat().lineHeight()
    view.set_relations(arcs_between(source, far))
    grown = view.document().begin().blockFormat().lineHeight()
    assert usual + 8 < grown < usual * 2
    lines = list(view._lines(view._visible()))
    for above, below in pairwise(lines):
        names_end = above.bottom + view._metrics.first_lane + view._metrics.pitch + view._metrics.chip_height
        assert names_end <= below.top - view._metrics.chip_height - 4
    view.set_relations([])
    assert view.document().begin().blockFormat().lineHeight() == pytest.approx(usual)


def test_the_room_does_not_change_with_the_current_tag(article: Callable[[str], Article], view: ArticleView) -> None:
    shown = article(LONG)
    source, far = shown.tag_text("استقبل"), shown.tag_text("القاهرة")
    shown.show()
    view.set_relations(arcs_between(source, far))
    place = view.span_rects(far.start, far.end)
    for tag in (source.id, None, far.id):
        view.set_current_tag(tag)
        assert view.span_rects(far.start, far.end) == place


def test_a_paragraph_with_arcs_has_room_above_its_first_line(
    article: Callable[[str], Article], view: ArticleView
) -> None:
    shown = article("السطر الأول\n\n" + SHORT)
    source, target = shown.tag_text("استقبل"), shown.tag_text("أنقرة")
    shown.show()
    before = view.span_rects(source.start, source.end)[0].top()
    view.set_relations(arcs_between(source, target))
    assert view.span_rects(source.start, source.end)[0].top() == pytest.approx(before + view._metrics.arc_room, abs=0.1)
    zoomed = view._metrics.arc_room
    view.set_zoom(2.0)
    assert view._metrics.arc_room > zoomed
    assert view.document().begin().next().blockFormat().bottomMargin() > view._metrics.arc_room


def test_only_the_arcs_of_the_current_tag_unless_all_are_asked_for(
    article: Callable[[str], Article], view: ArticleView
) -> None:
    shown = article(SHORT)
    source, first, second = (shown.tag_text(word) for word in ("استقبل", "أردوغان", "أنقرة"))
    shown.show()
    view.set_relations([*arcs_between(source, first, second), *arcs_between(second, first)])
    assert laid_out(view) == []
    view.set_current_tag(first.id)
    buses = [bus for bus, _ in laid_out(view)]
    assert [(bus.source_id, len(bus.arcs), bus.named_at_source) for bus in buses] == [
        (source.id, 1, True),
        (second.id, 1, True),
    ]
    view.set_show_arcs(True)
    assert sum(len(bus.arcs) for bus, _ in laid_out(view)) == 3
    view.set_current_tag(None)
    assert sorted(len(bus.arcs) for bus, _ in laid_out(view)) == [1, 2]
    assert not any(bus.is_lit for bus, _ in laid_out(view))


def test_an_end_that_is_not_in_the_text_is_named_at_the_source(
    article: Callable[[str], Article], view: ArticleView
) -> None:
    shown = article(SHORT)
    source = shown.tag_text("أردوغان")
    shown.show()
    view.set_current_tag(source.id)
    before = picture(view)
    view.set_relations(arcs_between(source, None, name="Holder"))
    ((_, (line,)),) = laid_out(view)
    assert line.targets == ()
    assert line.source is not None
    assert picture(view) != before


def test_an_arc_to_a_tag_that_is_gone_is_not_drawn(article: Callable[[str], Article], view: ArticleView) -> None:
    shown = article(SHORT)
    source, target = shown.tag_text("استقبل"), shown.tag_text("أنقرة")
    shown.show()
    view.set_relations(arcs_between(source, target))
    view.set_current_tag(source.id)
    view.set_spans([source])
    assert laid_out(view) == []
    picture(view)
    view.set_spans([source, target])
    assert len(laid_out(view)) == 1


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("color", ["#d98a00", "#3b82f6", "#10a36b", "#ffff00", "#000000", "#ffffff"])
def test_arcs_and_their_names_can_be_seen(color: str, theme: Theme) -> None:
    colors = tag_colors(color, theme)
    assert contrast(colors.line, theme.page) >= SHAPE_CONTRAST
    assert contrast(colors.ink, theme.page) >= TEXT_CONTRAST


@pytest.fixture
def many(article: Callable[[str], Article], view: ArticleView) -> Article:
    """A million characters, five thousand tags, as many relations, some of them from end to end."""
    paragraph = "قال الوزير إن الزيارة إلى أنقرة كانت مثمرة وإن الطرفين اتفقا على أمور كثيرة " * 3
    text = "\n".join([paragraph] * (1_000_000 // len(paragraph)))
    shown = article(text)
    step = len(text) // 5000
    for start in range(0, step * 5000, step):
        shown.tag(start, start + 5, "EVENT" if start % 2 else "ACTOR")
    shown.show()
    arcs = [
        Arc(f"{n:032x}", source.id, target.id, "Role", "", COLOR)
        for n, (source, target) in enumerate(zip(shown.spans, shown.spans[2:], strict=False))
    ]
    arcs += [Arc(f"f{n:031x}", shown.spans[n].id, shown.spans[-1 - n].id, "Far", "", COLOR) for n in range(50)]
    view.set_show_arcs(True)
    view.set_relations(arcs)
    return shown


def test_only_visible_arcs_are_painted(many: Article, view: ArticleView, monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[int] = []
    paint = related.paint_arcs

    def note(painter, buses, *others) -> int:  # type: ignore[no-untyped-def]
        painted.append(len(buses))
        return paint(painter, buses, *others)

    monkeypatch.setattr(related, "paint_arcs", note)
    view.scroll_to(len(many.text) // 2, len(many.text) // 2 + 5)
    picture(view)
    for _ in range(3):
        view.verticalScrollBar().setValue(view.verticalScrollBar().value() + 60)
        view.viewport().repaint()
    # What is in sight, and the fifty that pass by it in the margin.
    assert 50 < max(painted) < 150


def test_numbers_and_targets_are_painted_and_leave(
    article: Callable[[str], Article], view: ArticleView, qapp: QApplication
) -> None:
    shown = article(SHORT)
    source, target = shown.tag_text("استقبل"), shown.tag_text("أنقرة")
    shown.show()
    plain = picture(view)
    view.set_numbers({target.id: "12", "gone": "3"})
    view.set_targets(frozenset({target.id}))
    marked = picture(view)
    assert marked != plain
    for top, bottom in letters(view):
        span = view.span_rects(0, source.start + 1)[0]
        assert all(
            same_row(marked, plain, y, QRectF(span.right() + 4, 0, 60, 1)) for y in range(round(top), round(bottom))
        )
    view.set_numbers({})
    view.set_targets(None)
    qapp.processEvents()
    assert picture(view) == plain
    assert view.visible_tags() == [source.id, target.id]


@pytest.mark.usefixtures("language")
def test_the_handle_stands_at_the_end_of_the_reading(article: Callable[[str], Article], view: ArticleView) -> None:
    shown = article(SHORT)
    arabic, latin = shown.tag_text("أردوغان"), shown.tag_text("Gantz")
    shown.show()
    for tag, edge in ((arabic, QRectF.left), (latin, QRectF.right)):
        view.set_handle(tag.id)
        point = view.handle_point()
        rect = view.span_rects(tag.start, tag.end)[0]
        assert point is not None
        assert point.x() == pytest.approx(edge(rect))
        assert rect.bottom() < point.y() < rect.bottom() + view._metrics.room(1)
        assert view.is_on_handle(point)
        assert not view.is_on_handle(rect.center())
    view.set_handle("")
    assert view.handle_point() is None
