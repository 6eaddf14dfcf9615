# SPDX-License-Identifier: MIT
"""Outlet, address, author and date in the window: read, written, of many at once; and in the list of articles."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from annotator import i18n
from annotator.model.article import Article
from annotator.ops import articles, duplicates
from annotator.ui.dialogs.particulars import ParticularsDialog
from annotator.ui.panels.article_model import ArticleListModel, Role
from annotator.ui.panels.particulars import ParticularsForm
from annotator.ui.theme import LIGHT

from .conftest import Dialogs, Hand

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NOTHING = {"outlet": "", "url": "", "author": "", "date": ""}


@pytest.fixture(autouse=True)
def _asked(monkeypatch: pytest.MonkeyPatch, dialogs: Dialogs) -> None:
    def ask(*arguments: Any) -> Any:
        dialogs.asked.append(("ParticularsDialog", arguments))
        return dialogs.answers.get("ParticularsDialog")

    monkeypatch.setattr(ParticularsDialog, "ask", ask)


def write(line: QLineEdit, text: str) -> None:
    """Type in any script, which QTest does not."""
    for letter in text:
        QApplication.sendEvent(line, QKeyEvent(QKeyEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter))


def unfold(hand: Hand) -> ParticularsForm:
    section = hand.window.desk.inspector.particulars
    QTest.mouseClick(section.fold.head, LEFT)
    assert section.form is not None
    return section.form


def article(hand: Hand) -> Article:
    assert hand.session.article_id is not None
    return hand.session.project.article(hand.session.article_id)


def ids(hand: Hand) -> list[Any]:
    return [each.id for each in hand.session.project.articles()]


# Of the article that is read


def test_nothing_is_built_before_it_is_unfolded(seeds: Hand) -> None:
    assert seeds.window.desk.inspector.particulars.form is None


def test_what_is_typed_is_kept_and_undone(seeds: Hand) -> None:
    form = unfold(seeds)
    line = form.lines["outlet"].line
    line.setFocus()
    write(line, "  الجزيرة   نت ")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert article(seeds).outlet == "الجزيرة نت"
    assert line.text() == "الجزيرة نت"
    assert seeds.window.desk.pane.origin_line.full_text == "الجزيرة نت"
    date = form.lines["date"].line
    date.setFocus()
    write(date, "٣١ مايو ٢٠٢٤")
    seeds.view.setFocus()
    assert article(seeds).date == "2024-05-31"
    assert seeds.window.desk.pane.origin_line.full_text == f"الجزيرة نت · {i18n.isolate('2024-05-31')}"
    seeds.press(Qt.Key.Key_Z, CTRL)
    assert article(seeds).date == ""
    assert date.text() == ""


def test_a_date_that_is_none_is_refused_where_it_stands(seeds: Hand) -> None:
    form = unfold(seeds)
    date = form.lines["date"]
    date.line.setFocus()
    write(date.line, "1/2/2024")
    QTest.keyClick(date.line, Qt.Key.Key_Return)
    assert article(seeds).date == ""
    assert date.problem.isVisible()
    assert "Date" in date.problem.text()
    assert "1/2/2024" in date.line.accessibleDescription()
    assert date.line.text() == "1/2/2024"
    QTest.keyClick(date.line, Qt.Key.Key_Backspace)
    assert not date.problem.isVisible()
    date.line.selectAll()
    write(date.line, "2024-02")
    QTest.keyClick(date.line, Qt.Key.Key_Return)
    assert article(seeds).date == "2024-02"


def test_another_article_shows_its_own(seeds: Hand) -> None:
    form = unfold(seeds)
    seeds.session.run(articles.set_particulars, ids(seeds)[1:2], author="ليلى", url="https://x.org/1")
    assert form.lines["author"].line.text() == ""
    assert not form.lines["url"].copy_button.isEnabled()
    seeds.window.desk.articles.go(1)
    assert form.lines["author"].line.text() == "ليلى"
    assert form.facts["source"].full_text == article(seeds).source
    assert form.facts["encoding"].full_text == "utf-8"
    assert form.facts["derived"].isHidden()


def test_the_head_is_as_high_whatever_is_known(seeds: Hand) -> None:
    """The text is painted before the head of its article: it must not move then."""
    pane, article_id = seeds.window.desk.pane, seeds.session.article_id
    places = set()
    for act in (
        lambda project: articles.set_particulars(project, [article_id], outlet="الجزيرة", date="2024-05-31"),
        lambda project: articles.set_note(project, article_id, "a note"),
        lambda project: articles.set_particulars(project, [article_id], outlet="", date=""),
    ):
        assert seeds.session.run(act) is not None
        for _ in range(5):
            QApplication.processEvents()
        places.add(pane.view.geometry().getRect())
    assert len(places) == 1


def test_what_is_half_typed_is_kept_when_the_article_is_left_by_its_key(seeds: Hand) -> None:
    form = unfold(seeds)
    first = article(seeds).id
    line = form.lines["author"].line
    line.setFocus()
    write(line, "ليلى")
    seeds.press(Qt.Key.Key_PageDown, CTRL)
    assert article(seeds).id != first
    assert seeds.session.project.article(first).author == "ليلى"
    assert article(seeds).author == ""
    assert line.text() == ""


def test_a_wrong_date_is_not_carried_over_to_another_article(seeds: Hand) -> None:
    date = unfold(seeds).lines["date"]
    date.line.setFocus()
    write(date.line, "gestern")
    seeds.press(Qt.Key.Key_PageDown, CTRL)
    assert date.line.text() == ""
    assert not date.problem.isVisible()
    assert not any(each.date for each in seeds.session.project.articles())


def test_the_address_is_copied_and_never_opened(seeds: Hand) -> None:
    seeds.session.run(articles.set_particulars, ids(seeds)[:1], url="https://x.org/1")
    form = unfold(seeds)
    QTest.mouseClick(form.lines["url"].copy_button, LEFT)
    assert QApplication.clipboard().text() == "https://x.org/1"
    assert form.lines["url"].copy_button.accessibleName()


def test_tab_goes_through_the_lines(seeds: Hand) -> None:
    form = unfold(seeds)
    seeds.window.desk.inspector.particulars.fold.head.setFocus(Qt.FocusReason.TabFocusReason)
    reached = []
    for _ in range(5):
        seeds.press(Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    assert [form.lines[name].line for name in ("outlet", "url", "author", "date")] == [
        each for each in reached if each is not form.lines["url"].copy_button
    ][:4]


# Of many


def test_particulars_of_many_are_one_act(seeds: Hand, dialogs: Dialogs) -> None:
    all_ids = ids(seeds)
    seeds.session.run(articles.set_particulars, all_ids[:2], outlet="قديم", author="ليلى")
    dialogs.answers["ParticularsDialog"] = {"outlet": "الحرة", "date": "2024-05"}
    seeds.window.desk.articles.view.selectAll()
    seeds.window.desk.articles.view.setFocus()
    seeds.press(Qt.Key.Key_P, CTRL | SHIFT)
    count, common = dialogs.asked[-1][1][2:]
    assert count == 5
    assert common == {"outlet": None, "url": "", "author": None, "date": ""}
    said = [(each.outlet, each.date) for each in seeds.session.project.articles()]
    assert said == [("الحرة", "2024-05")] * 5
    assert seeds.session.project.article(all_ids[0]).author == "ليلى"
    seeds.press(Qt.Key.Key_Z, CTRL)
    assert [each.outlet for each in seeds.session.project.articles()] == ["قديم", "قديم", "", "", ""]


def test_more_articles_are_written_in_a_job(seeds: Hand, dialogs: Dialogs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.ui.article_acts._AT_ONCE", 3)
    monkeypatch.setattr("annotator.ui.panels.article_model._MANY", 3)
    dialogs.answers["ParticularsDialog"] = {"outlet": "الحرة"}
    heard: list[object] = []
    seeds.session.changes_committed.connect(lambda _changes, initiator: heard.append(initiator))
    seeds.window.desk.articles.view.selectAll()
    seeds.window.action("particulars").trigger()
    seeds.wait_for_jobs()
    seeds.window.others.look()
    assert heard == [None], "it is one's own act, and told once"
    model = seeds.window.desk.articles.model
    assert {model.data(model.index(row), Role.SUMMARY).outlet for row in range(5)} == {"الحرة"}
    assert len(seeds.window.desk.articles.selected()) == 5, "the selection stays"


def test_a_dialog_that_is_closed_changes_nothing(seeds: Hand, dialogs: Dialogs) -> None:
    before = seeds.session.project.undoable()
    seeds.window.action("particulars").trigger()
    assert dialogs.names()[-1] == "ParticularsDialog"
    assert seeds.session.project.undoable() == before


def test_only_what_is_typed_or_ticked_is_wished_for(seeds: Hand) -> None:
    dialog = ParticularsDialog(seeds.window, LIGHT, 3, {**NOTHING, "outlet": None, "author": "ليلى"})
    assert dialog.lines["outlet"].placeholderText() == "(different)"
    assert dialog.lines["author"].text() == "ليلى"
    assert dialog.wish() == {}
    assert not dialog.ok.isEnabled()
    write(dialog.lines["date"], "2024")
    assert dialog.wish() == {"date": "2024"}
    dialog.ticks["outlet"].click()
    assert dialog.wish() == {"outlet": "", "date": "2024"}
    assert dialog.lines["outlet"].placeholderText() == "(none)"
    dialog.ticks["outlet"].click()
    dialog.ticks["date"].click()
    assert dialog.wish() == {}
    assert dialog.lines["date"].text() == ""
    dialog.deleteLater()


def test_the_dialog_names_the_field_that_is_wrong(seeds: Hand) -> None:
    dialog = ParticularsDialog(seeds.window, LIGHT, 3, NOTHING)
    dialog.show()
    write(dialog.lines["date"], "yesterday")
    QTest.mouseClick(dialog.ok, LEFT)
    assert dialog.isVisible()
    assert "Date" in dialog.problems["date"].text()
    assert dialog.focusWidget() is dialog.lines["date"]
    write(dialog.lines["date"], "2024-05-31")
    assert not dialog.problems["date"].isVisible()
    QTest.mouseClick(dialog.ok, LEFT)
    assert not dialog.isVisible()
    assert dialog.result() == ParticularsDialog.DialogCode.Accepted
    dialog.deleteLater()


# In the list


def test_the_list_finds_articles_by_outlet_and_date(seeds: Hand) -> None:
    seeds.session.run(articles.set_particulars, ids(seeds)[1:3], outlet="وكالة الأناضول", date="2024-05-31")
    panel = seeds.window.desk.articles
    for text, count in (("الاناضول", 2), ("2024-05", 2), ("1999", 0), ("", 5)):
        panel.filter.setText(text)
        assert panel.model.rowCount() == count, text


@pytest.mark.parametrize("language", ["en", "ar"])
def test_rows_say_outlet_date_and_near_duplicates(seeds: Hand, language: str) -> None:
    first = ids(seeds)[:2]
    seeds.session.run(articles.set_particulars, first[:1], outlet="الحرة", date="2024-05-31")
    seeds.session.run(duplicates.set_duplicate_group, first)
    i18n.use_language(language)
    try:
        model = ArticleListModel(seeds.session)
        model.reload()
        spoken, hint = (
            str(model.data(model.index(0), role))
            for role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
        )
        others = str(model.data(model.index(4), Qt.ItemDataRole.ToolTipRole))
    finally:
        i18n.use_language("en")
    near = "near duplicates" if language == "en" else "شبه مكرّر"
    assert "الحرة, 2024-05-31" in spoken
    assert near in spoken
    assert "الحرة" in hint
    assert ("Near duplicates" if language == "en" else "شبه المكرّرة") in hint
    assert ("Near duplicates" if language == "en" else "شبه المكرّرة") not in others
