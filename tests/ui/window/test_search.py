# SPDX-License-Identifier: MIT
"""Words found in all articles, by real keys and clicks; and the index that is filled behind it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.errors import UserError
from annotator.ops import articles
from annotator.ops.importing import import_text
from annotator.project import Project
from annotator.text.occurrences import Doubt
from annotator.ui import indexing as indexing_module
from annotator.ui.hits import words as words_module
from annotator.ui.hits.model import Role

KEY, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
GANTZ = "غانتس"


@pytest.fixture
def known(seeds):
    """The sample articles, with their words counted."""
    seeds.qtbot.waitUntil(lambda: seeds.window.evidence.evidence is not None, timeout=10_000)
    return seeds


def opened(hand):
    """Open the page by its key."""
    hand.press(KEY.Key_F, CTRL | SHIFT)
    return hand.window.desk.drawer.built("search")


def settled(hand, page):
    hand.qtbot.waitUntil(lambda: not page.search.is_running, timeout=10_000)
    QApplication.processEvents()
    return page


def searched(hand, typed):
    """Type words and press Enter."""
    hand.view.setFocus()
    page = opened(hand)
    page.words.setText(typed)  # QTest types no Arabic
    hand.press(KEY.Key_Return)
    return settled(hand, page)


def test_words_are_found_in_all_articles_by_keys_alone(known):
    page = searched(known, GANTZ)
    hits = [page.model.item(row) for row in range(page.model.count)]
    project = known.session.project
    assert len(hits) > 10
    assert {hit.article_id for hit in hits} > {known.session.article_id}
    assert all(project.text(hit.article_id)[hit.start : hit.end] == hit.quote for hit in hits)
    count = len({hit.article_id for hit in hits})
    assert page.summary.text() == f"\u2068{len(hits)} places\u2069 in {count} articles"
    assert known.window.desk.drawer.title == f"Search: \u2068{GANTZ}\u2069"
    assert QApplication.focusWidget() is page.view
    last = next(row for row, hit in enumerate(hits) if hit.article_id != known.session.article_id)
    for _ in range(last):
        known.press(KEY.Key_Down)
    known.press(KEY.Key_Return)
    assert known.session.article_id == hits[last].article_id
    assert known.view.selection() == (hits[last].start, hits[last].end)
    assert known.view.span_rects(hits[last].start, hits[last].end)
    known.press(KEY.Key_F, CTRL | SHIFT)
    assert QApplication.focusWidget() is page.words


def test_a_double_click_goes_to_the_place(known):
    page = searched(known, GANTZ)
    rect = page.view.visualRect(page.model.index(2))
    QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    QTest.mouseDClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    hit = page.model.item(2)
    assert (known.session.article_id, known.view.selection()) == (hit.article_id, (hit.start, hit.end))


def test_nothing_can_be_ticked_here(known):
    page = searched(known, GANTZ)
    known.press(KEY.Key_Space)
    index = page.model.index(0)
    assert index.data(Qt.ItemDataRole.CheckStateRole) is None
    assert not index.flags() & Qt.ItemFlag.ItemIsUserCheckable
    assert not page.model.setData(index, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert page.model.ticked_count == 0


def test_the_selected_words_are_looked_for_at_once(known):
    known.view.setFocus()
    known.view.select(*known.find(GANTZ))
    page = settled(known, opened(known))
    assert (page.words.text(), QApplication.focusWidget()) == (GANTZ, page.words)
    assert page.model.count > 10
    known.press(KEY.Key_Down)
    assert QApplication.focusWidget() is page.view


def test_an_exact_spelling_finds_less(known):
    page = searched(known, "اردوغان")
    everything = page.model.count
    QTest.mouseClick(page.exact, Qt.MouseButton.LeftButton, pos=page.exact.rect().center())
    settled(known, page)
    assert 0 <= page.model.count < everything
    assert page.wanted.exact


def test_what_may_be_another_word_stands_at_the_end(known):
    known.session.run(import_text, "بحر الحرية\nوقال حر إن الحر شديد في البحر")
    page = searched(known, "حر")
    items = [page.model.item(row) for row in range(page.model.rowCount())]
    assert [item and (item.quote, item.doubt) for item in items] == [
        ("حر", None),
        ("حر", None),
        None,
        ("حر", Doubt.PROCLITIC),
    ]


def test_nothing_is_found_and_nothing_is_asked(known):
    page = searched(known, "")
    assert page.model.count == 0
    assert not page.act_button.isEnabled()
    assert "press Enter" in page.nothing_found()
    assert searched(known, "كلمةلاتوجد").nothing_found() == "No article has this."


def test_places_are_handed_on_to_be_tagged(known):
    page = searched(known, f'{GANTZ} "بيني {GANTZ}"')
    known.press(KEY.Key_T)
    drawer = known.window.desk.drawer
    assert drawer.current == "hits"
    assert drawer.built("hits").quest.names == (GANTZ, f'"بيني {GANTZ}"'.strip('"'))
    assert page.model.count > 0


def test_the_list_follows_the_articles(known):
    page = searched(known, GANTZ)
    before = page.model.count
    known.session.run(import_text, f"خبر جديد عن {GANTZ}")
    known.qtbot.waitUntil(lambda: page.model.count == before + 1, timeout=5_000)
    known.session.run(articles.remove, [known.session.project.articles()[-1].id])
    known.qtbot.waitUntil(lambda: page.model.count == before, timeout=5_000)
    assert not page.search.is_running


def test_another_language_shows_the_same(known):
    page = searched(known, GANTZ)
    count = page.model.count
    known.window.viewing.apply({"language": "ar"})
    page = settled(known, known.window.desk.drawer.built("search"))
    assert (page.model.count, page.words.text()) == (count, GANTZ)
    assert "في" in page.summary.text()


def test_no_more_is_listed_than_anybody_reads(known, monkeypatch):
    monkeypatch.setattr(words_module, "_MOST", 3)
    page = searched(known, GANTZ)
    assert page.model.count == 3
    assert "the first 3 places" in page.summary.text()
    assert page.note.isVisible()
    assert "Add a word" in page.note.text()
    searched(known, "كلمةلاتوجد")
    assert not page.note.isVisible()


def test_texts_are_indexed_when_nobody_waits_and_after_an_import(known, monkeypatch):
    monkeypatch.setattr(indexing_module, "_PAUSE_S", 0)
    keeper, project = known.window.indexing, known.session.project
    with known.qtbot.waitSignal(keeper.indexed, timeout=10_000):
        keeper.index()
    assert project.is_indexed
    before = project.history()
    known.session.run(import_text, f"خبر آخر عن {GANTZ}")
    assert keeper.is_indexing
    assert not project.is_indexed
    known.qtbot.waitUntil(lambda: project.is_indexed, timeout=10_000)
    assert len(project.history()) == len(before) + 1


def test_indexing_is_tried_again_while_somebody_else_writes(known, monkeypatch):
    project = known.session.project
    keeper = known.window.indexing
    known.qtbot.waitUntil(lambda: not keeper.is_indexing, timeout=10_000)
    known.session.run(import_text, f"خبر آخر عن {GANTZ}")
    tried = []

    def refuse(_project, _goes_on):
        tried.append(1)
        raise UserError("project_busy" if len(tried) == 1 else "disk_full", path=project.path)

    monkeypatch.setattr("annotator.ops.search.index_texts", refuse)
    keeper.index()
    known.qtbot.waitUntil(lambda: len(tried) == 2, timeout=10_000)
    known.qtbot.waitUntil(lambda: not keeper.is_indexing, timeout=10_000)
    assert not project.is_indexed
    assert not known.window.banner.isVisible()


def test_a_place_is_drawn_with_the_name_of_its_article_at_the_first_one(known):
    page = searched(known, GANTZ)
    assert page.model.index(0).data(Role.CONTEXT).quote == GANTZ
    picture = page.view.grab().toImage()
    assert not picture.isNull()


def test_a_project_that_is_only_read_is_searched_too(known):
    path = known.session.project.path
    known.session.open(Project.open(path, read_only=True))
    page = searched(known, GANTZ)
    assert page.model.count > 10
    assert not page.act_button.isEnabled()
    known.window.indexing.index()
    assert not known.window.indexing.is_indexing


@pytest.fixture
def dated(known):
    """The sample articles, of two outlets and two years."""
    for number, summary in enumerate(known.session.project.articles()):
        known.session.run(
            articles.set_particulars,
            [summary.id],
            outlet=("BBC & co", "الجزيرة")[number % 2],
            date=f"202{3 + number % 2}",
        )
    return known


def test_a_search_is_kept_to_an_outlet_and_a_time(dated):
    page = searched(dated, GANTZ)
    everything = page.model.count
    fields = page.published
    dated.qtbot.waitUntil(lambda: fields.outlets.count() == 3, timeout=10_000)
    assert [widget.isVisible() for widget in fields.widgets] == [True] * 3
    fields.outlets.setFocus()
    dated.press(KEY.Key_Down)
    settled(dated, page)
    project = dated.session.project
    assert 0 < page.model.count < everything
    assert {project.article(page.model.item(row).article_id).outlet for row in range(page.model.count)} == {"BBC & co"}
    fields.since.setFocus()
    fields.since.setText("٢٠٢٤")
    dated.press(KEY.Key_Return)
    settled(dated, page)
    assert fields.since.text() == "2024"
    assert page.model.count == 0
    assert page.nothing_found() == "No article of this outlet and time has this."
    fields.outlets.setFocus()
    dated.press(KEY.Key_Home)
    settled(dated, page)
    assert 0 < page.model.count < everything
    shown = page.showing()
    page.open(type(shown)(typed=GANTZ))
    settled(dated, page)
    assert page.model.count == everything
    assert fields.since.text() == ""
    page.return_to(shown)
    settled(dated, page)
    assert fields.since.text() == "2024"


def test_what_is_no_date_is_said_and_changes_nothing(dated):
    page = searched(dated, GANTZ)
    before = page.model.count
    page.published.until.setFocus()
    page.published.until.setText("yesterday")
    dated.press(KEY.Key_Return)
    assert "2024-05-31" in dated.window.banner.text
    assert page.published.until.text() == ""
    assert page.model.count == before


def test_where_no_article_says_when_or_by_whom_nothing_is_offered(known):
    page = searched(known, GANTZ)
    assert not any(widget.isVisible() for widget in page.published.widgets)


def test_fields_stand_in_two_lines_where_there_is_no_room_for_one(dated):
    page = searched(dated, GANTZ)
    dated.qtbot.waitUntil(page.published.outlets.isVisible, timeout=10_000)
    window = dated.window
    for width, same in ((1600, True), (900, False)):
        window.resize(width, 800)
        dated.qtbot.waitUntil(lambda same=same: (page.published.outlets.y() < page.words.height()) == same)
        assert page.words.width() >= 60


def test_a_title_that_has_it_stands_at_the_end_and_leads_to_its_article(known):
    known.session.run(import_text, "خبر آخر", title=f"عنوان عن {GANTZ} وحده")
    page = searched(known, GANTZ)
    last = page.model.item(page.model.count - 1)
    index = page.model.index(page.model.count - 1)
    assert index.data(Role.CONTEXT).before == "عنوان عن "
    assert page.model.remark(last) == "Title"
    known.press(KEY.Key_End)
    known.press(KEY.Key_Return)
    assert known.session.article_id == last.article_id
    assert known.view.selection() is None
