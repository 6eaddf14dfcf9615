# SPDX-License-Identifier: MIT
"""What each command does, says and prints for scripts."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from annotator import __version__, i18n
from annotator.errors import UserError
from annotator.exporters import FORMATS
from annotator.model.article import ArticleState
from annotator.project import Project
from annotator.settings import user_settings
from annotator.text.terminal import visual

Tawsim = Callable[..., Result]
TawsimJson = Callable[..., Any]


def tag(tawsim: Tawsim, path: Path, *arguments: object) -> str:
    """Tag as Layla and return the tag's id."""
    return tawsim("tag", path, *arguments, "--annotator", "Layla").stdout.split()[0]


def test_new_says_where_the_project_is(tawsim: Tawsim, tmp_path: Path) -> None:
    assert tawsim("new", tmp_path / "p").stdout == f"{tmp_path / 'p.tawsim'}\n"
    with Project.open(tmp_path / "p.tawsim") as project:
        assert [label.id for label in project.scheme.labels] == ["ACTOR", "EVENT", "STANCE", "PLACE", "TIME"]


def test_new_takes_a_scheme(tawsim: Tawsim, tmp_path: Path) -> None:
    scheme = tmp_path / "s.json"
    scheme.write_text(
        '{"format": "tawsim-scheme/1", "id": "x", "name": {"en": "x"}, "layers": [{"id": "place", "name": {"en": "P"},'
        ' "labels": [{"id": "PLACE", "name": {"ar": "مكان"}, "color": "#ff0000"}]}]}',
        encoding="utf-8",
    )
    tawsim("new", tmp_path / "p", "--scheme", scheme)
    with Project.open(tmp_path / "p.tawsim") as project:
        assert [label.id for label in project.scheme.labels] == ["PLACE"]


def test_annotator_is_named_or_set_or_the_system_user(tawsim: Tawsim, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "sysuser")
    tawsim("new", tmp_path / "a")
    user_settings().set("annotator_name", "سلمى")
    tawsim("new", tmp_path / "b")
    tawsim("new", tmp_path / "c", "--annotator", "Omar")
    names = []
    for name in "abc":
        with Project.open(tmp_path / f"{name}.tawsim") as project:
            names += [annotator.name for annotator in project.annotators()]
    assert names == ["sysuser", "سلمى", "Omar"]


def test_system_user_without_a_name(monkeypatch: Any, tawsim: Tawsim, tmp_path: Path) -> None:
    def nameless() -> str:
        raise KeyError("getpwuid(): uid not found: 1234")

    monkeypatch.setattr("getpass.getuser", nameless)
    tawsim("new", tmp_path / "p")


def test_import_reports_each_file(
    tawsim: Tawsim, tawsim_json: TawsimJson, path: Path, article_files: list[Path], tmp_path: Path
) -> None:
    more, bad = tmp_path / "more.txt", tmp_path / "bad.txt"
    more.write_bytes("خبر جديد عن المفاوضات بين الطرفين.".encode("windows-1256"))
    bad.write_bytes(b"")
    report = tawsim_json("import", path, article_files[0], more, bad)
    assert (report["taken"], report["skipped"], report["act"]) == (1, 2, 2)
    assert [file["reason"] for file in report["files"]] == ["duplicate", None, "file_empty"]
    assert report["files"][1]["encoding"] == "windows-1256"
    assert report["files"][1]["guessed"] is True
    told = tawsim("import", path, bad, article_files[0], code=1)
    assert "bad.txt" in told.stdout
    assert "0 articles imported, 2 files skipped." in told.stdout
    assert told.stderr.startswith("There is nothing new to import.")


