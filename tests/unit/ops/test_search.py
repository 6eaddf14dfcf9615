# SPDX-License-Identifier: MIT
"""Searching all articles, with the index and without: the same is found, whatever of the index is there."""

from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.model.article import Published
from annotator.model.ids import ArticleId, LabelId
from annotator.ops import history
from annotator.ops.articles import remove
from annotator.ops.importing import import_files, import_text
from annotator.ops.occurrences import Hit, find_occurrences
from annotator.ops.passwords import set_password
from annotator.ops.projects import new_project
from annotator.ops.search import in_context, index_texts, search
from annotator.project import Project
from annotator.store import search as index
from annotator.text.occurrences import NameFinder
from annotator.text.proclitics import Evidence
from annotator.text.searching import Finder, Query

NOTHING = Evidence()


@pytest.fixture
def seeds(project: Project, seed_paths: list[Path]) -> Project:
    """Return a project with the five sample articles."""
    import_files(project, seed_paths)
    return project


def found(project: Project, typed: str, *, exact: bool = False) -> list[Hit]:
    return list(search(project, Query.of(typed, exact=exact), NOTHING))


def places(project: Project, typed: str) -> list[tuple[ArticleId, int, int]]:
    """Return what a search finds that reads every article."""
    finder = Finder(Query.of(typed), NOTHING)
    return [(article.id, one.start, one.end) for article, text in project.texts() for one in finder.find(text)]


