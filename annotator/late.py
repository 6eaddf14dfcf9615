# SPDX-License-Identifier: MIT
"""Libraries and patterns that are loaded when they are first used, so that the window need not wait for them.

Beside `if TYPE_CHECKING: import x`, which shows the import to type checkers, import contracts and program builders.
`docs/performance.md` tells what each would cost at the start.
"""

from collections.abc import Callable
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType


class LateModule:
    """Stands for a module that is imported when the first thing in it is asked for."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._module: ModuleType | None = None

    def __getattr__(self, attribute: str) -> Any:
        # Importing settles which of two threads loads it; what is kept is loaded.
        if self._module is None:
            self._module = import_module(self._name)
        return getattr(self._module, attribute)


class Late:
    """Stands for an object that is made when the first thing of it is asked for; two threads may make it twice."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Any:
        return self._make()

    def __getattr__(self, attribute: str) -> Any:
        return getattr(self._made, attribute)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call what is made."""
        return self._made(*args, **kwargs)


def late(module: str, name: str) -> Late:
    """Return what stands for a class or function of a module that is imported when it is first used."""
    return Late(lambda: getattr(import_module(module), name))
