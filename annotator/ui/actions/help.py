# SPDX-License-Identifier: MIT
"""The commands that help."""

from annotator.i18n import N_
from annotator.ui.actions.spec import ActionSpec, Menu

HELP_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("shortcuts", N_("Keyboard shortcuts"), Menu.HELP, lambda w: w.show_shortcuts(), ("F1",), "shortcuts"),
    ActionSpec("about", N_("About Tawsim"), Menu.HELP, lambda w: w.show_about(), icon="info"),
)
