# SPDX-License-Identifier: MIT
"""Attributes: what a scheme asks of a tag besides its label, and the rules that a value must meet."""

import datetime as dt
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from annotator.errors import UserError
from annotator.model.ids import AttributeId
from annotator.model.names import NO_NAME, Name

#: A choice is the id of a value, several choices are a tuple of ids in the order of the scheme, a date is ISO 8601.
AttributeValue = str | bool | int | float | tuple[str, ...]

#: The vocabularies of the registry are attributes too, of no label: an actor's kind and sector.
ACTOR_KIND = AttributeId("actor_kind")
ACTOR_SECTOR = AttributeId("actor_sector")
#: The attribute whose values also type the events of the registry.
EVENT_TYPE = AttributeId("type")

#: A year, a month, a day, with a time or not; an ISO week; or two of them as an interval: what TIMEX3 values need.
_DATE = re.compile(
    r"\d{4}(?:-(?:\d{2}(?:-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?)?)?|W\d{2}))?"
    r"(?:/\d{4}(?:-\d{2}(?:-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?)?)?)?)?"
)


class AttributeKind(StrEnum):
    """What kind of value an attribute takes."""

    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    TEXT = "text"
    DATE = "date"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Value:
    """One of the values to choose from.

    Attributes:
        within: the values of the attribute that this one depends on (`Attribute.depends_on`) under which it is
            offered; empty for under all of them.
        needs: relation types of which a tag with this value should have one, as some events need a recipient.
        archived: no longer offered; tags that have it keep it.
    """

    id: str
    name: Name
    description: Name = NO_NAME
    within: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Attribute:
    """One thing that is asked of tags, such as an event's type.

    Attributes:
        labels: the labels, or document labels, whose tags have it.
        values: what a choice chooses from; empty for the other kinds.
        default: what a new tag gets.
        required: a tag without a value is marked.
        depends_on: the attribute that narrows the values of this one, as an event's type narrows its mode; or "".
        examples: passages that show it, quoted.
    """

    id: AttributeId
    name: Name
    kind: AttributeKind
    labels: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()
    description: Name = NO_NAME
    examples: tuple[str, ...] = ()
    default: AttributeValue | None = None
    required: bool = False
    depends_on: AttributeId | str = ""
    archived: bool = False
    position: int = 0

    def value(self, value_id: object) -> Value | None:
        """Return the value of this id, or None."""
        return next((value for value in self.values if value.id == value_id), None)

    def offered(self, others: Mapping[AttributeId, AttributeValue]) -> tuple[Value, ...]:
        """Return the values that a tag with these other values may choose from."""
        outer = others.get(AttributeId(self.depends_on)) if self.depends_on else None
        chosen = set(outer) if isinstance(outer, tuple) else {outer}
        return tuple(
            value
            for value in self.values
            if not value.archived and (not value.within or not self.depends_on or not chosen.isdisjoint(value.within))
        )

    def check(self, value: AttributeValue) -> AttributeValue:
        """Return a value as it is kept.

        Raises:
            UserError: `value_not_offered`, `value_no_date`, `value_no_number` or `value_wrong_kind`.
        """
        return _CHECKS[self.kind](self, value)


def _choice(attribute: Attribute, value: AttributeValue) -> AttributeValue:
    if attribute.value(value) is None:
        raise UserError(
            "value_not_offered",
            value=value,
            attribute=attribute.name.both,
            known=", ".join(known.id for known in attribute.values),
        )
    return value


def _choices(attribute: Attribute, value: AttributeValue) -> AttributeValue:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise _wrong_kind(attribute, value)
    for one in value:
        _choice(attribute, one)
    return tuple(known.id for known in attribute.values if known.id in value)


def _yes_no(attribute: Attribute, value: AttributeValue) -> AttributeValue:
    if not isinstance(value, bool):
        raise _wrong_kind(attribute, value)
    return value


def _text(attribute: Attribute, value: AttributeValue) -> AttributeValue:
    if not isinstance(value, str):
        raise _wrong_kind(attribute, value)
    return value.strip()


def _date(attribute: Attribute, value: AttributeValue) -> AttributeValue:
    # Digits as Arabic keyboards write them are digits.
    text = "".join(str(int(one)) if one.isdecimal() else one for one in str(_text(attribute, value)))
    if not _DATE.fullmatch(text) or not all(_is_possible(part) for part in text.split("/")):
        raise UserError("value_no_date", value=text, attribute=attribute.name.both)
    return text


def _is_possible(date: str) -> bool:
    """Return whether a date that looks like one is in the calendar."""
    day, _, time = date.partition("T")
    try:
        if "W" in date:
            dt.date.fromisocalendar(int(date[:4]), int(date[-2:]), 1)
            return True
        dt.datetime.fromisoformat(f"{day}{'-01' * (2 - day.count('-'))}T{time or '00:00'}")
    except ValueError:
        return False
    return True


def _number(attribute: Attribute, value: AttributeValue) -> AttributeValue:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= sys.float_info.max:
        raise UserError("value_no_number", value=value, attribute=attribute.name.both)
    return value


def _wrong_kind(attribute: Attribute, value: object) -> UserError:
    return UserError("value_wrong_kind", value=value, attribute=attribute.name.both, kind=attribute.kind)


_CHECKS = {
    AttributeKind.CHOICE: _choice,
    AttributeKind.CHOICES: _choices,
    AttributeKind.YES_NO: _yes_no,
    AttributeKind.TEXT: _text,
    AttributeKind.DATE: _date,
    AttributeKind.NUMBER: _number,
}
