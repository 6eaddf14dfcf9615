# SPDX-License-Identifier: MIT
"""Words looked for in all articles, and the project kept safe: backed up, protected with a password, opened again."""

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication

from annotator.extras import EXTRAS
from annotator.ops.articles import set_particulars
from annotator.ops.backups import backups_of
from annotator.ops.checking import check
from annotator.ops.projects import new_project_from
from annotator.project import SUFFIX
from annotator.ui.backups.dialogs import BackupsDialog
from annotator.ui.hits.opening import WORDS
from annotator.ui.hits.words import WordsPage
from annotator.ui.passwords.dialogs import PasswordDialog, SetPasswordDialog
from annotator.ui.tour.driving import ANALYST, expect
from annotator.ui.tour.pictures import Album
from annotator.ui.tour.teller import Teller

#: Typed in one spelling; the articles have another, too, and some with a proclitic.
_WORDS = "اردوغان"
_OUTLETS, _SINCE = ("الجزيرة نت", "بي بي سي عربي"), "2025-03-02"
_PASSWORD = "كلمة سر 1"  # noqa: S105 - it protects nothing but the tour's own project

Step = tuple[str, Callable[[], None]]


class Keeping(Teller):
    """Searches in a project of the sample articles and protects it; see `Driver`."""

    def __init__(
        self, app: QApplication, seeds: Path, folder: Path, album: Album, *, language: str, theme: str
    ) -> None:
        super().__init__(app, folder, album, language=language, theme=theme)
        self._seeds = seeds
        self.project_path = folder / f"keeping{SUFFIX}"

    def steps(self) -> Iterator[Step]:
        """Yield each step with its name."""
        yield "keeping", self.open
        yield "search", self.search
        yield "backups", self.backups
        if EXTRAS["sqlcipher"].installed:
            yield "password", self.password

    def open(self) -> None:
        """Open a project of the sample articles, of which it is known who published them and when."""
        with new_project_from(self.project_path, [self._seeds], annotator=ANALYST)[0] as project:
            for number, article in enumerate(project.articles()):
                outlet = _OUTLETS[number % len(_OUTLETS)]
                set_particulars(project, [article.id], outlet=outlet, date=f"2025-03-0{number + 1}")
        self._settings.set("annotator_name", ANALYST)
        self._show_window()
        self._drop()

    def search(self) -> None:
        """Look for a name in all articles, and go to a place where it stands."""
        self._press_key_of("search")
        page = self._built(WORDS, WordsPage)
        self._hand.write(page.words, _WORDS)
        self._hand.press("Return", page.words)
        self._hand.wait_until(lambda: not page.search.is_running and page.model.count > 0, "the words are found")
        everything = page.model.count
        self._hand.write(page.published.since, _SINCE)
        self._hand.press("Return", page.published.since)
        self._hand.wait_until(
            lambda: not page.search.is_running and 0 < page.model.count < everything, "fewer are found of a time"
        )
        self._hand.press("Down", page.words)
        self._hand.press("Return", page.view)
        self._picture("search")
        expect(self._view.snapped_selection() is not None, "the place in the article is selected")
        self._hand.press("Escape", page.view)

    def backups(self) -> None:
        """Tag a word, which makes the day's backup, and look at the list of backups."""
        self._take_by_key("تركيا")
        self._press("1")
        self._hand.wait_until(lambda: bool(backups_of(self.project_path)), "the day's backup is made")
        shown: list[int] = []

        def look(dialog: BackupsDialog) -> None:
            shown.append(dialog.model.rowCount())
            self._picture("backups", dialog)
            self._hand.press("Escape", dialog)

        self._hand.answer(BackupsDialog, look, self._window.action("backups").trigger)
        expect(shown == [1], "one backup is made at the first change of a day")

    def password(self) -> None:
        """Protect the project with a password, close it, and open it by the password."""
        tags = self._project.span_count()

        def choose(dialog: SetPasswordDialog) -> None:
            for field in dialog.form.fields:
                self._hand.write(field, _PASSWORD)
            self._picture("new-password", dialog)
            self._hand.press("Return", dialog.form.fields[-1])

        self._hand.answer(SetPasswordDialog, choose, self._window.action("password").trigger)
        self._hand.wait_until(lambda: self._program_is_open and self._project.key is not None, "it is encrypted")
        self.finish()
        self._show_window()

        def give(dialog: PasswordDialog) -> None:
            self._hand.write(dialog.form.fields[0], _PASSWORD)
            self._picture("password", dialog)
            self._hand.press("Return", dialog.form.fields[0])

        self._hand.answer(PasswordDialog, give, self._drop)
        self._hand.wait_until(lambda: self._program_is_open, "the password opens it")
        expect(self._project.span_count() == tags, "the tags are there")
        expect(not check(self._project).problems, "the encrypted project is sound")

    def _drop(self) -> None:
        self._hand.drop(self._window, [str(self.project_path)])
        self._hand.wait_until(lambda: self._program_is_open, "the project is open")
        self._hand.wait_until(lambda: self._view.evidence is not None, "the words of the project are counted")
