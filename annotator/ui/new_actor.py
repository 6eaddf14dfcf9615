# SPDX-License-Identifier: MIT
"""A new actor of a name that was typed or tagged, in whichever language. Knows no widget."""

from annotator.model.registry import Actor
from annotator.ops.actors import draft_actor
from annotator.project import Project
from annotator.text.direction import Direction, base_direction


def new_actor(project: Project, name: str) -> Actor:
    """Return a new actor of this name, which is Arabic or English by its letters."""
    tidy = " ".join(name.split())
    if base_direction(tidy, Direction.LTR) is Direction.RTL:
        return draft_actor(project, name_ar=tidy)
    return draft_actor(project, name_en=tidy)
