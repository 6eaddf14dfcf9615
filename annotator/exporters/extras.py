# SPDX-License-Identifier: MIT
"""Libraries that an export may need and this program comes without: looked for, and imported only when asked for.

Knows how such a library is installed; what it is good for, the formats know.
"""

import importlib
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from annotator.errors import UserError
from annotator.late import LateModule

if TYPE_CHECKING:
    from importlib import metadata
else:
    metadata = LateModule("importlib.metadata")

_DISTRIBUTION = "tawsim"


@dataclass(frozen=True, slots=True)
class Extra:
    """An extra of this distribution: its name, and the module that comes with it."""

    name: str
    module: str

    @property
    def installed(self) -> bool:
        """Return whether its module can be imported; it is not imported to find out."""
        return find_spec(self.module) is not None

    @property
    def requirement(self) -> str:
        """Return what is installed to get it."""
        return f"{_DISTRIBUTION}[{self.name}]"

    @property
    def command(self) -> str:
        """Return the command that installs it."""
        return f'pip install "{self.requirement}"'

    @property
    def label(self) -> str:
        """Return its name and version, for a report."""
        return f"{self.name} {metadata.version(self.name)}"


EXTRAS: dict[str, Extra] = {"spacy": Extra("spacy", "spacy")}


def require(name: str, format_name: str) -> None:
    """Refuse a format whose extra is not installed.

    Raises:
        UserError: `extra_missing`.
    """
    extra = EXTRAS[name]
    if not extra.installed:
        raise UserError("extra_missing", format=format_name, extra=extra.requirement, command=extra.command)


def load(module: str) -> Any:
    """Import a module of an extra that is installed; spaCy alone takes a second, so nobody waits for it unasked."""
    return importlib.import_module(module)
