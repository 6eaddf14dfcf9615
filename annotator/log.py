# SPDX-License-Identifier: MIT
"""The log: a small rotating file in the user's log folder, for bug reports.

It holds what the program did and met, never what the articles say: no text, quote, title or note is logged,
so that a log can be sent to a stranger. What libraries say is not in our hands, and nor is the message of an exception:
of these the file gets who and where only. A process that the system ends, as for a fault in a library of C, cannot log
any more: where it was is written to a file of its own, which the next one finds.
"""

import contextlib
import copy
import faulthandler
import logging
import os
import re
import sys
import time
import traceback
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path

from annotator.paths import log_dir

FILE_NAME = "tawsim.log"
_BYTES = 512 * 1024
_KEPT = 3
_DEATH = "fatal-"
_FORGOTTEN_S = 30 * 24 * 3600
_OURS = __name__.partition(".")[0]
_WARNINGS = "py.warnings"
#: How `warnings.formatwarning` begins: file, line and kind.
_WARNING_PLACE = re.compile(r"\A.*?:[0-9]+: \w+")
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
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = _PrivateFile(path, encoding="utf-8")
        _add(file, _BareFormatter(_FORMAT))
    except OSError:
        path = None  # type: ignore[assignment]
    if verbose:
        _add(logging.StreamHandler(sys.stderr), logging.Formatter(_FORMAT))
    return path


def shut_logging() -> None:
    """Close what `setup_logging` opened."""
    root = logging.getLogger()
    for handler in [handler for handler in root.handlers if handler.get_name() == __name__]:
        root.removeHandler(handler)
        handler.close()
    logging.captureWarnings(capture=False)


@contextlib.contextmanager
def last_words() -> Iterator[None]:
    """Have the place written down at which a fatal signal ends the process within the block; no text is part of it."""
    path = log_dir() / f"{_DEATH}{os.getpid()}.log"
    if faulthandler.is_enabled():  # whoever did that wants to see it
        yield
        return
    try:
        path.touch(mode=0o600)
        file = path.open("w", encoding="utf-8")
    except OSError:
        yield
        return
    faulthandler.enable(file)
    try:
        yield
    finally:
        faulthandler.disable()
        file.close()
        with contextlib.suppress(OSError):
            path.unlink()


def earlier_death() -> str:
    """Return where a process was that a fatal signal has ended since this was last asked, "" for nowhere; log it."""
    told = []
    for path in sorted(log_dir().glob(f"{_DEATH}*.log")):
        with contextlib.suppress(OSError):
            words = path.read_text(encoding="utf-8", errors="replace")
            if words:
                told.append(words)
            # An empty one may belong to a process that lives.
            if words or path.stat().st_mtime < time.time() - _FORGOTTEN_S:
                path.unlink()
    if told:
        logging.getLogger(__name__).critical("Ended by a fatal signal:\n%s", "\n".join(told))
    return "\n".join(told)


def bare_traceback(error: BaseException) -> str:
    """Return where an exception and those that led to it were raised, and what each is called, but no message."""
    told, parts = set(), []
    at: BaseException | None = error
    while at is not None and id(at) not in told:
        told.add(id(at))
        parts.append("".join(traceback.format_tb(at.__traceback__)) + _full_name(type(at)))
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return "\n\n".join(reversed(parts))


def _full_name(kind: type) -> str:
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


class _PrivateFile(logging.FileHandler):
    """A log that its owner alone can read, and that makes room for itself: the older ones get a number.

    The library's own handler that does so loads all that others of its kind need, such as sockets: 9 ms and 2 MB.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record; where the file is long, the next one goes to a new file."""
        super().emit(record)
        if self.stream is not None and self.stream.tell() > _BYTES:
            self.stream.close()
            self._make_room()
            self.stream = self._open()

    def _make_room(self) -> None:
        path = Path(self.baseFilename)
        with contextlib.suppress(OSError):  # another window has it open, or does the same just now
            for number in range(_KEPT, 0, -1):
                newer = path.with_name(f"{path.name}.{number - 1}") if number > 1 else path
                if newer.exists():
                    newer.replace(path.with_name(f"{path.name}.{number}"))

    def _open(self) -> TextIOWrapper:
        path = Path(self.baseFilename)
        path.touch(mode=0o600)
        path.chmod(0o600)  # an older program made it otherwise
        return super()._open()


class _BareFormatter(logging.Formatter):
    """Leaves out what others than this program say."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as the file may have it."""
        if record.name.partition(".")[0] == _OURS and not record.exc_info:
            return super().format(record)
        bare = copy.copy(record)
        bare.exc_info, bare.exc_text, bare.stack_info, bare.args = None, None, None, None
        error = record.exc_info[1] if record.exc_info else None
        bare.msg = bare_traceback(error) if error is not None else _place(record)
        return super().format(bare)


def _place(record: logging.LogRecord) -> str:
    """Return where something was said; of a warning, where it was called for."""
    if record.name == _WARNINGS:
        return "".join(_WARNING_PLACE.findall(record.getMessage())[:1])
    return f"{record.pathname}:{record.lineno}"


def _add(handler: logging.Handler, formatter: logging.Formatter) -> None:
    handler.set_name(__name__)
    handler.setFormatter(formatter)
    logging.getLogger().addHandler(handler)
