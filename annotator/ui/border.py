# SPDX-License-Identifier: MIT
"""The border between Qt and what is overridden of it in Python: no error crosses it.

Where Qt, called from Python, calls an override in Python that fails, PySide keeps the error until the first call
returns: in one place for all threads, and looks at it as at an exception of Python's even where it is none yet. That
loses errors, raises them in another thread, or ends the program.
"""

import functools
import sys
from collections.abc import Callable, Mapping
from types import FunctionType
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QRect, QSize, Qt

#: What an override that fails gives Qt, by its name; of all others None.
_INSTEAD: Mapping[str, Callable[[], object]] = {
    "canDropMimeData": bool,
    "canFetchMore": bool,
    "columnCount": int,
    "count": int,
    "dropMimeData": bool,
    "event": bool,
    "eventFilter": bool,
    "expandingDirections": lambda: Qt.Orientation(0),
    "flags": lambda: Qt.ItemFlag.NoItemFlags,
    "geometry": QRect,
    "hasHeightForWidth": bool,
    "heightForWidth": int,
    "index": QModelIndex,
    "mimeTypes": list,
    "minimumSize": QSize,
    "minimumSizeHint": QSize,
    "moveCursor": QModelIndex,
    "parent": QModelIndex,
    "rowCount": int,
    "setData": bool,
    "sizeHint": QSize,
    "supportedDropActions": lambda: Qt.DropAction.IgnoreAction,
}


def guard_overrides() -> None:
    """Have each class that is derived from Qt's from now on guarded."""
    QObject.__init_subclass__ = classmethod(_guard)  # type: ignore[assignment, arg-type]


def is_guarded(function: object) -> bool:
    """Return whether errors of an override stay on this side."""
    return getattr(function, "__guarded__", False)


def overrides(kind: type) -> dict[str, FunctionType]:
    """Return the methods of a class that Qt may call in the place of its own."""
    qt = [base for base in kind.__mro__ if base.__module__.startswith("PySide6.")]
    return {
        name: method
        for name, method in vars(kind).items()
        if isinstance(method, FunctionType) and not name.startswith("__") and any(name in vars(base) for base in qt)
    }


def _guard(kind: type, **options: Any) -> None:
    super(QObject, kind).__init_subclass__(**options)  # type: ignore[misc]
    for name, method in overrides(kind).items():
        setattr(kind, name, _guarded(method, _INSTEAD.get(name, lambda: None)))


def _guarded(method: FunctionType, instead: Callable[[], object]) -> Callable[..., object]:
    @functools.wraps(method)
    def guarded(*arguments: Any, **options: Any) -> object:
        try:
            return method(*arguments, **options)
        except BaseException:  # noqa: BLE001 - the border: whoever takes what nobody caught is told right here
            sys.excepthook(*sys.exc_info())
            return instead()

    guarded.__guarded__ = True  # type: ignore[attr-defined]
    return guarded
