# SPDX-License-Identifier: MIT
"""The commands on the actors and events of the project, which its articles share."""

from annotator.i18n import N_
from annotator.ui.actions.spec import ON_TAG, ActionSpec, Menu, has_project, is_writable
from annotator.ui.registry.names import Kind

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
    ActionSpec(
        "entity_page",
        N_("Page of the tag's actor or event"),
        Menu.REGISTRY,
        lambda w: w.registry.open_current(),
        ("M",),
        when=lambda now: now.tag,
        contexts=ON_TAG,
    ),
    ActionSpec(
        "actors", N_("List of actors"), Menu.REGISTRY, lambda w: w.registry.show_list(Kind.ACTOR), when=has_project
    ),
    ActionSpec(
        "events", N_("List of events"), Menu.REGISTRY, lambda w: w.registry.show_list(Kind.EVENT), when=has_project
    ),
    ActionSpec(
        "new_actor",
        N_("New actor…"),
        Menu.REGISTRY,
        lambda w: w.registry.add(Kind.ACTOR),
        when=is_writable,
        parts=True,
    ),
    ActionSpec("new_event", N_("New event…"), Menu.REGISTRY, lambda w: w.registry.add(Kind.EVENT), when=is_writable),
    ActionSpec(
        "candidates",
        N_("Likely the same…"),
        Menu.REGISTRY,
        lambda w: w.registry.open_candidates(),
        ("Ctrl+M",),
        when=has_project,
        parts=True,
    ),
)
