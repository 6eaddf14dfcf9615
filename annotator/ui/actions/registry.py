# SPDX-License-Identifier: MIT
"""The commands on the actors and events of the project, which its articles share."""

from annotator.ui.actions.spec import ActionSpec

REGISTRY_ACTIONS: tuple[ActionSpec, ...] = ()