def test_import_takes_an_encoding(tawsim_json: TawsimJson, path: Path, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes("مصر والسودان".encode("iso-8859-6"))
    report = tawsim_json("import", path, tmp_path / "x.txt", "--encoding", "iso-8859-6")
    assert (report["files"][0]["title"], report["files"][0]["guessed"]) == ("مصر والسودان", False)


def test_articles(tawsim: Tawsim, tawsim_json: TawsimJson, path: Path) -> None:
    first, second = tawsim_json("articles", path)["articles"]
    assert (first["number"], first["state"], first["tags"]) == (1, "untouched", 0)
    lines = tawsim("articles", path).stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["1", "2"]
    assert lines[1].endswith(second["title"])


def test_suffix_may_be_left_out(tawsim_json: TawsimJson, path: Path) -> None:
    assert len(tawsim_json("articles", path.with_suffix(""))["articles"]) == 2


def test_tag_by_number_id_and_prefix(tawsim: Tawsim, tawsim_json: TawsimJson, path: Path) -> None:
    id_ = tawsim_json("articles", path)["articles"][0]["id"]
    said = tawsim("tag", path, 1, 5, 10, "ACTOR", "--note", "هنا").stdout
    assert said.split()[1] == "غانتس"
    tawsim("tag", path, id_, 5, 10, "حدث")
    tawsim("tag", path, id_[:20], 0, 4, "stance")
    listed = tawsim_json("tags", path, "١")["tags"]
    assert [(t["start"], t["end"], t["label"], t["layer"], t["quote"], t["note"]) for t in listed] == [
        (0, 4, "STANCE", "stance", "رحّب", ""),
        (5, 10, "ACTOR", "actor", "غانتس", "هنا"),
        (5, 10, "EVENT", "event", "غانتس", ""),
    ]
    assert {tag["article"] for tag in listed} == {id_}
    assert listed[0]["created_at"].endswith("Z")


def test_the_same_tag_again_is_said_and_kept_once(tawsim: Tawsim, tawsim_json: TawsimJson, path: Path) -> None:
    first = tawsim_json("tag", path, 1, 5, 10, "ACTOR")
    again = tawsim("tag", path, 1, 5, 10, "ACTOR")
    assert (again.stdout.split()[0], again.stderr) == (first["tag"]["id"], "This is tagged already.\n")
    assert tawsim_json("tag", path, 1, 5, 10, "ACTOR")["act"] == 0


def test_tags_of_all_articles(tawsim: Tawsim, path: Path) -> None:
    tag(tawsim, path, 1, 5, 10, "ACTOR")
    tag(tawsim, path, 2, 6, 11, "ACTOR")
    assert [line.split()[:3] for line in tawsim("tags", path).stdout.splitlines()] == [
        ["1", "5", "10"],
        ["2", "6", "11"],
    ]
    assert tawsim("tags", path, 2).stdout.count("\n") == 1


def test_show_numbers_the_tags(tawsim: Tawsim, tawsim_json: TawsimJson, path: Path) -> None:
    for start, end, label in [(5, 10, "ACTOR"), (0, 16, "EVENT"), (11, 24, "STANCE")]:
        tag(tawsim, path, 1, start, end, label)
    shown = tawsim("show", path, 1).stdout
    assert shown.startswith("[1 رحّب [2 غانتس 2] [3 بلقاء 1] أردوغان 3] في")
    assert len(shown.strip().splitlines()[-3:]) == 3
    data = tawsim_json("show", path, 1)
    assert all(data["text"][t["start"] : t["end"]] == t["quote"] for t in data["tags"])


def test_untag_is_one_act(tawsim: Tawsim, tawsim_json: TawsimJson, path: Path) -> None:
    ids = [tag(tawsim, path, 1, start, start + 3, "ACTOR") for start in (0, 5)]
    tawsim("untag", path, *ids, "--annotator", "Layla")
    assert tawsim_json("tags", path)["tags"] == []
    tawsim("undo", path, "--annotator", "Layla")
    assert [t["id"] for t in tawsim_json("tags", path)["tags"]] == ids


def test_undo_and_redo_name_what_they_did(tawsim: Tawsim, path: Path) -> None:
    tag(tawsim, path, 1, 5, 10, "ACTOR")
    tag(tawsim, path, 1, 0, 4, "STANCE")
    me = ("--annotator", "Layla")
    said = tawsim("undo", path, "--times", 2, *me).stdout
    assert said == "Undone: Tag “رحّب” as Stance\nUndone: Tag “غانتس” as Actor\n"
    assert tawsim("redo", path, *me).stdout == "Redone: Tag “غانتس” as Actor\n"
    assert tawsim("redo", path, *me, language="ar").stdout == "أُعيد: وسم «رحّب» بتصنيف موقف\n"
    assert tawsim("redo", path, *me, code=1).stderr == "There is nothing to redo.\n"
    beyond = tawsim("undo", path, "--times", 9, *me, code=1)
    assert beyond.stdout.count("Undone") == 3
    assert beyond.stderr == "There is nothing to undo.\n"


def test_undo_takes_ones_own_acts_only(tawsim: Tawsim, path: Path) -> None:
    assert tawsim("undo", path, "--annotator", "Omar", code=1).stderr == "There is nothing to undo.\n"


def test_history(tawsim: Tawsim, tawsim_json: TawsimJson, path: Path) -> None:
    tag(tawsim, path, 1, 5, 10, "ACTOR")
    tawsim("undo", path, "--annotator", "Layla")
    acts = tawsim_json("history", path)["acts"]
    assert [(act["seq"], act["kind"], act["op"], act["target"]) for act in acts] == [
        (3, "undo", "add_tag", 2), (2, "do", "add_tag", None), (1, "do", "import_articles", None),
    ]  # fmt: skip
    assert acts[0]["name"] == "Undo: Tag “غانتس” as Actor"
    assert all(act["at"].endswith("Z") and act["annotator"] == "Layla" for act in acts)
    assert len(tawsim("history", path, "--limit", 2).stdout.splitlines()) == 2
    assert len(tawsim("history", path, "--limit", 10**30).stdout.splitlines()) > 2
    assert "استيراد مقالين" in tawsim("history", path, language="ar").stdout


def test_states(tawsim: Tawsim, tawsim_json: TawsimJson, path: Path) -> None:
    def states() -> list[str]:
        return [article["state"] for article in tawsim_json("articles", path)["articles"]]

    assert tawsim("done", path, "1-2").stdout == "Mark 2 articles “Done”\n"
    assert states() == ["done", "done"]
    tawsim("state", path, "in_progress", 2)
    assert states() == ["done", "in_progress"]
    assert tawsim("done", path, "1,1").stdout == "Nothing to change.\n"
    assert "finished" in tawsim("state", path, "finished", 1, code=2).stderr
    assert set(ArticleState) == {"untouched", "in_progress", "done"}


@pytest.mark.parametrize(("format_id", "tags_out"), [("jsonl", 2), ("conll", 1), ("spacy", 2)])
def test_export(
    tawsim: Tawsim, tawsim_json: TawsimJson, path: Path, tmp_path: Path, format_id: str, tags_out: int
) -> None:
    if format_id == "spacy":
        pytest.importorskip("spacy")
    tag(tawsim, path, 1, 5, 10, "ACTOR")
    tag(tawsim, path, 1, 0, 16, "EVENT")
    out = tmp_path / "out" / f"x.{format_id}"
    out.parent.mkdir()
    report = tawsim_json("export", path, out, "--format", format_id)
    assert (report["articles"], report["tags_in"], report["tags_out"]) == (2, 2, tags_out)
    assert out.is_dir() if format_id == "spacy" else out.is_file()
    assert Path(report["report"]).name == "export_report.json"
    assert sum(loss["count"] for loss in report["losses"] if loss["tag_lost"]) == 2 - tags_out
    said = tawsim("export", path, out, "--format", format_id).stdout
    assert f"{tags_out} of 2 tags" in said
    assert ("overlap" in said) == (tags_out == 1 or format_id == "spacy")


def test_export_of_a_part(tawsim: Tawsim, tawsim_json: TawsimJson, path: Path, tmp_path: Path) -> None:
    tag(tawsim, path, 1, 5, 10, "ACTOR")
    tag(tawsim, path, 1, 0, 4, "STANCE")
    tawsim("done", path, 2)

    def counts(*options: object) -> tuple[int, int]:
        report = tawsim_json("export", path, tmp_path / "x.jsonl", "--format", "jsonl", *options)
        return report["articles"], report["tags_in"]

    assert counts() == (2, 2)
    assert counts("--articles", "2") == (1, 0)
    assert counts("--articles", "1,2", "--label", "موقف") == (2, 1)
    assert counts("--state", "done") == (1, 0)
    # An article with tags that nobody marked is in progress, as the list says.
    assert counts("--state", "in_progress") == (1, 2)


def test_formats(tawsim: Tawsim, tawsim_json: TawsimJson) -> None:
    assert [kind["id"] for kind in tawsim_json("formats")["formats"]] == list(FORMATS)
    assert len(tawsim("formats", language="ar").stdout.splitlines()) >= 3


def test_check(tawsim: Tawsim, tawsim_json: TawsimJson, path: Path, tamper: Callable[[Path, str], None]) -> None:
    tag(tawsim, path, 1, 5, 10, "ACTOR")
    assert tawsim("check", path).stdout == "Checked: 2 articles, 1 tag, 2 acts.\nEverything is in order.\n"
    tamper(path, "update span set note = 'x'; update article set title = 'x' where position = 2")
    report = tawsim_json("check", path, code=1)
    assert [problem["key"] for problem in report["problems"]] == ["article_not_in_history", "tag_not_in_history"]
    said = tawsim("check", path, language="ar", code=1).stdout
    assert "عُثر على خللين." in said


def test_visual_shapes_and_orders(tawsim: Tawsim, path: Path) -> None:
    tag(tawsim, path, 1, 5, 10, "ACTOR")
    assert visual("غانتس") in tawsim("tags", path, "--visual").stdout
    assert "غانتس" not in tawsim("show", path, 1, "--visual").stdout
    assert visual("أنقرة") in tawsim("show", path, 1, "--visual").stdout
    refused = tawsim("undo", path, "--visual", "--annotator", "Omar", language="ar", code=1).stderr.strip()
    assert refused == visual(i18n.describe(UserError("nothing_to_undo")))


def test_version(tawsim: Tawsim) -> None:
    assert tawsim("--version").stdout.strip().endswith(__version__)


def test_verbose_shows_the_log(tawsim: Tawsim, path: Path, caplog: pytest.LogCaptureFixture) -> None:
    tawsim("--verbose", "articles", path)


def test_language_of_the_settings(tawsim: Tawsim, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from annotator.cli.app import build

    user_settings().set("language", "ar")
    assert "الأوامر" in CliRunner().invoke(build(), ["--help"]).stdout
    assert "Commands" in CliRunner().invoke(build(), ["--help", "--language", "en"]).stdout


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of its own")
def test_progress_goes_to_standard_error_of_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from annotator.cli.terminal import end_progress, progress_line

    assert progress_line() is None
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    show = progress_line()
    assert show is not None
    assert show(3, 10, "خبر.txt")
    end_progress()
    out, err = capsys.readouterr()
    assert (out, err[:5]) == ("", "\r3/10")


def test_what_others_wrote_cannot_steer_the_terminal(tawsim: Tawsim, tmp_path: Path) -> None:
    article = tmp_path / "steering.txt"
    article.write_text("خبر \x1b[2J مهم\tجدا\n" + "نص " * 50 + "\x9b31m\n", encoding="utf-8")
    path = tmp_path / "s.tawsim"
    tawsim("new", path)
    for arguments in (("import", path, article), ("articles", path), ("show", path, 1), ("show", path, 1, "--visual")):
        shown = tawsim(*arguments).stdout
        assert "\ufffd" in shown
        assert not {"\x1b", "\x9b"} & set(shown)
