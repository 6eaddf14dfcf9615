# SPDX-License-Identifier: MIT
"""The program as a script meets it: processes, pipes, signals, encodings."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Tawsim = Callable[..., "subprocess.CompletedProcess[str]"]
PROGRAM = [sys.executable, "-m", "annotator"]
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")


@pytest.fixture
def environment(user_home: Path) -> dict[str, str]:
    """Return an environment without a display."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    return {**kept, "PYTHONWARNINGS": "error", "PYTHONDONTWRITEBYTECODE": "1"}


@pytest.fixture
def tawsim(environment: dict[str, str]) -> Tawsim:
    def run(*arguments: object, code: int = 0, **more: str) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            [*PROGRAM, *map(str, arguments)],
            capture_output=True,
            text=True,
            # click takes a terminal that claims ASCII for one that nobody told its encoding, and writes UTF-8.
            encoding=more.get("PYTHONIOENCODING", "utf-8").replace("ascii", "utf-8"),
            env={**environment, **more},
            check=False,
        )
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
        return done

    return run


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Return a folder of many articles."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(3000):
        (folder / f"{number}.txt").write_text(f"خبر {number}\n" + "نص الخبر عن المفاوضات. " * 20, encoding="utf-8")
    return folder


def test_a_round_of_work(tawsim: Tawsim, tmp_path: Path, seed_paths: list[Path]) -> None:
    path = tmp_path / "round.tawsim"
    tawsim("new", path, "--annotator", "ليلى")
    taken = json.loads(tawsim("import", path, seed_paths[0].parent, "--annotator", "ليلى", "--json").stdout)
    assert taken["taken"] == len(seed_paths)
    text = json.loads(tawsim("show", path, 1, "--json").stdout)["text"]
    start = text.index("أردوغان")
    made = json.loads(tawsim("tag", path, 1, start, start + 7, "فاعل", "--annotator", "ليلى", "--json").stdout)
    assert made["tag"]["quote"] == "أردوغان"
    tawsim("undo", path, "--annotator", "ليلى")
    assert json.loads(tawsim("tags", path, "--json").stdout) == {"tags": []}
    tawsim("redo", path, "--annotator", "ليلى")
    exported = tawsim("export", path, tmp_path / "x.jsonl", "--format", "jsonl", LC_ALL="ar_EG.UTF-8")
    assert "وسم واحد" in exported.stdout
    assert json.loads(tawsim("check", path, "--json").stdout)["problems"] == []


def test_installed_command_is_the_same_program(tawsim: Tawsim, environment: dict[str, str]) -> None:
    command = shutil.which("tawsim", path=str(Path(sys.executable).parent))
    if command is None:
        pytest.skip("tawsim is not installed here")
    done = subprocess.run([command, "--version"], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout == tawsim("--version").stdout


def test_no_window_without_a_display(tawsim: Tawsim) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("a display is always there")
    for arguments in ((), ("open",), ("open", "--seeds")):
        assert "tawsim tour" in tawsim(*arguments, code=1, QT_QPA_PLATFORM="").stderr


def test_help_loads_neither_qt_nor_spacy(environment: dict[str, str]) -> None:
    code = (
        "import sys; from annotator.commands import cli; cli.main(['formats'], standalone_mode=False)\n"
        "assert not {'PySide6', 'spacy', 'numpy'} & set(sys.modules), 'loaded'"
    )
    subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_output_in_any_encoding(tawsim: Tawsim, tmp_path: Path, seed_paths: list[Path], encoding: str) -> None:
    path = tmp_path / "p.tawsim"
    tawsim("new", path, PYTHONIOENCODING=encoding)
    tawsim("import", path, seed_paths[0], PYTHONIOENCODING=encoding)
    tawsim("articles", path, PYTHONIOENCODING=encoding)
    # What is no UTF-8 gets escapes, which any JSON reader knows.
    listed = json.loads(tawsim("articles", path, "--json", PYTHONIOENCODING=encoding).stdout)
    assert "أردوغان" in listed["articles"][0]["title"]


@posix
def test_broken_pipe_is_quiet(tawsim: Tawsim, environment: dict[str, str], tmp_path: Path, many: Path) -> None:
    path = tmp_path / "p.tawsim"
    tawsim("new", path)
    tawsim("import", path, many)
    with subprocess.Popen(
        [*PROGRAM, "articles", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.readline()
        child.stdout.close()
        assert child.stderr.read() == b""
        child.wait()


_WAITING = """
import time
from annotator import files
look = files.refuse_irregular
def waiting(path):
    if path.stem == "1500":
        print("waiting", flush=True)
        time.sleep(60)
    look(path)
files.refuse_irregular = waiting
from annotator.__main__ import main
main()
"""


@posix
@pytest.mark.parametrize("language", ["ar", "en"])
def test_ctrl_c_leaves_nothing_of_an_import(
    environment: dict[str, str], tmp_path: Path, many: Path, language: str
) -> None:
    path = tmp_path / "p.tawsim"
    subprocess.run([*PROGRAM, "new", str(path)], env=environment, check=True, capture_output=True)
    # It waits at one of the files until it is stopped, in the middle of its one act.
    child = subprocess.Popen(
        [sys.executable, "-c", _WAITING, "--language", language, "import", str(path), str(many)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        text=True,
        encoding="utf-8",
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == "waiting\n"
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=60)
    assert child.returncode == 130
    assert out == ""
    assert (
        err.strip()
        == {
            "en": "Stopped. What was not finished was not kept.",
            "ar": "أُوقف العمل، ولم يُحفظ ما لم يكتمل.",
        }[language]
    )
    done = subprocess.run(
        [*PROGRAM, "check", str(path), "--json"], env=environment, check=True, capture_output=True, text=True
    )
    assert json.loads(done.stdout) == {"articles": 0, "tags": 0, "acts": 0, "problems": []}
    assert sorted(item.name for item in tmp_path.iterdir() if item.suffix in {".lock", ".holder"}) == []


_LIMITED = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
from annotator.__main__ import main
main()
"""


@posix
def test_disk_that_is_full_in_earnest(tawsim: Tawsim, environment: dict[str, str], tmp_path: Path, many: Path) -> None:
    """A limit on file size stands for it: the write itself fails, inside SQLite and inside an export."""
    path = tmp_path / "p.tawsim"
    tawsim("new", path)
    tawsim("import", path, *(many / f"{number}.txt" for number in range(100)))
    before = json.loads(tawsim("articles", path, "--json").stdout)

    def limited(*arguments: object, size: int) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-c", _LIMITED, str(size), *map(str, arguments)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    imported = limited("import", path, many, size=600_000)
    assert imported.returncode == 1
    assert "Traceback" not in imported.stderr
    assert str(path) in imported.stderr
    exported = limited("export", path, tmp_path / "x.jsonl", "--format", "jsonl", size=50_000)
    assert exported.returncode == 1
    assert "Traceback" not in exported.stderr
    assert "x.jsonl" in exported.stderr
    assert not [item.name for item in tmp_path.iterdir() if "x.jsonl" in item.name or "report" in item.name]
    assert json.loads(tawsim("articles", path, "--json").stdout) == before
    assert json.loads(tawsim("check", path, "--json").stdout)["problems"] == []


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_full_standard_output_fails(environment: dict[str, str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*PROGRAM, "formats"], stdout=full, stderr=subprocess.PIPE, env=environment, check=False)
    assert done.returncode != 0
