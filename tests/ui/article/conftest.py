# SPDX-License-Identifier: MIT
"""A view of the article, in both directions of the interface, and spans to put on it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator import i18n
from annotator.model.ids import AnnotatorId, ArticleId, LabelId, SpanId
from annotator.model.scheme import Scheme
from annotator.model.scheme_file import parse_scheme
from annotator.model.span import Origin, Span
from annotator.paths import resources
from annotator.ui.article.view import ArticleView


@pytest.fixture(scope="session")
def scheme() -> Scheme:
    path = resources() / "schemes" / "default.json"
    return parse_scheme(Path(path).read_text(encoding="utf-8"), where=path.name)


@pytest.fixture(params=["ar", "en"])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    before = qapp.layoutDirection()
    i18n.use_language(request.param)
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft if request.param == "ar" else Qt.LayoutDirection.LeftToRight)
    yield request.param
    qapp.setLayoutDirection(before)


@pytest.fixture
def view(qtbot: QtBot) -> ArticleView:
    view = ArticleView()
    qtbot.addWidget(view)
    view.resize(900, 500)
    with qtbot.waitExposed(view):
        view.show()
    return view


class Article:
    """A text and its spans, made piece by piece."""

    def __init__(self, view: ArticleView, scheme: Scheme, text: str) -> None:
        self.view, self.scheme, self.text = view, scheme, text
        self.spans: list[Span] = []

    def tag(self, start: int, end: int, label: str = "ACTOR") -> Span:
        span = Span(
            id=SpanId(f"{len(self.spans):032x}"),
            article_id=ArticleId("article"),
            label_id=LabelId(label),
            start=start,
            end=end,
            quote=self.text[start:end],
            note="",
            origin=Origin.MANUAL,
            annotator_id=AnnotatorId("annotator"),
            created_at="2026-01-01T00:00:00Z",
        )
        self.spans.append(span)
        return span

    def tag_text(self, piece: str, label: str = "ACTOR", *, after: int = 0) -> Span:
        start = self.text.index(piece, after)
        return self.tag(start, start + len(piece), label)

    def relabel(self, index: int, label: str) -> None:
        self.spans[index] = replace(self.spans[index], label_id=LabelId(label))

    def show(self) -> "Article":
        self.view.show_article("article", self.text, self.spans, self.scheme)
        self.view.viewport().repaint()
        return self


@pytest.fixture
def article(view: ArticleView, scheme: Scheme) -> Callable[[str], Article]:
    return lambda text: Article(view, scheme, text).show()
