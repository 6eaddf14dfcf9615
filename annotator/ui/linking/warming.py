# SPDX-License-Identifier: MIT
"""Works out, while nothing else is to be done, under what names are found and which are alike.

For thousands of actors that takes seconds, and a key stroke must not wait for it. First of all it loads what the first
tag is written and shown with, and the first list of tags.
"""

from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from annotator.late import late
from annotator.model.changes import Changes
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.ui.linking.candidates import blocks_of
    from annotator.ui.ranking import keys_of
else:
    keys_of = late("annotator.ui.ranking", "keys_of")
    blocks_of = late("annotator.ui.linking.candidates", "blocks_of")

#: What stands on others comes after them: each is loaded in a moment.
_LOADED = (
    *("decimal", "uuid", "msgspec", "regex"),
    *(f"annotator.ui.fields.{name}" for name in ("buttons", "check_list", "lines", "choice_list", "search_choice")),
    *(f"annotator.ui.fields.{name}" for name in ("yes_no", "making", "field_row")),
    *(f"annotator.ui.hits.{name}" for name in ("model", "view", "page", "acts", "tags")),
    "annotator.ui.dialogs.progress",
)

_EVERY_MS, _SECONDS = 20, 0.006
#: So many times it waits for the registry to be read before it reads it itself.
_PATIENCE = 100
#: After the first paint of a project.
_DELAY_MS = 200


class Warming(QObject):
    """Goes through the actors and events of the open project, a little at a time, whenever they change."""

    def __init__(self, session: Session, parent: QObject, prepare: Callable[[], object] = lambda: None) -> None:
        """Take what makes, once all is loaded, what of the window the first tag is shown with."""
        super().__init__(parent)
        self._session, self._prepare = session, prepare
        self._work: Iterator[Callable[[], object]] = iter(())
        self._patience = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)
        session.project_opened.connect(self.restart)
        session.project_closing.connect(self._timer.stop)
        session.changes_committed.connect(self._on_changes_committed)

    @property
    def is_done(self) -> bool:
        """Whether all is worked out."""
        return not self._timer.isActive()

    def restart(self) -> None:
        """Begin anew; what is known already takes no time."""
        self._work, self._patience = self._steps(), _PATIENCE
        self._timer.start(_DELAY_MS)

    def _steps(self) -> Iterator[Callable[[], object]]:
        for module in _LOADED:
            yield partial(import_module, module)
        yield self._prepare
        project = self._session.project
        for actor in list(project.actors.values()):
            names = actor.names
            yield partial(keys_of, *names)
            yield partial(blocks_of, *names)
        for event in list(project.events.values()):
            yield partial(keys_of, event.title)

    def _go_on(self) -> None:
        self._timer.setInterval(_EVERY_MS)
        if not self._session.project.knows_registry and self._patience:
            self._patience -= 1  # it is being read in a thread
            return
        until = perf_counter() + _SECONDS
        for step in self._work:
            step()
            if perf_counter() > until:
                return
        self._timer.stop()

    def _on_changes_committed(self, changes: Changes, _initiator: object) -> None:
        if changes.registry_changed:
            self.restart()
