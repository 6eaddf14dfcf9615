# SPDX-License-Identifier: MIT
"""Making projects."""

import errno
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from annotator import paths
from annotator.errors import UserError
from annotator.files import make_folder, peeking
from annotator.importers.columns import ImportOptions
from annotator.model.changes import Changes
from annotator.model.scheme import Scheme
from annotator.model.scheme_file import parse_scheme
from annotator.ops.importing import ImportReport, Progress, import_files
from annotator.project import SUFFIX, Project
from annotator.store.database import remove_files
from annotator.store.driver import Key


def default_scheme() -> Scheme:
    """Return the scheme that new projects get."""
    return load_scheme(paths.resources() / "schemes" / "default.json")


def load_scheme(path: Path) -> Scheme:
    """Read a scheme file.

    Raises:
        UserError: `file_missing`, `file_unreadable` or `scheme_unreadable`.
    """
    try:
        with peeking(path) as file:  # any file may be chosen, also the project that is open
            source = file.read().decode()
    except FileNotFoundError as error:
        raise UserError("file_missing", path=path) from error
    except OSError as error:
        raise UserError("file_unreadable", path=path, detail=error.strerror or error) from error
    except UnicodeDecodeError as error:
        raise UserError("scheme_unreadable", path=path, detail=str(error)) from error
    return parse_scheme(source, where=str(path))


def new_project(path: Path, *, annotator: str, scheme: Scheme | None = None, key: Key | None = None) -> Project:
    """Create a project file; the suffix `.tawsim` is added where it is missing. With a key it is encrypted.

    Raises:
        UserError: `project_exists`, `folder_missing`, `path_unwritable`, `disk_full` or `annotator_name_empty`.
    """
    if path.name in ("", ".."):
        raise UserError("path_unwritable", path=path, detail=os.strerror(errno.EISDIR))
    return Project.create(with_suffix(path), scheme=scheme or default_scheme(), annotator=annotator, key=key)


def new_project_from(
    path: Path,
    articles: Iterable[Path],
    *,
    annotator: str,
    encoding: str | None = None,
    options: ImportOptions | None = None,
    per_file: Mapping[Path, ImportOptions] | None = None,
    progress: Progress | None = None,
    scheme: Scheme | None = None,
) -> tuple[Project, Changes, ImportReport]:
    """Create a project file and import articles into it; if that fails or is cancelled, no file is left behind.

    Args:
        path: where the project is made.
        articles: what is imported.
        annotator: who does it.
        encoding: as `import_files` takes it, like `options`, `per_file` and `progress`.
        options: see `encoding`.
        per_file: see `encoding`.
        progress: see `encoding`.
        scheme: with which is tagged; the default one if None.

    Raises:
        UserError: what `new_project` and `import_files` refuse.
    """
    project = new_project(path, annotator=annotator, scheme=scheme)
    try:
        changes, report = import_files(
            project, articles, encoding=encoding, options=options, per_file=per_file, progress=progress
        )
        if not report.taken:
            raise UserError("nothing_to_import", path=path, report=report)
    except BaseException:
        project.close()
        remove_files(project.path)
        raise
    return project, changes, report


def with_suffix(path: Path) -> Path:
    """Return the path with the suffix of project files."""
    return path if path.suffix == SUFFIX or not path.name else path.with_name(path.name + SUFFIX)


def default_project_path(name: str) -> Path:
    """Return a path in the user's data folder for a project of this name, making the folder.

    Raises:
        UserError: `path_unwritable`.
    """
    folder = paths.data_dir()
    try:
        make_folder(folder)
    except OSError as error:
        raise UserError("path_unwritable", path=folder, detail=error.strerror or error) from error
    return folder / f"{name}{SUFFIX}"
