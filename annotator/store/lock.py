# SPDX-License-Identifier: MIT
"""Who has a project open for writing: operating-system locks beside the file, gone when their holders die.

Several may have it open at once, in one process or many; SQLite keeps their acts apart. What replaces or rewrites the
file as a whole is done by one who is alone with it. See docs/adr/0010-several-windows-on-one-file.md.
"""

import contextlib
import json
import os
import platform
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from annotator.errors import UserError
from annotator.paths import is_there, real
from annotator.settings import system_user
from annotator.store.flock import FileLock

#: So many may have one file open at once.
_PLACES = 64
#: Others come and go in a moment; whoever takes longer is alone with the file.
_PATIENCE_S = 1.0


@dataclass(frozen=True, slots=True)
class Holder:
    """One who has a project open.

    Attributes:
        holder: the system's user.
        host: the computer.
        since: when they opened it, as text.
    """

    holder: str = "?"
    host: str = "?"
    since: str = "?"


class ProjectLock:
    """One holder's right to write to a project file, from `acquire` to `release`.

    Beside an open project lie `NAME.tawsim.lock`, the door through which all come and go one by one, and for each who
    has it open `NAME.tawsim.lock-N`, held as long as they live, and `NAME.tawsim.holder-N`, who they are.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        # Of the file itself: a link to it must not be a second door.
        self._file = real(path)
        self._door = self._lock("lock")
        self._place: int | None = None
        self._held: FileLock | None = None

    def acquire(self) -> None:
        """Take a place among those who have the project open.

        Raises:
            UserError: `project_locked`, naming who has it, where someone is alone with it; `beside_unwritable`, of a
                project that is yet to be made `path_unwritable`.
        """
        with self._through_the_door():
            for place in range(_PLACES):
                held = self._taken(place)
                if held is not None:
                    self._place, self._held = place, held
                    self._write_holder(place)
                    return
            raise self._refusal()

    def release(self) -> None:
        """Give the place back and take its files away, those of the door, too, where nobody else is left."""
        if self._held is None:
            return
        try:
            with self._through_the_door():
                self._leave()
                if not self._others():
                    # While it is still held: whoever opened it meanwhile sees that it is gone.
                    _remove(self._door.path)
        except UserError:
            # The folder is gone, or someone is alone with the file; a place needs no door to be left.
            self._leave()

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only one who has the project open, throughout the block: to replace or rewrite the file as a whole.

        Whoever would open it meanwhile is refused. It needs a place, and that nobody else has one. Those who only read
        take none: what replaces a file looks for their log beside it.

        Raises:
            UserError: `project_locked`, naming who else has it.
        """
        with self._through_the_door():
            if self._others():
                raise self._refusal()
            yield

    def holders(self) -> list[Holder]:
        """Return who else has the project open."""
        return [self._holder(place) for place in self._others()]

    @contextlib.contextmanager
    def _through_the_door(self) -> Iterator[None]:
        try:
            if not self._door.acquire(_PATIENCE_S):
                raise self._refusal()
        except OSError as error:
            # Of a project that is yet to be made, its own name is what cannot be written.
            key = "beside_unwritable" if is_there(self._file) else "path_unwritable"
            raise UserError(key, path=self._path, detail=error.strerror or error) from error
        try:
            yield
        finally:
            self._door.release()

    def _others(self) -> list[int]:
        """Return the places of others; what the dead have left is taken away."""
        others = []
        for place in range(_PLACES):
            if place == self._place or not self._at("lock", place).exists():
                continue
            left = self._taken(place)
            if left is None:
                others.append(place)
            else:
                self._give_up(place, left)
        return others

    def _taken(self, place: int) -> FileLock | None:
        """Take a place; None where someone has it."""
        lock = self._lock("lock", place)
        return lock if lock.acquire() else None

    def _leave(self) -> None:
        assert self._place is not None and self._held is not None  # noqa: PT018, S101 - only with a place
        self._give_up(self._place, self._held)
        self._place = self._held = None

    def _give_up(self, place: int, lock: FileLock) -> None:
        _remove(self._at("holder", place))
        _remove(lock.path)
        lock.release()

    def _write_holder(self, place: int) -> None:
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
        holder = {**asdict(Holder(system_user(), platform.node(), now)), "pid": os.getpid()}
        # Who it is is a courtesy to the next one who asks; the lock alone is what protects the file.
        with contextlib.suppress(OSError):
            self._at("holder", place).write_text(json.dumps(holder), encoding="utf-8")

    def _holder(self, place: int) -> Holder:
        try:
            told = json.loads(self._at("holder", place).read_text(encoding="utf-8"))
            return Holder(*(str(told.get(name, "?")) for name in ("holder", "host", "since")))
        except (OSError, ValueError, AttributeError):
            return Holder()

    def _refusal(self) -> UserError:
        """Return the error that names who has the project, the first of them where there are several."""
        known = (self._holder(place) for place in range(_PLACES) if place != self._place)
        holder = next((one for one in known if one != Holder()), Holder())
        return UserError("project_locked", path=self._path, **asdict(holder))

    def _at(self, kind: str, place: int | None = None) -> Path:
        number = "" if place is None else f"-{place + 1}"
        return self._file.with_name(f"{self._file.name}.{kind}{number}")

    def _lock(self, kind: str, place: int | None = None) -> FileLock:
        return FileLock(self._at(kind, place))


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
