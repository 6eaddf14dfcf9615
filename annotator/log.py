# SPDX-License-Identifier: MIT
"""The log: a small rotating file in the user's log folder, for bug reports.

It holds what the program did and met, never what the articles say: no text, quote, title or note is logged,
so that a log can be sent to a stranger.
"""

import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

from annotator.paths import log_dir

FILE_NAME = "tawsim.log"
_BYTES = 512 * 1024
_KEPT = 3
_FORMAT = "%(asctime)s %(levelname)-7s %(threadName)s %(name)s: %(message)s"


def setup_logging(*, verbose: bool = False) -> Path | None:
    """Log to the file, and to standard error where `verbose`; capture Python's warnings.

    Returns:
        The log file, or None if it cannot be written: that must not keep anyone from work.
    """
    root = logging.getLogger()
    shut_logging()
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    logging.captureWarnings(capture=True)
    path = log_dir() / FILE_NAME
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _add(RotatingFileHandler(path, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8", delay=False))
    except OSError:
        path = None  # type: ignore[assignment]
    if verbose:
        _add(logging.StreamHandler(sys.stderr))
    return path


def shut_logging() -> None:
    """Close what `setup_logging` opened."""
    root = logging.getLogger()
    for handler in [handler for handler in root.handlers if handler.get_name() == __name__]:
        root.removeHandler(handler)
        handler.close()
    logging.captureWarnings(capture=False)


def _add(handler: logging.Handler) -> None:
    handler.set_name(__name__)
    handler.setFormatter(logging.Formatter(_FORMAT))
    logging.getLogger().addHandler(handler)
