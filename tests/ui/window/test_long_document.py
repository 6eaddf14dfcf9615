# SPDX-License-Identifier: MIT
"""In a document of a million characters with thousands of tags, a key costs what it does in a short article."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from annotator.model.changes import Op
from annotator.model.ids import ArticleId, LabelId, SpanId, new_id
from annotator.model.span import Origin, Span
from annotator.model.spans import Spans
from annotator.ops.importing import import_files
from annotator.ops.projects import new_project
from annotator.project import Project
from annotator.ui.panels.tag_model import TagListModel

from .conftest import Hand

PARAGRAPH = "قال الوزير إن الزيارة إلى أنقرة كانت مثمرة وإن الطرفين اتفقا على أمور كثيرة في الأيام الأخيرة. " * 4
#: A short article, and a long one, in paragraphs.
COUNTS = (20, 2_600)
#: What one key may have looked at of thousands of tags, and what it may ask of the file.
TAGS, STATEMENTS = 80, 25


@pytest.fixture
def project_path(tmp_path: Path) -> Path:
    path = tmp_path / "long.tawsim"
    with new_project(path, annotator="Layla") as project:
        for number, count in enumerate(COUNTS):
            (tmp_path / f"{number}.txt").write_text("\n".join([f"{number} {PARAGRAPH}"] * count), encoding="utf-8")
        import_files(project, [tmp_path / f"{number}.txt" for number in range(len(COUNTS))])
        for article, count in zip(project.articles(), COUNTS, strict=True):
            with project.transact(Op.ADD_TAG, {"quote": "", "label": "ACTOR"}) as act:
                act.insert(_spans(project.text(article.id), article.id, project.annotator.id, count))
    return path


def _spans(text: str, article_id: ArticleId, annotator_id, count: int) -> list[Span]:  # type: ignore[no-untyped-def]
    length = (len(text) + 1) // count
    places = [
        (number * length + start, number * length + end)
        for number in range(count)
        for start, end in ((6, 12), (50, 60))
    ]
    return [
        Span(
            id=SpanId(new_id()),
            article_id=article_id,
            label_id=LabelId("ACTOR"),
            start=start,
            end=end,
            quote=text[start:end],
            note="",
            origin=Origin.MANUAL,
            annotator_id=annotator_id,
            created_at="2026-01-01T00:00:00.000Z",
        )
        for start, end in places
    ]


def test_the_text_is_painted_before_the_rest_is_read_or_told(
    hand: Hand, project_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand.open(project_path)
    qapp.processEvents()
    heard: list[str] = []
    read, refreshed = Spans.read, TagListModel.refresh
    monkeypatch.setattr(Spans, "read", lambda spans: heard.append("read") or read(spans))
    monkeypatch.setattr(TagListModel, "refresh", lambda model: heard.append("panels") or refreshed(model))
    watch = Paints(hand.view.viewport(), heard)
    hand.window.desk.articles.open_row(1)
    # Of 5,200 tags some 100 are read before the first paint; the panels hear of the article after that.
    assert heard[:3] == ["painted", "read", "panels"]
    watch.end()
    assert list(hand.session.spans()) == hand.session.project.spans(hand.session.article_id)


class Paints(QObject):
    """Notes when a widget is painted."""

    def __init__(self, watched: QWidget, heard: list[str]) -> None:
        super().__init__(watched)
        self._watched, self._heard = watched, heard
        watched.installEventFilter(self)

    def end(self) -> None:
        self._watched.removeEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.Paint:
            self._heard.append("painted")
        return False


def test_a_tag_has_only_what_changed_read_and_painted(
    hand: Hand, project_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand.open(project_path)
    hand.view.setFocus()
    hand.view.select(*hand.find("الزيارة"))
    for _ in range(20):
        qapp.processEvents()
    read: list[int] = []
    summaries = Project.article_summaries
    monkeypatch.setattr(
        Project, "article_summaries", lambda project, ids: read.append(len(ids)) or summaries(project, ids)
    )
    heard: list[str] = []
    watch = Paints(hand.window.desk.pane.done_button, heard)
    hand.press(Qt.Key.Key_1)
    qapp.processEvents()
    assert hand.session.tag_id is not None
    assert read == [1]
    assert heard == []
    watch.end()


def test_a_tag_costs_no_more_in_a_long_document(
    hand: Hand, project_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand.open(project_path)
    qapp.processEvents()
    looks = 0
    real = Spans.__getitem__

    def counted(spans: Spans, index):  # type: ignore[no-untyped-def]
        nonlocal looks
        looks += 1
        return real(spans, index)

    taken: list[tuple[int, int]] = []
    for row, count in enumerate(COUNTS):
        hand.window.desk.articles.open_row(row)
        hand.view.setFocus()
        middle = len(hand.text) // count * (count // 2)
        start, end = hand.find("الزيارة", middle)
        hand.view.select(start, end)
        hand.view.scroll_to(start, end)
        qapp.processEvents()
        statements: list[str] = []
        with hand.session.project._database.read() as connection:
            connection.set_trace_callback(statements.append)
            monkeypatch.setattr(Spans, "__getitem__", counted)
            looks = 0
            hand.press(Qt.Key.Key_1)
            qapp.processEvents()
            monkeypatch.undo()
            connection.set_trace_callback(None)
        assert hand.session.tag_id is not None
        taken.append((looks, len(statements)))
    short, long = taken
    assert long[0] <= TAGS, taken
    assert long[1] <= STATEMENTS, taken
    # The tags that are seen around it may be some more or fewer.
    assert long[0] <= short[0] + 20, taken
    assert long[1] <= short[1], taken
