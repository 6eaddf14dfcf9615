# SPDX-License-Identifier: MIT
"""Opening the window, for whoever reads the command line; only then Qt is loaded."""

import gc
import os
import sys
from pathlib import Path

from annotator.errors import UserError


def has_display() -> bool:
    """Return whether a window can be shown, or Qt was told what to do without a display."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"))


def open_window(path: Path | None, *, seeds: bool = False) -> int:
    """Open the window, stay until it is closed, and return the exit code.

    Raises:
        UserError: `window_unavailable`.
    """
    # Nothing made on the way to the first paint is garbage; the window looks for some once it stands.
    gc.disable()
    try:
        from annotator.ui.app import run_window
    except ImportError as error:
        raise without_qt(error) from error
    return run_window(path, seeds=seeds)


def without_qt(error: ImportError) -> Exception:
    """Return what to raise where the window could not be loaded; a missing module of our own is a bug."""
    ours = (error.name or "").startswith("annotator")
    return error if ours else UserError("window_unavailable", detail=str(error))
