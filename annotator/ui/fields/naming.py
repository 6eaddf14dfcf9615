# SPDX-License-Identifier: MIT
"""What attributes and their values are called, and what is said of them beside a field."""

from collections.abc import Sequence

from annotator import i18n
from annotator.i18n import tr
from annotator.model.attributes import Attribute, AttributeKind, AttributeValue
from annotator.model.names import Name

_MARKS = {True: "\u200f", False: "\u200e"}
_SEPARATORS = {"ar": "، ", "en": ", "}


def said(name: Name) -> str:
    """Return a name or description in the language of the interface."""
    return name.in_language(i18n.language())


def in_interface_direction(sentence: str) -> str:
    """Return a sentence that runs as the interface does, even where a quote that it begins with does not."""
    return f"{_MARKS[i18n.is_rtl()]}{sentence}" if sentence else ""


def attribute_name(attribute: Attribute) -> str:
    """Return an attribute's name in the language of the interface."""
    return said(attribute.name) or attribute.id


def attribute_hint(attribute: Attribute) -> str:
    """Return an attribute's description and its examples, each on a line."""
    return "\n".join(line for line in (said(attribute.description), *attribute.examples) if line)


def value_name(attribute: Attribute, value: AttributeValue | None) -> str:
    """Return what a value is called; one that the attribute does not know by its id."""
    if value is None:
        return ""
    if attribute.kind in (AttributeKind.CHOICE, AttributeKind.CHOICES):
        chosen = value if isinstance(value, Sequence) and not isinstance(value, str) else (value,)
        return _SEPARATORS[i18n.language()].join(_choice_name(attribute, one) for one in chosen)
    if isinstance(value, bool):
        return tr("Yes") if value else tr("No")
    return f"{value:g}" if isinstance(value, float) else str(value)


def _choice_name(attribute: Attribute, value: object) -> str:
    known = attribute.value(value)
    return (said(known.name) or known.id) if known is not None else str(value)
