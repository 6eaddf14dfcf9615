# SPDX-License-Identifier: MIT
"""The commands on the scheme: they stand in the menu of the project, below what goes in and out of it."""

from annotator.i18n import N_
from annotator.ui.actions.spec import ActionSpec, Menu, has_project

SCHEME_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "scheme",
        N_("Scheme…"),
        Menu.PROJECT,
        lambda w: w.scheme_ways.edit(),
        ("Ctrl+Shift+S",),
        "edit",
        has_project,
        parts=True,
    ),
    ActionSpec(
        "guideline",
        N_("Guideline"),
        Menu.PROJECT,
        lambda w: w.scheme_ways.open_guideline(),
        ("Shift+F1",),
        "help",
        has_project,
    ),
    ActionSpec(
        "review",
        N_("To review"),
        Menu.PROJECT,
        lambda w: w.scheme_ways.open_review(),
        ("Ctrl+Shift+R",),
        "warning",
        has_project,
    ),
)
