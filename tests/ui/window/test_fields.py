# SPDX-License-Identifier: MIT
"""The editors of attributes, by mouse and by keyboard, in both directions."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator import i18n
from annotator.model.attributes import Attribute, AttributeKind, Value
from annotator.model.ids import AttributeId
from annotator.model.names import Name
from annotator.ui.fields.base import AttributeField
from annotator.ui.fields.buttons import ButtonsField
from annotator.ui.fields.check_list import CheckListField
from annotator.ui.fields.field_row import FieldRow
from annotator.ui.fields.lines import TextField
from annotator.ui.fields.making import make_field
from annotator.ui.fields.naming import value_name
from annotator.ui.fields.search_choice import SearchChoiceField
from annotator.ui.fields.yes_no import YesNoField
from annotator.ui.theme import LIGHT
from annotator.ui.widgets import column

FOR, AGAINST, NEUTRAL = "FAVOR", "AGAINST", "NEUTRAL"
Key = Qt.Key


def _value(value_id: str, en: str, ar: str, *within: str, archived: bool = False) -> Value:
    return Value(value_id, Name(en, ar), Name(f"{en}, told", f"{ar} شرحا"), within=within, archived=archived)


POLARITY = Attribute(
    AttributeId("polarity"),
    Name("Polarity", "اتجاه الموقف"),
    AttributeKind.CHOICE,
    values=(
        _value(FOR, "For", "مؤيد"),
        _value(AGAINST, "Against", "معارض"),
        _value(NEUTRAL, "Neutral", "محايد"),
        _value("MIXED", "Mixed", "متردد", archived=True),
    ),
    required=True,
)
TYPE = Attribute(
    AttributeId("type"),
    Name("Type", "النوع"),
    AttributeKind.CHOICE,
    values=(
        _value("AGREE", "Agree", "موافقة"),
        _value("CONSULT", "Meet, visit", "لقاء أو تشاور"),
        _value("AID", "Provide aid", "تقديم مساعدة"),
        _value("ASSAULT", "Assault", "اعتداء"),
        _value("REJECT", "Reject", "رفض"),
        _value("PROTEST", "Protest", "احتجاج"),
        _value("ACCUSE", "Accuse", "إدانة"),
    ),
)
MODE = Attribute(
    AttributeId("mode"),
    Name("Mode", "الكيفية"),
    AttributeKind.CHOICE,
    values=(
        _value("visit", "Visit", "زيارة", "CONSULT"),
        _value("phone", "By telephone", "مكالمة", "CONSULT"),
        _value("demo", "Demonstration", "مظاهرة", "PROTEST"),
        *(_value(f"m{n}", f"Other {n}", f"أخرى {n}", "ASSAULT") for n in range(4)),
    ),
    depends_on=TYPE.id,
)


def _attribute(kind: AttributeKind, **more: object) -> Attribute:
    return Attribute(AttributeId("it"), Name("It", "هو"), kind, **more)  # type: ignore[arg-type]  # of a test


@pytest.fixture(params=["en", "ar"])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    i18n.use_language(request.param)
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft if request.param == "ar" else Qt.LayoutDirection.LeftToRight)
    yield request.param
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    i18n.use_language("en")


class Bench:
    """A window with fields in it."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot

    def show(self, attribute: Attribute) -> AttributeField:
        self.field = make_field(attribute, LIGHT)
        self.after = make_field(_attribute(AttributeKind.TEXT), LIGHT)
        self.window = QWidget()
        self._qtbot.addWidget(self.window)
        self.window.setLayout(column(self.field, self.after, None, margin=12))
        self.window.resize(300, 400)
        self.window.show()
        self.window.activateWindow()
        assert QTest.qWaitForWindowActive(self.window)
        self.field.setFocus()
        self.edits = QSignalSpy(self.field.edited)
        return self.field

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(QApplication.focusWidget(), key)

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget(), text)

    def type_arabic(self, text: str) -> None:
        for letter in text:
            QTest.sendKeyEvent(
                QTest.KeyAction.Click,
                QApplication.focusWidget(),
                Key.Key_unknown,
                letter,
                Qt.KeyboardModifier.NoModifier,
            )

    def leave(self) -> None:
        self.after.setFocus()


@pytest.fixture
def bench(qtbot: QtBot, language: str) -> Bench:
    return Bench(qtbot)


