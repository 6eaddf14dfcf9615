# SPDX-License-Identifier: MIT
"""The formats that annotations are read from, declared as data: dialog, command line help and docs are made from it.

A new format is a module with a `FORMAT`, and its name here. The order is that in which a file is recognised: those
whose files are told for sure come first.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from annotator.errors import UserError
from annotator.importers import (
    brat,
    cas_json,
    cas_xmi,
    conll,
    csv_folder,
    doccano,
    huggingface,
    label_studio,
    prodigy,
    refi_qda,
    spacy_docbin,
    tawsim,
    w3c,
    webanno_tsv,
    xlsx,
)
from annotator.importers.foreign import ForeignFormat

_FORMATS = (
    huggingface.FORMAT,
    spacy_docbin.FORMAT,
    tawsim.FORMAT,
    webanno_tsv.FORMAT,
    w3c.FORMAT,
    cas_xmi.FORMAT,
    cas_json.FORMAT,
    refi_qda.FORMAT,
    csv_folder.FORMAT,
    xlsx.FORMAT,
    brat.FORMAT,
    label_studio.FORMAT,
    prodigy.FORMAT,
    doccano.FORMAT,
    conll.FORMAT,
)

FOREIGN_FORMATS: Mapping[str, ForeignFormat] = MappingProxyType({kind.id: kind for kind in _FORMATS})


def find_foreign_format(format_id: str) -> ForeignFormat:
    """Return a format by its id.

    Raises:
        UserError: `format_unknown`.
    """
    if format_id not in FOREIGN_FORMATS:
        raise UserError("format_unknown", format=format_id, known=", ".join(FOREIGN_FORMATS))
    return FOREIGN_FORMATS[format_id]


def recognised(path: Path) -> ForeignFormat:
    """Return the format that a file or folder looks like.

    Raises:
        UserError: `foreign_unknown`, or what opening the file raises.
    """
    name = path.name.lower()
    for kind in FOREIGN_FORMATS.values():
        fits = (kind.folder or not kind.suffixes) if path.is_dir() else name.endswith(kind.suffixes)
        if fits and kind.recognise(path):
            return kind
    raise UserError("foreign_unknown", path=path, known=", ".join(FOREIGN_FORMATS))
