# SPDX-License-Identifier: MIT
"""The article view alone, in a window with nothing else: an article with its tags shown, and one tag more."""

from functools import partial

from PySide6.QtWidgets import QMainWindow

from annotator.model.article import ArticleSummary
from annotator.project import Project
from annotator.ui.article.view import ArticleView
from benchmarks import materials, probe
from benchmarks.floors import window as bare


def main() -> None:
    """Show all articles, over and over."""
    task = probe.task()
    app = bare.application()
    window = QMainWindow()
    view = ArticleView()
    view.set_text_font("Noto Naskh Arabic", bare.POINT_SIZE)
    window.setCentralWidget(view)
    window.resize(bare.WIDTH, bare.HEIGHT)
    window.show()
    shown = []
    retagged = []
    with Project.open(task.folder / materials.WINDOW_PROJECT) as project:
        articles = project.articles()
        for number in range(task.count):
            article = articles[number % len(articles)]
            shown.append(probe.timed(partial(_show, view, project, article)))
            app.processEvents()
            retagged.append(probe.timed(partial(_tag, view, project, article)))
            app.processEvents()
    probe.report({"shown": shown, "retagged": retagged})


def _show(view: ArticleView, project: Project, article: ArticleSummary) -> None:
    view.show_article(article.id, project.text(article.id), project.spans(article.id), project.scheme)
    view.viewport().repaint()


def _tag(view: ArticleView, project: Project, article: ArticleSummary) -> None:
    """Take the first tag away, and paint what changed."""
    view.set_spans(project.spans(article.id)[1:])
    view.viewport().repaint(view.viewport().rect())


if __name__ == "__main__":
    main()
