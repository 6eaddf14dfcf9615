# SPDX-License-Identifier: MIT
"""The commands of editing: undo, copying, finding, the settings."""

from annotator.i18n import N_, tr
from annotator.ui.actions.spec import ON_TEXT, ActionSpec, Menu, Situation, has_article, has_project


def _undo_name(now: Situation) -> str:
    return tr("Undo: {act}", act=now.undo) if now.undo else tr("Undo")


def _redo_name(now: Situation) -> str:
    return tr("Redo: {act}", act=now.redo) if now.redo else tr("Redo")


EDIT_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "undo",
        N_("Undo"),
        Menu.EDIT,
        lambda w: w.undo(),
        ("Ctrl+Z",),
        "undo",
        lambda now: now.undo is not None,
        _undo_name,
        tool=True,
    ),
    ActionSpec(
        "redo",
        N_("Redo"),
        Menu.EDIT,
        lambda w: w.redo(),
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        "redo",
        lambda now: now.redo is not None,
        _redo_name,
        tool=True,
    ),
    ActionSpec(
        "copy",
        N_("Copy"),
        Menu.EDIT,
        lambda w: w.desk.pane.view.copy(),
        ("Ctrl+C",),
        when=lambda now: now.selection,
        parts=True,
        contexts=ON_TEXT,
    ),
    ActionSpec(
        "find",
        N_("Find in the article"),
        Menu.EDIT,
        lambda w: w.desk.pane.find_bar.open_bar(),
        ("Ctrl+F",),
        "search",
        has_article,
        parts=True,
        tool=True,
    ),
    ActionSpec(
        "find_next",
        N_("Next match"),
        Menu.EDIT,
        lambda w: w.desk.pane.find_bar.go(1),
        ("F3",),
        when=has_article,
    ),
    ActionSpec(
        "find_previous",
        N_("Previous match"),
        Menu.EDIT,
        lambda w: w.desk.pane.find_bar.go(-1),
        ("Shift+F3",),
        when=has_article,
    ),
    ActionSpec(
        "search",
        N_("Search all articles…"),
        Menu.EDIT,
        lambda w: w.hits.open_words(),
        ("Ctrl+Shift+F",),
        when=has_project,
    ),
    ActionSpec(
        "settings",
        N_("Settings…"),
        Menu.EDIT,
        lambda w: w.viewing.ask_settings(),
        ("Ctrl+,",),
        "settings",
        parts=True,
    ),
)
