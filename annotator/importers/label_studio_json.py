# SPDX-License-Identifier: MIT
"""The JSON of Label Studio's tasks, as far as it is read: what may stand where, and of which type."""

from typing import Any

import msgspec


class Result(msgspec.Struct):
    """One thing that an annotation says; of a relation only the last four fields count."""

    type: str = ""
    id: str | int = ""
    from_name: str = ""
    value: dict[str, Any] = {}
    meta: Any = None
    from_id: str | int = ""
    to_id: str | int = ""
    direction: str = "right"
    labels: list[str] | None = None


class Annotation(msgspec.Struct):
    """What one annotator did with a task."""

    result: list[Result] | None = None
    completed_by: Any = None
    was_cancelled: bool | None = False
    skipped: bool | None = False


class Task(msgspec.Struct):
    """A text with its annotations, in the full JSON."""

    data: dict[str, Any]
    id: int | str = ""
    annotations: list[Annotation] | None = None
    #: What annotations were once called.
    completions: list[Annotation] | None = None
    predictions: list[Any] | None = None


class Kind(msgspec.Struct):
    """By which a task is told from an object of `JSON_MIN`."""

    data: Any = None