def read_articles(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Return a list that grows by each text that is read."""
    read: list[bytes] = []
    body = index.body
    monkeypatch.setattr(index, "body", lambda connection, sha256: (read.append(sha256), body(connection, sha256))[1])
    return read


def test_a_word_is_found_in_all_articles_with_and_without_an_index(seeds: Project) -> None:
    before = found(seeds, "غانتس")
    assert index_texts(seeds) == 5
    assert found(seeds, "غانتس") == before
    assert len(before) > 10
    assert all(seeds.text(hit.article_id)[hit.start : hit.end] == hit.quote == hit.name for hit in before)
    assert index_texts(seeds) == 0


def test_with_an_index_only_articles_are_read_that_may_have_it(seeds: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    text = next(text for _, text in seeds.texts())
    rare = next(word for word in text.split() if len(word) > 4 and len(places(seeds, word)) == 1)
    read = read_articles(monkeypatch)
    found(seeds, rare)
    assert len(read) == 5
    index_texts(seeds)
    read.clear()
    assert len(found(seeds, rare)) == 1
    assert len(read) == 1
    assert found(seeds, "كلمةلاتوجد") == []
    assert len(read) == 1


def test_the_index_is_no_act_and_survives_undo(seeds: Project) -> None:
    entries = seeds.history()
    index_texts(seeds)
    assert seeds.history() == entries
    expected = found(seeds, "غانتس")
    remove(seeds, [seeds.articles()[0].id])
    left = found(seeds, "غانتس")
    assert 0 < len(left) < len(expected)
    history.undo(seeds)
    assert found(seeds, "غانتس") == expected
    assert index_texts(seeds) == 0
    assert not list(seeds.problems())


def test_what_is_not_indexed_yet_is_found_too(seeds: Project, tmp_path: Path) -> None:
    index_texts(seeds)
    late = tmp_path / "late.txt"
    late.write_text("خبر متأخر عن غانتس", encoding="utf-8")
    before = found(seeds, "غانتس")
    import_files(seeds, [late])
    assert len(found(seeds, "غانتس")) == len(before) + 1
    assert index_texts(seeds) == 1
    assert len(found(seeds, "غانتس")) == len(before) + 1


def test_a_search_and_the_indexing_can_be_stopped(seeds: Project) -> None:
    assert list(search(seeds, Query.of("غانتس"), NOTHING, goes_on=lambda done, _total: done == 0)) != []
    assert index_texts(seeds, lambda done, _total: done < 3) == 0
    assert seeds.unindexed_texts() != []


def test_a_search_keeps_to_some_articles(seeds: Project) -> None:
    some = [article.id for article in seeds.articles()[:2]]
    hits = list(search(seeds, Query.of("غانتس"), NOTHING, article_ids=some))
    assert hits == [hit for hit in found(seeds, "غانتس") if hit.article_id in some]
    assert list(search(seeds, Query.of(" "), NOTHING)) == []


def test_a_project_that_is_only_read_is_searched_and_stays_as_it_is(seeds: Project) -> None:
    expected = found(seeds, "غانتس")
    with seeds.reader() as reader:
        assert index_texts(reader) == 0
        assert found(reader, "غانتس") == expected
    index_texts(seeds)
    with seeds.reader() as reader:
        assert found(reader, "غانتس") == expected


def test_without_fts5_everything_is_looked_through(seeds: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "is_possible", lambda _connection: False)
    assert index_texts(seeds) == 0
    assert len(found(seeds, "غانتس")) > 10


def test_an_index_that_was_dropped_or_is_damaged_is_made_anew(seeds: Project) -> None:
    index_texts(seeds)
    expected = found(seeds, "غانتس")
    seeds.drop_index()
    assert found(seeds, "غانتس") == expected
    assert index_texts(seeds) == 5
    with seeds._database.write() as connection:
        connection.execute("delete from search_index_data where id > 10")
    with seeds.reader() as reader:
        assert found(reader, "غانتس") == expected
        assert [problem.key for problem in reader.problems()] == ["search_index_differs"]
    with seeds._database.write() as connection:
        connection.execute("drop table search_index")
    assert found(seeds, "غانتس") == expected
    assert index_texts(seeds) == 5
    assert not list(seeds.problems())


def test_a_word_too_few_in_the_index_is_a_problem(seeds: Project) -> None:
    seeds.put_in_index([(sha256, "كلمة") for sha256 in seeds.unindexed_texts()])
    assert [problem.key for problem in seeds.problems()] == ["search_index_differs"]


def test_two_who_index_at_once_put_each_text_in_once(seeds: Project) -> None:
    waiting = seeds.unindexed_texts()
    with seeds.writer() as other:
        index_texts(other)
    seeds.put_in_index([(sha256, "") for sha256 in waiting])
    assert len(found(seeds, "غانتس")) > 10


_WORDS = st.sampled_from(["غزة", "وغزة", "بِغزة", "غانتس", "جانتس", "الحرب", "للحرب", "حرب", "لبنان", "بنان", "ﻻ", "لا"])
_TEXTS = st.lists(st.lists(_WORDS, min_size=1, max_size=5).map(" ".join), min_size=1, max_size=24, unique=True)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(_TEXTS, _WORDS, st.integers(0, 24))
def test_the_index_changes_nothing_of_what_is_found(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], word: str, indexed: int
) -> None:
    path = tmp_path_factory.mktemp("p") / "p.tawsim"
    with pytest.MonkeyPatch.context() as patch, new_project(path, annotator="Mona") as project:
        patch.setattr(index, "_CHUNK", 3)
        for number, text in enumerate(texts):
            if number == indexed:
                index_texts(project)
            import_text(project, text, title=str(number))
        expected = places(project, word)
        assert [(hit.article_id, hit.start, hit.end) for hit in found(project, word)] == expected
        hits = list(find_occurrences(project, [word], NOTHING, LabelId("ACTOR"), annotator_id=project.annotator.id))
        finder = NameFinder([word], NOTHING)
        assert [(hit.article_id, hit.start, hit.end) for hit in hits] == [
            (article.id, one.start, one.end) for article, text in project.texts() for one in finder.find(text)
        ]


def test_an_encrypted_project_keeps_its_index_through_a_change_of_password(seeds: Project) -> None:
    pytest.importorskip("sqlcipher3")
    index_texts(seeds)
    expected = found(seeds, "غانتس")
    path, key = seeds.path, None
    seeds.close()
    for password in ("أول", "ثان", None):
        key, _ = set_password(path, key, password)
        with Project.open(path, annotator="Mona", key=key) as project:
            assert project.is_indexed
            assert found(project, "غانتس") == expected
            project.drop_index()
            assert index_texts(project) == 5
            assert found(project, "غانتس") == expected
            assert not list(project.problems())


def test_an_act_waits_for_the_disk_after_indexing_as_before(seeds: Project) -> None:
    index_texts(seeds)
    assert seeds._database.connection.execute("pragma synchronous").fetchone() == (2,)


def statements(project: Project, act: Callable[[], object]) -> int:
    """Return how many statements an act runs, without those of FTS5 itself: a few for each piece it has not merged."""
    connection, seen = project._database.connection, []
    connection.set_trace_callback(seen.append)
    try:
        act()
    finally:
        connection.set_trace_callback(None)
    assert len(seen) < 200
    return sum("search_index_" not in statement for statement in seen)


def test_the_work_for_a_first_page_does_not_grow_with_the_corpus(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = []
    for number in range(240):
        import_text(project, f"خبر رقم {number} عن البرلمان{' وغزة' if number == 40 else ''}")
        if number in (119, 239):
            index_texts(project)
            read = read_articles(monkeypatch)
            rare = statements(project, lambda: next(search(project, Query.of("غزة"), NOTHING)))
            frequent = statements(project, lambda: list(islice(search(project, Query.of("برلمان"), NOTHING), 10)))
            counts.append((rare, frequent, len(read)))
            monkeypatch.undo()
    assert counts[0] == counts[1]
    assert counts[1][2] == 11
    assert max(counts[1][:2]) < 30


def test_texts_that_are_put_in_together_are_written_once(seeds: Project) -> None:
    seeds.put_in_index([(sha256, "كلمة") for sha256 in seeds.unindexed_texts()])
    with seeds._database.read() as connection:
        segments = "select count(distinct id >> 37) from search_index_data where id >> 37"
        assert connection.execute(segments).fetchone() == (1,)


def test_a_search_keeps_to_outlets_and_dates_with_and_without_an_index(project: Project) -> None:
    said = [("الجزيرة", "2024-05-03"), ("BBC", "2024"), ("", "2023-01-01"), ("BBC", "")]
    for number, (outlet, date) in enumerate(said):
        import_text(project, f"خبر {number} عن البرلمان", title=str(number), outlet=outlet, date=date)

    def numbers(published: Published) -> list[str]:
        hits = search(project, Query.of("برلمان"), NOTHING, published=published)
        return [project.article(hit.article_id).title for hit in hits]

    for _ in range(2):
        assert numbers(Published()) == ["0", "1", "2", "3"]
        assert numbers(Published(("BBC",))) == ["1", "3"]
        assert numbers(Published(("BBC", "الجزيرة"), since="2024-05-03")) == ["0", "1"]
        assert numbers(Published(since="2024-06")) == ["1"]
        assert numbers(Published(until="2024-05-02")) == ["1", "2"]
        assert numbers(Published(since="2023", until="2023-12")) == ["2"]
        index_texts(project)
    assert project.outlets() == ["BBC", "الجزيرة"]
    assert project.has_dates()


def test_articles_come_last_whose_title_has_it_and_whose_text_has_not(project: Project) -> None:
    for number, (title, text) in enumerate(
        [("غانتس في أنقرة", "خبر بلا اسم"), ("خبر", "زار غانتس أنقرة"), ("غانتس", "غانتس قال"), ("لغانتس", "خبر")]
    ):
        import_text(project, f"{text} {number}", title=title, outlet="BBC" if number else "")
    hits = found(project, "غانتس")
    numbers = {article.id: number for number, article in enumerate(project.articles())}
    assert [(numbers[hit.article_id], hit.in_title) for hit in hits] == [(1, None), (2, None), (0, (0, 5)), (3, (1, 6))]
    assert [hit.doubt for hit in hits if hit.in_title] == [None, None]
    mention = in_context(project, hits[-1], 20)
    assert (mention.before, mention.quote, mention.after) == ("ل", "غانتس", "")
    assert in_context(project, hits[0], 20).before == "زار "
    index_texts(project)
    assert found(project, "غانتس") == hits
    some = list(search(project, Query.of("غانتس"), NOTHING, published=Published(("BBC",))))
    assert [numbers[hit.article_id] for hit in some] == [1, 2, 3]
    one = list(search(project, Query.of("غانتس"), NOTHING, article_ids=[hits[-1].article_id]))
    assert one == hits[-1:]


def test_titles_are_looked_at_one_by_one_only_where_one_of_many_has_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "_TITLES", 3)
    for number in range(9):
        import_text(project, f"خبر {number}", title="سطر غانتس" if number == 4 else f"عنوان {number}")
    asked: list[str] = []

    def may_have(some: str) -> bool:
        asked.append(some)
        return "غانتس" in some

    assert [title for _, title in project.titles(may_have)] == ["عنوان 3", "سطر غانتس", "عنوان 5"]
    assert len(asked) == 3
    assert [hit.quote for hit in found(project, "غانتس")] == ["غانتس"]
    assert list(search(project, Query.of("غانتس"), NOTHING, goes_on=lambda _done, total: total != 1)) == []