@pytest.mark.parametrize(
    ("attribute", "kind", "value"),
    [
        (POLARITY, ButtonsField, FOR),
        (TYPE, SearchChoiceField, "AID"),
        (_attribute(AttributeKind.CHOICES, values=TYPE.values), CheckListField, ("AID", "REJECT")),
        (_attribute(AttributeKind.YES_NO), YesNoField, True),
        (_attribute(AttributeKind.YES_NO, required=True), ButtonsField, False),
        (_attribute(AttributeKind.TEXT), TextField, "العلاقات"),
        (_attribute(AttributeKind.DATE), TextField, "2024-05"),
        (_attribute(AttributeKind.NUMBER), TextField, 2.5),
    ],
)
def test_each_kind_has_an_editor_that_keeps_what_is_set(bench, attribute, kind, value):
    field = bench.show(attribute)
    assert isinstance(field, kind)
    assert field.value() is None
    field.set_value(value)
    assert field.value() == value
    assert type(field.value()) is type(value)
    field.set_value(None)
    assert field.value() is None
    assert bench.edits.count() == 0


def test_buttons_are_chosen_by_number_letter_and_arrows(bench, language):
    field = bench.show(POLARITY)
    assert [button.number for button in field.buttons] == [1, 2, 3]
    bench.press(Key.Key_2)
    assert field.value() == AGAINST
    bench.type_arabic("٣")
    assert field.value() == NEUTRAL
    bench.type("f")
    assert field.value() == FOR
    bench.press(Key.Key_Left if language == "ar" else Key.Key_Right)
    assert field.value() == FOR, "the arrow has moved only"
    bench.press(Key.Key_Space)
    assert field.value() == AGAINST
    bench.press(Key.Key_Delete)
    assert field.value() is None
    assert bench.edits.count() == 5


def test_a_letter_that_begins_several_choices_goes_on_to_the_next(bench):
    field = bench.show(POLARITY)
    chosen = []
    for _ in range(4):
        bench.type_arabic("م")
        chosen.append(field.value())
    assert chosen == [FOR, AGAINST, NEUTRAL, FOR]


def test_buttons_are_one_stop_of_tab_and_begin_at_what_was_used_last(bench):
    field = bench.show(POLARITY)
    bench.leave()
    field.set_recent(AGAINST)
    field.setFocus()
    assert QApplication.focusWidget() is field.buttons[1]
    bench.press(Key.Key_Tab)
    assert bench.after.isAncestorOf(QApplication.focusWidget())


def test_a_required_choice_is_not_lost_by_a_second_click(bench):
    field = bench.show(POLARITY)
    for _ in range(2):
        QTest.mouseClick(field.buttons[0], Qt.MouseButton.LeftButton)
    assert field.value() == FOR
    assert bench.edits.count() == 1


def test_a_value_that_is_offered_no_more_is_shown_as_long_as_it_is_the_value(bench):
    field = bench.show(POLARITY)
    field.set_value("MIXED")
    assert field.value() == "MIXED"
    assert len(field.findChildren(type(field.buttons[0]))) == 4
    bench.press(Key.Key_1)
    assert field.value() == FOR
    field.set_value("gone")
    assert value_name(POLARITY, field.value()) == "gone"


def test_a_search_takes_arabic_or_english_whatever_the_interface_speaks(bench):
    field = bench.show(TYPE)
    bench.type("ass")
    assert [row.id for row in field.popup.model.rows] == ["ASSAULT"]
    bench.press(Key.Key_Return)
    assert field.value() == "ASSAULT"
    assert field.popup is None
    bench.type_arabic("ادانه")  # without hamza, and ه for ة
    bench.press(Key.Key_Return)
    assert field.value() == "ACCUSE"
    assert field.line.text() == value_name(TYPE, "ACCUSE")


def test_a_search_is_moved_in_by_arrows_and_numbers(bench):
    field = bench.show(TYPE)
    bench.press(Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Up, Key.Key_Return)
    assert field.value() == "CONSULT"
    bench.press(Key.Key_Down, Key.Key_5)
    assert field.value() == "REJECT"
    assert bench.edits.count() == 2


def test_escape_gives_up_a_search_and_leaving_does(bench):
    field = bench.show(TYPE)
    field.set_value("AID")
    for give_up in (lambda: bench.press(Key.Key_Escape), bench.leave):
        field.setFocus()
        bench.type("rej")
        give_up()
        assert field.popup is None
        assert field.value() == "AID"
        assert field.line.text() == value_name(TYPE, "AID")
    assert bench.edits.count() == 0


def test_a_search_that_finds_nothing_changes_nothing(bench):
    field = bench.show(TYPE)
    field.set_value("AID")
    bench.type("zzz")
    assert field.popup.model.rowCount() == 0
    bench.press(Key.Key_Down, Key.Key_Return)
    bench.leave()
    assert field.value() == "AID"


def test_an_emptied_line_takes_the_value_back(bench):
    field = bench.show(TYPE)
    field.set_value("AID")
    field.line.selectAll()
    bench.press(Key.Key_Delete)
    bench.leave()
    assert field.value() is None
    assert bench.edits.count() == 1


