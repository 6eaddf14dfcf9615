# SPDX-License-Identifier: MIT
"""All that is asked before files are imported: what they are, and which of their columns holds what."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from annotator.i18n import tr_marked
from annotator.importers.columns import ImportOptions
from annotator.importers.previews import Preview
from annotator.importers.registry import FOREIGN_FORMATS
from annotator.settings import Settings
from annotator.ui.importing.columns import ColumnsDialog, Question
from annotator.ui.importing.keeping import remember, remembered
from annotator.ui.importing.looking import Foreign, Looked
from annotator.ui.importing.what import What, WhatDialog

#: Of tables with more sets of columns than these, the rest are guessed: nobody answers so often.
_MOST_QUESTIONS = 5


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be imported, and how.

    Attributes:
        articles: files and folders whose texts become articles.
        per_file: what was said of single files among them.
        annotations: files of annotations.
    """

    articles: tuple[Path, ...]
    options: ImportOptions
    per_file: Mapping[Path, ImportOptions] = field(default_factory=dict)
    annotations: tuple[Foreign, ...] = ()

    def in_encoding(self, paths: tuple[Path, ...], encoding: str) -> "Wish":
        """Return the wish to import some files once more, in another encoding."""
        per_file = {
            path: replace(options, encoding=encoding) for path, options in self.per_file.items() if path in paths
        }
        return Wish(paths, replace(self.options, encoding=encoding), per_file)


def ask(parent: QWidget, settings: Settings, looked: Looked) -> Wish | None:
    """Ask all that must be known; None where the user would rather import nothing."""
    annotations: list[Foreign] = []
    for one in looked.foreign:
        what = What.ANNOTATIONS if one.sure else _ask_what(parent, one)
        if what is None:
            return None
        if what is What.ANNOTATIONS:
            annotations.append(one)
    taken = {one.path for one in annotations}
    articles = tuple(path for path in looked.paths if path not in taken)
    tables = {
        path: preview
        for path, preview in looked.tables.items()
        if path not in taken and not any(folder in taken for folder in path.parents)
    }
    options = ImportOptions(boilerplate=settings.switch("mark_boilerplate"))
    per_file = _ask_columns(parent, settings, tables, options)
    if per_file is None:
        return None
    marking = next((one.boilerplate for one in per_file.values()), options.boilerplate)
    return Wish(articles, replace(options, boilerplate=marking), per_file, tuple(annotations))


def _ask_what(parent: QWidget, one: Foreign) -> What | None:
    return WhatDialog.ask(parent, one.path.name, tr_marked(FOREIGN_FORMATS[one.format_id].name_key))


def _ask_columns(
    parent: QWidget, settings: Settings, tables: Mapping[Path, Preview], options: ImportOptions
) -> dict[Path, ImportOptions] | None:
    """Ask once for all tables that have the same columns; None if that was cancelled."""
    alike: dict[tuple[str, ...], list[Preview]] = {}
    for preview in tables.values():
        alike.setdefault(tuple(sorted(preview.names)), []).append(preview)
    per_file: dict[Path, ImportOptions] = {}
    for names, previews in list(alike.items())[:_MOST_QUESTIONS]:
        first = previews[0]
        columns = remembered(settings, names) or first.guessed
        answer = ColumnsDialog.ask(parent, Question(first, columns, options.boilerplate, len(previews) - 1))
        if answer is None:
            return None
        if answer.columns is not None and answer.encoding is None:
            remember(settings, names, answer.columns)
        per_file |= {preview.path: answer for preview in previews}
    return per_file
