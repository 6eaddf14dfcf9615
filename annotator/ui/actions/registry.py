# SPDX-License-Identifier: MIT
"""The commands on the actors and events of the project, which its articles share."""

from annotator.i18n import N_
from annotator.ui.actions.spec import ON_TAG, ActionSpec, Menu, has_project

REGISTRY_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "tag_occurrences",
        N_("Tag all occurrences…"),
        Menu.TAG,
        lambda w: w.hits.open(),
        ("O",),
        when=lambda now: now.tag or now.selection,
        parts=True,
        contexts=ON_TAG,
    ),
    ActionSpec(
        "find_tags",
        N_("Find tags…"),
        Menu.TAG,
        lambda w: w.hits.open_tags(),
        ("Ctrl+T",),
        when=has_project,
    ),
)
