# SPDX-License-Identifier: MIT
"""A process that acts and dies: run as a program, it forks one child for each order that it reads.

An order is a line of JSON. The child runs a stream of acts and prints a line after each that has returned; where the
order says so, it kills itself before the nth step that SQLite takes, or the nth file that Python touches. Forking one
that has loaded everything makes hundreds of real deaths affordable.
"""

import contextlib
import itertools
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

#: What Python tells of itself before it touches a file; the rest of its events concern no file.
_TOUCHES = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "sqlite3.connect"})
#: A stream that did not come to the moment of its death by then ends.
_MOST = 30


@dataclass(frozen=True, slots=True)
class Order:
    """What a child is to do.

    Attributes:
        stream: a key of `streams.STREAMS`.
        folder: what `streams.prepare` has filled.
        dies_at: `step` of SQLite, `touch` of a file by Python, or "" where the one who ordered kills it.
        number: at which.
    """

    stream: str
    folder: str
    dies_at: str = ""
    number: int = 0


class Actors:
    """The program of this module, from outside."""

    def __init__(self) -> None:
        self._server = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self._pid = 0
        self.killed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._server.stdin
        assert self._server.stdout
        self._server.stdin.close()
        self._server.wait()
        self._server.stdout.close()

    def start(self, order: Order) -> None:
        """Let a child begin."""
        assert self._server.stdin
        self._server.stdin.write(json.dumps(asdict(order)) + "\n")
        self._pid = int(self._line().removeprefix("pid "))

    def acts(self) -> Iterator[tuple[str, int]]:
        """Yield what the child acknowledges, until it is dead or, with `killed` false, has come to its end."""
        while (line := self._line()).startswith("act "):
            file, seq = line.removeprefix("act ").rsplit(maxsplit=1)
            yield file, int(seq)
        assert line in ("ended -9", "ended 0"), line
        self.killed = line == "ended -9"

    def kill(self) -> None:
        """Kill the child."""
        # It may have died by itself already.
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)

    def _line(self) -> str:
        assert self._server.stdout
        return self._server.stdout.readline().rstrip("\n")


def _serve() -> None:
    import streams  # noqa: F401 - loaded once, for all children

    for line in sys.stdin:
        order = Order(**json.loads(line))
        child = os.fork()
        if child == 0:
            status = 1
            try:
                _act(order)
                status = 0
            finally:
                os._exit(status)
        _, status = os.waitpid(child, 0)
        _say(f"ended {os.waitstatus_to_exitcode(status)}")


def _act(order: Order) -> None:
    import shim
    import streams

    _say(f"pid {os.getpid()}")
    folder = Path(order.folder)
    die = _counting(order.number)
    with contextlib.ExitStack() as stack:
        if order.dies_at == "step":
            stack.enter_context(shim.in_place(lambda step: die()))
        elif order.dies_at == "touch":
            sys.addaudithook(lambda event, arguments: die() if event in _TOUCHES and _ours(arguments, folder) else None)
        try:
            acts = streams.STREAMS[order.stream](folder)
            for file, seq in itertools.islice(acts, _MOST):
                _say(f"act {file} {seq}")
            acts.close()
        except BaseException:
            import traceback

            traceback.print_exc()
            raise


def _ours(arguments: tuple[object, ...], folder: Path) -> bool:
    return any(str(folder) in str(argument) for argument in arguments)


def _counting(number: int) -> Callable[[], None]:
    left = number

    def count() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return count


def _say(line: str) -> None:
    # One call of the system: a line is there or is not, never half of it.
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    _serve()
