# SPDX-License-Identifier: MIT
"""Where an export goes: what it is called, and whether it may go there. Knows no widget."""

from dataclasses import dataclass
from pathlib import Path

from annotator.exporters import Format, Layout
from annotator.exporters.report import is_export
from annotator.files import is_database
from annotator.i18n import tr
from annotator.paths import is_folder, is_there


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be known of a destination: a sentence, or "", and whether it forbids the export."""

    text: str = ""
    refused: bool = False


def makes_folder(kind: Format, *, split: bool) -> bool:
    """Return whether an export is a folder, and not one file."""
    return split or kind.layout is not Layout.FILE


def usual_name(project: str, kind: Format, *, split: bool) -> str:
    """Return what an export is called where the user does not say: no two formats share a folder."""
    return f"{project}-{kind.id}" if makes_folder(kind, split=split) else f"{project}{kind.suffix}"


def renamed(path: str, old_suffix: str, suffix: str) -> str:
    """Return a path that was typed with the ending of another format in place of the former one's."""
    if old_suffix and path.endswith(old_suffix):
        path = path.removesuffix(old_suffix)
    return path if not suffix or path.endswith(suffix) else f"{path}{suffix}"


def judge(path: Path, *, folder: bool) -> Verdict:
    """Say what is at a destination, and whether an export may take its place."""
    if not is_folder(path.parent):
        return Verdict(tr("There is no folder “{path}”.", path=path.parent), refused=True)
    if not is_there(path):
        return Verdict()
    return _judge_folder(path) if folder else _judge_file(path)


def _judge_file(path: Path) -> Verdict:
    if is_folder(path):
        return Verdict(tr("“{name}” is a folder. Give the file another name.", name=path.name), refused=True)
    if is_database(path):
        return Verdict(tr("“{name}” is a project. Give the file another name.", name=path.name), refused=True)
    return Verdict(tr("“{name}” is there already and will be replaced.", name=path.name))


def _judge_folder(path: Path) -> Verdict:
    if not is_folder(path):
        return Verdict(tr("“{name}” is a file. Give the folder another name.", name=path.name), refused=True)
    if not is_export(path):
        text = tr("“{name}” holds other files, so no export takes its place. Choose another folder.", name=path.name)
        return Verdict(text, refused=True)
    if any(path.iterdir()):
        return Verdict(tr("The export in “{name}” will be replaced, with every file in it.", name=path.name))
    return Verdict()
