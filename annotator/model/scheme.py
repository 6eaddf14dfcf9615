# SPDX-License-Identifier: MIT
"""A scheme: the layers and labels with which a project is tagged, read from a readable JSON file."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from annotator.errors import UserError
from annotator.model.ids import LabelId, LayerId

FORMAT = "tawsim-scheme/1"

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in both languages of the interface."""

    en: str
    ar: str

    def in_language(self, language: str) -> str:
        """Return the name in `language` ("ar" or "en"), or in the other where it is missing."""
        return (self.ar or self.en) if language == "ar" else (self.en or self.ar)


@dataclass(frozen=True, slots=True)
class Label:
    """What a span can be tagged as: stable id, name, the key that tags with it, and its colour as #rrggbb."""

    id: LabelId
    layer_id: LayerId
    name: Name
    description: Name
    shortcut: str
    color: str


@dataclass(frozen=True, slots=True)
class Layer:
    """A group of labels that answer one question; its labels share one underline shape."""

    id: LayerId
    name: Name
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """All layers of a project, in the order in which they are shown."""

    id: str
    name: Name
    layers: tuple[Layer, ...]

    @property
    def labels(self) -> Iterator[Label]:
        """Yield every label, in order."""
        for layer in self.layers:
            yield from layer.labels

    def label(self, label_id: str) -> Label:
        """Return a label by its id.

        Raises:
            UserError: `label_unknown`.
        """
        for label in self.labels:
            if label.id == label_id:
                return label
        raise UserError("label_unknown", label=label_id, known=", ".join(label.id for label in self.labels))

    def layer_index(self, label_id: str) -> int:
        """Return the place of a label's layer, from 0."""
        layer_id = self.label(label_id).layer_id
        return next(index for index, layer in enumerate(self.layers) if layer.id == layer_id)


def parse_scheme(source: str, *, where: str) -> Scheme:
    """Read a scheme from its JSON text.

    Args:
        source: the JSON text.
        where: the file's name, for messages.

    Raises:
        UserError: `scheme_unreadable`, with the place and what is wrong there.
    """
    try:
        data = json.loads(source)
        scheme = _scheme(data)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UserError("scheme_unreadable", path=where, detail=f"{type(error).__name__}: {error}") from error
    _check(scheme, where)
    return scheme


def dump_scheme(scheme: Scheme) -> str:
    """Return a scheme as the JSON text that `parse_scheme` reads."""
    data = {
        "format": FORMAT,
        "id": scheme.id,
        "name": _name_json(scheme.name),
        "layers": [
            {
                "id": layer.id,
                "name": _name_json(layer.name),
                "labels": [
                    {
                        "id": label.id,
                        "name": _name_json(label.name),
                        "description": _name_json(label.description),
                        "shortcut": label.shortcut,
                        "color": label.color,
                    }
                    for label in layer.labels
                ],
            }
            for layer in scheme.layers
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


def _name_json(name: Name) -> dict[str, str]:
    return {"en": name.en, "ar": name.ar}


def _name(data: dict[str, Any] | None) -> Name:
    return Name(en=str((data or {}).get("en", "")), ar=str((data or {}).get("ar", "")))


def _scheme(data: dict[str, Any]) -> Scheme:
    if data.get("format") != FORMAT:
        raise ValueError(f'"format" is {data.get("format")!r}, not {FORMAT!r}')
    return Scheme(id=str(data["id"]), name=_name(data["name"]), layers=tuple(_layer(layer) for layer in data["layers"]))


def _layer(data: dict[str, Any]) -> Layer:
    layer_id = LayerId(str(data["id"]))
    labels = tuple(
        Label(
            id=LabelId(str(label["id"])),
            layer_id=layer_id,
            name=_name(label["name"]),
            description=_name(label.get("description")),
            shortcut=str(label.get("shortcut", "")),
            color=str(label["color"]),
        )
        for label in data["labels"]
    )
    return Layer(id=layer_id, name=_name(data["name"]), labels=labels)


def _check(scheme: Scheme, where: str) -> None:
    labels = list(scheme.labels)
    shortcuts = [label.shortcut for label in labels if label.shortcut]
    problems = [
        *([] if labels else ["no labels"]),
        *(f"id {label.id!r}" for label in labels if not _ID.fullmatch(label.id)),
        *(f"color {label.color!r} of {label.id}" for label in labels if not _COLOR.fullmatch(label.color)),
        *(f"{label.id} has no name" for label in labels if not (label.name.en or label.name.ar)),
        *_repeated("label", [label.id for label in labels]),
        *_repeated("layer", [layer.id for layer in scheme.layers]),
        *_repeated("shortcut", shortcuts),
    ]
    if problems:
        raise UserError("scheme_unreadable", path=where, detail="; ".join(problems))


def _repeated(what: str, values: list[Any]) -> list[str]:
    return [f"{what} {value!r} twice" for value in dict.fromkeys(values) if values.count(value) > 1]
