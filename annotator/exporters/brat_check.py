# SPDX-License-Identifier: MIT
"""What bratly, an independent reader, sees in an `.ann` file, held against what our own reader sees.

bratly is asked line by line: its reader of whole files drops lines that it cannot read, and ends a line at characters
that may stand in a text. It knows no events without arguments and no arguments that are events.
"""

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from annotator.errors import UserError
from annotator.extras import load
from annotator.importers import brat_lines as lines


def check(said: lines.Lines, path: Path) -> None:
    """Refuse a file of which the two readers do not say the same.

    Raises:
        UserError: `foreign_malformed`.
    """
    found = _Bratly(path, _bratly())
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if line:
            found.read(line, str(number))
    bounds = {one.id: (one.type, one.fragments, one.text.split("\t")[0]) for one in said.bounds}
    entities = {one.id for one in said.bounds}
    expected = {
        **bounds,
        **{
            one.id: (one.type, one.source, one.target) for one in said.relations if {one.source, one.target} <= entities
        },
        **{one.id: (one.type, one.trigger, one.arguments) for one in said.events if _is_known(one, entities)},
        **{one.id: (one.type, one.target, one.value) for one in said.attributes},
        **{one.id: (one.type, one.target, one.database, one.key, one.name) for one in said.references},
        **{one.id: (one.type, one.target, one.text) for one in said.notes},
    }
    if found.said != expected:
        raise UserError("foreign_malformed", path=path, place="", detail="bratly")


def _bratly() -> Any:
    with warnings.catch_warnings():  # it is written for an older pydantic, which says so when it is imported
        warnings.simplefilter("ignore", DeprecationWarning)
        return load("bratly")


def _is_known(event: lines.Event, entities: set[str]) -> bool:
    return bool(event.arguments) and all(end in entities for _, end in event.arguments)


class _Bratly:
    """The lines of one file as bratly reads them."""

    def __init__(self, path: Path, bratly: Any) -> None:
        self.said: dict[str, tuple[Any, ...]] = {}
        self._path, self._bratly = path, bratly
        self._entities: dict[str, Any] = {}
        self._all: dict[str, Any] = {}

    def read(self, line: str, place: str) -> None:
        """Read one line, with those before it.

        Raises:
            UserError: `foreign_malformed`.
        """
        try:
            _READERS[line[0]](self, line)
        except (self._bratly.ParsingError, KeyError, IndexError) as error:
            raise UserError("foreign_malformed", path=self._path, place=place, detail=str(error)) from error

    def _entity(self, line: str) -> None:
        one = self._bratly.EntityAnnotation.from_line(line)
        fragments = tuple((part.start, part.end) for part in one.fragments)
        self._entities[one.id] = self._all[one.id] = one
        self.said[one.id] = (one.label, fragments, one.content)

    def _relation(self, line: str) -> None:
        if ":E" not in line:
            one = self._bratly.RelationAnnotation.from_line(line, self._entities)
            self.said[one.id] = (one.label, one.argument1[1].id, one.argument2[1].id)

    def _event(self, line: str) -> None:
        _, *arguments = line.split(" ")
        if arguments and ":E" not in line:
            one = self._bratly.EventAnnotation.from_line(line, self._entities)
            found = tuple((role, end.id) for role, end in one.args.items())
            self.said[one.id] = (one.label, one.event_trigger.id, found)

    def _attribute(self, line: str) -> None:
        one = self._bratly.AttributeAnnotation.from_line(line, self._known(line))
        self.said[one.id] = (one.label, one.component.id, one.values[0] if one.values else None)

    def _reference(self, line: str) -> None:
        one = self._bratly.NormalizationAnnotation.from_line(line, self._known(line))
        self.said[one.id] = (one.label, one.component.id, *one.external_resource, one.content)

    def _note(self, line: str) -> None:
        one = self._bratly.NoteAnnotation.from_line(line, self._known(line))
        self.said[one.id] = (one.label, one.component.id, one.value)

    def _known(self, line: str) -> dict[str, Any]:
        """Return what a line may speak of; an event that bratly does not know by its trigger is one by its id."""
        target = line.split("\t")[1].split(" ")[1]
        return {target: self._bratly.annotation_types.Annotation(id=target, label="Event"), **self._all}


_READERS: dict[str, Callable[[_Bratly, str], None]] = {
    "T": _Bratly._entity,  # noqa: SLF001 - the methods of this very class
    "R": _Bratly._relation,  # noqa: SLF001
    "E": _Bratly._event,  # noqa: SLF001
    "A": _Bratly._attribute,  # noqa: SLF001
    "N": _Bratly._reference,  # noqa: SLF001
    "#": _Bratly._note,  # noqa: SLF001
}
