# SPDX-License-Identifier: MIT
"""Undo and redo: acts like any other, kept in the history, without limit, across restarts."""

from annotator.model.changes import Changes
from annotator.ops.acts import no_collection
from annotator.project import Project


def undo(project: Project) -> Changes:
    """Undo the annotator's last act that is not undone yet.

    Raises:
        UserError: `nothing_to_undo`, or `undo_conflict` where someone has changed the same rows since.
    """
    with no_collection():
        return project.undo()


def redo(project: Project) -> Changes:
    """Redo the annotator's last undone act.

    Raises:
        UserError: `nothing_to_redo`, or `undo_conflict` where someone has changed the same rows since.
    """
    with no_collection():
        return project.redo()
