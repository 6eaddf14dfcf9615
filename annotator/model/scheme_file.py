# SPDX-License-Identifier: MIT
"""Scheme files: readable JSON, `tawsim-scheme/2`, which docs/scheme-format.md describes; `/1` is read, too.

Owns how the parts of a scheme are written as JSON, in files as in projects. What a scheme may say is `scheme_rules`'.
"""

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from typing import TYPE_CHECKING, Any, TypeVar

from annotator.errors import UserError
from annotator.late import LateModule
from annotator.model.attributes import Attribute, Value
from annotator.model.names import Name
from annotator.model.scheme import DocumentLabel, Label, Layer, RelationType, Scheme, SchemePart
from annotator.model.scheme_rules import scheme_problems

if TYPE_CHECKING:
    import msgspec
else:
    msgspec = LateModule("msgspec")

FORMAT = "tawsim-scheme/2"
_OLD_FORMAT = "tawsim-scheme/1"

_T = TypeVar("_T")

#: The lists of a scheme file, and what is in each; of a label its layer is called by the first name here.
_LISTS: dict[str, type[SchemePart]] = {
    "layers": Layer,
    "labels": Label,
    "attributes": Attribute,
    "relation_types": RelationType,
    "document_labels": DocumentLabel,
}


def parse_scheme(source: str, *, where: str) -> Scheme:
    """Read a scheme from its JSON text.

    Args:
        source: the JSON text.
        where: the file's name, for messages.

    Raises:
        UserError: `scheme_unreadable`, with the place and what is wrong there.
    """
    try:
        scheme = _scheme(json.loads(source))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        detail = str(error) if isinstance(error, ValueError) else f"{type(error).__name__}: {error}"
        raise UserError("scheme_unreadable", path=where, detail=detail) from error
    problems = scheme_problems(scheme)
    if problems:
        raise UserError("scheme_unreadable", path=where, detail="; ".join(problems))
    return scheme


def dump_scheme(scheme: Scheme) -> str:
    """Return a scheme as the JSON text that `parse_scheme` reads; the project's own version of it is left out."""
    lists: dict[str, tuple[SchemePart, ...]] = {
        "layers": scheme.layers,
        "labels": scheme.all_labels,
        "attributes": scheme.attributes,
        "relation_types": scheme.relation_types,
        "document_labels": scheme.document_labels,
    }
    data: dict[str, Any] = {"format": FORMAT, "id": scheme.id, "name": _plain(scheme.name)}
    if scheme.guideline:
        data["guideline"] = _plain(scheme.guideline)
    data |= {name: [_without_position(part_to_json(part)) for part in parts] for name, parts in lists.items() if parts}
    return json.dumps(data, ensure_ascii=False, indent=1)


def part_to_json(part: SchemePart | Name | Value) -> dict[str, Any]:
    """Return a part as plain JSON values; what is as it is by default is left out."""
    return {
        field.name: _plain(value) for field in fields(part) if (value := getattr(part, field.name)) != _default(field)
    }


def default_json(kind: type[Any]) -> dict[str, Any]:
    """Return what `part_to_json` leaves out: of the fields that have a default, this default as plain JSON."""
    return {field.name: _plain(field.default) for field in fields(kind) if field.default is not MISSING}


def part_from_json(kind: type[_T], data: Mapping[str, Any]) -> _T:
    """Return the part that `part_to_json` wrote.

    Raises:
        ValueError: it is none, with the place and what is wrong there.
    """
    return msgspec.convert(data, kind)


def _plain(value: Any) -> Any:
    if isinstance(value, Name | Value):
        return part_to_json(value) if isinstance(value, Value) else {"en": value.en, "ar": value.ar}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _default(field: "Field[Any]") -> Any:
    return MISSING if field.default is MISSING else field.default


def _without_position(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != "position"}


def _scheme(data: Any) -> Scheme:
    if not isinstance(data, dict):
        raise TypeError(f"a scheme is a JSON object, not {type(data).__name__}")
    if data.get("format") == _OLD_FORMAT:
        data = _from_old(data)
    if data.get("format") != FORMAT:
        raise ValueError(f'"format" is {data.get("format")!r}, not {FORMAT!r}')
    unknown = data.keys() - {"format", "id", "name", "guideline", *_LISTS}
    if unknown:
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
    lists = {name: _parts(name, kind, data.get(name, [])) for name, kind in _LISTS.items()}
    return Scheme(
        id=str(data["id"]),
        name=part_from_json(Name, data["name"]),
        guideline=part_from_json(Name, data.get("guideline", {"en": "", "ar": ""})),
        layers=lists["layers"],
        all_labels=lists["labels"],
        attributes=lists["attributes"],
        relation_types=lists["relation_types"],
        document_labels=lists["document_labels"],
    ).numbered()


def _parts(name: str, kind: type[SchemePart], data: Any) -> Any:
    if not isinstance(data, list):
        raise TypeError(f'"{name}" is no list')
    known = {field.name for field in fields(kind)}
    for number, part in enumerate(data):
        # A word spelled wrong would else be left out in silence.
        unknown = set(part) - known if isinstance(part, dict) else set()
        if unknown:
            raise ValueError(f"{name}[{number}]: unknown: {', '.join(sorted(unknown))}")
    return msgspec.convert(data, tuple[kind, ...])  # type: ignore[valid-type]  # one of the parts


def _from_old(data: dict[str, Any]) -> dict[str, Any]:
    """Return the data of the first format, in which labels stood in their layers, as that of the second."""
    layers = [{"id": layer["id"], "name": layer["name"]} for layer in data["layers"]]
    labels = [
        {"description": {"en": "", "ar": ""}, "shortcut": ""} | label | {"layer_id": layer["id"]}
        for layer in data["layers"]
        for label in layer["labels"]
    ]
    return {"format": FORMAT, "id": data["id"], "name": data["name"], "layers": layers, "labels": labels}
