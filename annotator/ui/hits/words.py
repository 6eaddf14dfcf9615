# SPDX-License-Identifier: MIT
"""The page on which words are found in all articles, each place amid its words, as far as one scrolls."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox

from annotator.i18n import tr, trn
from annotator.model.article import WHENEVER, Published
from annotator.model.changes import Changes
from annotator.ops.evidence import known_names
from annotator.ops.occurrences import GoesOn, Hit
from annotator.ops.search import search
from annotator.project import Project
from annotator.text.proclitics import Evidence
from annotator.text.searching import Query
from annotator.ui.background import Background
from annotator.ui.fields.base import outline_boxes
from annotator.ui.hits.model import Item
from annotator.ui.hits.page import HitPage
from annotator.ui.hits.published import PublishedFields
from annotator.ui.widgets import LineEdit, label, row
from annotator.ui.wording import shortened

if TYPE_CHECKING:
    from annotator.model.ids import ArticleId
    from annotator.ui.main_window import MainWindow

#: The least width for all fields in one line.
_ONE_LINE = 720
#: More places than anybody looks through.
_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for, as it was typed."""

    typed: str = ""
    exact: bool = False
    published: Published = WHENEVER


class WordsPage(HitPage):
    """Looks for words in all articles, and lists where they stand; the places can be handed on to be tagged."""

    def __init__(self, window: "MainWindow", search: Background) -> None:
        self._wanted = Wanted()
        self._articles: set[ArticleId] = set()
        hint = tr("Words, or “words in a row”")
        self.words = LineEdit(hint, tr("Words to find in all articles"))
        self.exact = QCheckBox(tr("Exact spelling"))
        self.note = label(role="muted", wrap=True)
        self.note.setContentsMargins(9, 4, 9, 4)
        self.note.setVisible(False)
        super().__init__(window, search, ticked=None)
        outline_boxes(self.exact, self._theme)
        self.published = PublishedFields(self._session, self)
        self.exact.setToolTip(tr("Only as it is typed: no other spelling, and nothing written on to the word"))
        self.words.setClearButtonEnabled(True)
        self.words.setMinimumWidth(60)
        self._lines = row(row(self.words, self.exact, gap=6), row(*self.published.widgets, gap=6), gap=6)
        self._fill(self._lines, self.note)
        self.view.setAccessibleName(tr("Places of the words"))
        self.words.returnPressed.connect(self._on_return)
        for field in (self.words, self.published.since, self.published.until):
            field.returnPressed.connect(self.view.setFocus)
        self.words.installEventFilter(self)
        self.exact.clicked.connect(self._on_exact_clicked)
        self.published.changed.connect(self._on_published_changed)
        self.published.refused.connect(self._window.tell_error)

    def look_for(self, typed: str) -> None:
        """Look for words from now on."""
        self.open(replace(self._wanted, typed=typed.strip()))

    def open(self, wanted: Wanted) -> None:
        """Look for this from now on."""
        self._wanted = wanted
        self.words.setText(wanted.typed)
        self.exact.setChecked(wanted.exact)
        self.published.show(wanted.published)
        self._start(again=False)
        self._window.desk.drawer.set_title(self.title())

    @property
    def wanted(self) -> Wanted:
        """What is looked for."""
        return self._wanted

    # For the drawer

    def title(self) -> str:
        """Return what stands in the head of the drawer."""
        typed = self._wanted.typed
        return tr("Search: {words}", words=shortened(typed)) if typed else tr("Search all articles")

    def showing(self) -> Wanted | None:
        """Return what is looked for."""
        return self._wanted

    def return_to(self, showing: object) -> None:
        """Look for the same as another page has."""
        if isinstance(showing, Wanted):
            self.open(showing)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Put the fields in two lines where there is no room for them in one."""
        super().resizeEvent(event)
        wide = event.size().width() >= _ONE_LINE
        self._lines.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Have the arrow down lead from the field into the list."""
        is_key = watched is self.words and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if is_key and event.key() == Qt.Key.Key_Down:  # type: ignore[attr-defined]  # a key event
            self.view.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().eventFilter(watched, event)

    # For the list

    def look_again(self) -> None:
        """Do the search again."""
        self._start(again=True)

    def nothing_found(self) -> str:
        """Return what is said where nothing is listed."""
        if not self._wanted.typed:
            return tr("Type words and press Enter. They are found in every usual spelling, with what is written on.")
        if self._wanted.published != WHENEVER:
            return tr("No article of this outlet and time has this.")
        return tr("No article has this.")

    def act(self) -> None:
        """Hand what is looked for on to the page on which places are ticked and tagged."""
        names = tuple(term.typed for term in Query.of(self._wanted.typed).terms)
        if names:
            self._window.hits.tag_names(names)

    def _start(self, *, again: bool) -> None:
        self._articles.clear()
        evidence = self._window.evidence.evidence
        if evidence is None:  # it is still being counted; the lists and the names that are known tell most
            evidence = Evidence(names=known_names(self._session.project))
        query = Query.of(self._wanted.typed, exact=self._wanted.exact)
        self._begin(partial(_search, query, evidence, self._wanted.published), again=again)

    def _heed(self, changes: Changes) -> None:
        """Tags are not shown here, and texts never change."""

    def _color_of(self, _item: Item) -> str:
        return self._theme.accent

    def _show_summary(self) -> None:
        count, articles = self.model.count, len(self._articles)
        places = trn("{n} place", "{n} places", count)
        self.note.setVisible(count >= _MOST)
        if count >= _MOST:
            self.note.setText(
                trn(
                    "Only the first {n} place is listed. Add a word, or choose an outlet or a time, to find fewer.",
                    "Only the first {n} places are listed. Add a word, or choose an outlet or a time, to find fewer.",
                    count,
                )
            )
            places = trn("the first {n} place", "the first {n} places", count)
        self.summary.setText(trn("{places} in {n} article", "{places} in {n} articles", articles, places=places))

    def _show_acts(self) -> None:
        self.act_button.setText(tr("Tag these…"))
        self.act_button.setToolTip(tr("{action} ({keys})", action=tr("Tick the places and tag them"), keys="T"))
        self.act_button.setEnabled(self.model.count > 0 and self._is_writable)

    def _on_found(self, items: list[Item]) -> None:
        self._articles.update(item.article_id for item in items)
        super()._on_found(items)

    def _on_return(self) -> None:
        self.look_for(self.words.text())

    def _on_exact_clicked(self, checked: bool) -> None:  # noqa: FBT001 - a slot for clicked(bool)
        self._change(replace(self._wanted, exact=checked))

    def _on_published_changed(self) -> None:
        self._change(replace(self._wanted, published=self.published.published))

    def _change(self, wanted: Wanted) -> None:
        self._wanted = wanted
        if wanted.typed:
            self._start(again=False)


def _search(query: Query, evidence: Evidence, published: Published, project: Project, goes_on: GoesOn) -> Iterator[Hit]:
    return islice(search(project, query, evidence, published=published, goes_on=goes_on), _MOST)
