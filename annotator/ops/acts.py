# SPDX-License-Identifier: MIT
"""What all acts share."""

import contextlib
import gc
from collections.abc import Iterator

from annotator.model.changes import Changes
from annotator.store.row_changes import Act


def done(act: Act) -> Changes:
    """Return what a finished act changed."""
    assert act.changes is not None  # noqa: S101 - set when the transaction ends well
    return act.changes


@contextlib.contextmanager
def no_collection() -> Iterator[None]:
    """Keep Python from looking for cycles, over and over, among rows that grow in number and hold none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
