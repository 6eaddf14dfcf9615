# SPDX-License-Identifier: MIT
"""Importing: each file's fate is told, and a failed or cancelled import leaves nothing behind."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import i18n
from annotator.errors import UserError
from annotator.ops import history
from annotator.ops.checking import check
from annotator.ops.importing import Outcome, import_files
from annotator.ops.projects import new_project_from
from annotator.project import Project
from annotator.text.decoding import encode

ARABIC = "قال المتحدث إن المباحثات بين الجانبين كانت إيجابية.\nولم يضف شيئًا آخر.\n"
Dump = Callable[[Path], object]


def rebuilt(project: Project, number: int = 0) -> bytes:
    article = project.article(project.articles()[number].id)
    assert article.exact
    text = project.text(article.id)
    return encode(text, encoding=article.encoding, bom=article.bom, newline=article.newline)


@pytest.mark.parametrize(
    ("encoding", "newline"),
    [
        (encoding, newline)
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "windows-1256", "iso-8859-6")
        for newline in ("\n", "\r\n", "\r")
    ],
)
def test_file_is_rebuilt_byte_for_byte(project: Project, tmp_path: Path, encoding: str, newline: str) -> None:
    raw = ARABIC.replace("\n", newline).encode(encoding)
    (tmp_path / "a.txt").write_bytes(raw)
    _, report = import_files(project, [tmp_path / "a.txt"])
    assert (report.taken, report.files[0].exact) == (1, True)
    assert project.text(project.articles()[0].id) == ARABIC
    assert rebuilt(project) == raw


@settings(max_examples=25)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("\r\n\t"), min_size=1))
def test_any_text_is_rebuilt(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("any")
    raw = text.encode()
    if raw == b"\xef\xbb\xbf":
        return  # only a byte order mark: an empty file
    (folder / "a.txt").write_bytes(raw)
    made = new_project_from(folder / "p", [folder / "a.txt"], annotator="Layla", encoding="utf-8")
    with made[0] as project:
        assert rebuilt(project) == raw


def test_seeds(project: Project, seed_paths: list[Path]) -> None:
    _, report = import_files(project, [seed_paths[0].parent])
    assert report.taken == len(seed_paths)
    for number, path in enumerate(seed_paths):
        assert rebuilt(project, number) == path.read_bytes()
        assert project.articles()[number].source.endswith(path.name)


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize(
    ("content", "encoding", "key"),
    [
        (b"", None, "file_empty"),
        (b"\xef\xbb\xbf", None, "file_empty"),
        (b"%PDF-1.7\n%\xe2\xe3", None, "file_binary"),
        (b"PK\x03\x04" + bytes(50), None, "file_binary"),
        (bytes(range(256)) * 4, None, "file_binary"),
        (ARABIC.encode("windows-1256"), "utf-8", "encoding_failed"),
        (ARABIC.encode(), "klingon", "encoding_unknown"),
        (bytes([0x81, 0x8D, 0x8F, 0x90, 0x9D, 0xFF, 0xFE, 0xFD]) * 9, None, None),
    ],
)
def test_bad_file_is_skipped_and_named(
    project: Project, tmp_path: Path, content: bytes, encoding: str | None, key: str | None, language: str
) -> None:
    i18n.use_language(language)
    bad = tmp_path / "سيّئ.txt"
    bad.write_bytes(content)
    _, report = import_files(project, [bad], encoding=encoding)
    (file,) = report.files
    assert file.outcome is Outcome.SKIPPED
    assert file.error is not None
    assert file.error.key == key or (key is None and file.error.key in {"encoding_undetected", "file_binary"})
    sentence = i18n.describe(file.error)
    assert (encoding or "سيّئ.txt") in sentence
    assert project.articles() == []
    assert project.history() == []


def test_good_files_are_taken_beside_bad_ones(project: Project, article_files: list[Path]) -> None:
    (article_files[0].parent / "three.txt").write_bytes(b"")
    _, report = import_files(project, [article_files[0].parent])
    assert (report.taken, report.skipped) == (2, 1)
    assert project.history()[0].params["count"] == 2


def test_duplicates_are_named(project: Project, article_files: list[Path], tmp_path: Path) -> None:
    again = tmp_path / "again.txt"
    # Another encoding of the same text is the same article.
    again.write_bytes(article_files[1].read_text(encoding="utf-8").encode("utf-16"))
    _, report = import_files(project, [*article_files, again])
    file = report.files[-1]
    assert file.error is not None
    assert (file.error.key, file.error.params["title"]) == ("duplicate", report.files[1].title)
    assert file.article_id == report.files[1].article_id
    _, second = import_files(project, article_files)
    assert second.taken == 0
    assert all(file.error and file.error.key == "duplicate" for file in second.files)
    assert len(project.history()) == 1


def test_named_twice_is_read_once(project: Project, article_files: list[Path]) -> None:
    _, report = import_files(project, [article_files[0], article_files[0].parent])
    assert len(report.files) == 2


def test_removed_text_can_be_imported_again(filled: Project, article_files: list[Path]) -> None:
    history.undo(filled)
    _, report = import_files(filled, article_files)
    assert report.taken == 2
    assert not check(filled).problems


def test_missing_path_and_empty_folder(project: Project, article_files: list[Path], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for bad, key in [(tmp_path / "none.txt", "file_missing"), (tmp_path / "empty", "folder_empty")]:
        with pytest.raises(UserError) as caught:
            import_files(project, [*article_files, bad])
        assert (caught.value.key, caught.value.params["path"]) == (key, bad)
        assert project.articles() == []


@pytest.mark.usefixtures("bound_by_permissions")
def test_file_that_may_not_be_read(tmp_path: Path) -> None:
    good, closed = tmp_path / "good.txt", tmp_path / "closed.txt"
    good.write_text(ARABIC, encoding="utf-8")
    closed.write_text(ARABIC + "x", encoding="utf-8")
    closed.chmod(0o000)
    project, _, report = new_project_from(tmp_path / "p", [good, closed], annotator="Layla")
    with project:
        assert [file.error.key if file.error else None for file in report.files] == [None, "file_unreadable"]


@pytest.mark.usefixtures("bound_by_permissions")
def test_folder_that_may_not_be_looked_into_is_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    (folder / "closed.html").mkdir(parents=True)
    (folder / "good.txt").write_text(ARABIC, encoding="utf-8")
    (folder / "closed.html" / "lost.txt").write_text(ARABIC + "x", encoding="utf-8")
    (folder / "closed.html").chmod(0o000)
    project, _, report = new_project_from(tmp_path / "p", [folder], annotator="Layla")
    (folder / "closed.html").chmod(0o700)
    with project:
        assert [(file.name, file.error.key if file.error else None) for file in report.files] == [
            ("closed.html", "file_unreadable"),
            ("good.txt", None),
        ]


@pytest.mark.parametrize("after", [0, 1, 250])
def test_cancelled_import_leaves_nothing(project: Project, dump: Dump, tmp_path: Path, after: int) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(300):
        (folder / f"{number:03}.txt").write_text(f"خبر {number}", encoding="utf-8")
    before = dump(project.path)
    told: list[tuple[int, int, str]] = []

    def progress(done: int, total: int, name: str) -> bool:
        told.append((done, total, name))
        return done < after

    with pytest.raises(UserError, match="cancelled"):
        import_files(project, [folder], progress=progress)
    assert told[-1][:2] == (after, 300)
    assert dump(project.path) == before
    assert project.history() == []


def test_a_large_import_hands_its_rows_to_the_history_as_it_goes(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.store.row_changes._SPILL", 3)
    monkeypatch.setattr("annotator.ops.importing._BATCH", 2)
    for number in range(9):
        (tmp_path / f"{number}.txt").write_text(f"خبر {number}\n", encoding="utf-8")
    changes, report = import_files(project, [tmp_path])
    assert (changes.spilled, len(changes.rows), report.taken) == (8, 1, 9)
    listed = project.articles()
    assert project.article_count() == 9
    history.undo(project)
    assert (project.articles(), project.article_count()) == ([], 0)
    history.redo(project)
    assert project.articles() == listed
    assert not check(project).problems


def test_stopped_import_leaves_nothing(project: Project, dump: Dump, article_files: list[Path]) -> None:
    before = dump(project.path)

    def progress(done: int, _total: int, _name: str) -> bool:
        if done:
            raise KeyboardInterrupt
        return True

    with pytest.raises(KeyboardInterrupt):
        import_files(project, article_files, progress=progress)
    assert dump(project.path) == before


def test_full_disk_leaves_nothing(project: Project, dump: Dump, tmp_path: Path) -> None:
    connection = project._database.connection
    (pages,) = connection.execute("pragma page_count").fetchone()
    connection.execute(f"pragma max_page_count = {pages + 5}")
    before = dump(project.path)
    (tmp_path / "large.txt").write_text(ARABIC * 2000, encoding="utf-8")
    with pytest.raises(UserError, match="disk_full") as caught:
        import_files(project, [tmp_path / "large.txt"])
    assert str(project.path) in i18n.describe(caught.value)
    assert dump(project.path) == before
    assert not check(project).problems


def test_new_project_with_nothing_to_take_is_not_left_behind(tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"")
    with pytest.raises(UserError, match="nothing_to_import"):
        new_project_from(tmp_path / "p.tawsim", [bad], annotator="Layla")
    assert list(tmp_path.iterdir()) == [bad]


def test_title_is_the_first_line_or_the_name(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\n \n  عنوان الخبر \nنص\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("\n \n", encoding="utf-8")
    (tmp_path / "c.txt").write_text("كلمة " * 100, encoding="utf-8")
    import_files(project, [tmp_path])
    first, second, third = (article.title for article in project.articles())
    assert (first, second) == ("عنوان الخبر", "b")
    assert len(third) <= 201
    assert third.endswith("كلمة…")


@pytest.mark.skipif(sys.platform != "linux", reason="names there are Unicode")
def test_file_whose_name_is_no_unicode(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "bad\udcff.txt"
    path.write_bytes(b"\n")
    _, report = import_files(project, [path])
    assert report.taken == 1
    article = project.article(project.articles()[0].id)
    assert (article.title, article.source) == ("bad\\udcff", f"{tmp_path}/bad\\udcff.txt")
