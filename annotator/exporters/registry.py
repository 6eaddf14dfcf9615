# SPDX-License-Identifier: MIT
"""The export formats, declared as data: dialog, command line help and docs are made from this table.

A new format is a module with a `FORMAT`, and its name here.
"""

from collections.abc import Mapping
from types import MappingProxyType

from annotator.errors import UserError
from annotator.exporters import (
    brat,
    cas_json,
    cas_xmi,
    conll,
    csv_folder,
    doccano,
    gliner,
    html_report,
    huggingface,
    jsonl,
    label_studio,
    plover,
    prodigy,
    refi_codebook,
    refi_qda,
    spacy_docbin,
    w3c,
    webanno_tsv,
    xlsx,
)
from annotator.exporters.base import Format

_FORMATS = (
    jsonl.FORMAT,
    spacy_docbin.FORMAT,
    *conll.FORMATS,
    gliner.FORMAT,
    doccano.FORMAT,
    doccano.RELATIONS_FORMAT,
    label_studio.FORMAT,
    prodigy.FORMAT,
    brat.FORMAT,
    webanno_tsv.FORMAT,
    w3c.FORMAT,
    cas_xmi.FORMAT,
    cas_json.FORMAT,
    refi_qda.FORMAT,
    refi_codebook.FORMAT,
    csv_folder.FORMAT,
    xlsx.FORMAT,
    huggingface.FORMAT,
    plover.FORMAT,
    html_report.FORMAT,
)

FORMATS: Mapping[str, Format] = MappingProxyType({kind.id: kind for kind in _FORMATS})


def find_format(format_id: str) -> Format:
    """Return a format by its id.

    Raises:
        UserError: `format_unknown`.
    """
    if format_id not in FORMATS:
        raise UserError("format_unknown", format=format_id, known=", ".join(FORMATS))
    return FORMATS[format_id]
