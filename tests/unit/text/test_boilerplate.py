# SPDX-License-Identifier: MIT
"""Suspected boilerplate: the gold list line by line, the seeds, cases of place, and what holds for any text."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.model.article import BoilerplateReason
from annotator.text.boilerplate import REASONS, _bare, suspected
from annotator.text.folding import fold

GOLD = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "gold_boilerplate.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
SEEDS = Path(__file__).parents[3] / "seeds"
TITLE = "إسرائيل وتركيا تعيدان إطلاق التعاون"
BEFORE, AFTER = "وصل وزير الدفاع إلى العاصمة التركية.", "ويلتقي الوزير نظيره التركي غدا."


def found(text: str, title: str = "") -> list[tuple[str, str]]:
    return [(text[start:end], reason) for start, end, reason in suspected(text, title)]


def test_reasons_are_those_of_the_model() -> None:
    assert set(REASONS) == {str(reason) for reason in BoilerplateReason}


@pytest.mark.parametrize(("reason", "line"), GOLD)
def test_the_gold_list(reason: str, line: str) -> None:
    text = f"{TITLE}\n{BEFORE}\n{line}\n{AFTER}"
    assert found(text) == ([] if reason == "text" else [(line, reason)])


def test_the_seeds() -> None:
    told = {path.name[:3]: found(path.read_text(encoding="utf-8")) for path in sorted(SEEDS.glob("*.txt"))}
    assert {name: lines for name, lines in told.items() if lines} == {
        "003": [("Exit mobile version", "page")],
        "004": [
            ("أذربيجان تسعى للوساطة بين إسرائيل وتركيا", "title"),
            ("إردوغان وعلييف هلال مؤتمر صحافي عقد مؤخرا في باكو (الأناضول)", "caption"),
            ("التعليقات", "comments"),
        ],
    }


def test_the_first_title_is_the_articles_own() -> None:
    assert found(f"{TITLE}\n{BEFORE}", TITLE) == []
    assert found(f"{TITLE}\n{BEFORE}\n{TITLE}\n{TITLE}", TITLE) == [(TITLE, "title")] * 2


def test_a_title_is_known_in_another_spelling_and_without_its_site() -> None:
    spelt = "اسرائيل وتركيا تعيدان إطلاق التعاون."
    assert found(f"{TITLE}\n{BEFORE}\n{spelt}", f"{TITLE} | الحرة") == [(spelt, "title")]


def test_a_title_that_is_nowhere_in_the_text_is_not_missed() -> None:
    assert found(f"{BEFORE}\n{AFTER}", TITLE) == []


def test_a_short_title_may_be_a_heading() -> None:
    assert found(f"غانتس وأردوغان\n{BEFORE}\nغانتس وأردوغان\n{AFTER}") == []


def test_single_buttons_are_told_by_their_company() -> None:
    buttons = ["فيسبوك", "تويتر", "شارك الخبر:", "واتساب", "12"]
    text = "\n".join([BEFORE, *buttons, AFTER, "تويتر"])
    assert [line for line, _ in found(text)] == buttons


def test_the_last_line_may_name_the_source_of_all() -> None:
    credited = "غانتس وأكار في مقر الوزارة (الأناضول)"
    assert found(f"{BEFORE}\n{AFTER}\n{credited}") == []
    assert found(f"{BEFORE}\n{credited}\n{AFTER}\nالتعليقات") == [(credited, "caption"), ("التعليقات", "comments")]


@pytest.mark.parametrize(
    "dressed", ["  التعليقات  ", "\u200fالتعليقات\u200f", "الـتـعـلـيـقـات:", "«التعليقات»", "👍 التعليقات"]
)
def test_marks_cover_whole_lines_however_dressed(dressed: str) -> None:
    assert found(f"{BEFORE}\n{dressed}\n{AFTER}") == [(dressed, "comments")]


@pytest.mark.parametrize("text", ["", "\n", " \n\u200f\n", "©", "(", "#", "\u2028التعليقات"])
def test_little_text_is_no_trouble(text: str) -> None:
    assert len(found(text)) <= 1


def test_long_lines_are_paragraphs() -> None:
    assert found("© " + "نص " * 200) == []
    assert found("اقرأ أيضا " * 100_000) == []


@settings(max_examples=80)
@given(
    st.lists(st.sampled_from([line for _, line in GOLD] + ["", " ", "\r", "🙂", "ـ"]), max_size=12), st.text(max_size=8)
)
def test_any_text_is_marked_in_whole_lines(lines: list[str], title: str) -> None:
    text = "\n".join(lines)
    marks = suspected(text, title)
    assert list(marks) == sorted(marks)
    for start, end, reason in marks:
        assert reason in REASONS
        assert "\n" not in text[start:end]
        assert fold(text[start:end]).text.strip()
        assert start == 0 or text[start - 1] == "\n"
        assert end == len(text) or text[end] == "\n"


@given(st.text(st.sampled_from("اب1_©#()+. -:«»!")))
def test_what_stands_at_the_edges_of_a_line_is_taken_off(plain: str) -> None:
    assert _bare(plain) == re.sub(r"^[^\w©#(]+|[^\w©)+]+$", "", plain)
