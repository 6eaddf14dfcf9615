# SPDX-License-Identifier: MIT
"""No error of an override in Python goes through Qt: it is told where it is, and Qt gets a value that it can take."""

import importlib
import pkgutil
import sys
from collections.abc import Iterator
from types import TracebackType
from typing import Any

import pytest
from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

import annotator.ui
from annotator.ui.border import is_guarded, overrides


def _classes(of: type) -> Iterator[type]:
    for kind in of.__subclasses__():
        yield kind
        yield from _classes(kind)


def test_all_overrides_of_the_window_are_guarded() -> None:
    for module in pkgutil.walk_packages(annotator.ui.__path__, "annotator.ui."):
        importlib.import_module(module.name)
    ours = {kind for kind in _classes(Shiboken.Object) if kind.__module__.startswith("annotator.")}
    methods = [method for kind in ours for method in overrides(kind).values()]
    assert len(methods) > 200
    assert [method.__qualname__ for method in methods if not is_guarded(method)] == []


class _Rows(QAbstractListModel):
    def rowCount(self, parent: Any = None) -> int:  # noqa: N802
        raise LookupError

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        raise LookupError

    def flags(self, index: Any) -> Qt.ItemFlag:
        raise LookupError


class _Painted(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        # Qt within Python within Qt within Python.
        assert QModelIndex(_Rows(self).createIndex(0, 0)).data() is None
        raise LookupError

    def sizeHint(self) -> QSize:  # noqa: N802
        raise LookupError


class _Around(QWidget):
    def event(self, event: QEvent) -> bool:
        return super().event(event)


@pytest.fixture
def caught(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return in which functions errors were raised that nobody caught."""
    where: list[str] = []

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        assert kind is LookupError
        while trace and trace.tb_next:
            trace = trace.tb_next
        assert trace
        where.append(trace.tb_frame.f_code.co_name)

    monkeypatch.setattr(sys, "excepthook", hook)
    return where


def test_each_error_is_told_at_once_however_deep_it_is(qtbot: QtBot, caught: list[str]) -> None:
    around = _Around()
    qtbot.addWidget(around)
    _Painted(around)
    around.grab()
    assert caught == ["data", "paintEvent"]


def test_qt_gets_what_it_can_take(qtbot: QtBot, caught: list[str]) -> None:
    rows, widget = _Rows(), _Painted()
    qtbot.addWidget(widget)
    assert rows.rowCount() == 0
    assert rows.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags
    widget.adjustSize()
    assert caught == ["rowCount", "flags", "sizeHint"]
