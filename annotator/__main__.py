# SPDX-License-Identifier: MIT
"""The program `tawsim`: a project that is to be opened is opened at once, all else the command line reads."""

import sys
from collections.abc import Sequence
from pathlib import Path

from annotator.opening import has_display, open_window


def main() -> None:
    """Run the program."""
    path = _to_be_opened(sys.argv[1:])
    if path is None or not has_display():
        from annotator.commands import run

        run()
        return
    try:
        code = open_window(path)
    except BaseException as error:  # noqa: BLE001 - a border: the command line tells of it
        from annotator.commands import fail

        code = fail(error)
    sys.exit(code)


def _to_be_opened(arguments: Sequence[str]) -> Path | None:
    """Return the file that `tawsim open FILE` names: for this the command line need not be loaded."""
    if len(arguments) != 2 or arguments[0] != "open" or arguments[1].startswith("-"):
        return None
    path = Path(arguments[1])
    return path if path.is_file() else None


if __name__ == "__main__":
    main()
