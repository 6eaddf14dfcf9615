# SPDX-License-Identifier: MIT
"""A lock of the operating system on a file, of which one holder at a time has it, and which is gone when that one dies.

Where there is `flock` it is asked for directly: the library that knows all systems takes 15 ms and 5 MB to load, before
an article is seen (docs/adr/0015-start-and-large-corpora.md). The two keep each other out.
"""

import contextlib
import errno
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.late import LateModule

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    import filelock
else:
    filelock = LateModule("filelock")

#: Someone else has it, as file systems say it.
_HELD = frozenset({errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK})
#: This file system knows no such locks.
_UNKNOWN = frozenset({errno.ENOSYS})
_POLL_S = 0.01


class FileLock:
    """The lock on one file, which is made where it is not there and is left where it is.

    Who has it may take it again, and has given it back when it was given back as often.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._times = 0
        self._descriptor: int | None = None
        self._other: filelock.BaseFileLock | None = None

    def acquire(self, patience: float = 0.0) -> bool:
        """Take it, for which others may have to give it back first; return whether that was so in time.

        Raises:
            OSError: it cannot be made.
        """
        until = time.monotonic() + patience
        while not self._times and not self._take():
            if time.monotonic() >= until:
                return False
            time.sleep(_POLL_S)
        self._times += 1
        return True

    def release(self) -> None:
        """Give it back."""
        self._times -= 1
        if self._times:
            return
        if self._other is not None:
            self._other.release()
        elif self._descriptor is not None:
            os.close(self._descriptor)  # which takes the lock along
            self._descriptor = None

    def _take(self) -> bool:
        if fcntl is None or self._other is not None:
            return self._take_other()
        # A link is not followed, and nothing that waits, such as a pipe, is waited for.
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK, 0o666)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Who had it last may have taken the file away meanwhile: this lock would keep nobody out.
            is_kept = os.fstat(descriptor).st_nlink > 0
        except OSError as error:
            os.close(descriptor)
            if error.errno in _UNKNOWN:
                return self._take_other()
            if error.errno in _HELD:
                return False
            raise
        if not is_kept:
            os.close(descriptor)
            return self._take()
        self._descriptor = descriptor
        return True

    def _take_other(self) -> bool:
        self._other = self._other or filelock.FileLock(self.path, thread_local=False)
        with contextlib.suppress(filelock.Timeout):
            self._other.acquire(timeout=0)
            return True
        return False
