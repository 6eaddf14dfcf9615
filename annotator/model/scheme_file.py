# SPDX-License-Identifier: MIT
"""Scheme files: readable JSON, `tawsim-scheme/2`, which docs/scheme-format.md describes; `/1` is read, too.

Owns how the parts of a scheme are written as JSON, in files as in projects. What a scheme may say is `scheme_rules`'.
"""

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from annotator.errors import UserError
from annotator.late import late
from annotator.model.attributes import Attribute, Value
from annotator.model.names import Name
from annotator.model.plain import from_plain
from annotator.model.scheme import DocumentLabel, Label, Layer, RelationType, Scheme, SchemePart

if TYPE_CHECKING:
    from annotator.model.scheme_rules import scheme_problems
else:
    scheme_problems = late("annotator.model.scheme_rules", "scheme_problems")

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
#: What a label in a file may leave out.
_LABEL_BLANKS: dict[str, Any] = {"description": {}, "shortcut": ""}
#: The fields of parts that hold a name in both languages.
_NAMES = frozenset({"name", "description"})
_MOST_TOLD = 5


def parse_scheme(source: str, *, where: str) -> Scheme:
    """Read a scheme from its JSON text.

    Args:
        source: the JSON text.
        where: the file's name, for messages.

    Raises:
        UserError: `scheme_unreadable`, with the place and what is wrong there.
    """
    try:
        # Some editors begin a file with a byte order mark.
        scheme = _scheme(json.loads(source.removeprefix("\ufeff"), object_pairs_hook=_object))
        # Half of a surrogate pair, which JSON can write, cannot be stored.
        dump_scheme(scheme).encode()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UserError("scheme_unreadable", path=where, detail=_detail(error)) from error
    problems = scheme_problems(scheme)
    if problems:
        # One mistake can bring dozens along.
        more = [f"and {len(problems) - _MOST_TOLD} more"] if len(problems) > _MOST_TOLD else []
        raise UserError("scheme_unreadable", path=where, detail="; ".join([*problems[:_MOST_TOLD], *more]))
    return scheme


def _detail(error: Exception) -> str:
    if isinstance(error, ValueError):
        return str(error)
    if isinstance(error, KeyError):
        return f"{json.dumps(error.args[0])} is missing"
    return f"{type(error).__name__}: {error}"


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
    return from_plain(kind, data)


def _plain(value: Any) -> Any:
    if isinstance(value, Name | Value):
        return part_to_json(value) if isinstance(value, Value) else {"en": value.en, "ar": value.ar}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _default(field: "Field[Any]") -> Any:
    return MISSING if field.default is MISSING else field.default


def _without_position(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != "position"}


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a JSON object; of two values under one key the first would be lost in silence, so these are refused."""
    data = dict(pairs)
    if len(data) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"twice: {', '.join(sorted({key for key in keys if keys.count(key) > 1}))}")
    return data


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
        id=_converted("id", str, data["id"]),
        name=_converted("name", Name, data["name"]),
        guideline=_converted("guideline", Name, data.get("guideline", {})),
        layers=lists["layers"],
        all_labels=lists["labels"],
        attributes=lists["attributes"],
        relation_types=lists["relation_types"],
        document_labels=lists["document_labels"],
    ).numbered()


def _parts(name: str, kind: type[SchemePart], data: Any) -> Any:
    if not isinstance(data, list):
        raise TypeError(f'"{name}" is no list')
    if kind is Label:
        data = [_LABEL_BLANKS | part if isinstance(part, dict) else part for part in data]
    return tuple(_converted(f"{name}[{number}]", kind, part) for number, part in enumerate(data))


def _converted(place: str, kind: type[_T], data: Any) -> _T:
    """Return plain JSON values as what they stand for, or say at which place they do not."""
    _refuse_unknown(place, kind, data)
    try:
        return from_plain(kind, data)
    except ValueError as error:
        raise ValueError(str(error).replace("`$", f"`{place}") if "`$" in str(error) else f"{place}: {error}") from None


def _refuse_unknown(place: str, kind: type, data: Any) -> None:
    """Refuse a word that is spelled wrong, which would else be left out in silence."""
    if not is_dataclass(kind) or not isinstance(data, dict):
        return
    unknown = data.keys() - {field.name for field in fields(kind)}
    if unknown:
        raise ValueError(f"{place}: unknown: {', '.join(sorted(unknown))}")
    for name in data.keys() & _NAMES:
        _refuse_unknown(f"{place}.{name}", Name, data[name])
    values = data.get("values")
    for number, value in enumerate(values if isinstance(values, list) else ()):
        _refuse_unknown(f"{place}.values[{number}]", Value, value)


def _from_old(data: dict[str, Any]) -> dict[str, Any]:
    """Return the data of the first format, in which labels stood in their layers, as that of the second."""
    layers = [{"id": layer["id"], "name": layer["name"]} for layer in data["layers"]]
    labels = [label | {"layer_id": layer["id"]} for layer in data["layers"] for label in layer["labels"]]
    return {"format": FORMAT, "id": data["id"], "name": data["name"], "layers": layers, "labels": labels}
