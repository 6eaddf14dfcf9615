# SPDX-License-Identifier: MIT
"""Importing files that hold several articles, and texts that are in no file."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator import i18n
from annotator.errors import UserError
from annotator.importers.columns import Columns, ImportOptions
from annotator.ops import articles as article_acts
from annotator.ops import history, importing
from annotator.ops.checking import check
from annotator.ops.importing import Outcome, import_files, import_text
from annotator.project import Project

TEXT = "قال المتحدث إن المباحثات بين الجانبين كانت إيجابية، ولم يضف شيئًا آخر في هذا الشأن."
Dump = Callable[[Path], object]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Return a table of three articles; one of its rows has no text, and one a text that was there before."""
    path = tmp_path / "news.csv"
    path.write_text(
        "title,text,source,url,author,date\n"
        f"أول,{TEXT} 1,الحرة,https://x.org/1,ليلى,1/2/2024\n"
        f"ثان,{TEXT} 2,الحرة,https://x.org/2,,2024-05-03\n"
        "ثالث,,,,,\n"
        f"رابع,{TEXT} 1,,,,\n"
        f"خامس,{TEXT} 5,,,,\n",
        encoding="utf-8",
    )
    return path


def test_rows_become_articles_in_one_act(project: Project, table: Path) -> None:
    changes, report = import_files(project, [table])
    assert (report.taken, report.skipped, changes.params["count"]) == (3, 2, 3)
    assert [entry.params["count"] for entry in project.history()] == [3]
    first, second, third = (project.article(summary.id) for summary in project.articles())
    assert (first.title, first.outlet, first.url, first.author) == ("أول", "الحرة", "https://x.org/1", "ليلى")
    assert (first.date, second.date, third.date) == ("", "2024-05-03", "")
    assert (first.source, first.derived, first.exact) == (f"{table}/2", "", True)
    assert project.text(third.id) == f"{TEXT} 5"
    assert check(project).problems == ()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_report_tells_of_every_row(project: Project, table: Path, language: str) -> None:
    i18n.use_language(language)
    _, report = import_files(project, [table])
    assert [(line.place, line.kind, line.error.key if line.error else None) for line in report.files] == [
        ("2", "csv", None), ("3", "csv", None), ("4", "csv", "row_without_text"), ("5", "csv", "duplicate"),
        ("6", "csv", None),
    ]  # fmt: skip
    assert report.files[0].unsure_date == "1/2/2024"
    assert report.files[0].name == "news.csv: 2"
    # Within one import, too, a duplicate points to the first.
    assert report.files[3].article_id == report.files[0].article_id
    assert report.files[3].error is not None
    assert "أول" in i18n.describe(report.files[3].error)
    assert "news.csv:5" in i18n.describe(report.files[3].error)


def test_undo_takes_all_of_it_back(project: Project, table: Path, dump: Dump) -> None:
    before = dump(project.path)
    import_files(project, [table])
    history.undo(project)
    assert dump(project.path) == before
    history.redo(project)
    assert project.article_count() == 3
    assert check(project).problems == ()


def test_columns_that_the_user_names(project: Project, table: Path) -> None:
    options = ImportOptions(columns=Columns(text="title", author="source"))
    import_files(project, [table], options=options)
    assert [project.article(summary.id).author for summary in project.articles()[:2]] == ["الحرة", "الحرة"]
    assert project.text(project.articles()[0].id) == "أول"


def test_a_file_that_breaks_off_keeps_the_others(project: Project, table: Path, article_files: list[Path]) -> None:
    bad = table.with_name("bad.json")
    bad.write_text("[", encoding="utf-8")
    _, report = import_files(project, [bad, table, *article_files])
    assert report.taken == 5
    assert report.files[0].error is not None
    assert report.files[0].error.__traceback__ is None


@pytest.mark.parametrize("after", [1, 120, 450])
def test_cancelled_within_a_file_leaves_nothing(project: Project, dump: Dump, tmp_path: Path, after: int) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(json.dumps({"text": f"{TEXT} {number}"}) for number in range(500)), encoding="utf-8")
    before = dump(project.path)
    asked = 0

    def progress(done: int, total: int, name: str) -> bool:
        nonlocal asked
        asked += 1
        assert 0 <= done <= total
        assert name.startswith("many.jsonl")
        return (asked - 1) * 50 < after

    with pytest.raises(UserError, match="cancelled"):
        import_files(project, [path], progress=progress)
    assert dump(project.path) == before
    assert project.history() == []


