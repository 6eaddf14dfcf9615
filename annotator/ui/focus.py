# SPDX-License-Identifier: MIT
"""Where Tab stops in a part of the window, in which order, and what of a part takes the focus first."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice, pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def tab_stops(part: QWidget) -> list[QWidget]:
    """Return what Tab stops at in a part, hidden or not, in the order in which it does."""
    left = 1 + sum(map(part.isAncestorOf, part.findChildren(QWidget)))
    inside = (widget for widget in _chain(part, QWidget.nextInFocusChain) if is_inside(widget, part))
    # Those of a part that has just been made stand together: it is not gone through the whole window.
    return list(filter(_stops, islice(inside, left)))


def put_after(anchor: QWidget, stops: Iterable[QWidget]) -> None:
    """Have Tab go from `anchor` through these, and from the last of them to what came after the anchor."""
    for before, after in pairwise((anchor, *stops)):
        QWidget.setTabOrder(before, after)


def put_before(anchor: QWidget, stops: Iterable[QWidget]) -> None:
    """Have Tab go through these, in their order, before it comes to `anchor`."""
    # Qt puts nothing behind what takes no focus.
    others = (widget for widget in _chain(anchor, QWidget.previousInFocusChain) if widget is not anchor)
    put_after(next(filter(_stops, others), anchor), stops)


def focus_target(part: QWidget) -> QWidget | None:
    """Return what takes the focus for a part: its focus proxy, or where Tab would stop first; None: nothing can."""
    proxy = part.focusProxy()
    if proxy is not None:
        return proxy
    return next((stop for stop in tab_stops(part) if stop.isVisibleTo(part) and stop.isEnabled()), None)


def is_inside(widget: QWidget | None, part: QWidget) -> bool:
    """Return whether a widget is a part, or somewhere in it."""
    return widget is not None and (widget is part or part.isAncestorOf(widget))


def _chain(start: QWidget, step: Callable[[QWidget], QWidget | None]) -> Iterator[QWidget]:
    """Yield all widgets of a window, once round from `start`."""
    here: QWidget | None = start
    while here is not None:
        yield here
        here = step(here)
        if here is start:
            return


def _stops(widget: QWidget) -> bool:
    # What has a proxy is part of another control, as the field of a spin box is.
    by_tab = Qt.FocusPolicy(widget.focusPolicy()) & Qt.FocusPolicy.TabFocus
    return by_tab == Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
