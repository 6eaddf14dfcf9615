# SPDX-License-Identifier: MIT
"""The scripts behind `make`: on machines that lack something they mend it, or name the exact command."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LIBRARIES = ROOT / "packaging" / "system-libraries"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux leaves these libraries to its packages")


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """Give a machine whose commands are told what to say; `done` keeps what was called."""
    done = tmp_path / "done"
    done.write_text("")
    bin_dir = tmp_path / "bin"
    bin_dir.mkdir()
    monkeypatch.setenv("PATH", f"{bin_dir}{os.pathsep}{os.environ['PATH']}")

    def command(name: str, body: str) -> None:
        path = bin_dir / name
        path.write_text(f'#!/bin/sh\n[ {name} = id ] || echo "{name} $*" >>"{done}"\n{body}\n')
        path.chmod(0o755)

    # `make PYTHON=…` hands it on to all that it runs, these tests too.
    monkeypatch.delenv("PYTHON", raising=False)
    command("uname", "echo Linux")
    command("apt-get", f'[ "$1" = install ] && touch "{tmp_path}/installed"; exit 0')
    command("sudo", "exit 1")
    command("id", "echo 1000")
    command("ldd", f'[ -e "{tmp_path}/installed" ] || echo "	libEGL.so.1 => not found"')
    command.done = done
    return command


def run(script, *arguments):
    return subprocess.run([script, *arguments], capture_output=True, text=True, check=False)


def test_nothing_is_done_where_nothing_lacks(machine):
    machine("ldd", 'echo "	libEGL.so.1 => /usr/lib/libEGL.so.1 (0x0)"')
    result = run(LIBRARIES, sys.executable)
    assert (result.returncode, result.stdout) == (0, "")
    assert "apt-get" not in machine.done.read_text()


def test_nothing_is_done_on_macos(machine):
    machine("uname", "echo Darwin")
    result = run(LIBRARIES, sys.executable)
    assert (result.returncode, result.stdout) == (0, "")


def test_root_installs(machine):
    machine("id", "echo 0")
    result = run(LIBRARIES, sys.executable)
    assert result.returncode == 0
    assert "install -y" in machine.done.read_text()
    assert "libegl1" in machine.done.read_text()


def test_sudo_without_a_password_installs(machine):
    machine("sudo", '[ "$1" = -n ] || "$@"')
    assert run(LIBRARIES, sys.executable).returncode == 0
    assert "libegl1" in machine.done.read_text()


def test_others_are_told_the_exact_command(machine):
    result = run(LIBRARIES, sys.executable)
    assert result.returncode == 1
    assert "    sudo apt-get update && sudo apt-get install -y" in result.stdout
    assert "apt-get" not in machine.done.read_text()


def test_what_lacks_for_a_display_alone_is_no_obstacle(machine):
    machine("ldd", 'case "$1" in *xcb*) echo "	libxcb-cursor.so.0 => not found";; esac')
    result = run(LIBRARIES, sys.executable)
    assert result.returncode == 0
    assert "libxcb-cursor0" in result.stdout


def test_an_installation_that_fails_is_told(machine):
    machine("id", "echo 0")
    machine("apt-get", "exit 100")
    result = run(LIBRARIES, sys.executable)
    assert result.returncode == 1
    assert "still lacks: libEGL.so.1" in result.stderr


@pytest.fixture
def checkout(tmp_path, machine):
    """Give a copy of the scripts alone, so that no environment is made in the real checkout."""
    folder = tmp_path / "checkout"
    (folder / "packaging").mkdir(parents=True)
    for name in ("set-up", "run"):
        script = folder / "packaging" / name
        script.write_bytes((ROOT / "packaging" / name).read_bytes())
        script.chmod(0o755)
    return folder / "packaging"


PYTHONS = ("python3.13", "python3.12", "python3.11", "python3", "python")


def test_without_a_python_it_says_which_to_install(machine, checkout):
    for name in PYTHONS:
        machine(name, "exit 1")
    result = run(checkout / "set-up")
    assert result.returncode == 1
    assert "Python 3.11, 3.12 or 3.13" in result.stdout
    assert "dnf install" in result.stdout


def test_a_python_that_was_named_is_not_replaced_by_another(machine, checkout, monkeypatch):
    monkeypatch.setenv("PYTHON", "python3.12")
    machine("python3.12", "exit 1")
    result = run(checkout / "set-up")
    assert result.returncode == 1
    assert "python3.12 cannot be used." in result.stdout


def test_without_the_package_of_debian_it_names_it(machine, checkout):
    for name in PYTHONS:
        machine(name, 'case "$2" in *ensurepip*) exit 1;; *%d.%d*) echo 3.11;; esac')
    result = run(checkout / "set-up")
    assert result.returncode == 1
    assert "    sudo apt-get update && sudo apt-get install -y python3.11-venv" in result.stdout


@pytest.mark.parametrize(
    ("display", "wanted"), [("", "tour seeds --out out/tour offscreen"), (":0", "open --seeds xcb")]
)
def test_run_takes_the_tour_where_no_display_is(machine, checkout, monkeypatch, display, wanted):
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    if display:
        monkeypatch.setenv("DISPLAY", display)
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    program = checkout.parent / ".venv" / "bin" / "tawsim"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\necho "$* $QT_QPA_PLATFORM"\n')
    program.chmod(0o755)
    result = run(checkout / "run")
    assert result.returncode == 0
    assert result.stdout.splitlines()[-1] == wanted
    assert ("no display" in result.stdout) == (not display)
