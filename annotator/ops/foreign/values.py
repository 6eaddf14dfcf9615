# SPDX-License-Identifier: MIT
"""Values of attributes as files have them, mostly text, turned into values of the attributes of a scheme."""

from collections.abc import Callable, Mapping

from annotator.errors import UserError
from annotator.model.attributes import Attribute, AttributeKind, AttributeValue
from annotator.model.ids import AttributeId
from annotator.model.scheme_mapping import KEEP, LEAVE_OUT
from annotator.ops.foreign.parts import Parts

_YES = frozenset({"true", "yes", "1", "نعم"})
_NO = frozenset({"false", "no", "0", "لا"})


def converted(
    given: Mapping[str, AttributeValue], label_id: str, mapping: Mapping[str, str], parts: Parts
) -> dict[AttributeId, AttributeValue]:
    """Return the attributes of a tag; a value that fits no attribute of the scheme is kept in one of its own."""
    values: dict[AttributeId, AttributeValue] = {}
    for name, value in given.items():
        target = mapping.get(name, KEEP)
        if target == LEAVE_OUT:
            continue
        attribute = None if target == KEEP else parts.scheme.attribute(target)
        fitting = None if attribute is None else _fitting(attribute, value)
        if attribute is None or fitting is None:
            attribute = parts.add_attribute(name, label_id)
            fitting = _fitting(attribute, value)
        if fitting is None:  # one of a file's own scheme that does not keep to it
            attribute = parts.add_attribute(f"{name} ", label_id)
            fitting = _text(value)
        if fitting not in ("", ()):
            values[attribute.id] = fitting
    return values


def _fitting(attribute: Attribute, value: AttributeValue) -> AttributeValue | None:
    try:
        return attribute.check(_READ[attribute.kind](attribute, value))
    except (UserError, ValueError):
        return None


def _choice(attribute: Attribute, value: AttributeValue) -> AttributeValue:
    text = _text(value)
    return next((one.id for one in attribute.values if text in {one.id, one.name.en, one.name.ar}), text)


def _choices(attribute: Attribute, value: AttributeValue) -> AttributeValue:
    several = value if isinstance(value, tuple) else tuple(part.strip() for part in _text(value).split(","))
    return tuple(str(_choice(attribute, one)) for one in several if one)


def _yes_no(_attribute: Attribute, value: AttributeValue) -> AttributeValue:
    text = _text(value).casefold()
    if text not in _YES | _NO:
        raise ValueError(text)
    return text in _YES


def _number(_attribute: Attribute, value: AttributeValue) -> AttributeValue:
    if not isinstance(value, str):
        return value
    return int(value) if value.strip().lstrip("+-").isdecimal() else float(value)


def _text(value: AttributeValue) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(value) if isinstance(value, tuple) else str(value)


_READ: dict[AttributeKind, Callable[[Attribute, AttributeValue], AttributeValue]] = {
    AttributeKind.CHOICE: _choice,
    AttributeKind.CHOICES: _choices,
    AttributeKind.YES_NO: _yes_no,
    AttributeKind.TEXT: lambda _, value: _text(value),
    AttributeKind.DATE: lambda _, value: _text(value),
    AttributeKind.NUMBER: _number,
}
