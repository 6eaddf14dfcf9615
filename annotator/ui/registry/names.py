# SPDX-License-Identifier: MIT
"""The two kinds of things in the registry; apart from all else, as the table of commands names them."""

from enum import StrEnum


class Kind(StrEnum):
    """Which of the two."""

    ACTOR = "actor"
    EVENT = "event"
