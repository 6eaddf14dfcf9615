# SPDX-License-Identifier: MIT
"""The report on a split export: what each part holds, the proof, the notes; and where the files are."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from annotator.exporters import ExportOptions
from annotator.exporters.splitting import SplitBy, Splits
from annotator.ops import tags
from annotator.ops.articles import set_particulars
from annotator.ops.exporting import export
from annotator.ui.dialogs.export_report import ExportReportDialog
from annotator.ui.exporting.material import Wish


def plain(text):
    return text.translate(str.maketrans("", "", "\u2068\u2069\u200f"))


@pytest.fixture
def options(seeds):
    """Splits by outlet, of which there are two; one label is in a single article."""
    ids = [summary.id for summary in seeds.session.project.articles()]
    for number, article in enumerate(ids):
        seeds.session.run(tags.add_tag, article, 0, 3, "EVENT" if number == 0 else "ACTOR")
        seeds.session.run(set_particulars, [article], outlet="a" if number < 2 else "b")
    return ExportOptions(splits=Splits(by=(SplitBy.DOCUMENT, SplitBy.OUTLET), shares=(600, 400, 0), stratified=False))


@pytest.fixture
def dialog(seeds, tmp_path, options):
    project = seeds.session.project
    result = ExportReportDialog(seeds.window, export(project, "conll", tmp_path / "out", options), project.scheme)
    seeds.qtbot.addWidget(result)
    result.show()
    return result


def press(dialog, text):
    button = next(one for one in dialog.buttons.buttons() if one.text() == text)
    assert isinstance(button, QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_each_part_is_counted_and_the_proof_is_told(dialog):
    rows = {row[0]: row[1:] for row in dialog.counts.rows}
    assert rows["Articles"] == ("3", "2", "0", "5")
    assert rows["Groups of articles"] == ("1", "1", "0", "2")
    assert rows["Event"] == ("0", "1", "0", "1")
    lines = plain(dialog.proof.text()).split("\n")
    assert lines[0] == "No group of articles is in two splits: 2 keys were looked up."
    assert "Training has no tag of Event. Groups that have any: 1." in lines


def test_all_of_it_can_be_copied(dialog):
    press(dialog, "Copy the report")
    copied = plain(QGuiApplication.clipboard().text())
    assert "5 articles exported." in copied
    assert "No group of articles is in two splits" in copied
    assert "Actor\t3\t1\t0\t4" in copied


def test_the_files_can_be_opened(dialog, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    press(dialog, "Open the folder")
    press(dialog, "Open the report file")
    assert opened == [str(tmp_path / "out"), str(tmp_path / "out" / "export_report.json")]
    assert (
        "conll" in json.loads((tmp_path / "out" / "export_report.json").read_text("utf-8"))["exports"]["out"].values()
    )


def test_it_fits_a_small_window(seeds, dialog):
    seeds.window.resize(860, 480)
    small = ExportReportDialog(seeds.window, dialog._report, seeds.session.project.scheme)
    seeds.qtbot.addWidget(small)
    small.show()
    assert small.height() <= 480
    assert small.width() <= 860


def test_a_split_export_is_reported(seeds, tmp_path, dialogs, options):
    dialogs.answers["ExportDialog"] = Wish("conll", tmp_path / "parts", options)
    seeds.window.action("export").trigger()
    seeds.wait_for_jobs()
    assert sorted(path.name for path in (tmp_path / "parts").iterdir()) == [
        "dev.conll",
        "export_report.json",
        "train.conll",
    ]
    assert dialogs.names() == ["ExportDialog", "ExportReportDialog"]
    material = dialogs.asked[0][1][1]
    assert material.selected == (seeds.session.article_id,)
    assert dialogs.asked[-1][1][2] == seeds.session.project.scheme
