# SPDX-License-Identifier: MIT
"""The commands on the scheme: they stand in the menu of the project, below what goes in and out of it."""

from annotator.ui.actions.spec import ActionSpec

SCHEME_ACTIONS: tuple[ActionSpec, ...] = ()
