# SPDX-License-Identifier: MIT
"""Whose turn it is to write, among the connections that one program has to one file: an act goes before an index.

SQLite's own lock tells only that somebody writes, and not that it is a thread of one's own, to be waited for.
"""

import contextlib
import threading
from collections.abc import Callable, Iterator

#: So long an act waits for an index: for a machine that is very busy, as what it waits for takes some milliseconds.
_MOST_S = 10.0


class Turns:
    """Lets acts go before what nobody waits for."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._acts = 0
        self._is_taken = False

    @contextlib.contextmanager
    def for_act(self) -> Iterator[None]:
        """Begin an act in the block: no index is being written then."""
        with self._changed:
            self._acts += 1
            self._wait_until(lambda: not self._is_taken)
        try:
            yield
        finally:
            with self._changed:
                self._acts -= 1
                self._changed.notify_all()

    @contextlib.contextmanager
    def for_index(self) -> Iterator[None]:
        """Write some of an index in the block, once no act is about to begin."""
        with self._changed:
            self._wait_until(lambda: not self._is_taken and not self._acts)
            self._is_taken = True
        try:
            yield
        finally:
            with self._changed:
                self._is_taken = False
                self._changed.notify_all()

    def _wait_until(self, is_free: Callable[[], bool]) -> None:
        if not is_free():
            self._changed.wait_for(is_free, _MOST_S)
