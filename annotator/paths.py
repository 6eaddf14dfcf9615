# SPDX-License-Identifier: MIT
"""Where files lie: the user's folders, and the resources shipped with the program.

`TAWSIM_HOME` moves everything of the user's into one folder (portable use, tests).
"""

import os
import sys
from pathlib import Path

import platformdirs

_APP = "tawsim"


def _user_dir(kind: str, default: str) -> Path:
    home = os.environ.get("TAWSIM_HOME")
    return Path(home) / kind if home else Path(default)


def config_dir() -> Path:
    """Return the folder of the settings file; it may not exist yet."""
    return _user_dir("config", platformdirs.user_config_dir(_APP, appauthor=False))


def data_dir() -> Path:
    """Return the folder for projects that the user gave no place; it may not exist yet."""
    return _user_dir("data", platformdirs.user_data_dir(_APP, appauthor=False))


def log_dir() -> Path:
    """Return the folder of the log; it may not exist yet."""
    return _user_dir("log", platformdirs.user_log_dir(_APP, appauthor=False))


def memory_dir() -> Path | None:
    """Return a folder that lies in memory and on no disk, where the system has one."""
    folder = Path("/dev/shm")  # noqa: S108 - what is made in it is private
    return folder if sys.platform == "linux" and os.access(folder, os.W_OK) else None


def resources() -> Path:
    """Return the folder of fonts, icons, translations and schemes.

    In a wheel and in a frozen program it lies inside the package, in a checkout beside it.
    """
    package = Path(getattr(sys, "_MEIPASS", "")) / "annotator" if hasattr(sys, "_MEIPASS") else Path(__file__).parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"


def is_there(path: Path) -> bool:
    """Return whether something lies at a path; if the system will not say, nothing does (`Path.exists` raises)."""
    return os.path.exists(path)  # noqa: PTH110


def is_folder(path: Path) -> bool:
    """Return whether a folder lies at a path; likewise."""
    return os.path.isdir(path)  # noqa: PTH112


def real(path: Path) -> Path:
    """Return the path that links lead to; one that leads round in a circle stays (`Path.resolve` raises)."""
    return Path(os.path.realpath(path))


def spelled(path: Path | str) -> str:
    """Return a path as text that can be stored: bytes of it that are no UTF-8 come out as escapes."""
    return str(path).encode("utf-8", "backslashreplace").decode()


def seeds() -> Path | None:
    """Return the folder of the sample articles, or None where the program came without them."""
    beside = resources().parent / "seeds"
    return beside if beside.is_dir() else None
