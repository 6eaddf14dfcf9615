# SPDX-License-Identifier: MIT
"""What every round of the tour shares: a program of its own, the hand that drives it, and what it proves by."""

from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog

from annotator.model.ids import ArticleId
from annotator.project import Project
from annotator.settings import Settings
from annotator.ui.app import Program, build, take_down
from annotator.ui.article.view import ArticleView
from annotator.ui.main_window import MainWindow
from annotator.ui.start_page import StartPage
from annotator.ui.tour.hand import Hand, TourError
from annotator.ui.tour.pictures import Album

ANALYST = "ليلى حداد"

_SIZE = (1280, 800)


class Driver:
    """Drives one program with settings of its own.

    Args:
        app: the application, already made.
        folder: where settings and projects go.
        album: where pictures go.
        language: of the interface, `ar` or `en`.
        theme: `light` or `dark`.
    """

    def __init__(self, app: QApplication, folder: Path, album: Album, *, language: str, theme: str) -> None:
        self._app, self._folder, self._album = app, folder, album
        self._hand = Hand(app)
        self._settings = Settings(folder / "settings.json")
        self._settings.set("language", language)
        self._settings.set("theme", theme)
        self._settings.set("last_folder", str(folder))
        self._program: Program | None = None

    def finish(self) -> None:
        """Close what is open."""
        if self._program is not None:
            program, self._program = self._program, None
            program.window.close()
            program.session.close()
            take_down(program)
            self._hand.settle()

    @property
    def _window_program(self) -> Program:
        if self._program is None:
            raise TourError("the window is closed")
        return self._program

    @property
    def _window(self) -> MainWindow:
        return self._window_program.window

    @property
    def _start_page(self) -> StartPage:
        page = self._window.start_page
        if page is None:
            raise TourError("the start page is not shown")
        return page

    @property
    def _view(self) -> ArticleView:
        return self._window.desk.pane.view

    @property
    def _project(self) -> Project:
        return self._window.session.project

    @property
    def _program_is_open(self) -> bool:
        return self._window.session.is_open

    @property
    def _article_id(self) -> ArticleId:
        article_id = self._window.session.article_id
        if article_id is None:
            raise TourError("no article is shown")
        return article_id

    @property
    def _text(self) -> str:
        return self._project.text(self._article_id)

    def _show_window(self) -> None:
        self._program = build(self._app, self._settings)
        self._window.resize(*_SIZE)
        self._window.show()
        self._window.activateWindow()
        self._hand.settle()

    def _picture(self, name: str, dialog: QDialog | None = None) -> None:
        self._hand.settle()
        self._album.take(name, self._window, dialog)


def expect(holds: bool, what: str) -> None:  # noqa: FBT001 - reads as a sentence
    """Have the tour end here unless something holds.

    Raises:
        TourError: it does not.
    """
    if not holds:
        raise TourError(f"it does not hold that {what}")
