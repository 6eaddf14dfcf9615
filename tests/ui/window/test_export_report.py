# SPDX-License-Identifier: MIT
"""What the window says of an export that could not carry everything."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from annotator.exporters import Example, ExportReport, Loss, Reason
from annotator.i18n import use_language
from annotator.ui.dialogs.export_report import ExportReportDialog, summary

RELATIONS = (
    Example("مقال", "AGENT", "بلقاء", 11, 16, "غانتس"),
    Example("مقال", "HOLDER", "رحّب", 0, 4, ""),
)
REPORT = ExportReport(
    format="conll",
    path=Path("out") / "x.conll",
    articles=1,
    tags_in=2,
    tags_out=2,
    losses=(
        Loss(Reason.LINK, 1, (Example("مقال", "ACTOR", "غانتس", 5, 10),)),
        Loss(Reason.RELATION, 12, RELATIONS),
        Loss(Reason.DOCUMENT_TAG, 1, (Example("مقال", "doc_stance", ""),)),
        Loss(Reason.ACTOR, 2, (Example("", "", "بيني غانتس"),)),
    ),
    text_sha256={},
    version="0",
    verified_by="tawsim",
    relations_in=12,
    relations_out=0,
    document_tags_in=1,
    document_tags_out=0,
)


def _cells(dialog: ExportReportDialog) -> list[list[str]]:
    model = dialog.model
    rows = range(model.rowCount())
    plain = str.maketrans("", "", "\u2068\u2069\u200f")
    return [[model.index(row, column).data().translate(plain) for column in range(3)] for row in rows]


@pytest.fixture
def dialog(qtbot) -> ExportReportDialog:
    parent = QWidget()
    qtbot.addWidget(parent)
    return ExportReportDialog(parent, REPORT)


def test_each_loss_says_of_what_it_is(dialog):
    assert _cells(dialog) == [
        ["1 tag", "exported without its link to an actor or event", "غانتس"],
        [
            "12 relations",
            "left out: the format has no relations",
            "بلقاء → غانتس, رحّب → The article's author or outlet",
        ],
        ["1 document tag", "left out: the format has no document labels", "مقال"],
        ["2 actors", "left out: the format has no list of actors", "بيني غانتس"],
    ]


def test_relations_and_document_tags_are_counted():
    lines = summary(REPORT)
    assert "Relations in the project: 12. Relations in the file: 0." in lines
    assert "Document tags in the project: 1. Document tags in the file: 0." in lines
    assert "Every tag is in the file; the table says what is missing or changed." in lines


def test_in_arabic_examples_run_right_to_left(qtbot):
    use_language("ar")
    parent = QWidget()
    qtbot.addWidget(parent)
    rows = _cells(ExportReportDialog(parent, REPORT))
    assert rows[1][0] == "12 علاقة"
    assert rows[1][2].startswith("بلقاء ← غانتس، رحّب ← ")
    assert ExportReportDialog(parent, REPORT).model.index(0, 2).data().lstrip("\u2068").startswith("\u200f")