def test_progress_tells_how_much_of_a_large_file_is_read(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "large.jsonl"
    row = TEXT * 10
    path.write_text("\n".join(json.dumps({"text": f"{row} {number}"}) for number in range(600)), encoding="utf-8")
    (tmp_path / "small.txt").write_text(TEXT, encoding="utf-8")
    told: list[tuple[int, int]] = []
    import_files(
        project,
        [path, tmp_path / "small.txt"],
        progress=lambda done, total, _name: told.append((done, total)) or True,  # type: ignore[func-returns-value]
    )
    assert told[0] == (0, told[-1][1])
    assert told == sorted(told)
    assert len({done for done, _ in told}) > 10
    assert told[-1][0] == told[-1][1] - 1


def test_what_is_read_is_stored_in_pieces(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    take = importing._take

    def counting(*arguments, **more):  # type: ignore[no-untyped-def]
        sizes.append(len(arguments[2]))
        return take(*arguments, **more)

    monkeypatch.setattr(importing, "_take", counting)
    monkeypatch.setattr(importing, "_BATCH_LENGTH", 10_000)
    path = tmp_path / "a.csv"
    path.write_text("text\n" + "".join(f"{TEXT * 10} {number}\n" for number in range(50)), encoding="utf-8")
    _, report = import_files(project, [path])
    assert report.taken == sum(sizes) == 50
    assert max(sizes) < 20


def test_half_characters_and_null_characters_in_particulars(project: Project, tmp_path: Path) -> None:
    record = {"text": TEXT, "title": "a\ud800b", "source": "a\x00b", "date": "\udc00", "url": ["x\ud800", "y"]}
    (tmp_path / "a.json").write_text(json.dumps([record]), encoding="utf-8")
    _, report = import_files(project, [tmp_path / "a.json"])
    article = project.article(project.articles()[0].id)
    assert (article.title, article.outlet, article.url) == ("a\ufffdb", "a\ufffdb", "x\ufffd, y")
    assert report.files[0].unsure_date == "\ufffd"
    assert check(project).problems == ()


def test_derived_text_and_what_was_left_out(project: Project, tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    page = f"<html><body><nav>القائمة الرئيسية</nav><article><p>{TEXT}</p><p>{TEXT} نعم.</p></article></body></html>"
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
        file.writestr("page.html", page)
    _, report = import_files(project, [tmp_path / "a.zip"])
    (line,) = report.files
    assert (line.outcome, line.place, line.kind) == (Outcome.TAKEN, "page.html", "zip")
    assert line.derived.startswith("trafilatura")
    assert line.left_out_count == len(line.left_out) > 0
    article = project.article(project.articles()[0].id)
    assert (article.derived, article.exact) == (line.derived, False)


def test_suspected_boilerplate_is_marked_and_stays(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"عنوان الخبر\n{TEXT}\nExit mobile version\n", encoding="utf-8")
    import_files(project, [path])
    article = project.article(project.articles()[0].id)
    text = project.text(article.id)
    assert [(text[start:end], reason) for start, end, reason in article.boilerplate] == [
        ("Exit mobile version", "page")
    ]
    (tmp_path / "b.txt").write_text(f"{TEXT} 2\nExit mobile version\n", encoding="utf-8")
    import_files(project, [tmp_path / "b.txt"], options=ImportOptions(boilerplate=False))
    assert project.article(project.articles()[1].id).boilerplate == ()


def test_a_text_of_no_file(project: Project) -> None:
    changes = import_text(project, f"عنوان\r\n{TEXT}", outlet=" الحرة ", date="3 أيار 2024")
    article = project.article(project.articles()[0].id)
    assert (changes.params["count"], article.title, article.outlet, article.date) == (1, "عنوان", "الحرة", "2024-05-03")
    assert project.text(article.id) == f"عنوان\n{TEXT}"
    with pytest.raises(UserError) as caught:
        import_text(project, f"عنوان\n{TEXT}", title="آخر")
    assert (caught.value.key, caught.value.params["article"]) == ("text_known", article.id)
    history.undo(project)
    assert project.article_count() == 0


@pytest.mark.parametrize(
    ("text", "more", "key"),
    [
        ("", {}, "text_empty"),
        (" \n\u200f", {}, "text_empty"),
        ("نص \ud800", {}, "text_unstorable"),
        ("\x00" * 9, {}, "file_binary"),
        (TEXT, {"date": "1/2/2024"}, "value_no_date"),
    ],
)
def test_texts_that_are_refused(project: Project, text: str, more: dict[str, str], key: str) -> None:
    with pytest.raises(UserError, match=key):
        import_text(project, text, **more)
    assert project.history() == []


def test_particulars_of_many_articles(bench) -> None:  # type: ignore[no-untyped-def]
    ids = [summary.id for summary in bench.project.articles()]

    def act() -> object:
        return article_acts.set_particulars(bench.project, ids, outlet="الحرة\n", author="ليلى", date="٢٠٢٤/٥/٣")

    changes = bench.does(act)
    assert changes.params["count"] == 2
    for id_ in ids:
        article = bench.project.article(id_)
        assert (article.outlet, article.author, article.date, article.url) == ("الحرة", "ليلى", "2024-05-03", "")
    bench.does(lambda: article_acts.set_particulars(bench.project, ids[:1], outlet="", url="https://x.org"))
    first, second = (bench.project.article(id_) for id_ in ids)
    assert (first.outlet, first.url, first.author, second.outlet) == ("", "https://x.org", "ليلى", "الحرة")
    for date in ("1/2/2024", "2024-13-01", "soon"):
        bench.refuses("value_no_date", lambda date=date: article_acts.set_particulars(bench.project, ids, date=date))
    bench.refuses("article_unknown", lambda: article_acts.set_particulars(bench.project, ["0" * 32], outlet="x"))
