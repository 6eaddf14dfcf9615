# SPDX-License-Identifier: MIT
"""What can be done to actors and to events, of one shape for both. Knows no widget."""

from collections.abc import Callable
from dataclasses import dataclass

from annotator.model.changes import Changes
from annotator.ops import actors, events
from annotator.project import Project
from annotator.ui.new_actor import new_actor
from annotator.ui.registry.kinds import Record
from annotator.ui.registry.names import Kind


@dataclass(frozen=True, slots=True)
class Acts:
    """The acts on one kind, all of one shape."""

    draft: Callable[[Project, str], Record]
    add: Callable[..., Changes]
    change: Callable[..., Changes]
    delete: Callable[..., Changes]
    merge: Callable[..., Changes]
    split: Callable[..., Changes]
    link: Callable[..., Changes]
    unlink: Callable[..., Changes]


ACTS = {
    Kind.ACTOR: Acts(
        new_actor,
        actors.add_actor,
        actors.change_actor,
        actors.delete_actors,
        actors.merge_actors,
        actors.split_actor,
        actors.link_tags,
        actors.unlink_tags,
    ),
    Kind.EVENT: Acts(
        events.draft_event,
        events.add_event,
        events.change_event,
        events.delete_events,
        events.merge_events,
        events.split_event,
        events.link_tags,
        events.unlink_tags,
    ),
}
