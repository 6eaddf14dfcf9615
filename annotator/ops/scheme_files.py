# SPDX-License-Identifier: MIT
"""Schemes that come along with the program, and schemes that go out as files."""

from pathlib import Path

from annotator import paths
from annotator.errors import UserError
from annotator.files import is_database, put_text
from annotator.model.scheme import Scheme
from annotator.model.scheme_file import dump_scheme

#: The schemes that come along, by the names of their files; the first is what a new project gets.
SHIPPED = ("default", "actors", "stance")


def shipped_path(name: str) -> Path:
    """Return the file of a scheme that comes along."""
    return paths.resources() / "schemes" / f"{name}.json"


def save_scheme(scheme: Scheme, path: Path) -> None:
    """Write a scheme to a file that `load_scheme` reads: wholly, or the file that was there stays.

    Raises:
        UserError: `folder_missing`, `export_over_project`, `disk_full` or `path_unwritable`.
    """
    if not paths.is_folder(path.parent):
        raise UserError("folder_missing", path=path.parent)
    if is_database(path):
        raise UserError("export_over_project", path=path)
    put_text(path, dump_scheme(scheme) + "\n")
