# SPDX-License-Identifier: MIT
"""What all acts share."""

from annotator.model.changes import Changes
from annotator.store.row_changes import Act


def done(act: Act) -> Changes:
    """Return what a finished act changed."""
    assert act.changes is not None  # noqa: S101 - set when the transaction ends well
    return act.changes
