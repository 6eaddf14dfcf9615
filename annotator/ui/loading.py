# SPDX-License-Identifier: MIT
"""Loading Qt: what of PySide6's own start nobody here needs is put off or left out.

`docs/adr/0015-start-and-large-corpora.md` tells what each part takes. Where Qt is loaded already nothing is done.
"""

import builtins
import contextlib
import re
import sys
from collections.abc import Callable, Iterator
from functools import cached_property
from importlib import import_module
from typing import Any


def load_qt() -> None:
    """Load Qt's core.

    Two things are not as PySide6 does them by itself. The patterns by which it reads its own signatures are made when
    the first error message needs one. And from then on a module is imported as ever: PySide6 would read the source of
    each to look for `from __feature__ import …`, which is not used here.
    """
    if "PySide6" in sys.modules:
        return
    ordinary = builtins.__import__
    with _late_patterns():
        import_module("PySide6.QtCore")
    builtins.__import__ = ordinary


class _LatePattern:
    """Stands for a pattern, or a method of it, until it is used; what only looks at it does not make it."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Any:
        return self._make()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _LatePattern(lambda: getattr(self._made, name))

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._made(*args, **kwargs)


@contextlib.contextmanager
def _late_patterns() -> Iterator[None]:
    """Within the block patterns that are compiled by PySide6's own modules are put off."""
    compiles: Any = re.compile

    def late(pattern: Any, flags: Any = 0) -> Any:
        asks = sys._getframe(1).f_globals.get("__name__", "")  # noqa: SLF001 - nobody else says who asks
        ours = asks.startswith("shibokensupport.")
        return _LatePattern(lambda: compiles(pattern, flags)) if ours else compiles(pattern, flags)

    re.compile = late
    try:
        yield
    finally:
        re.compile = compiles
