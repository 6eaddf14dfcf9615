# SPDX-License-Identifier: MIT
import string
from errno import EACCES
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import i18n
from annotator.errors import UserError
from annotator.model.article import ArticleState
from annotator.model.changes import Op
from annotator.sentences import DETAILS

FSI, PDI = "\u2068", "\u2069"


@pytest.fixture(params=["en", "ar"])
def language(request):
    i18n.use_language(request.param)
    return request.param


def fields(message):
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


def test_every_act_and_state_has_a_name(language):
    assert set(i18n.OP_NAMES) == set(Op)
    assert set(i18n.STATE_NAMES) == set(ArticleState)


@pytest.mark.parametrize("key", sorted(i18n.ERROR_MESSAGES))
def test_every_error_names_what_it_is_about(key, language):
    params = {name: f"<{name}>" for name in fields(i18n.ERROR_MESSAGES[key])}
    sentence = i18n.describe(UserError(key, **params))
    assert sentence.endswith((".", "؟", "<command>"))
    assert all(value in sentence for value in params.values() if value != "<op>")


@pytest.mark.parametrize("key", sorted(i18n.ERROR_MESSAGES))
def test_a_missing_parameter_does_not_cost_the_message(key, language):
    assert i18n.describe(UserError(key)).strip()


def test_an_unknown_error_is_still_described(language):
    assert "no_such_key" in i18n.describe(UserError("no_such_key", path="x"))


def test_arabic_is_translated():
    i18n.use_language("ar")
    assert i18n.is_rtl()
    assert i18n.language() == "ar"
    assert i18n.describe(UserError("nothing_to_undo")) == "لا شيء للتراجع عنه."


@pytest.mark.parametrize(
    ("count", "wanted"),
    [
        (1, "حذف وسم واحد"),
        (2, "حذف وسمين"),
        (3, "حذف 3 وسوم"),
        (10, "حذف 10 وسوم"),
        (11, "حذف 11 وسمًا"),
        (99, "حذف 99 وسمًا"),
        (100, "حذف 100 وسم"),
        (103, "حذف 103 وسوم"),
    ],
)
def test_arabic_has_six_plural_forms(count, wanted):
    i18n.use_language("ar")
    assert i18n.op_name(Op.DELETE_TAGS, {"count": count}) == wanted


@pytest.mark.parametrize(("count", "wanted"), [(1, "Delete 1 tag"), (0, "Delete 0 tags"), (2, "Delete 2 tags")])
def test_english_has_two(count, wanted):
    assert i18n.op_name(Op.DELETE_TAGS, {"count": count}) == wanted


def test_trn_gives_its_number_to_the_sentence():
    assert i18n.trn("{n} word in {place}", "{n} words in {place}", 3, place="x") == "3 words in x"


def test_act_names():
    label = {"en": "Actor", "ar": "فاعل"}
    assert i18n.op_name(Op.ADD_TAG, {"quote": "غانتس", "label": label}) == "Tag “غانتس” as Actor"
    assert i18n.op_name(Op.SET_ARTICLE_STATE, {"count": 1, "state": "done"}) == "Mark 1 article “Done”"
    i18n.use_language("ar")
    assert i18n.op_name(Op.ADD_TAG, {"quote": "غانتس", "label": label}) == "وسم «غانتس» بتصنيف فاعل"
    assert "منجز" in i18n.op_name(Op.SET_ARTICLE_STATE, {"count": 1, "state": "done"})


@pytest.mark.parametrize("op", sorted(Op))
def test_an_act_without_parameters_has_a_name_still(op, language):
    assert i18n.op_name(op, {})


def test_an_unknown_act_is_shown_by_its_key():
    assert i18n.op_name("from_a_newer_program", {}) == "from_a_newer_program"


def test_a_conflict_names_the_act():
    error = UserError("undo_conflict", op=Op.ADD_TAG, quote="غانتس", label="Actor")
    assert "“Tag “غانتس” as Actor”" in i18n.describe(error)


@pytest.mark.parametrize("detail", [PermissionError(EACCES, "Permission denied"), "Permission denied"])
def test_reasons_of_the_system_are_translated(detail):
    i18n.use_language("ar")
    sentence = i18n.describe(UserError("file_unreadable", path=Path("a.txt"), detail=detail))
    assert "الوصول مرفوض" in sentence


def test_lists_are_joined_in_the_language():
    error = UserError("label_unknown", label="X", known=["ACTOR", "EVENT"])
    assert "ACTOR, EVENT" in i18n.describe(error)
    i18n.use_language("ar")
    assert "ACTOR، EVENT" in i18n.describe(error)


def test_parameters_are_isolated_in_a_window_only():
    error = UserError("project_missing", path="a.tawsim")
    assert FSI not in i18n.describe(error)
    i18n.use_language("en", isolates=True)
    assert f"“{FSI}a.tawsim{PDI}”" in i18n.describe(error)
    assert FSI not in i18n.trn("{n} tag", "{n} tags", 2)


@given(st.text(alphabet="ab\u2066\u2067\u2068\u2069ب", max_size=12))
def test_an_isolated_text_cannot_reach_out(text):
    isolated = i18n.isolate(text)
    depth = 0
    for position, char in enumerate(isolated):
        depth += (char in "\u2066\u2067\u2068") - (char == PDI)
        assert depth > 0 or position == len(isolated) - 1
    assert depth == 0
    assert i18n.isolate(isolated) == isolated


@pytest.mark.parametrize(
    ("name", "wanted"), [("ar", "ar"), ("ar_EG.UTF-8", "ar"), ("en-GB", "en"), ("fr", "en"), ("C", "en")]
)
def test_locales_lead_to_a_language(name, wanted):
    i18n.use_language(name)
    assert i18n.language() == wanted


def test_no_language_means_the_systems(monkeypatch):
    monkeypatch.setenv("LC_ALL", "ar_JO.UTF-8")
    i18n.use_language("")
    assert i18n.language() == "ar"


def test_the_key_of_the_header_is_not_translated():
    i18n.use_language("ar")
    assert i18n.tr_marked("") == ""


@pytest.mark.parametrize("detail", DETAILS)
def test_what_is_wrong_with_a_file_is_said_in_words(detail):
    error = UserError("part_unsafe", path="a.zip", detail=detail)
    i18n.use_language("en")
    assert DETAILS[detail] in i18n.describe(error)
    i18n.use_language("ar")
    assert DETAILS[detail] not in i18n.describe(error)
    assert f"{FSI}{detail}{PDI}" not in i18n.describe(error)
