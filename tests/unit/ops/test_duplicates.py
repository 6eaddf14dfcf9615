# SPDX-License-Identifier: MIT
"""Groups of near duplicates in a project: found, shown, corrected, each one act that can be undone."""

from pathlib import Path
from typing import Any

import pytest

from annotator.errors import UserError
from annotator.model.changes import Op
from annotator.model.ids import ArticleId
from annotator.ops import articles, history
from annotator.ops.boilerplate import mark_boilerplate
from annotator.ops.duplicates import duplicate_groups, group_duplicates, likenesses, set_duplicate_group, ungroup
from annotator.ops.importing import import_files

SEEDS = sorted((Path(__file__).parents[3] / "seeds").glob("*.txt"))


@pytest.fixture
def wires(bench: Any, tmp_path: Path) -> list[ArticleId]:
    """Return the ids of five sample articles, then of the second at another outlet, and of the first cut short."""
    texts = [path.read_text(encoding="utf-8") for path in SEEDS]
    texts += [f"خبر من الوكالة\n{texts[1]}\nالتعليقات", texts[0][:1500]]
    paths = [tmp_path / f"{number}.txt" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    import_files(bench.project, paths)
    return [article.id for article in bench.project.articles()][-len(texts) :]


def groups(bench: Any, wires: list[ArticleId]) -> list[list[int]]:
    return [[wires.index(article.id) for article in group.articles] for group in duplicate_groups(bench.project)]


def test_groups_are_found_and_shown(bench: Any, wires: list[ArticleId]) -> None:
    assert duplicate_groups(bench.project) == []
    changes = bench.does(lambda: group_duplicates(bench.project))
    assert changes.op is Op.GROUP_DUPLICATES
    assert changes.params == {"count": 4}
    assert groups(bench, wires) == [[0, 6], [1, 5]]
    assert bench.project.article(wires[6]).duplicate_group == wires[0]
    short, retitled = duplicate_groups(bench.project)
    assert short.id == wires[0]
    assert all(alike > 0.95 for alike in (*short.likeness, *retitled.likeness))


def test_finding_again_changes_nothing(bench: Any, wires: list[ArticleId]) -> None:
    group_duplicates(bench.project)
    assert group_duplicates(bench.project).seq == 0


def test_boilerplate_is_not_compared(bench: Any, wires: list[ArticleId]) -> None:
    mark_boilerplate(bench.project, wires[6], 0, 1450)
    group_duplicates(bench.project)
    assert groups(bench, wires) == [[1, 5]]


def test_finding_again_forgets_what_is_no_group_any_more(bench: Any, wires: list[ArticleId]) -> None:
    set_duplicate_group(bench.project, [wires[2], wires[3]])
    bench.does(lambda: group_duplicates(bench.project))
    assert groups(bench, wires) == [[0, 6], [1, 5]]
    assert bench.project.article(wires[3]).duplicate_group is None


def test_articles_are_grouped_by_hand_with_those_of_their_groups(bench: Any, wires: list[ArticleId]) -> None:
    group_duplicates(bench.project)
    bench.does(lambda: set_duplicate_group(bench.project, [wires[4], wires[3]]))
    assert groups(bench, wires) == [[0, 6], [1, 5], [3, 4]]
    bench.does(lambda: set_duplicate_group(bench.project, [wires[5], wires[0], wires[2]]))
    assert groups(bench, wires) == [[0, 1, 2, 5, 6], [3, 4]]
    assert set_duplicate_group(bench.project, [wires[0], wires[6]]).seq == 0


def test_articles_are_taken_out(bench: Any, wires: list[ArticleId]) -> None:
    set_duplicate_group(bench.project, wires[:4])
    bench.does(lambda: ungroup(bench.project, [wires[0]]))
    assert groups(bench, wires) == [[1, 2, 3]]
    assert bench.project.article(wires[1]).duplicate_group == wires[1]
    bench.does(lambda: ungroup(bench.project, [wires[1], wires[2]]))
    assert groups(bench, wires) == []
    assert bench.project.article(wires[3]).duplicate_group is None
    assert ungroup(bench.project, wires).seq == 0


def test_a_group_outlives_its_first_article(bench: Any, wires: list[ArticleId]) -> None:
    set_duplicate_group(bench.project, wires[:3])
    articles.remove(bench.project, [wires[0]])
    assert groups(bench, wires) == [[1, 2]]
    set_duplicate_group(bench.project, [wires[2], wires[3]])
    assert groups(bench, wires) == [[1, 2, 3]]
    articles.remove(bench.project, wires[1:3])
    assert groups(bench, wires) == []
    for _ in range(3):
        history.undo(bench.project)
    assert groups(bench, wires) == [[0, 1, 2]]


def test_one_article_is_no_group(bench: Any, wires: list[ArticleId]) -> None:
    bench.refuses("duplicates_too_few", lambda: set_duplicate_group(bench.project, [wires[0], wires[0]]))
    bench.refuses("duplicates_too_few", lambda: set_duplicate_group(bench.project, []))
    bench.refuses("article_unknown", lambda: set_duplicate_group(bench.project, [wires[0], ArticleId("0" * 32)]))
    bench.refuses("article_unknown", lambda: ungroup(bench.project, [ArticleId("0" * 32)]))


def test_finding_is_told_of_and_can_be_cancelled(bench: Any, wires: list[ArticleId]) -> None:
    told: list[tuple[int, int, str]] = []

    def progress(done: int, total: int, name: str) -> bool:
        told.append((done, total, name))
        return len(told) < 4

    with pytest.raises(UserError, match="cancelled"):
        group_duplicates(bench.project, progress)
    assert told == [(number, 9, "") for number in range(1, 5)]
    assert duplicate_groups(bench.project) == []


def test_likeness_is_measured_of_any_articles(bench: Any, wires: list[ArticleId]) -> None:
    alike = likenesses(bench.project, [wires[1], wires[5], wires[2]])
    assert alike[0] == alike[1] > 0.9
    assert alike[2] < 0.2
    assert likenesses(bench.project, []) == ()
    bench.refuses("cancelled", lambda: likenesses(bench.project, wires, lambda: False))
