# SPDX-License-Identifier: MIT
"""An annotator: the person who makes tags."""

from dataclasses import dataclass

from annotator.model.ids import AnnotatorId


@dataclass(frozen=True, slots=True)
class Annotator:
    """A person who works in a project; the name is unique in it."""

    id: AnnotatorId
    name: str