def test_what_was_used_last_stands_first_in_the_list_and_is_said_to_be(bench):
    field = bench.show(TYPE)
    field.set_recent("REJECT")
    field.open()
    assert [row.id for row in field.popup.model.rows][:2] == ["REJECT", "AGREE"]
    assert field.popup.model.rows[0].remark
    bench.press(Key.Key_Return)
    assert field.value() == "REJECT"


def test_a_row_is_taken_by_a_click_and_the_focus_stays(bench):
    field = bench.show(TYPE)
    QTest.mouseClick(field.line, Qt.MouseButton.LeftButton)
    view = field.popup.view
    spot = view.visualRect(field.popup.model.index(3, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert field.value() == "ASSAULT"
    assert field.line.hasFocus()


def test_the_list_stays_within_a_low_window(bench):
    field = bench.show(TYPE)
    bench.window.resize(300, 150)
    field.open()
    assert bench.window.rect().contains(field.popup.geometry())
    assert field.popup.mapToGlobal(QPoint(0, 0)) != bench.window.mapToGlobal(QPoint(0, 0))


def test_another_value_narrows_the_choices(bench):
    field = bench.show(MODE)
    field.set_others({TYPE.id: "CONSULT"})
    field.open()
    assert [row.id for row in field.popup.model.rows] == ["visit", "phone"]
    field.close_list()
    field.set_others({})
    field.open()
    assert field.popup.model.rowCount() == 0
    bench.press(Key.Key_Return)
    assert field.value() is None


def test_a_list_is_ticked_by_the_space_bar(bench):
    field = bench.show(_attribute(AttributeKind.CHOICES, values=TYPE.values))
    bench.press(Key.Key_Space, Key.Key_Down, Key.Key_Down, Key.Key_Space)
    assert field.value() == ("AGREE", "AID")
    bench.press(Key.Key_Space)
    assert field.value() == ("AGREE",)
    field.set_value(("REJECT", "gone"))
    assert field.value() == ("REJECT", "gone")


def test_yes_and_no_are_told_from_nothing_said(bench):
    field = bench.show(_attribute(AttributeKind.YES_NO))
    bench.press(Key.Key_Space)
    assert field.value() is True
    bench.press(Key.Key_Space)
    assert field.value() is False


@pytest.mark.parametrize("typed", ["مايو", "2024-13-01", "2024/5", "31.5.2024"])
def test_what_is_no_date_is_told_below_and_not_kept(bench, typed):
    field = bench.show(_attribute(AttributeKind.DATE))
    field.set_value("2024")
    field.line.selectAll()
    bench.type_arabic(typed)
    assert field.line.accessibleDescription() == "", "not while it is typed"
    bench.leave()
    assert bench.edits.count() == 0
    assert field.problem()
    assert field.value() is None
    assert field.line.accessibleDescription() == field.problem()
    assert field.line.text() == typed, "nothing typed is lost"
    field.line.setText("2024-05")
    field.flush()
    assert field.problem() is None
    assert (field.value(), bench.edits.count()) == ("2024-05", 1)


def test_arabic_digits_are_digits(bench):
    field = bench.show(_attribute(AttributeKind.DATE))
    bench.type_arabic("٢٠٢٤-٠٥-٣١")
    bench.press(Key.Key_Return)
    assert field.value() == "2024-05-31"


@pytest.mark.parametrize(("typed", "value"), [("12", 12), ("-3,5", None), ("٣٫٥", 3.5), ("nan", None), ("x", None)])
def test_numbers_are_read_as_typed(bench, typed, value):
    field = bench.show(_attribute(AttributeKind.NUMBER))
    bench.type_arabic(typed)
    bench.leave()
    assert field.value() == value
    assert (field.problem() is None) is (value is not None)


def test_text_says_itself_once_and_what_is_typed_outlasts_a_refresh(bench):
    field = bench.show(_attribute(AttributeKind.TEXT))
    bench.type("half a")
    field.set_value(None)
    assert field.line.text() == "half a"
    bench.press(Key.Key_Return)
    bench.leave()
    assert (field.value(), bench.edits.count()) == ("half a", 1)
    field.set_value("other")
    assert field.line.text() == "other"


def test_the_arrow_down_takes_the_text_used_last(bench):
    field = bench.show(_attribute(AttributeKind.TEXT))
    field.set_recent("رفع الدعم")
    assert "رفع الدعم" in field.line.placeholderText()
    bench.press(Key.Key_Down, Key.Key_Return)
    assert (field.value(), bench.edits.count()) == ("رفع الدعم", 1)


def test_a_row_says_in_words_what_is_missing(qtbot, language):
    row = FieldRow(POLARITY, LIGHT)
    qtbot.addWidget(row)
    assert not row.missing.isHidden()
    assert row.missing.text()
    row.field.set_value(FOR)
    row.update_mark()
    assert row.missing.isHidden()
