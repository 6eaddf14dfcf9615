# SPDX-License-Identifier: MIT
"""All that a process asks of the system to be done to a folder, by strace: what no layer of ours lies below.

That is SQLCipher, which has an SQLite of its own, and what Python writes. Run as a program, under strace, it works off
a stream of acts, prints each that has returned, and keeps at the end what the projects held after each.
"""

import itertools
import os
import pickle
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from .disk import GONE, Ack, Moment
from .proving import Expected, held
from .shim import Step
from .streams import OTHERS, STREAMS

#: All calls by which files or names change, or which move the place at which a file is written next.
_CALLS = (
    "open,openat,creat,lseek,write,writev,pwrite64,pwritev,pwritev2,sendfile,copy_file_range,fallocate,ftruncate,truncate,"
    "fsync,fdatasync,sync_file_range,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,link,linkat,symlink"
)
_LONGEST = 1 << 24
_LINE = re.compile(r"(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)(.*)")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
_HANDLE = re.compile(r"^(-?\d+|AT_FDCWD)<((?:\\x[0-9a-f]{2})*)>(\(deleted\))?")


def can_trace() -> bool:
    """Return whether this machine has strace and lets it look."""
    strace = shutil.which("strace")
    return strace is not None and subprocess.run([strace, "-o", os.devnull, "true"], check=False).returncode == 0


def traced(stream: str, folder: Path, acts: int) -> tuple[list[Moment], Expected]:
    """Work off so many acts of a stream in a process of its own, and return what it did and what projects then held."""
    trace, kept = folder.with_name("trace"), folder.with_name("expected")
    words = [sys.executable, "-m", "faults.tracing", stream, str(folder), str(acts), str(kept)]
    subprocess.run(
        [
            "strace",
            "-f",
            "--seccomp-bpf",
            "-y",
            "-xx",
            "-s",
            str(_LONGEST),
            "-e",
            f"trace={_CALLS}",
            "-o",
            trace,
            *words,
        ],
        check=True,
        cwd=Path(__file__).parent.parent,
        stdout=subprocess.DEVNULL,
    )
    with trace.open(encoding="ascii", errors="replace") as lines:
        moments = list(_Reading(folder).moments(lines))
    trace.unlink()
    return moments, pickle.loads(kept.read_bytes())


class _Reading:
    """What lines of strace say of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._places: dict[str, int] = {}
        self._sizes: dict[Path, int] = {}

    def moments(self, lines: Iterator[str]) -> Iterator[Moment]:
        for line in lines:
            match = _LINE.match(line)
            if match is None:
                assert "exited with" in line or "+++" in line or "---" in line, line[:200]
                continue
            call, said, result, _ = match.groups()
            if int(result) >= 0:
                yield from self._moment(call, said, int(result), line)

    def _moment(self, call: str, said: str, result: int, line: str) -> Iterator[Moment]:
        handle = _HANDLE.match(said)
        texts = [_text(found) for found in _STRING.finditer(said)]
        if call == "write" and handle and handle[1] == "1":
            for told in texts[0].decode().splitlines():
                file, seq = told.removeprefix("act ").rsplit(maxsplit=1)
                yield Ack(file, int(seq))
            return
        step = self._step(call, said, handle, texts, result)
        if step is not None and (step.path == self._folder or step.path.is_relative_to(self._folder)):
            yield step

    def _step(self, call: str, said: str, handle: re.Match[str] | None, texts: list[bytes], result: int) -> Step | None:
        number = handle[1] if handle else ""
        path = Path(os.fsdecode(_bytes(handle[2])) + GONE * bool(handle[3])) if handle else Path()
        if call in ("open", "openat", "creat"):
            self._places[str(result)] = 0
            return self._opened(path / os.fsdecode(texts[0]), said)
        if call == "lseek":
            self._places[number] = result
            return None
        if call in ("write", "pwrite64"):
            written = texts[0][:result]
            offset = int(said.rpartition(", ")[2], 0) if call == "pwrite64" else self._places.get(number, 0)
            if call == "write":
                self._places[number] = offset + result
            return Step("write", path, offset, written)
        if call == "ftruncate":
            return Step("truncate", path, int(said.rpartition(", ")[2], 0))
        if call in ("fsync", "fdatasync"):
            return Step("sync", path)
        if call in ("rename", "renameat", "renameat2"):
            return Step("move", Path(os.fsdecode(texts[1])), data=texts[0])
        if call in ("unlink", "unlinkat", "rmdir"):
            return Step("delete", path / os.fsdecode(texts[0]))
        if call in ("mkdir", "mkdirat"):
            return Step("folder", path / os.fsdecode(texts[0]))
        # Of no other call is known what it does: none of ours may need it.
        assert str(self._folder).encode() not in b" ".join([*texts, os.fsencode(path)]), said[:200]
        return None

    def _opened(self, path: Path, said: str) -> Step | None:
        assert "O_APPEND" not in said or not path.is_relative_to(self._folder)
        return Step("open" if "O_TRUNC" not in said else "emptied", path) if "O_CREAT" in said else None


def _text(found: re.Match[str]) -> bytes:
    assert not found[2], "strace has cut a line short"
    return _bytes(found[1])


def _bytes(escaped: str) -> bytes:
    return bytes.fromhex(escaped.replace("\\x", ""))


def _main(stream: str, folder: str, acts: str, kept: str) -> None:
    expected: Expected = {}
    running = (STREAMS | OTHERS)[stream](Path(folder))
    for file, seq in itertools.islice(running, int(acts)):
        os.write(1, f"act {file} {seq}\n".encode())
        if seq:
            expected[file, seq] = held(Path(folder) / file)
    running.close()
    Path(kept).write_bytes(pickle.dumps(expected))


if __name__ == "__main__":
    _main(*sys.argv[1:])
