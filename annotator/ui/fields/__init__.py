# SPDX-License-Identifier: MIT
"""Editors of attributes: one widget for each kind of value, for panels and forms alike.

They know an attribute of the scheme and a value of it; who keeps the value, and where, is none of their business.
"""

from annotator.ui.fields.base import AttributeField
from annotator.ui.fields.field_row import FieldRow
from annotator.ui.fields.making import make_field
from annotator.ui.fields.naming import attribute_hint, attribute_name, value_name
from annotator.ui.fields.recent import RecentValues
from annotator.ui.fields.section import AttributeFields

__all__ = [
    "AttributeField",
    "AttributeFields",
    "FieldRow",
    "RecentValues",
    "attribute_hint",
    "attribute_name",
    "make_field",
    "value_name",
]
