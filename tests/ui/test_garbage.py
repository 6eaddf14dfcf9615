# SPDX-License-Identifier: MIT
"""Garbage is looked for in the window's thread only: a widget deleted in another takes the program with it."""

import gc
import threading
from collections.abc import Iterator
from typing import ClassVar

import pytest
from PySide6.QtCore import QObject, Qt

from annotator.ui import garbage
from annotator.ui.garbage import Collector


@pytest.fixture
def collector(qapp) -> Iterator[Collector]:
    parent = QObject()
    made = Collector(parent)
    yield made
    made.give_back()


class Knot:
    """Something that only a search for cycles finds, and that tells in which thread it went."""

    gone: ClassVar[list[int]] = []

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        Knot.gone.append(threading.get_ident())


def test_garbage_of_a_thread_goes_in_the_window_s_own(collector):
    Knot.gone.clear()
    kept = []

    def work() -> None:
        Knot()
        kept.extend([[] for _ in range(50_000)])  # far more than Python waits for

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert Knot.gone == []
    collector.look()
    assert Knot.gone == [threading.get_ident()]


def test_it_is_left_to_python_again(collector):
    assert not gc.isenabled()
    collector.give_back()
    assert gc.isenabled()


def test_what_stands_is_looked_at_once(collector):
    Knot.gone.clear()
    collector.look()
    Knot()
    garbage.put_aside()
    collector.look()
    assert Knot.gone == []
    garbage.take_back()  # as when the window is built anew
    collector.look()
    assert len(Knot.gone) == 1


def test_all_is_looked_at_when_nobody_is_at_the_window(collector):
    Knot.gone.clear()
    collector.look()
    collector._is_settled = True
    Knot()
    garbage.put_aside()
    collector._on_state_changed(Qt.ApplicationState.ApplicationInactive)
    assert len(Knot.gone) == 1
