# SPDX-License-Identifier: MIT
"""What the tour imports beside its articles: a table, and annotations as other programs write them."""

import json

from annotator.model.ids import ArticleId
from annotator.ui.dialogs.import_report import ImportReportDialog
from annotator.ui.importing.annotation_report import AnnotationReportDialog
from annotator.ui.importing.columns import ColumnsDialog
from annotator.ui.importing.survey_dialog import SurveyDialog
from annotator.ui.importing.what import WhatDialog
from annotator.ui.tour.driving import Driver, expect

_BODY = "قالت وزارة الخارجية إن الوفد سيصل إلى العاصمة يوم الثلاثاء، وإن المحادثات ستتناول ملف الحدود والمياه."
_ROWS = 4


class Taker(Driver):
    """Imports files that it writes itself, and undoes it."""

    def import_table(self) -> None:
        """Drop a table, look at what its columns are taken for, and import it."""
        path = self._folder / "news.csv"
        rows = "".join(f"{n},خبر {n} عن الوفد,{_BODY} ({n}),الأخبار,2024-05-0{n}\n" for n in range(1, _ROWS))
        path.write_text(f"رقم,العنوان,النص,الناشر,التاريخ\n{rows}{_ROWS},,,,\n", encoding="utf-8")
        before, article_id = self._project.article_count(), self._article_id

        def agree(dialog: ColumnsDialog) -> None:
            expect(dialog.columns().text == "النص", "the column of the text is guessed")
            self._picture("import-table", dialog)
            self._hand.press("Return", dialog.ok)

        def read(dialog: ImportReportDialog) -> None:
            self._picture("import-report", dialog)
            self._hand.press("Escape", dialog)

        hand = self._hand
        drop = str(path)
        hand.answer(ImportReportDialog, read, lambda: hand.answer(ColumnsDialog, agree, lambda: self._drop(drop)))
        expect(self._project.article_count() == before + _ROWS - 1, "each row with a text is an article")
        self._undo(before, article_id)

    def import_annotations(self) -> None:
        """Drop a file of annotations, say what it is, look at what its labels become, and import it."""
        path = self._folder / "others.jsonl"
        word = _BODY.split()[1]
        spot = _BODY.index(word)
        label = [[0, 4, "EVENT"], [spot, spot + len(word), "ORG"], [spot, len(_BODY) // 2, "خبر"]]
        path.write_text(json.dumps({"text": _BODY, "label": label}, ensure_ascii=False) + "\n", encoding="utf-8")
        before, article_id = self._project.article_count(), self._article_id

        def say(dialog: WhatDialog) -> None:
            self._picture("articles-or-annotations", dialog)
            self._hand.press("Return", dialog)

        def agree(dialog: SurveyDialog) -> None:
            self._picture("import-annotations", dialog)
            self._hand.click(dialog.ok)

        def read(dialog: AnnotationReportDialog) -> None:
            self._picture("annotation-report", dialog)
            self._hand.press("Escape", dialog)

        hand = self._hand
        drop = str(path)
        hand.answer(
            AnnotationReportDialog,
            read,
            lambda: hand.answer(SurveyDialog, agree, lambda: hand.answer(WhatDialog, say, lambda: self._drop(drop))),
        )
        expect(self._project.article_count() == before + 1, "the annotated text is an article")
        self._undo(before, article_id)

    def _drop(self, path: str) -> None:
        self._hand.drop(self._window, [path])

    def _undo(self, before: int, article_id: ArticleId) -> None:
        self._hand.wait_until(lambda: not self._window.jobs.busy, "the import has ended")
        self._hand.press_key_of(self._window.action("undo"))
        self._hand.wait_until(lambda: not self._window.jobs.busy, "it is undone")
        expect(self._project.article_count() == before, "undo takes out what was imported")
        self._window.session.select_article(article_id)
