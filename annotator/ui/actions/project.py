# SPDX-License-Identifier: MIT
"""The commands on a project: opening, what goes in and out of it, closing. Those on its scheme are in `scheme`."""

from annotator.i18n import N_
from annotator.ui.actions.spec import ActionSpec, Menu, has_project, is_writable

PROJECT_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("new", N_("New project…"), Menu.PROJECT, lambda w: w.files.new_project(), ("Ctrl+N",), "new-project"),
    ActionSpec("open", N_("Open project…"), Menu.PROJECT, lambda w: w.files.choose_project(), ("Ctrl+O",), "open"),
    ActionSpec(
        "open_articles",
        N_("Open a folder of articles…"),
        Menu.PROJECT,
        lambda w: w.files.choose_folder(),
        ("Ctrl+Shift+O",),
    ),
    ActionSpec(
        "seeds",
        N_("Open the sample articles"),
        Menu.PROJECT,
        lambda w: w.files.open_seeds(),
        icon="seeds",
        when=lambda now: now.seeds,
    ),
    ActionSpec(
        "import",
        N_("Import articles…"),
        Menu.PROJECT,
        lambda w: w.imports.choose_files(),
        ("Ctrl+I",),
        "import",
        is_writable,
        parts=True,
        tool=True,
    ),
    ActionSpec(
        "import_folder",
        N_("Import a folder…"),
        Menu.PROJECT,
        lambda w: w.imports.choose_folder(),
        ("Ctrl+Shift+I",),
        when=is_writable,
    ),
    ActionSpec(
        "paste_article",
        N_("New article from the clipboard…"),
        Menu.PROJECT,
        lambda w: w.imports.paste(),
        ("Ctrl+Shift+V",),
        when=is_writable,
    ),
    ActionSpec(
        "import_annotations",
        N_("Import annotations…"),
        Menu.PROJECT,
        lambda w: w.imports.choose_annotations(),
        ("Ctrl+Shift+T",),
        when=is_writable,
        parts=True,
    ),
    ActionSpec(
        "import_annotation_folder",
        N_("Import a folder of annotations…"),
        Menu.PROJECT,
        lambda w: w.imports.choose_annotation_folder(),
        when=is_writable,
    ),
    ActionSpec(
        "import_report",
        N_("Last import report"),
        Menu.PROJECT,
        lambda w: w.imports.show_report(),
        when=lambda now: now.import_report,
    ),
    ActionSpec(
        "export",
        N_("Export…"),
        Menu.PROJECT,
        lambda w: w.files.export(),
        ("Ctrl+E",),
        "export",
        has_project,
        parts=True,
        tool=True,
    ),
    ActionSpec(
        "history",
        N_("History…"),
        Menu.PROJECT,
        lambda w: w.show_history(),
        ("Ctrl+H",),
        "history",
        has_project,
    ),
    ActionSpec("check", N_("Check the project"), Menu.PROJECT, lambda w: w.files.check(), when=has_project),
)

CLOSING_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "close",
        N_("Close the project"),
        Menu.PROJECT,
        lambda w: w.files.close_project(),
        ("Ctrl+W",),
        when=has_project,
        parts=True,
    ),
    ActionSpec("quit", N_("Quit"), Menu.PROJECT, lambda w: w.close(), ("Ctrl+Q",)),
)
