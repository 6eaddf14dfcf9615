# SPDX-License-Identifier: MIT
"""Particulars of many articles: what they agree on, and what is written to all, or to none."""

from pathlib import Path
from typing import Any

import pytest

from annotator.model.ids import ArticleId
from annotator.ops.articles import set_particulars
from annotator.ops.importing import import_files

NOTHING = {"outlet": "", "url": "", "author": "", "date": ""}


@pytest.fixture
def three(bench: Any, tmp_path: Path) -> list[ArticleId]:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"مقال {number}", encoding="utf-8")
    import_files(bench.project, [tmp_path / f"{number}.txt" for number in range(3)])
    return [article.id for article in bench.project.articles()][-3:]


def test_what_articles_agree_on(bench: Any, three: list[ArticleId]) -> None:
    project = bench.project
    assert project.common_particulars(three) == NOTHING
    assert project.common_particulars([]) == NOTHING
    set_particulars(project, three[:2], outlet="الحرة", date="2024")
    assert project.common_particulars(three[:2]) == {**NOTHING, "outlet": "الحرة", "date": "2024"}
    assert project.common_particulars(three) == {**NOTHING, "outlet": None, "date": None}
    assert project.common_particulars(three * 400) == {**NOTHING, "outlet": None, "date": None}


def test_the_list_tells_outlet_date_and_group(bench: Any, three: list[ArticleId]) -> None:
    set_particulars(bench.project, three[:1], outlet="الحرة", date="2024-05")
    told = bench.project.article_summary(three[0])
    assert (told.outlet, told.date, told.duplicate_group) == ("الحرة", "2024-05", None)
    assert bench.project.articles()[-3] == told


def test_writing_that_is_stopped_writes_nothing(bench: Any, three: list[ArticleId]) -> None:
    told: list[int] = []

    def stop_at_two(done: int, total: int, _name: str) -> bool:
        told.append(total)
        return done < 2

    bench.refuses("cancelled", lambda: set_particulars(bench.project, three, stop_at_two, outlet="الحرة"))
    assert told == [3, 3]
    assert bench.project.common_particulars(three) == NOTHING
