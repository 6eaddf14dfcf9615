# SPDX-License-Identifier: MIT
"""UIMA CAS in JSON 0.4 for INCEpTION: a folder with one `.json` a document, its types in it.

`annotator.importers.cas_json` and dkpro-cassis read it.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from annotator.exporters.abilities import losses_of
from annotator.exporters.base import Entry, ExportOptions, ExportSource, Format, Layout, Written, without_registry
from annotator.exporters.carrying import Carrier
from annotator.exporters.cas import ABILITIES, SOFA_ID, Builder, Structure, Type, types_of
from annotator.exporters.cas_checks import entries
from annotator.exporters.cas_xmi import verifier
from annotator.i18n import N_
from annotator.importers import cas_json
from annotator.importers.cas import INITIAL_VIEW, SOFA
from annotator.importers.foreign import json_line
from annotator.importers.inception import file_name


def write(path: Path, source: ExportSource, options: ExportOptions) -> Iterator[Written]:
    """Write a file a document, a feature structure a line."""
    carrier, builder = Carrier(source, options, ABILITIES), Builder(source.scheme)
    types = json_line({one.name: _type(one) for one in types_of(source.scheme)})
    for number, tagged in enumerate(source.articles(), start=1):
        carried = carrier.carry(tagged)
        structures = builder.structures(carried.document, carried.placed)
        with (path / file_name(number, tagged.name, cas_json.SUFFIX)).open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(_lines(types, carried.document.text, structures))
        yield Written(tagged, carried.entry, carried.lost)
    yield without_registry(source)


def read_back(path: Path, part: str) -> Iterator[Entry]:  # noqa: ARG001 - each split is a folder of its own
    """Read every file with our strict reader, and with dkpro-cassis where that is installed.

    Raises:
        ValueError: the two read it differently.
    """
    return entries(path, cas_json.FORMAT)


def _type(one: Type) -> dict[str, Any]:
    features = {name: {"%NAME": name, "%RANGE": holds} for name, holds in one.features.items()}
    return {"%NAME": one.name, "%SUPER_TYPE": one.supertype, **features}


def _lines(types: str, text: str, structures: Sequence[Structure]) -> Iterator[str]:
    sofa = {
        "%ID": SOFA_ID,
        "%TYPE": SOFA,
        "sofaNum": 1,
        "sofaID": INITIAL_VIEW,
        "mimeType": "text",
        "sofaString": text,
    }
    yield f'{{"{cas_json.TYPES}": {types},\n"{cas_json.STRUCTURES}": [\n{json_line(sofa)}'
    for one in structures:
        references = {f"@{name}": key for name, key in one.references.items()}
        yield f",\n{json_line({'%ID': one.id, '%TYPE': one.type, '@sofa': SOFA_ID, **one.values, **references})}"
    view = {INITIAL_VIEW: {"%SOFA": SOFA_ID, "%MEMBERS": [one.id for one in structures]}}
    yield f'\n],\n"{cas_json.VIEWS}": {json_line(view)}}}\n'


FORMAT = Format(
    id="cas-json",
    name_key=N_("UIMA CAS JSON"),
    description_key=N_("For a project of INCEpTION, or for programs on UIMA: one file a document, its types in it."),
    suffix="",
    abilities=ABILITIES,
    losses=losses_of(ABILITIES),
    write=write,
    read_back=read_back,
    verifier=verifier,
    layout=Layout.FOLDER,
)
