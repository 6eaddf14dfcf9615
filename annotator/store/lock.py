# SPDX-License-Identifier: MIT
"""Who has a project open for writing: an operating-system lock beside the file, gone when its holder dies."""

import contextlib
import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from annotator.errors import UserError
from annotator.paths import real
from annotator.settings import system_user


class ProjectLock:
    """The right to write to one project file, held until `release`.

    Two files lie beside an open project: `NAME.tawsim.lock` carries the lock, `NAME.tawsim.holder` says whose it is.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        # Of the file itself: a link to it must not be a second door.
        file = real(path)
        self._holder_path = file.with_name(file.name + ".holder")
        self._lock = FileLock(file.with_name(file.name + ".lock"), blocking=False, thread_local=False)

    def acquire(self) -> None:
        """Take the lock.

        Raises:
            UserError: `project_locked`, naming who has it.
        """
        try:
            self._lock.acquire()
        except Timeout:
            raise UserError("project_locked", path=self._path, **self._holder()) from None
        except OSError as error:
            raise UserError("path_unwritable", path=self._path.parent, detail=error.strerror or error) from error
        holder = {
            "holder": system_user(),
            "host": platform.node(),
            "pid": os.getpid(),
            "since": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        }
        # Who holds it is a courtesy to the next one who asks; the lock alone is what protects the file.
        with contextlib.suppress(OSError):
            self._holder_path.write_text(json.dumps(holder), encoding="utf-8")

    def release(self) -> None:
        """Give the lock back and take its files away."""
        if self._lock.is_locked:
            _remove(self._holder_path)
            # While it is still held: whoever opened it meanwhile sees that it is gone. Later it could be theirs.
            _remove(Path(self._lock.lock_file))
            self._lock.release()

    def _holder(self) -> dict[str, str]:
        try:
            holder = json.loads(self._holder_path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            holder = {}
        return {key: str(holder.get(key, "?")) for key in ("holder", "host", "since")}


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
