# SPDX-License-Identifier: MIT
"""The header of WebAnno TSV: which version it is, and which columns hold the features of which layer.

Knows no rows and nothing of what features mean.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.errors import UserError

FORMAT_LINE = "#FORMAT=WebAnno TSV "
VERSIONS = ("3", "3.0", "3.1", "3.2", "3.3")


@dataclass(frozen=True, slots=True)
class Slot:
    """A feature that leads to other annotations: its column, the roles, and the next, what they lead to."""

    name: str
    target: str
    column: int


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer of the header: its features with their columns, of a relation what it relates, and its last column."""

    kind: str
    type: str
    features: tuple[tuple[str, int], ...]
    slots: tuple[Slot, ...]
    base: str
    start: int
    end: int


def layers_of(lines: Sequence[str], path: Path) -> tuple[list[Layer], int]:
    """Return the layers of a header, and how many of these lines it has.

    Raises:
        UserError: `foreign_malformed` or `foreign_version`.
    """
    first = lines[0]
    if not first.startswith(FORMAT_LINE):
        raise _malformed(path, 1, f"the first line is not {FORMAT_LINE.strip()}")
    version = first.removeprefix(FORMAT_LINE).strip()
    if version not in VERSIONS:
        raise UserError("foreign_version", path=path, version=version, known=", ".join(VERSIONS[-3:]))
    layers: list[Layer] = []
    for number, line in enumerate(lines[1:], start=2):
        if not line.startswith("#T_"):
            return layers, number - 1
        layers.append(_layer(line, layers[-1].end if layers else 0, path, number))
    return layers, len(lines)


def _layer(line: str, start: int, path: Path, number: int) -> Layer:
    """Return the layer that a line tells of, whose first column is `start`."""
    kind, equals, rest = line.removeprefix("#T_").partition("=")
    type_name, *names = rest.split("|")
    if kind not in {"SP", "RL", "CH"} or not equals or not type_name:
        raise _malformed(path, number, f"no layer: {line[:80]}")
    base = ""
    if kind == "RL":
        base = names.pop().removeprefix("BT_") if names and names[-1].startswith("BT_") else ""
        if not base:
            raise _malformed(path, number, "a relation without what it relates")
    features, slots, column = _features(names, start)
    # A layer without features has a column that says where its annotations are.
    end = max(column, start + 1) + (1 if base else 0)
    return Layer(kind, type_name, features, slots, base, start, end)


def _features(names: Sequence[str], column: int) -> tuple[tuple[tuple[str, int], ...], tuple[Slot, ...], int]:
    """Return features and slots with their columns, and the column after them."""
    features: list[tuple[str, int]] = []
    slots: list[Slot] = []
    waiting = iter(names)
    for name in waiting:
        target = next(waiting, None) if name.startswith("ROLE_") else None
        if target is None:
            features.append((name, column))
        else:
            slots.append(Slot(_slot_name(name), target, column))
            column += 1
        column += 1
    return tuple(features), tuple(slots), column


def _slot_name(column: str) -> str:
    """Return `links` of `ROLE_webanno.custom.Host:links_webanno.custom.HostLink`."""
    feature = column.rpartition(":")[2].partition(".")[0]
    return feature.rpartition("_")[0] or feature


def _malformed(path: Path, number: int, detail: str) -> UserError:
    return UserError("foreign_malformed", path=path, place=str(number), detail=detail)
