# SPDX-License-Identifier: MIT
"""What all questions to an open project share: its database, and who asks."""

from typing import TypeVar

from annotator.errors import UserError
from annotator.model.annotator import Annotator
from annotator.store.database import Database

T = TypeVar("T")


class Asking:
    """Something with a database that can be asked."""

    def __init__(self, database: Database, annotator: Annotator | None) -> None:
        self._database, self._annotator = database, annotator

    @property
    def annotator(self) -> Annotator:
        """Return who works in the project.

        Raises:
            UserError: `project_read_only` where nobody does.
        """
        if self._annotator is None:
            raise UserError("project_read_only", path=self._database.path)
        return self._annotator


def known(value: T | None, key: str, **params: object) -> T:
    """Return what was asked for.

    Raises:
        UserError: `key`, where it is not there.
    """
    if value is None:
        raise UserError(key, **params)
    return value
