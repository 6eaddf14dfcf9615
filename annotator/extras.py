# SPDX-License-Identifier: MIT
"""Libraries that a format may need and this program comes without: looked for, and imported only when asked for.

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
    """A library of an extra of this distribution.

    Attributes:
        name: the extra.
        module: what is imported.
        distribution: what is installed; the extra's own name where it is "".
    """

    name: str
    module: str
    distribution: str = ""

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
        distribution = self.distribution or self.name
        return f"{distribution} {metadata.version(distribution)}"


#: By the name that the formats know each by.
EXTRAS: dict[str, Extra] = {
    "spacy": Extra("spacy", "spacy"),
    "huggingface": Extra("huggingface", "pyarrow", "pyarrow"),
    "sqlcipher": Extra("encryption", "sqlcipher3", "sqlcipher3"),
    "html": Extra("documents", "trafilatura", "trafilatura"),
    "pdf": Extra("documents", "pypdfium2", "pypdfium2"),
    "warc": Extra("documents", "warcio", "warcio"),
    "markdown": Extra("documents", "markdown_it", "markdown-it-py"),
    "bratly": Extra("verify", "bratly", "bratly"),
    "cassis": Extra("verify", "cassis", "dkpro-cassis"),
    "datasets": Extra("verify", "datasets", "datasets"),
    "label-studio": Extra("verify", "label_studio_sdk", "label-studio-sdk"),
    "lxml": Extra("verify", "lxml", "lxml"),
    "pandas": Extra("verify", "pandas", "pandas"),
    "pyld": Extra("verify", "pyld", "pyld"),
    "pyrefiqda": Extra("verify", "pyrefiqda", "pyrefiqda"),
    "seqeval": Extra("verify", "seqeval", "seqeval"),
    "web-anno-tsv": Extra("verify", "web_anno_tsv", "web-anno-tsv"),
}


def readers(name: str, limit: str = "") -> str:
    """Return by what files are read back, for a report: a library where it is installed, and this program always.

    Args:
        name: a key of `EXTRAS`.
        limit: up to which size the library reads files, if it does not read all.
    """
    extra = EXTRAS[name]
    return f"{extra.label}{limit and f' ({limit})'} and {_DISTRIBUTION}" if extra.installed else _DISTRIBUTION


def require(name: str, format_name: str) -> None:
    """Refuse a format whose extra is not installed.

    Args:
        name: a key of `EXTRAS`.
        format_name: what the user calls the format.

    Raises:
        UserError: `extra_missing`.
    """
    extra = EXTRAS[name]
    if not extra.installed:
        raise UserError("extra_missing", format=format_name, extra=extra.requirement, command=extra.command)


def load(module: str) -> Any:
    """Import a module of an extra that is installed; spaCy alone takes a second, so nobody waits for it unasked."""
    return importlib.import_module(module)
