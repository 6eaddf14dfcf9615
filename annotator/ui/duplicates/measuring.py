# SPDX-License-Identifier: MIT
"""Measures in a thread how like each other the articles of a group are."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from annotator.model.ids import ArticleId
from annotator.ops.duplicates import likenesses
from annotator.project import Project
from annotator.ui.background import Background, Watch
from annotator.ui.session import Session


class Measuring(QObject):
    """Measures one group at a time.

    Signals:
        measured: how like another each article is, from 0 to 1, by its id.
    """

    measured = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._work = Background(session, self)  # where an article is gone since, nothing is told
        self._work.done.connect(self.measured)

    def start(self, article_ids: Sequence[ArticleId]) -> None:
        """Measure other articles."""
        self.stop()
        if article_ids and self._session.is_open:
            self._work.start(partial(_measured, article_ids))

    def stop(self) -> None:
        """Stop; nothing more is told."""
        self._work.cancel()


def _measured(article_ids: Sequence[ArticleId], project: Project, watch: Watch) -> dict[ArticleId, float]:
    return dict(zip(article_ids, likenesses(project, article_ids, watch.goes_on), strict=True))
